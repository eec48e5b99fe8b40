"""The table of routes: each HTTP command or read is one row, which is its documentation too."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, request

from kiosk.commands import ROLES, Answer
from kiosk.domain.actor import CITIZEN, Actor
from kiosk.errors import KeyMissing
from kiosk.web.directory import Caller
from kiosk.web.identity import choose, choose_for_change
from kiosk.web.site import Site
from kiosk.web.wire import (
    Body,
    Nothing,
    arguments_of,
    idempotency_key,
    json_response,
    raw_body,
    read_body,
)


@dataclass(frozen=True, slots=True)
class Route:
    """One row. Either `command` (the office's) or `handler` (the web's own) answers it.

    path: Flask's rule; its converters name the command's arguments. roles: who may; empty means
    anybody, and then the handler looks itself. key_needed: Idempotency-Key is required.
    people: staff, devices or settings may change by it. example: what a read answers (for OpenAPI).
    """

    method: str
    path: str
    summary: str
    body: type[Body] = Nothing
    command: Callable[..., Answer] | None = None
    handler: "Callable[[Call], Answer | Response] | None" = None
    roles: frozenset[str] = frozenset()
    status: int = 200
    key_needed: bool = False
    people: bool = False
    media: str = "application/json"
    query: tuple[str, ...] = ()

    @property
    def who(self) -> frozenset[str]:
        """The roles that may use it."""
        return self.roles or (ROLES[self.command.__name__] if self.command else frozenset())


@dataclass(slots=True)
class Call:
    """One request on its way to its handler."""

    site: Site
    route: Route
    callers: tuple[Caller, ...]
    body: Any
    path: dict[str, Any]
    key: str | None

    def caller(self) -> Caller:
        """Who changes something. Raises Unauthorized, Forbidden, CsrfFailed."""
        csrf = request.headers.get("X-CSRF-Token")
        return choose_for_change(self.callers, self.route.who, csrf)

    def reader(self) -> Caller:
        """Who reads. Raises Unauthorized, Forbidden."""
        return choose(self.callers, self.route.who)

    def do(self, command: Callable[..., Answer], by: Actor, **arguments: Any) -> Answer:
        """Ask the office, and have the web look again when people or devices may have changed."""
        answer = self.site.office.do(command, by, **arguments)
        if self.route.people:
            self.site.changed()
        return answer


def mount(noun: str, routes: Iterable[Route], site: Site) -> Blueprint:
    """A blueprint that serves the rows."""
    blueprint = Blueprint(noun, __name__)
    for number, route in enumerate(routes):
        view = _posted(route, site) if route.method == "POST" else _read(route, site)
        blueprint.add_url_rule(route.path, f"{noun}_{number}", view, methods=[route.method])
    return blueprint


def _posted(route: Route, site: Site) -> Callable[..., Response]:
    command, handler = route.command, route.handler
    # Who holds a ticket's code may come without an identity: then the handler looks at the body.
    is_identity_needed = command is not None or (bool(route.who) and CITIZEN not in route.who)

    def view(**path: Any) -> Response:
        environ = request.environ
        key = idempotency_key(environ.get("HTTP_IDEMPOTENCY_KEY"))
        call = Call(site, route, environ["kiosk.callers"], None, path, key)
        if is_identity_needed:
            caller = call.caller()
        call.body = read_body(route.body, raw_body(environ))
        if route.key_needed and key is None:
            raise KeyMissing()
        if command is not None:
            by = caller.actor(key)
            answer: Answer | Response = call.do(command, by, **path, **arguments_of(call.body))
        else:
            assert handler is not None
            answer = handler(call)
        return answer if isinstance(answer, Response) else json_response(answer, route.status)

    return view


def _read(route: Route, site: Site) -> Callable[..., Response]:
    handler = route.handler
    assert handler is not None

    def view(**path: Any) -> Response:
        call = Call(site, route, request.environ["kiosk.callers"], None, path, None)
        if route.who:
            call.reader()
        answer = handler(call)
        return answer if isinstance(answer, Response) else json_response(answer, route.status)

    return view
