"""The outermost layer: which hosts we answer to, how much strangers may ask, safe headers."""

import logging
import re
import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from kiosk.errors import KioskError, OriginRefused, TooManyRequests
from kiosk.messages import preferred
from kiosk.web.identity import address_of, identify
from kiosk.web.site import Site
from kiosk.web.wire import problem

log = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

SOCKETS = "/socket.io/"
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")

_HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Frame-Options", "SAMEORIGIN"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
_POLICY = (
    "default-src 'self'; connect-src 'self' ws://{host} wss://{host}; img-src 'self' data:;"
    " media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self';"
    " frame-ancestors 'self'"
)


class Gate:
    """WSGI: `inner` only sees requests to our own names, with `kiosk.callers` in the environ.

    names: further host names of this machine. An address is ours if the connection came in on it.
    """

    def __init__(self, inner: Application, site: Site, names: Iterable[str] = ()) -> None:
        self._inner = inner
        self._site = site
        self._names = frozenset(name.lower() for name in (*_LOCAL_NAMES, *names))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        websocket = environ.get("wsgi.websocket")
        if websocket is not None and not str(environ["PATH_INFO"]).startswith(SOCKETS):
            websocket.close()
            return []
        host = str(environ.get("HTTP_HOST", ""))
        try:
            self._check(environ, host)
        except KioskError as error:
            if websocket is not None:
                websocket.close()
                return []
            language = preferred(environ.get("HTTP_ACCEPT_LANGUAGE"))
            return problem(error, language)(
                environ, self._with_headers(start_response, "localhost")
            )
        if websocket is not None and not environ["kiosk.callers"]:
            return self._stranger(websocket, environ, start_response)
        return self._inner(environ, self._with_headers(start_response, host))

    def _stranger(
        self, websocket: Any, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """A phone, or somebody not known yet. The application returns when the socket closes."""
        with self._site.crowd.place_for(address_of(environ)) as has_room:
            if has_room:
                return list(self._inner(environ, start_response))
            websocket.close()
            return []

    def _check(self, environ: Environ, host: str) -> None:
        """Raises OriginRefused, TooManyRequests."""
        if not self.is_own(host, environ):
            raise OriginRefused(host=host[:100])
        reads_only = environ["REQUEST_METHOD"] in ("GET", "HEAD")
        if not reads_only or str(environ["PATH_INFO"]).startswith(SOCKETS):
            self._check_origin(environ)
        callers = environ["kiosk.callers"] = identify(environ, self._site.directory)
        if not callers:
            wait = self._site.strangers.take(address_of(environ), time.monotonic())
            if wait:
                raise TooManyRequests(retry_after=wait)

    def _check_origin(self, environ: Environ) -> None:
        """Raises OriginRefused when a page of somebody else sends this."""
        origin = environ.get("HTTP_ORIGIN")
        if environ.get("HTTP_SEC_FETCH_SITE") in ("cross-site", "same-site"):
            raise OriginRefused(host=str(origin)[:100])
        if origin is not None and not self.is_own(urlsplit(str(origin)).netloc, environ):
            raise OriginRefused(host=str(origin)[:100])

    def is_own(self, host: str, environ: Environ) -> bool:
        """Whether `host` (with or without a port) names this server."""
        match = _HOST.fullmatch(host)
        if match is None:
            return False
        name = match[1].strip("[]").lower()
        return (
            name in self._names
            or name == environ.get("kiosk.local_address")
            or name == self._site.directory.public_host
        )

    def _with_headers(self, start_response: StartResponse, host: str) -> StartResponse:
        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            headers.extend(_HEADERS)
            headers.append(("Content-Security-Policy", _POLICY.format(host=host)))
            if not any(name.lower() == "cache-control" for name, _ in headers):
                headers.append(("Cache-Control", "no-store"))
            return start_response(status, headers, exc_info)

        return start
