"""Who may do what: devices by kind, staff by role, cookies with CSRF, PINs, pairing, the set-up."""

from pathlib import Path

import pytest

from kiosk import access
from kiosk.access import Backoff, csrf_of, require_strong_pin
from kiosk.commands import people
from kiosk.errors import PinBackoff, PinTooWeak
from tests.web.conftest import CSRF, Served
from tests.web.talk import Answer, Asker
from tests.web.test_tickets import take

PIN = "270924"


def enlist(served: Served, label: str = "Petugas", role: str = "counter", pin: str = PIN) -> None:
    served.do(people.add_staff, label=label, role=role, pin_hash=access.hash_pin(pin))


def sign_in(asker: Asker, pin: str = PIN, **body: object) -> Answer:
    return asker.post("/api/session", {"name": "Petugas", "pin": pin} | body)


def cookies_of(answer: Answer) -> str:
    lines = answer.headers["Set-Cookie"].split("\n")
    return "; ".join(line.split(";")[0] for line in lines)


def test_who_may_not_is_told_so_before_the_body_is_looked_at(served: Served) -> None:
    for path in ("/api/settings", "/api/staff", "/api/devices", "/api/notices"):
        stranger = served.asker().post(path, {"nothing": "fits"})
        assert (stranger.status, stranger.code) == (401, "unauthorized"), path
        device = served.at_device("kiosk").post(path, {"nothing": "fits"})
        assert (device.status, device.code) == (403, "forbidden"), path


# --- devices ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["display", "counter", "agent"])
def test_only_a_kiosk_takes_numbers(served: Served, kind: str) -> None:
    answer = take(served.at_device(kind))
    assert (answer.status, answer.code) == (403, "forbidden")


def test_a_counter_pc_without_a_person_calls_nobody(served: Served) -> None:
    """A device's kind `counter` must not be taken for the role of the same name."""
    desk = served.at_device("counter", counter=1)
    assert desk.post("/api/counters/1/open").status == 403
    assert desk.get("/api/desk").status == 200


def test_a_wrong_token_is_no_token(served: Served) -> None:
    answer = take(served.asker(Authorization="Bearer nonsense"))
    assert (answer.status, answer.code) == (401, "unauthorized")
    assert take(served.asker(Authorization="Basic Zm9vOmJhcg==")).status == 401


READS = {
    "/api/board": {"kiosk", "display", "counter", "agent", "staff", "supervisor"},
    "/api/kiosk": {"kiosk", "staff", "supervisor"},
    "/api/desk": {"counter", "staff", "supervisor"},
    "/api/supervisor": {"supervisor"},
    "/api/events": {"kiosk", "display", "counter", "agent", "staff", "supervisor"},
    "/api/session": {"staff", "supervisor"},
    "/api/preview": {"staff", "supervisor"},
}


def test_everybody_reads_exactly_what_they_may(served: Served) -> None:
    askers = {kind: served.at_device(kind) for kind in ("kiosk", "display", "counter", "agent")}
    askers |= {"staff": served.session("counter"), "supervisor": served.session("supervisor")}
    for path, allowed in READS.items():
        got = {name for name, asker in askers.items() if asker.get(path).status == 200}
        assert got == allowed, path
        assert served.asker().get(path).status == 401


def test_a_device_sees_no_staff_and_no_priority_in_the_events(served: Served, boss: Asker) -> None:
    take(boss, priority=True)
    display = served.at_device("display")
    for event in display.get("/api/events").json["events"]:
        assert set(event) <= {"seq", "at", "event", "number", "service", "counter", "nth", "notice"}
    assert "data" in boss.get("/api/events").json["events"][0]


# --- cookies and CSRF ---------------------------------------------------------------------------


def test_a_cookie_alone_changes_nothing(served: Served) -> None:
    boss = served.session("supervisor")
    for csrf in (None, "", "something else"):
        answer = boss.post("/api/day/open", X_CSRF_Token=csrf)
        assert (answer.status, answer.code) == (403, "csrf_failed")
    assert boss.post("/api/day/open").status == 200


def test_a_devices_cookie_needs_the_value_of_its_own_page(served: Served) -> None:
    token = served.device("kiosk")
    browser = served.asker(Cookie=f"device={token}")
    assert take(browser).code == "csrf_failed"
    browser.headers["X-CSRF-Token"] = csrf_of(token)
    assert take(browser).status == 201


