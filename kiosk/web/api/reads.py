"""Snapshots, events, voice: everything that is only read."""

import hashlib
from functools import partial
from typing import Any

from flask import Response, request, send_from_directory

from kiosk.commands.people import COUNTER_DEVICE
from kiosk.commands.tickets import MAX_TRAVEL
from kiosk.domain.actor import DEVICE_KINDS, KIOSK, STAFF_ROLES, SUPERVISOR
from kiosk.domain.actor import DISPLAY as DISPLAY_DEVICE
from kiosk.domain.office_day import DEFAULT_TRAVEL
from kiosk.domain.outlook import Kind
from kiosk.errors import Invalid, NotFound
from kiosk.voice.announcement import clips_for_call, clips_for_notice
from kiosk.voice.errors import VoiceError
from kiosk.voice.speech import clips_for_speech, spoken_documents, spoken_services
from kiosk.web.routes import Call, Route
from kiosk.web.snapshots import DESK, DISPLAY
from kiosk.web.snapshots import KIOSK as KIOSK_VIEW
from kiosk.web.snapshots import SUPERVISOR as SUPERVISOR_VIEW
from kiosk.web.wire import encode

MAX_EVENTS = 1000
_STAFF = frozenset(STAFF_ROLES)
_ANYBODY_IN = frozenset({*STAFF_ROLES, *DEVICE_KINDS, COUNTER_DEVICE})


def snapshot_response(snapshot: dict[str, Any]) -> Response:
    """200 with an ETag, or 304. The ETag is about everything but the time of day."""
    rest = encode({name: value for name, value in snapshot.items() if name != "now"})
    etag = f'"{hashlib.blake2b(rest, digest_size=9).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "no-cache, private"}
    if request.headers.get("If-None-Match") == etag:
        return Response(status=304, headers=headers)
    body = rest if "now" not in snapshot else b'{"now":%d,%b' % (snapshot["now"], rest[1:])
    return Response(body, content_type="application/json", headers=headers)


def _view(call: Call, name: str) -> Response:
    now = call.site.office.clock.now()
    return snapshot_response(call.site.snapshots.fetched(name) | {"now": now})


def _kiosk(call: Call) -> Response:
    call.reader()
    # Where staff have signed in at the kiosk's own browser, it is still that kiosk.
    device = next((c.device for c in call.callers if c.kind == KIOSK and c.device), None)
    found = call.site.directory.device(device) if device else None
    now = call.site.office.clock.now()
    return snapshot_response(call.site.snapshots.kiosk(found) | {"now": now})


def _phone(call: Call) -> Response:
    now = call.site.office.clock.now()
    return snapshot_response(call.site.snapshots.phone(call.path["token"]) | {"now": now})


def _forecast(call: Call) -> dict[str, Any]:
    call.reader()
    travel = None
    if "travel_minutes" in request.args or _flag("voter"):
        travel = _number("travel_minutes", DEFAULT_TRAVEL)
        if travel > MAX_TRAVEL:
            raise Invalid(field="travel_minutes", problem=f"0-{MAX_TRAVEL}")
    kind = Kind(request.args.get("service", ""), _flag("priority"), travel)
    return call.site.board.forecast(kind)


def _flag(name: str) -> bool:
    text = request.args.get(name, "0")
    if text not in ("0", "1"):
        raise Invalid(field=name, problem="0, 1")
    return text == "1"


def _events(call: Call) -> dict[str, Any]:
    caller = call.reader()
    after, limit = _number("after", 0), _number("limit", 200)
    full = caller.role == SUPERVISOR
    return call.site.board.events(after, min(limit, MAX_EVENTS), full=full)


