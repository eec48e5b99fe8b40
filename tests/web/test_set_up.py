"""The first run over HTTP: who may set up, what is kept meanwhile, and what comes of it."""

import http.client
import json
import socket
import sys
from typing import Any

import pytest

from kiosk import access
from kiosk.audit import verify
from kiosk.commands import print_work
from kiosk.store import set_up_answers
from kiosk.store.connection import open_reader
from kiosk.web import server as web_server
from tests.cast import WORKER
from tests.replay import differences
from tests.web.conftest import Served
from tests.web.talk import Asker

PIN, OTHER_PIN = "270924", "481516"
AWAY = {"X_Forwarded_For": "192.168.1.20"}

ANSWERS: dict[str, Any] = {
    "name": "Disdukcapil Kota Banjarbaru",
    "area": "Kota Banjarbaru",
    "zone": "Asia/Makassar",
    "opens": "07:30",
    "closes": "12.30",
    "polling_day": "2026-11-27",
    "poll_close": "13:00",
    "counters": 2,
    "paper_mm": "58",
    "lan": True,
    "public_url": "http://192.168.1.10:8017",
    "supervisor": {"label": "Penyelia", "pin": PIN},
    "deputy": {"label": "Wakil", "pin": OTHER_PIN},
}


@pytest.fixture
def here(served: Served) -> Asker:
    """Somebody at the server itself; the network is not really opened."""
    served.opened = 0  # type: ignore[attr-defined]

    def opened() -> None:
        served.opened += 1  # type: ignore[attr-defined]

    served.server.site.open_to_network = opened
    return served.asker()


def finish(asker: Asker, **changes: Any) -> Any:
    asker.post("/api/setup/answers", ANSWERS | changes)
    return asker.post("/api/setup/finish")


def session(asker: Asker, answer: Any) -> None:
    """Go on as the one who was signed in."""
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("session=")
    asker.headers |= {"Cookie": cookie.split(";")[0], "X-CSRF-Token": answer.json["csrf"]}


def answered(served: Served) -> dict[str, str]:
    reader = open_reader(served.config.database)
    found = set_up_answers.load(reader)
    reader.close()
    return found


def test_the_answers_become_the_office(served: Served, here: Asker) -> None:
    answer = finish(here)
    assert answer.status == 200
    session(here, answer)
    state = here.get("/api/supervisor").json
    values = {key: setting["value"] for key, setting in state["settings"].items()}
    assert values["name"] == "Disdukcapil Kota Banjarbaru"
    assert (values["opens"], values["closes"], values["poll_close"]) == ("07:30", "12:30", "13:00")
    assert (values["lan"], values["public_url"]) == ("on", "http://192.168.1.10:8017")
    assert sorted(state["counters"]) == ["1", "2"]
    assert [printer["width_mm"] for printer in state["printers"]] == [58]
    assert {person["label"]: person["role"] for person in state["staff_list"]} == {
        "Penyelia": "supervisor",
        "Wakil": "supervisor",
    }
    assert [(device["kind"], bool(device["pairing"])) for device in state["devices"]] == [
        ("kiosk", True), ("display", True), ("counter", True), ("counter", True),
    ]  # fmt: skip
    assert served.opened == 1  # type: ignore[attr-defined]
    assert answered(served) == {}


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("id", ["Mesin antrean", "Layar panggil", "Loket 1", "Loket 2"]),
        ("en", ["Kiosk", "Display", "Counter 1", "Counter 2"]),
    ],
)
def test_the_first_devices_are_named_in_the_language_of_the_set_up(
    served: Served, language: str, names: list[str]
) -> None:
    served.server.site.open_to_network = lambda: None
    asker = served.asker(Accept_Language=language)
    session(asker, finish(asker))
    devices = asker.get("/api/supervisor").json["devices"]
    assert [device["name"] for device in devices] == names


def test_the_record_of_the_set_up_is_whole_and_holds_no_secret(served: Served, here: Asker) -> None:
    finish(here, counters=5)
    finish(here)
    report = verify.verify(served.config.database)
    assert report.findings == []
    assert differences(served.config.database) == []
    reader = open_reader(served.config.database)
    text = "".join(row["data"] for row in reader.conn.execute("SELECT data FROM journal"))
    reader.close()
    assert PIN not in text
    assert "argon2" not in text


def test_an_office_on_one_computer_pairs_no_counters(served: Served, here: Asker) -> None:
    session(here, finish(here, lan=False, public_url=""))
    devices = here.get("/api/supervisor").json["devices"]
    assert [device["kind"] for device in devices] == ["kiosk", "display"]
    assert served.opened == 0  # type: ignore[attr-defined]


