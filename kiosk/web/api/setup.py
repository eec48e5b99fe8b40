"""The first run: the wizard's answers one by one, and the office that they become."""

import json
from io import BytesIO
from typing import Annotated, Any

import msgspec
from flask import Response, request

from kiosk import access
from kiosk.commands import Answer, people
from kiosk.commands.setup import NewDevice, NewSupervisor, finish_set_up, keep_set_up_answers
from kiosk.domain.actor import COUNTER, DISPLAY, KIOSK, SUPERVISOR, Actor
from kiosk.domain.office_day import ZONE_LABELS
from kiosk.domain.places import KALIMANTAN_SELATAN, ZONES
from kiosk.domain.settings import SETTINGS
from kiosk.errors import Conflict, Invalid, LabelTaken, SetUpCodeWrong, SetUpPassEnded
from kiosk.messages import translator
from kiosk.network import own_addresses
from kiosk.web.api.people import (
    WEB,
    Pin,
    open_session,
    set_cookie,
    set_device_cookies,
    strong_pin,
)
from kiosk.web.directory import SERVER
from kiosk.web.identity import address_of, is_at_the_server
from kiosk.web.language import request_language
from kiosk.web.routes import Call, Route
from kiosk.web.wire import (
    Body,
    CounterNumber,
    Label,
    Nothing,
    OptionalText,
    Text,
    arguments_of,
    json_response,
)

ADMISSION_COOKIE = "setup"
ADMISSION_LASTS = 4 * 60 * 60  # seconds

SetUpCode = Annotated[str, msgspec.Meta(max_length=32)]
Unset = msgspec.UnsetType


class SetUp(Body):
    label: Label
    pin: Pin
    code: SetUpCode | None = None


class Enter(Body):
    code: SetUpCode


class Person(Body):
    """Without a PIN the one given before stays."""

    label: Label
    pin: Pin | None = None


class Answers(Body):
    """What is left out stays as it was answered before. `deputy` null: nobody."""

    name: Text | Unset = msgspec.UNSET
    area: OptionalText | Unset = msgspec.UNSET
    zone: Text | Unset = msgspec.UNSET
    opens: Text | Unset = msgspec.UNSET
    closes: Text | Unset = msgspec.UNSET
    polling_day: OptionalText | Unset = msgspec.UNSET
    poll_close: OptionalText | Unset = msgspec.UNSET
    public_url: OptionalText | Unset = msgspec.UNSET
    lan: bool | Unset = msgspec.UNSET
    paper_mm: Text | Unset = msgspec.UNSET
    counters: CounterNumber | Unset = msgspec.UNSET
    supervisor: Person | Unset = msgspec.UNSET
    deputy: Person | Unset | None = msgspec.UNSET


class Qr(Body):
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


def _status(call: Call) -> Answer:
    """Where the set-up stands; what was answered only to somebody who may go on with it."""
    site = call.site
    if site.directory.has_supervisor:
        return {"finished": True}
    if not _may_set_up(call):
        return {"finished": False, "code_needed": True}
    answered = site.board.set_up_answers()
    values = site.board.first_values() | answered
    return {
        "finished": False,
        "code_needed": False,
        "answers": {
            **{name: values[name] for name in _SETTINGS},
            "counters": int(values["counters"]),
            **{
                name: {"label": json.loads(answered[name])["label"]}
                for name in _PEOPLE
                if answered.get(name)
            },
        },
        "answered": sorted(answered),
        "places": list(KALIMANTAN_SELATAN),
        "zones": [{"zone": zone, "label": ZONE_LABELS[zone]} for zone in ZONES],
        "clock": {"now": site.office.clock.now(), "wall": site.office.clock.wall()},
        "network": {"addresses": own_addresses(), "port": site.port},
    }


def _enter(call: Call) -> Response:
    """The printed code, typed at another machine, opens the wizard there."""
    _check_code(call, call.body.code)
    response = json_response({"admitted": True})
    set_cookie(response, ADMISSION_COOKIE, call.site.setup_code.admit(), ADMISSION_LASTS)
    return response


def _keep(call: Call) -> Answer:
    _require_may_set_up(call)
    body = call.body
    given = arguments_of(body)
    answers = {name: _person(call, name, given.pop(name)) for name in _PEOPLE if name in given}
    _require_two_labels(call, answers)
    answers |= {name: _as_text(value) for name, value in given.items()}
    return call.do(keep_set_up_answers, WEB, answers=answers)


def _clock_is_right(call: Call) -> Answer:
    """Whoever sets up has compared the clock, also after they corrected it."""
    _require_may_set_up(call)
    return call.site.office.confirm_clock(WEB)


def _finish(call: Call) -> Response:
    """The office is there; whoever set it up is signed in as its supervisor."""
    _require_may_set_up(call)
    site = call.site
    answers = site.board.set_up_answers()
    supervisors = [json.loads(answers[name]) for name in _PEOPLE if answers.get(name)]
    if not answers.get("supervisor"):
        raise Invalid(field="supervisor", problem="PIN")
    settings = {name: answers[name] for name in _SETTINGS if name in answers}
    count = int((site.board.first_values() | answers)["counters"])
    call.do(
        finish_set_up, WEB, settings=settings, counter_count=count,
        supervisors=tuple(NewSupervisor(**person) for person in supervisors),
        devices=_first_devices(count if settings.get("lan") == "on" else 0, request_language()),
    )  # fmt: skip
    site.setup_code.use_up()
    if settings.get("lan") == "on":
        site.open_to_network()
    return _signed_in(call, supervisors[0]["label"])


