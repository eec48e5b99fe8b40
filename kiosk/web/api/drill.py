"""A drill's own addresses; a server that plays none has none of them."""

from typing import Literal

from flask import Response, request

from kiosk.commands import Answer
from kiosk.errors import Forbidden, NotFound
from kiosk.web.identity import is_at_the_server
from kiosk.web.routes import Call, Route
from kiosk.web.site import Drill
from kiosk.web.wire import Body, Nothing, json_response

SPEEDS = (1, 10, 60)
_LASTS = 24 * 60 * 60  # seconds


class Speed(Body):
    speed: Literal[SPEEDS]  # type: ignore[valid-type]


def _drill(call: Call) -> Drill:
    """Raises NotFound until it has begun."""
    if call.site.drill is None:
        raise NotFound()
    return call.site.drill


def _state(call: Call) -> Answer:
    drill = _drill(call)
    return {
        "now": call.site.office.clock.now(),
        "speed": drill.speed,
        "speeds": list(SPEEDS),
        "counter": drill.counter,
        "phone": drill.phone_token(),
    }


def _enter(call: Call) -> Response:
    """Whoever sits at this machine becomes kiosk, display, counter and supervisor of the drill."""
    entrances = _drill(call).entrances
    if not is_at_the_server(request.environ):
        raise Forbidden(role="-")
    if entrances is None:
        raise NotFound()
    response = json_response(_state(call))
    for name, token in entrances.cookies().items():
        response.set_cookie(
            f"{name}_{call.site.instance}",
            token,
            max_age=_LASTS,
            httponly=True,
            samesite="Strict",
            secure=request.is_secure,
        )
    return response


def _run_at(call: Call) -> Answer:
    """Only at this machine: everybody's time changes."""
    drill = _drill(call)
    if not is_at_the_server(request.environ):
        raise Forbidden(role="-")
    drill.run_at(call.body.speed)
    return _state(call)


ROUTES = (
    Route("GET", "/api/demo", "The drill's time, and a phone to follow", handler=_state),
    Route("POST", "/api/demo/enter", "Take one's place in the drill", Nothing, handler=_enter),
    Route("POST", "/api/demo/speed", "How fast the drill's time runs", Speed, handler=_run_at),
)
