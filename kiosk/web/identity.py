"""From a request's headers to the identities it proves."""

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.access import hash_token
from kiosk.errors import CsrfFailed, Forbidden, Unauthorized
from kiosk.web.directory import Caller, Directory
from kiosk.web.site import Site

Environ = Mapping[str, Any]

SESSION_COOKIE = "session"
DEVICE_COOKIE = "device"
"""A browser keeps cookies by host name, whatever the port, and by their names. So each secret is
given twice: under the plain name, and under one of this office's data folder (for a device also of
its kind, since one browser can be several screens at once). A drill uses its own name only: it must
not push out a real office at the same machine."""


def names_of(cookie: str, site: Site, *kind: str) -> tuple[str, ...]:
    """The names under which this office gives a browser a secret. `kind`: of a device."""
    is_drill = site.directory.is_drill
    own = "_".join((cookie, *(("drill",) if is_drill else ()), *kind, site.instance))
    return (own,) if is_drill else (cookie, own)


def names_with(cookie: str, environ: Environ, digest: str) -> tuple[str, ...]:
    """The names under which a browser holds the secret that a digest is of."""
    found = _cookies(environ.get("HTTP_COOKIE") or "")
    return tuple(
        name
        for name, value in found.items()
        if _is_of_kind(name, cookie) and hash_token(value) == digest
    )


LOOPBACK = ("127.", "::1", "::ffff:127.")


def identify(environ: Environ, directory: Directory) -> tuple[Caller, ...]:
    """Every identity the request proves, the session first. A bearer token stands alone."""
    authorization = environ.get("HTTP_AUTHORIZATION", "")
    if authorization:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            return ()
        caller = directory.device_caller(token.strip(), by_cookie=False)
        return (caller,) if caller else ()
    header = environ.get("HTTP_COOKIE")
    return tuple(_by_cookies(header, directory)) if header else ()


def _by_cookies(header: str, directory: Directory) -> Iterable[Caller]:
    cookies = _cookies(header)
    for token in _of_kind(cookies, SESSION_COOKIE):
        session = directory.session_caller(token)
        if session:
            yield session
    for token in _of_kind(cookies, DEVICE_COOKIE):
        device = directory.device_caller(token, by_cookie=True)
        if device:
            yield device


def _cookies(header: str) -> dict[str, str]:
    return dict(part.strip().split("=", 1) for part in header.split(";") if "=" in part)


def _is_of_kind(name: str, kind: str) -> bool:
    return name.split("_", 1)[0] == kind


def _of_kind(cookies: Mapping[str, str], kind: str) -> Iterable[str]:
    """The values of `kind` and of `kind_...`, each once, by the cookies' names."""
    names = sorted(name for name in cookies if _is_of_kind(name, kind))
    return dict.fromkeys(cookies[name] for name in names)


def address_of(environ: Environ) -> str:
    """The asking machine. Only a proxy on this very machine is believed about somebody else."""
    peer = str(environ.get("REMOTE_ADDR") or "")
    forwarded = environ.get("HTTP_X_FORWARDED_FOR")
    if forwarded and peer.startswith(LOOPBACK):
        return str(forwarded).rsplit(",", 1)[-1].strip()
    return peer


def is_at_the_server(environ: Environ) -> bool:
    """Whether somebody sits at this machine: from the loopback, and not through a proxy."""
    return str(environ.get("REMOTE_ADDR") or "").startswith(LOOPBACK) and not (
        "HTTP_X_FORWARDED_FOR" in environ or "HTTP_FORWARDED" in environ or "HTTP_VIA" in environ
    )


def choose(callers: tuple[Caller, ...], roles: frozenset[str]) -> Caller:
    """The first identity that may do this. Raises Unauthorized, Forbidden."""
    if not callers:
        raise Unauthorized()
    for caller in callers:
        if caller.role in roles:
            return caller
    raise Forbidden(role=callers[0].role)


def choose_for_change(
    callers: tuple[Caller, ...], roles: frozenset[str], csrf: str | None
) -> Caller:
    """The identity that changes something. Raises Unauthorized, Forbidden, CsrfFailed.

    A cookie comes with every request of a browser, whoever caused it; so a POST must also bring the
    value that only our own page of that identity knows. Where a browser is several screens at
    once, that value says which of them is asking.
    """
    if csrf and not any(caller.csrf is None for caller in callers):
        own = tuple(caller for caller in callers if caller.csrf == csrf)
        if callers and not own:
            raise CsrfFailed()
        return choose(own, roles)
    caller = choose(callers, roles)
    if caller.csrf is not None:
        raise CsrfFailed()
    return caller
