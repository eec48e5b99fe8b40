"""Rehearsals: a call and a ticket outside the real day, to see that all screens work together."""

from kiosk.commands import ROLES, Answer, rehearsal
from kiosk.errors import Forbidden
from kiosk.web.routes import Call, Route
from kiosk.web.wire import Body, Nothing, OptionalText


class Heard(Body):
    fault: OptionalText | None = None


def _heard(call: Call) -> Answer:
    caller = call.caller()
    if caller.device is None:
        raise Forbidden(role=caller.role)
    return call.do(
        rehearsal.rehearsal_heard, caller.actor(), rehearsal=call.path["rehearsal_id"],
        device_id=caller.device, fault=call.body.fault,
    )  # fmt: skip


ROUTES = (
    Route("POST", "/api/rehearsal", "Call and print A-000, which is in no queue", Nothing,
          rehearsal.rehearse),
    Route("POST", "/api/rehearsal/<id:rehearsal_id>/heard", "A display has given it", Heard,
          handler=_heard, roles=ROLES["rehearsal_heard"]),
)  # fmt: skip