def test_answers_are_kept_and_pins_only_as_hashes(served: Served, here: Asker) -> None:
    here.post("/api/setup/answers", {"name": "Kantor"})
    here.post("/api/setup/answers", {"supervisor": ANSWERS["supervisor"], "deputy": None})
    status = served.asker().get("/api/setup").json
    assert status["answers"]["name"] == "Kantor"
    assert status["answers"]["supervisor"] == {"label": "Penyelia"}
    assert "deputy" not in status["answers"]
    assert set(status["answered"]) == {"name", "supervisor", "deputy"}
    assert PIN not in json.dumps(status)
    kept = answered(served)["supervisor"]
    assert PIN not in kept
    assert access.is_right_pin(json.loads(kept)["pin_hash"], PIN)


def test_a_label_can_change_without_the_pin(served: Served, here: Asker) -> None:
    here.post("/api/setup/answers", {"supervisor": {"label": "A", "pin": PIN}})
    assert here.post("/api/setup/answers", {"supervisor": {"label": "B"}}).status == 200
    kept = json.loads(answered(served)["supervisor"])
    assert kept["label"] == "B"
    assert access.is_right_pin(kept["pin_hash"], PIN)
    assert here.post("/api/setup/answers", {"deputy": {"label": "C"}}).code == "invalid"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"opens": "25:00"}, "setting_invalid"),
        ({"zone": "Mars"}, "setting_invalid"),
        ({"public_url": "http://127.0.0.1:8017"}, "setting_invalid"),
        ({"paper_mm": "70"}, "setting_invalid"),
        ({"counters": 0}, "invalid"),
        ({"name": ""}, "invalid"),
        ({"policy": "fifo"}, "invalid"),
        ({"supervisor": {"label": "A", "pin": "123456"}}, "pin_too_weak"),
        ({"deputy": {"label": "Penyelia", "pin": OTHER_PIN}}, "label_taken"),
    ],
)
def test_a_wrong_answer_changes_nothing(
    served: Served, here: Asker, wrong: dict[str, Any], code: str
) -> None:
    here.post("/api/setup/answers", {"name": "Kantor", "supervisor": ANSWERS["supervisor"]})
    before = answered(served)
    assert here.post("/api/setup/answers", {"area": "Kota"} | wrong).code == code
    assert answered(served) == before


def test_without_a_supervisor_the_set_up_does_not_end(here: Asker) -> None:
    here.post("/api/setup/answers", {"name": "Kantor"})
    assert here.post("/api/setup/finish").code == "invalid"
    assert here.get("/api/setup").json["finished"] is False


def test_it_ends_once(here: Asker) -> None:
    assert finish(here).status == 200
    assert here.get("/api/setup").json == {"finished": True}
    assert here.post("/api/setup/answers", {"name": "X"}).status == 409
    assert here.post("/api/setup/finish").status == 409
    assert here.post("/api/setup/clock").status == 409


def test_from_another_machine_the_code_opens_the_wizard(served: Served, here: Asker) -> None:
    code = served.server.site.setup_code.new()
    away = served.asker(**AWAY)
    assert away.get("/api/setup").json == {"finished": False, "code_needed": True}
    assert away.post("/api/setup/answers", {"name": "X"}).code == "set_up_code_wrong"
    assert away.post("/api/setup/finish").code == "set_up_code_wrong"
    assert away.post("/api/qr", {"text": "x"}).status == 401
    assert away.post("/api/setup/enter", {"code": "AAAAAAA"}).code == "set_up_code_wrong"
    admitted = away.post("/api/setup/enter", {"code": f"{code[:4]} {code[4:]}".lower()})
    away.headers["Cookie"] = admitted.headers["Set-Cookie"].split(";")[0]
    assert away.get("/api/setup").json["code_needed"] is False
    done = finish(away)
    assert done.status == 200
    assert done.json["name"] == "Penyelia"
    assert served.asker(**AWAY).post("/api/setup/enter", {"code": code}).status == 403


def test_a_pass_of_before_the_server_was_started_again_says_what_to_do(served: Served) -> None:
    away = served.asker(**AWAY, Cookie="setup=a-pass-of-yesterday")
    refused = away.post("/api/setup/answers", {"name": "X"})
    assert (refused.status, refused.code) == (403, "set_up_pass_ended")
    assert away.get("/api/setup").json == {"finished": False, "code_needed": True}