def _number(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Invalid(field=name, problem="0-999999999999999")
    return int(text)


def _call_voice(call: Call) -> Response:
    """One call, said aloud: the row of the journal says which number goes where."""
    seq = call.path["call_id"]
    rows = call.site.board.events(seq - 1, 1, full=True)["events"]
    if not rows or rows[0]["seq"] != seq or "called" not in rows[0]["event"]:
        raise NotFound()
    data = rows[0]["data"]
    try:
        clips = clips_for_call(data["number"], data["counter"], recall=data.get("nth", 1) > 1)
    except (KeyError, VoiceError):
        raise NotFound() from None
    return _wav(call, clips)


def _notice_voice(call: Call) -> Response:
    try:
        clips = clips_for_notice(call.path["code"])
    except VoiceError:
        raise NotFound() from None
    return _wav(call, clips)


def _kiosk_voice(call: Call) -> Response:
    """What a page of the kiosk says in its speaking mode: words of `kiosk.voice.speech`."""
    language = request.args.get("language", "id")
    words = request.args.get("say", "").split(",")
    services = call.site.snapshots.view(KIOSK_VIEW)["services"]
    named = spoken_services((s["code"], s["letter"], s["name"]["id"]) for s in services)
    documents = spoken_documents((s["code"], s["bring"]["id"]) for s in services)
    try:
        clips = clips_for_speech(words, language, named, documents)
    except VoiceError:
        raise Invalid(field="say", problem="kiosk.voice.speech") from None
    return _wav(call, clips, language)


def _picture(call: Call) -> Response:
    """The office's own picture for the hall: picture.png or picture.jpg in the data folder."""
    for name in ("picture.png", "picture.jpg"):
        if (call.site.config.data / name).is_file():
            response = send_from_directory(call.site.config.data.resolve(), name, conditional=True)
            response.headers["Cache-Control"] = "private, no-cache"
            return response
    raise NotFound()


def _wav(call: Call, clips: tuple[str, ...], language: str = "id") -> Response:
    try:
        sound: bytes = call.site.in_background(call.site.speak, clips, language)
    except VoiceError:
        raise NotFound() from None
    return Response(
        sound, content_type="audio/wav", headers={"Cache-Control": "private, max-age=3600"}
    )


ROUTES = (
    Route("GET", "/api/board", "Snapshot for a display", handler=partial(_view, name=DISPLAY),
          roles=_ANYBODY_IN),
    Route("GET", "/api/kiosk", "Snapshot for a kiosk", handler=_kiosk,
          roles=_STAFF | {KIOSK}),
    Route("GET", "/api/desk", "Snapshot for a counter", handler=partial(_view, name=DESK),
          roles=_STAFF | {COUNTER_DEVICE}),
    Route("GET", "/api/supervisor", "Snapshot for the supervisor",
          handler=partial(_view, name=SUPERVISOR_VIEW), roles=frozenset({SUPERVISOR})),
    Route("GET", "/api/phone/<token>", "Snapshot for the holder of a ticket", handler=_phone),
    Route("GET", "/api/events", "Journal rows after a seq", handler=_events, roles=_ANYBODY_IN,
          query=("after", "limit")),
    Route("GET", "/api/forecast", "What a newcomer has to expect", handler=_forecast,
          roles=_STAFF | {KIOSK, DISPLAY_DEVICE},
          query=("service", "priority", "voter", "travel_minutes")),
    Route("GET", "/api/voice/calls/<id:call_id>.wav", "A call, said aloud", handler=_call_voice,
          roles=_ANYBODY_IN, media="audio/wav"),
    Route("GET", "/api/voice/kiosk.wav", "What a page of the kiosk says, aloud",
          handler=_kiosk_voice, roles=_STAFF | {KIOSK}, media="audio/wav",
          query=("language", "say")),
    Route("GET", "/api/voice/notices/<code>.wav", "A notice, said aloud", handler=_notice_voice,
          roles=_ANYBODY_IN, media="audio/wav"),
    Route("GET", "/api/picture", "The office's own picture for its displays", handler=_picture,
          roles=_ANYBODY_IN, media="image/*"),
)  # fmt: skip
