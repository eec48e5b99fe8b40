"""The office itself: its day, services, settings, notices, calls for help, clock."""

from typing import Annotated, Literal

import msgspec

from kiosk.commands import ROLES, Answer, catalogue, day, hall, usual
from kiosk.domain.actor import SUPERVISOR
from kiosk.domain.help import HELP, KINDS
from kiosk.domain.service import CAUSES, STATES
from kiosk.errors import UnknownNotice
from kiosk.voice.notices import NOTICES
from kiosk.web.routes import Call, Route
from kiosk.web.wire import Body, Code, Moment, Nothing, OptionalText, Text

Number = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class PutService(Body):
    code: Code
    letter: Annotated[str, msgspec.Meta(pattern="^[A-Z]$")]
    name_id: Text
    name_en: OptionalText = ""
    bring_id: OptionalText = ""
    bring_en: OptionalText = ""
    target_minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 60
    expected_seconds: Annotated[int, msgspec.Meta(ge=1, le=86_400)] = 300
    journey: Annotated[list[Code], msgspec.Meta(max_length=10)] = msgspec.field(
        default_factory=list
    )
    quota: Number | None = None
    position: Number = 100
    offered: bool = True


class SuspendService(Body):
    cause: Literal[CAUSES]  # type: ignore[valid-type]
    expected_back: Moment | None = None


class ServiceState(Body):
    state: Literal[STATES]  # type: ignore[valid-type]
    cause: Literal[CAUSES] | None = None  # type: ignore[valid-type]
    expected_back: Moment | None = None
    move_waiting: bool = False


class PutSetting(Body):
    key: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]
    value: OptionalText | bool | int
    confirmed: bool = False


class SendNotice(Body):
    notice: Annotated[str, msgspec.Meta(pattern="^[a-z_]{1,40}$")]


class CallHelp(Body):
    kind: Literal[KINDS] = HELP  # type: ignore[valid-type]


def _put_setting(call: Call) -> Answer:
    value = call.body.value
    text = ("on" if value else "off") if isinstance(value, bool) else str(value)
    by = call.caller().actor(call.key)
    return call.do(
        catalogue.set_setting, by, key=call.body.key, value=text, confirmed=call.body.confirmed
    )


def _send_notice(call: Call) -> Answer:
    by = call.caller().actor(call.key)
    if call.body.notice not in NOTICES:
        raise UnknownNotice(notice=call.body.notice)
    return call.do(hall.send_notice, by, notice=call.body.notice)


def _confirm_clock(call: Call) -> Answer:
    return call.site.office.confirm_clock(call.caller().actor())


ROUTES = (
    Route("POST", "/api/day/open", "Open the office now", Nothing, day.open_day),
    Route("POST", "/api/day/hold", "Keep the office from opening at the hour", Nothing,
          day.hold_day),
    Route("POST", "/api/day/stop-numbers", "Give no new numbers", Nothing, day.stop_numbers),
    Route("POST", "/api/day/close", "Close the day; open tickets expire", Nothing, day.close_day),
    Route("POST", "/api/services", "Add a service or change one", PutService,
          catalogue.put_service),
    Route("POST", "/api/services/<code>/add", "Add a service of the usual catalogue", Nothing,
          usual.add_usual_service),
    Route("POST", "/api/services/<code>/suspend", "Stop a service for now", SuspendService,
          catalogue.suspend_service),
    Route("POST", "/api/services/<code>/restore", "Go on with a service", Nothing,
          catalogue.restore_service),
    Route("POST", "/api/services/<code>/state", "Open, suspend, close, or give biodata instead",
          ServiceState, catalogue.set_service_state),
    Route("POST", "/api/settings", "Change one setting", PutSetting, handler=_put_setting,
          roles=ROLES["set_setting"], people=True),
    Route("POST", "/api/notices", "Show and speak a notice on every display", SendNotice,
          handler=_send_notice, roles=ROLES["send_notice"]),
    Route("POST", "/api/notices/end", "Take the notice off", Nothing, hall.end_notice),
    Route("POST", "/api/help", "Somebody at a kiosk asks for a person", CallHelp, hall.call_help),
    Route("POST", "/api/help/<id:help_id>/answer", "A member of staff is going there", Nothing,
          hall.answer_help),
    Route("POST", "/api/clock/confirm", "The server's clock is right", Nothing,
          handler=_confirm_clock, roles=frozenset({SUPERVISOR})),
)  # fmt: skip