def _signed_in(call: Call, label: str) -> Response:
    if is_at_the_server(request.environ):
        response = open_session(call, Actor(label, SUPERVISOR, SERVER))
    else:
        # Staff sign in at paired machines only, and this one has proved itself by the code.
        token = access.new_token()
        answer = call.do(
            people.add_device, WEB, kind=COUNTER, name="Komputer penyiapan",
            token_hash=access.hash_token(token),
        )  # fmt: skip
        place = f"{COUNTER}:{answer['device']['id']}"
        response = open_session(call, Actor(label, SUPERVISOR, place))
        set_device_cookies(response, call.site, COUNTER, token)
    response.delete_cookie(ADMISSION_COOKIE, httponly=True, samesite="Strict")
    return response


def _first_devices(counters: int, language: str) -> tuple[NewDevice, ...]:
    """A kiosk, a display, and a computer for each counter, each with a pairing code.

    Their names are in the language of whoever sets up; anybody may rename them.

    Where everything runs on one computer no counter needs one: staff sign in at the server itself.
    """
    _ = translator(language)
    names: list[tuple[str, str, int | None]] = [
        (KIOSK, _("Kiosk"), None),
        (DISPLAY, _("Display"), None),
    ]
    counter = _("Counter {number}")
    names += [(COUNTER, counter.format(number=n), n) for n in range(1, counters + 1)]
    return tuple(NewDevice(*name, access.new_code()) for name in names)


def _set_up(call: Call) -> Answer:
    """Only the first supervisor, everything else as it is. Once."""
    body, site = call.body, call.site
    if site.directory.has_supervisor:
        raise Conflict()
    if not _may_set_up(call):
        _check_code(call, body.code or "")
    pin_hash = strong_pin(call, body.pin)
    if site.directory.has_supervisor:
        raise Conflict()
    answer = call.do(people.add_staff, WEB, label=body.label, role=SUPERVISOR, pin_hash=pin_hash)
    site.setup_code.use_up()
    return answer


def _qr(call: Call) -> Response:
    """A picture of a short text, such as an address or a Wi-Fi network; it is kept nowhere."""
    import segno  # only here: it would cost every start a twentieth of a second

    if not _may_set_up(call):
        call.caller()
    picture = BytesIO()
    code = segno.make(call.body.text, error="m", micro=False)
    code.save(picture, kind="svg", scale=4, border=4, xmldecl=False, light="#ffffff")
    return Response(picture.getvalue(), content_type="image/svg+xml")


# --- who may ---


def _may_set_up(call: Call) -> bool:
    """Somebody at the server itself, or with a pass, as long as nobody answers for the office."""
    if call.site.directory.has_supervisor:
        return False
    token = request.cookies.get(ADMISSION_COOKIE)
    return is_at_the_server(request.environ) or call.site.setup_code.is_admitted(token)


def _require_may_set_up(call: Call) -> None:
    if call.site.directory.has_supervisor:
        raise Conflict()
    if not _may_set_up(call):
        # Passes live as long as the server: after a power cut the old one opens nothing.
        had_one = ADMISSION_COOKIE in request.cookies
        raise SetUpPassEnded() if had_one else SetUpCodeWrong()


def _check_code(call: Call, typed: str) -> None:
    """Raises SetUpCodeWrong, PinBackoff."""
    site, place = call.site, address_of(request.environ)
    site.backoff.require_patience(place, "", site.monotonic())
    site.backoff.failed(place, "", site.monotonic())
    if not site.setup_code.matches(typed):
        raise SetUpCodeWrong()
    site.backoff.succeeded(place, "")


# --- answers as they are kept ---

_PEOPLE = ("supervisor", "deputy")
_SETTINGS = tuple(name for name in Answers.__struct_fields__ if name in SETTINGS)


def _person(call: Call, name: str, person: Person | None) -> str:
    """Label and the PIN's hash as JSON; empty for nobody."""
    if person is None:
        return ""
    if person.pin is not None:
        pin_hash = strong_pin(call, person.pin)
    else:
        before = call.site.board.set_up_answers().get(name)
        if not before:
            raise Invalid(field=name, problem="PIN")
        pin_hash = json.loads(before)["pin_hash"]
    return json.dumps({"label": person.label, "pin_hash": pin_hash}, ensure_ascii=False)


def _require_two_labels(call: Call, answers: dict[str, str]) -> None:
    """Raises LabelTaken when supervisor and deputy would be the same."""
    both = call.site.board.set_up_answers() | answers
    labels = [json.loads(both[name])["label"] for name in _PEOPLE if both.get(name)]
    if len(set(labels)) != len(labels):
        raise LabelTaken(label=labels[0])


def _as_text(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


ROUTES = (
    Route("GET", "/api/setup", "Where the set-up of a new office stands", handler=_status),
    Route("POST", "/api/setup", "Make the first supervisor", SetUp, handler=_set_up, people=True),
    Route("POST", "/api/setup/enter", "Go on with the set-up at another machine", Enter,
          handler=_enter),
    Route("POST", "/api/setup/answers", "Keep some answers of the set-up", Answers, handler=_keep),
    Route("POST", "/api/setup/clock", "The server's clock is right", Nothing,
          handler=_clock_is_right),
    Route("POST", "/api/setup/finish", "Turn the answers into the office", Nothing,
          handler=_finish, people=True),
    Route("POST", "/api/qr", "A QR code of a short text", Qr, handler=_qr, media="image/svg+xml",
          roles=frozenset({SUPERVISOR})),
)  # fmt: skip