def test_one_browser_can_be_a_kiosk_and_a_supervisor(served: Served) -> None:
    """The CSRF value says which page is asking."""
    token = served.device("kiosk")
    session = served.session("supervisor").headers["Cookie"]
    browser = served.asker(Cookie=f"{session}; device={token}; device_kiosk={token}")
    by_kiosk = browser.post(
        "/api/tickets", {"service": "biodata"}, Idempotency_Key="a", X_CSRF_Token=csrf_of(token)
    )
    by_staff = browser.post(
        "/api/tickets", {"service": "biodata"}, Idempotency_Key="a", X_CSRF_Token=CSRF
    )
    assert "priority" not in by_kiosk.json["ticket"]
    assert "priority" in by_staff.json["ticket"]
    assert browser.post("/api/day/open", X_CSRF_Token=csrf_of(token)).status == 403


# --- sessions and PINs --------------------------------------------------------------------------


def test_staff_sign_in_at_the_server(served: Served) -> None:
    enlist(served)
    answer = sign_in(served.asker(), counter=2)
    assert answer.status == 200
    assert answer.json["role"] == "counter"
    assert answer.json["counter"] == 2
    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    desk = served.asker(Cookie=cookies_of(answer), X_CSRF_Token=answer.json["csrf"])
    assert desk.post("/api/counters/2/open").status == 200
    assert desk.post("/api/counters/3/open").status == 403


def test_another_office_at_the_same_machine_does_not_push_out_this_one(
    served: Served, tmp_path: Path
) -> None:
    """A browser keeps cookies by host and name, whatever the port."""
    (tmp_path / "other").mkdir()
    other = Served(tmp_path / "other")
    try:
        jar: dict[str, str] = {}
        csrf = {}
        for office in (served, other):
            enlist(office)
            answer = sign_in(office.asker(), counter=1)
            jar |= dict(pair.split("=", 1) for pair in cookies_of(answer).split("; "))
            csrf[office.port] = answer.json["csrf"]
        header = "; ".join(f"{name}={value}" for name, value in jar.items())
        for office in (served, other):
            desk = office.asker(Cookie=header, X_CSRF_Token=csrf[office.port])
            assert desk.post("/api/counters/1/open").status == 200
    finally:
        other.stop()


def test_signing_out_takes_back_every_cookie_of_this_session_and_no_other(served: Served) -> None:
    enlist(served)
    answer = sign_in(served.asker(), counter=1)
    desk = served.asker(
        Cookie=cookies_of(answer) + "; session_other=somebody", X_CSRF_Token=answer.json["csrf"]
    )
    ended = desk.post("/api/session/end")
    named = {line.split("=")[0] for line in ended.headers["Set-Cookie"].split("\n")}
    assert named == {pair.split("=")[0] for pair in cookies_of(answer).split("; ")}


def test_behind_a_proxy_nobody_is_at_the_server(served: Served) -> None:
    enlist(served)
    away = served.asker(X_Forwarded_For="192.168.1.20")
    answer = sign_in(away)
    assert (answer.status, answer.code) == (403, "counter_device_needed")
    away.headers["Authorization"] = f"Bearer {served.device('kiosk')}"
    assert sign_in(away).code == "counter_device_needed"
    away.headers["Authorization"] = f"Bearer {served.device('counter', counter=3)}"
    answer = sign_in(away)
    assert answer.status == 200
    assert answer.json["counter"] == 3


def test_a_wrong_pin_and_a_wrong_label_look_the_same(served: Served) -> None:
    enlist(served)
    wrong_pin = sign_in(served.asker(), "111112")
    wrong_label = sign_in(served.asker(), PIN, name="Orang lain")
    assert wrong_pin.status == wrong_label.status == 401
    assert wrong_pin.json == wrong_label.json


def test_guessing_a_pin_becomes_slow_at_that_place_only(served: Served) -> None:
    enlist(served)
    here = served.asker()
    there = served.asker(
        X_Forwarded_For="192.168.1.20", Authorization=f"Bearer {served.device('counter')}"
    )
    for _ in range(3):
        assert sign_in(here, "111112").code == "wrong_pin"
    answer = sign_in(here)
    assert (answer.status, answer.code) == (429, "pin_backoff")
    assert int(answer.headers["Retry-After"]) >= 1
    assert sign_in(there).status == 200
    served.time.forward(seconds=2)
    assert sign_in(here).status == 200