def test_guessing_the_code_is_slowed_down(served: Served) -> None:
    served.server.site.setup_code.new()
    away = served.asker(**AWAY)
    codes = [away.post("/api/setup/enter", {"code": "AAAAAAA"}).code for _ in range(5)]
    assert codes[0] == "set_up_code_wrong"
    assert codes[-1] == "pin_backoff"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the whole of 127/8")
def test_the_network_is_opened_while_the_server_runs(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_server, "own_addresses", lambda: ["127.0.0.2", "192.0.2.99"])
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.2", served.port), timeout=5)
    assert finish(served.asker()).status == 200
    connection = http.client.HTTPConnection("127.0.0.2", served.port, timeout=10)
    connection.request("GET", "/health")
    assert connection.getresponse().status == 200
    connection.close()


def test_the_clock_of_the_server_is_shown_and_believed(served: Served, here: Asker) -> None:
    served.time.set_wall(served.time.wall_at + 5 * 3_600_000)
    clock = here.get("/api/setup").json["clock"]
    assert clock["wall"] - clock["now"] >= 5 * 3_600_000 - 1000
    assert here.post("/api/setup/clock").status == 200
    assert here.get("/api/setup").json["clock"]["now"] == served.time.wall_at


def test_a_text_becomes_a_qr_code(served: Served, boss: Asker) -> None:
    answer = boss.post("/api/qr", {"text": "WIFI:T:WPA;S:Kantor;P:rahasia;;"})
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert b"<svg" in answer.content
    assert served.at_device("display").post("/api/qr", {"text": "x"}).status == 403


def test_a_rehearsal_is_called_and_printed_and_counts_nowhere(served: Served, boss: Asker) -> None:
    display = served.at_device("display")
    before = boss.get("/api/supervisor").json["today"]
    rehearsal = boss.post("/api/rehearsal").json["rehearsal"]
    assert rehearsal["number"] == "A-000"
    board = display.get("/api/board").json
    assert board["rehearsal"]["id"] == rehearsal["id"]
    assert board["calls"] == []
    assert board["current"] == []
    sound = display.get(f"/api/voice/calls/{rehearsal['id']}.wav")
    assert sound.headers["Content-Type"] == "audio/wav"
    assert display.post(f"/api/rehearsal/{rehearsal['id']}/heard", {}).status == 200
    assert display.post("/api/rehearsal/99999/heard", {}).status == 404
    after = boss.get("/api/supervisor").json
    assert after["today"] == before
    assert [one["fault"] for one in after["rehearsal"]["heard"]] == [None]
    assert after["rehearsal"]["paper"] == "queued"
    assert verify.verify(served.config.database).findings == []


def test_the_ticket_of_a_rehearsal_is_marked(served: Served, boss: Asker) -> None:
    boss.post("/api/rehearsal")
    turn = {"printer": 1, "worker": "one", "state": "ok"}
    job = served.do(print_work.claim_print_jobs, WORKER, **turn)["jobs"][0]
    facts = json.loads(job["facts"])
    assert (facts["number"], facts["drill"], facts["phone_url"]) == ("A-000", True, None)


def test_while_people_wait_there_is_no_rehearsal(served: Served, boss: Asker) -> None:
    boss.post("/api/day/open")
    kiosk = served.at_device("kiosk")
    kiosk.post("/api/tickets", {"service": "biodata"}, Idempotency_Key="1")
    assert boss.post("/api/rehearsal").code == "people_are_waiting"
    assert kiosk.post("/api/rehearsal").status == 403


def test_a_screen_with_a_wrong_clock_raises_an_alarm(served: Served, boss: Asker) -> None:
    display = served.at_device("display")
    now = display.get("/api/board").json["now"]
    display.post("/api/heartbeat", {"clock": now - 119_000})
    codes = [alarm["code"] for alarm in boss.get("/api/supervisor").json["alarms"]]
    assert "device_clock" not in codes
    display.post("/api/heartbeat", {"clock": now - 125_000})
    codes = [alarm["code"] for alarm in boss.get("/api/supervisor").json["alarms"]]
    assert "device_clock" in codes


def test_the_page_after_the_set_up_is_the_supervisors(served: Served, boss: Asker) -> None:
    html = {"Accept": "text/html"}
    assert served.asker().get("/setup/ready", **html).headers["Location"] == (
        "/signin?next=/setup/ready"
    )
    assert boss.get("/setup/ready", **html).status == 200
