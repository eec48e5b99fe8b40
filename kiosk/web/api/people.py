"""Who may come in: sessions, staff, devices, pairing."""

from typing import Annotated, Any, Literal

import msgspec
from flask import Response, request

from kiosk import access
from kiosk.commands import ROLES, Answer, people
from kiosk.domain.actor import (
    AGENT,
    COUNTER,
    DEVICE_KINDS,
    DISPLAY,
    KIOSK,
    STAFF_ROLES,
    SUPERVISOR,
    SYSTEM,
    Actor,
)
from kiosk.errors import (
    CounterDeviceNeeded,
    Forbidden,
    TooManyRequests,
    WrongPin,
)
from kiosk.web.directory import SERVER, Caller
from kiosk.web.identity import (
    DEVICE_COOKIE,
    SESSION_COOKIE,
    address_of,
    is_at_the_server,
    names_of,
    names_with,
)
from kiosk.web.routes import Call, Route
from kiosk.web.site import Site
from kiosk.web.wire import (
    Body,
    Code,
    CounterNumber,
    Id,
    Label,
    Moment,
    Nothing,
    OptionalText,
    json_response,
)

DEVICE_LASTS = 400 * 24 * 60 * 60  # seconds: as long as browsers keep a cookie

Pin = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
ANY_DEVICE = frozenset({KIOSK, DISPLAY, AGENT, people.COUNTER_DEVICE})
WEB = Actor("server", SYSTEM, SERVER)