def test_the_wait_after_wrong_pins_doubles_up_to_five_minutes() -> None:
    backoff, now, waits = Backoff(), 0, []
    for _ in range(14):
        backoff.failed("counter:1", "Petugas", now)
        try:
            backoff.require_patience("counter:1", "Petugas", now)
            waits.append(0)
        except PinBackoff as error:
            waits.append(error.details["retry_after"])
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]
    backoff.require_patience("counter:2", "Petugas", now)
    backoff.require_patience("counter:1", "Penyelia", now)
    backoff.succeeded("counter:1", "Petugas")
    backoff.require_patience("counter:1", "Petugas", now)


@pytest.mark.parametrize(
    "pin",
    ["12345", "1234567890123", "12345a", "", "111111", "123456", "654321", "135791", "121212",
     "123123", "112233", "998877", "890123", "٣٤٥٦٧٨"],
)  # fmt: skip
def test_a_simple_pin_is_refused(pin: str) -> None:
    with pytest.raises(PinTooWeak):
        require_strong_pin(pin)


@pytest.mark.parametrize("pin", ["270924", "483920", "100937", "123457", "998123456781"])
def test_an_ordinary_pin_is_accepted(pin: str) -> None:
    require_strong_pin(pin)


def test_signing_out_ends_the_session(served: Served) -> None:
    boss = served.session("supervisor")
    assert boss.post("/api/session/end").status == 200
    assert boss.get("/api/session").status == 401


def test_a_session_ends_by_itself(served: Served) -> None:
    boss = served.session("supervisor")
    served.time.forward(hours=13.9)
    assert boss.get("/api/session").status == 200
    served.time.forward(hours=0.2)
    assert boss.get("/api/session").status == 401


def test_a_disabled_person_is_out_at_once(served: Served, boss: Asker) -> None:
    desk = served.session("counter", counter=1)
    assert boss.post("/api/staff/Uji%20counter%201/disable").status == 200
    assert desk.get("/api/desk").status == 401


def test_the_last_supervisor_stays(boss: Asker) -> None:
    answer = boss.post("/api/staff/Uji%20supervisor/disable")
    assert (answer.status, answer.code) == (409, "last_supervisor")


def test_two_labels_that_read_the_same_are_refused(served: Served, boss: Asker) -> None:
    enlist(served, "Sari")
    answer = boss.post("/api/staff", {"label": "SARI", "role": "counter", "pin": PIN})
    assert (answer.status, answer.code) == (409, "label_taken")


def test_a_label_may_hold_any_letter(boss: Asker) -> None:
    boss.post("/api/staff", {"label": "Sari/pagi", "role": "counter", "pin": PIN})
    assert boss.post("/api/staff/Sari%2Fpagi/pin", {"pin": "482915"}).status == 200
    assert boss.post("/api/staff/Sari%2Fpagi/disable").status == 200


def test_a_supervisor_adds_people(served: Served, boss: Asker) -> None:
    body = {"label": "Petugas", "role": "reception", "pin": PIN}
    assert boss.post("/api/staff", body).json["staff"]["role"] == "reception"
    assert boss.post("/api/staff", body).code == "label_taken"
    assert boss.post("/api/staff", body | {"label": "B", "pin": "111111"}).code == "pin_too_weak"
    assert sign_in(served.asker()).json["role"] == "reception"
    assert boss.post("/api/staff/Petugas/pin", {"pin": "483920"}).status == 200
    assert sign_in(served.asker()).code == "wrong_pin"
    assert sign_in(served.asker(), "483920").status == 200
    assert boss.post("/api/staff/Nobody/pin", {"pin": "483920"}).code == "unknown_staff"


# --- pairing ------------------------------------------------------------------------------------


def test_a_screen_is_paired_by_a_code(served: Served, boss: Asker) -> None:
    added = boss.post("/api/devices", {"kind": "kiosk", "name": "Pintu utara"}).json
    code = added["pairing"]["code"]
    typed = f" {code[:4].lower()}-{code[4:]} "
    answer = served.asker().post("/api/pair", {"code": typed})
    assert answer.status == 200
    assert answer.json["device"]["name"] == "Pintu utara"
    browser = served.asker(Cookie=cookies_of(answer), X_CSRF_Token=answer.json["csrf"])
    assert take(browser).status == 201
    assert take(served.asker(Authorization=f"Bearer {answer.json['token']}"), "k9").status == 201


