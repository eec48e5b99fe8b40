"""From a request's headers to the identities it proves."""

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.errors import CsrfFailed, Forbidden, Unauthorized
from kiosk.web.directory import Caller, Directory

Environ = Mapping[str, Any]

SESSION_COOKIE = "session"
DEVICE_COOKIE = "device"
"""A device's cookie is set twice: as `device`, and as `device_<kind>`, so that one browser can be
several screens at once. A drill's cookies are `session_drill_...` and `device_drill_...`: they must
not push out those of a real office at the same machine."""

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
    cookies = dict(part.strip().split("=", 1) for part in header.split(";") if "=" in part)
    for token in _of_kind(cookies, SESSION_COOKIE):
        session = directory.session_caller(token)
        if session:
            yield session
    for token in _of_kind(cookies, DEVICE_COOKIE):
        device = directory.device_caller(token, by_cookie=True)
        if device:
            yield device


def _of_kind(cookies: Mapping[str, str], kind: str) -> Iterable[str]:
    """The values of `kind` and of `kind_...`, each once, by the cookies' names."""
    names = sorted(name for name in cookies if name.split("_", 1)[0] == kind)
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