Small = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
Services = Annotated[list[Code], msgspec.Meta(max_length=50)]
DeviceName = Annotated[
    str, msgspec.Meta(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")
]


class SignIn(Body):
    name: Label
    pin: Pin
    counter: CounterNumber | None = None


class AddStaff(Body):
    label: Label
    role: Literal[STAFF_ROLES]  # type: ignore[valid-type]
    pin: Pin


class NewPin(Body):
    pin: Pin


class DeviceConfig(Body):
    """What is left out stays as it is; null forgets it. The bounds are the command's."""

    screen_height_mm: Small | msgspec.UnsetType | None = msgspec.UNSET
    viewing_distance_m: Small | msgspec.UnsetType | None = msgspec.UNSET
    counter: CounterNumber | msgspec.UnsetType | None = msgspec.UNSET
    printer: Id | msgspec.UnsetType | None = msgspec.UNSET
    fallback: Id | msgspec.UnsetType | None = msgspec.UNSET
    zone: OptionalText | msgspec.UnsetType | None = msgspec.UNSET
    services: Services | msgspec.UnsetType | None = msgspec.UNSET
    voice: Literal["on", "off"] | msgspec.UnsetType | None = msgspec.UNSET
    volume: Small | msgspec.UnsetType | None = msgspec.UNSET
    overscan: Small | msgspec.UnsetType | None = msgspec.UNSET
    picture: Literal["on", "off"] | msgspec.UnsetType | None = msgspec.UNSET


class AddDevice(Body):
    kind: Literal[DEVICE_KINDS]  # type: ignore[valid-type]
    name: DeviceName
    config: DeviceConfig = msgspec.field(default_factory=DeviceConfig)


class ConfigureDevice(Body):
    name: DeviceName | None = None
    config: DeviceConfig = msgspec.field(default_factory=DeviceConfig)


class Pair(Body):
    code: Annotated[str, msgspec.Meta(min_length=1, max_length=32)]


class Heartbeat(Body):
    clock: Moment | None = None
    fault: OptionalText | None = None


def _sign_in(call: Call) -> Response:
    """A PIN opens a session at a paired counter device, or at the server itself."""
    body, site = call.body, call.site
    device = next((c for c in call.callers if c.kind == COUNTER), None)
    if device is None and not is_at_the_server(request.environ):
        raise CounterDeviceNeeded()
    place = device.place if device else SERVER
    site.backoff.require_patience(place, body.name, site.monotonic())
    # Noted before it is checked: many tries at the same moment must not all be the first.
    site.backoff.failed(place, body.name, site.monotonic())
    found = site.directory.staff(body.name)
    pin_hash = found.pin_hash if found else None
    if not site.in_background(access.is_right_pin, pin_hash, body.pin) or found is None:
        raise WrongPin()
    site.backoff.succeeded(place, body.name)
    counter = body.counter if body.counter is not None or device is None else device.counter
    return open_session(call, Actor(found.label, found.role, place, counter))


def open_session(call: Call, by: Actor) -> Response:
    """Signed in: the session's cookie, and its CSRF value in the answer."""
    token, csrf = access.new_token(), access.new_token()
    answer = call.do(people.open_session, by, token_hash=access.hash_token(token), csrf=csrf)
    response = json_response(answer | {"csrf": csrf})
    for name in names_of(SESSION_COOKIE, call.site):
        set_cookie(response, name, token, people.SESSION_LASTS // 1000)
    return response


def _who_am_i(call: Call) -> Answer:
    """The session of this browser, with its CSRF value; only our own pages can read it."""
    caller = call.reader()
    return {
        "name": caller.name, "role": caller.role, "counter": caller.counter, "csrf": caller.csrf,
    }  # fmt: skip


def _sign_out(call: Call) -> Response:
    caller = call.caller()
    if caller.session is None:
        raise Forbidden(role=caller.role)
    answer = call.do(people.end_session, caller.actor(), token_hash=caller.session)
    response = json_response(answer)
    for name in names_with(SESSION_COOKIE, request.environ, caller.session):
        response.delete_cookie(name, httponly=True, samesite="Strict")
    return response


def _add_staff(call: Call) -> Answer:
    by, body = call.caller().actor(call.key), call.body
    pin_hash = strong_pin(call, body.pin)
    return call.do(
        people.add_staff, _keyless(by), label=body.label, role=body.role, pin_hash=pin_hash
    )


def _set_pin(call: Call) -> Answer:
    by = call.caller().actor()
    pin_hash = strong_pin(call, call.body.pin)
    return call.do(people.set_pin, by, label=call.path["label"], pin_hash=pin_hash)


def strong_pin(call: Call, pin: str) -> str:
    """Its hash, computed off the hub. Raises PinTooWeak."""
    access.require_strong_pin(pin)
    hashed: str = call.site.in_background(access.hash_pin, pin)
    return hashed


def _keyless(by: Actor) -> Actor:
    """A PIN's hash is new each time, so a repeated request would look like another one."""
    return Actor(by.name, by.role, by.device, by.counter)


def _add_device(call: Call) -> Answer:
    by, body = call.caller().actor(), call.body
    config = {k: v for k, v in _config(body.config).items() if v is not None}
    return call.do(
        people.add_device, by, kind=body.kind, name=body.name, config=config,
        pairing_code=access.new_code(),
    )  # fmt: skip


def _renew_pairing(call: Call) -> Answer:
    by, device = call.caller().actor(), call.path["device_id"]
    return call.do(people.renew_pairing, by, device_id=device, pairing_code=access.new_code())


def _configure_device(call: Call) -> Answer:
    by, body = call.caller().actor(call.key), call.body
    return call.do(
        people.configure_device, by, device_id=call.path["device_id"], name=body.name,
        config=_config(body.config),
    )  # fmt: skip


def _config(config: DeviceConfig) -> dict[str, Any]:
    values = ((name, getattr(config, name)) for name in config.__struct_fields__)
    return {name: value for name, value in values if value is not msgspec.UNSET}


def _pair(call: Call) -> Response:
    """A pairing code becomes a token: as a cookie for a screen, and once in the answer."""
    site = call.site
    wait = site.pairing_tries.take(address_of(request.environ), site.monotonic() / 1000)
    if wait:
        raise TooManyRequests(retry_after=wait)
    token = access.new_token()
    code = access.clean_code(call.body.code)
    answer = call.do(people.pair_device, WEB, code=code, token_hash=access.hash_token(token))
    response = json_response(answer | {"token": token, "csrf": access.csrf_of(token)})
    set_device_cookies(response, site, answer["device"]["kind"], token)
    return response


def set_device_cookies(response: Response, site: Site, kind: str, token: str) -> None:
    """This browser is the device from now on."""
    for name in names_of(DEVICE_COOKIE, site, kind):
        set_cookie(response, name, token, DEVICE_LASTS)


def _heartbeat(call: Call) -> Answer:
    caller: Caller = call.caller()
    if caller.device is None:
        return {"now": call.site.office.clock.now()}
    body = call.body
    return call.do(
        people.heartbeat, caller.actor(), device_id=caller.device, clock=body.clock,
        fault=body.fault,
    )  # fmt: skip


def set_cookie(response: Response, name: str, value: str, lasts: int) -> None:
    """A secret in the browser: pages' scripts never see it. `lasts` seconds."""
    response.set_cookie(
        name, value, max_age=lasts, httponly=True, samesite="Strict", secure=request.is_secure
    )


_STAFF = frozenset(STAFF_ROLES)
_BOSS = frozenset({SUPERVISOR})

ROUTES = (
    Route("POST", "/api/session", "Sign in", SignIn, handler=_sign_in, people=True),
    Route("GET", "/api/session", "Who is signed in here", handler=_who_am_i, roles=_STAFF),
    Route("POST", "/api/session/end", "Sign out", Nothing, handler=_sign_out, roles=_STAFF,
          people=True),
    Route("POST", "/api/staff", "Add a member of staff", AddStaff, handler=_add_staff,
          roles=_BOSS, people=True),
    Route("POST", "/api/staff/<path:label>/pin", "Give a new PIN", NewPin, handler=_set_pin,
          roles=_BOSS, people=True),
    Route("POST", "/api/staff/<path:label>/disable", "Nobody signs in under it any more", Nothing,
          people.disable_staff, people=True),
    Route("POST", "/api/devices", "Add a device; answers its pairing code", AddDevice,
          handler=_add_device, roles=_BOSS, people=True),
    Route("POST", "/api/devices/<id:device_id>/pair", "A fresh pairing code", Nothing,
          handler=_renew_pairing, roles=_BOSS, people=True),
    Route("POST", "/api/devices/<id:device_id>/revoke", "Its token is good no more", Nothing,
          people.revoke_device, people=True),
    Route("POST", "/api/devices/<id:device_id>/configure", "Name and settings of a device",
          ConfigureDevice, handler=_configure_device, roles=_BOSS, people=True),
    Route("POST", "/api/pair", "Exchange a pairing code for a device's token", Pair,
          handler=_pair, people=True),
    Route("POST", "/api/heartbeat", "A screen lives", Heartbeat, handler=_heartbeat,
          roles=ANY_DEVICE | ROLES["open_session"]),
)  # fmt: skip