def test_a_code_is_good_once_and_for_a_quarter_of_an_hour(served: Served, boss: Asker) -> None:
    device = boss.post("/api/devices", {"kind": "kiosk", "name": "K"}).json
    code = device["pairing"]["code"]
    assert served.asker().post("/api/pair", {"code": code}).status == 200
    assert served.asker().post("/api/pair", {"code": code}).code == "pairing_code_wrong"
    again = boss.post(f"/api/devices/{device['device']['id']}/pair").json["pairing"]["code"]
    served.time.forward(minutes=16)
    assert served.asker().post("/api/pair", {"code": again}).code == "pairing_code_wrong"


def test_guessing_codes_is_slow(served: Served) -> None:
    stranger = served.asker()
    answers = [stranger.post("/api/pair", {"code": "AAAAAAAA"}).status for _ in range(12)]
    assert answers == [422] * 10 + [429] * 2


def test_a_new_code_of_a_revoked_device_lets_it_in_again(served: Served, boss: Asker) -> None:
    device = boss.post("/api/devices", {"kind": "display", "name": "L"}).json
    number = device["device"]["id"]
    token = served.asker().post("/api/pair", {"code": device["pairing"]["code"]}).json["token"]
    assert boss.post(f"/api/devices/{number}/revoke").json["device"]["revoked"] is True
    display = served.asker(Authorization=f"Bearer {token}")
    assert display.get("/api/board").status == 401
    code = boss.post(f"/api/devices/{number}/pair").json["pairing"]["code"]
    assert served.asker().post("/api/pair", {"code": code}).status == 200


def test_a_devices_settings_are_kept_and_bounded(served: Served, boss: Asker) -> None:
    number = boss.post("/api/devices", {"kind": "display", "name": "L"}).json["device"]["id"]
    path = f"/api/devices/{number}/configure"
    config = {"screen_height_mm": 685, "viewing_distance_m": 8, "services": ["biodata"]}
    assert boss.post(path, {"config": config}).json["device"]["config"] == config
    changed = boss.post(path, {"name": "Layar", "config": {"services": None}}).json["device"]
    assert changed["config"] == {"screen_height_mm": 685, "viewing_distance_m": 8}
    assert changed["name"] == "Layar"
    assert boss.post(path, {"config": {"viewing_distance_m": 0}}).code == "invalid"
    assert boss.post(path, {"config": {"counter": 77}}).code == "unknown_counter"
    assert boss.post(path, {"config": {"printer": 77}}).code == "invalid"
    assert boss.post("/api/devices/999/configure").code == "unknown_device"


def test_a_heartbeat_tells_what_the_screens_clock_says(served: Served, boss: Asker) -> None:
    display = served.at_device("display")
    now = display.get("/api/board").json["now"]
    answer = display.post("/api/heartbeat", {"clock": now - 5000, "fault": "sound"})
    assert answer.json["clock_off"] == -5000
    device = boss.get("/api/supervisor").json["devices"][0]
    assert (device["clock_off"], device["fault"]) == (-5000, "sound")
    assert boss.post("/api/heartbeat").status == 200


# --- the first supervisor -----------------------------------------------------------------------


def test_the_first_supervisor_is_made_at_the_server_once(served: Served) -> None:
    here = served.asker()
    body = {"label": "Petugas", "pin": PIN}
    assert here.post("/api/setup", body | {"pin": "123456"}).code == "pin_too_weak"
    assert here.post("/api/setup", body).status == 200
    assert sign_in(here).json["role"] == "supervisor"
    assert here.post("/api/setup", body | {"label": "B"}).status == 409


def test_from_another_machine_the_printed_code_is_needed(served: Served) -> None:
    code = served.server.site.setup_code.new()
    away = served.asker(X_Forwarded_For="192.168.1.20")
    body = {"label": "Petugas", "pin": PIN}
    assert away.post("/api/setup", body).status == 403
    assert away.post("/api/setup", body | {"code": "AAAA AAAA"}).status == 403
    assert away.post("/api/setup", body | {"code": f"{code[:4]} {code[4:]}"}).status == 200
