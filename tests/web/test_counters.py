"""A counter's whole work over HTTP: each command once, and its refusals."""

from typing import Any

import pytest

from tests.web.conftest import Served
from tests.web.talk import Answer, Asker
from tests.web.test_tickets import take


@pytest.fixture
def desk(served: Served, boss: Asker) -> Asker:
    """The person at counter 1, which is open."""
    boss.post("/api/day/open")
    made = served.session("counter", counter=1)
    assert made.post("/api/counters/1/open").status == 200
    return made


def at(desk: Asker, command: str, body: Any = None, **headers: str) -> Answer:
    return desk.post(f"/api/counters/1/{command}", body, **headers)


def state_of(answer: Answer) -> str:
    assert answer.status == 200, answer.content
    return str(answer.json["ticket"]["state"])


def test_a_ticket_is_called_served_and_finished(desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    called = at(desk, "call-next")
    assert state_of(called) == "called"
    assert called.json["seq"] > 0
    assert state_of(at(desk, "start")) == "serving"
    assert state_of(at(desk, "finish", {"outcome": "done", "blanks": 1})) == "completed"


def test_nobody_waiting_is_a_conflict(desk: Asker) -> None:
    answer = at(desk, "call-next")
    assert (answer.status, answer.code) == (409, "queue_empty")


def test_finish_and_call_next_in_one_breath(desk: Asker, kiosk: Asker) -> None:
    take(kiosk, key="a"), take(kiosk, key="b")
    at(desk, "call-next"), at(desk, "start")
    answer = at(desk, "finish", {"call_next": True})
    assert answer.json["next"]["number"] == "A-002"


def test_a_repeated_tap_calls_one_person(desk: Asker, kiosk: Asker) -> None:
    take(kiosk, key="a"), take(kiosk, key="b")
    first = at(desk, "call-next", Idempotency_Key="tap")
    again = at(desk, "call-next", Idempotency_Key="tap")
    assert first.json == again.json


def test_a_recall_waits_ten_seconds(served: Served, desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    at(desk, "call-next")
    answer = at(desk, "recall")
    assert (answer.status, answer.code) == (409, "too_soon")
    assert answer.json["retry_after"] == 10
    served.time.forward(seconds=10)
    assert at(desk, "recall").json["ticket"]["calls"] == 2


def test_absence_has_to_be_proven(desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    at(desk, "call-next")
    answer = at(desk, "no-show")
    assert (answer.status, answer.code) == (409, "absence_not_proven")
    assert answer.json["calls_missing"] == 2


def test_a_ticket_is_parked_and_resumed(desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    ticket = at(desk, "call-next").json["ticket"]["id"]
    at(desk, "start")
    assert at(desk, "park", {"cause": "weather"}).status == 422
    parked = at(desk, "park", {"cause": "link", "due_back_minutes": 10, "owner": "counter"})
    assert state_of(parked) == "parked"
    assert state_of(at(desk, "resume", {"ticket": ticket})) == "called"


def test_a_parked_ticket_of_another_counters_service_is_a_conflict(
    served: Served, desk: Asker, boss: Asker, kiosk: Asker
) -> None:
    ticket = take(kiosk).json["ticket"]
    at(desk, "call-next"), at(desk, "start"), at(desk, "park", {"cause": "documents"})
    other = served.session("counter", counter=2)
    assert other.post("/api/counters/2/open", {"services": ["family"]}).status == 200
    answer = other.post("/api/counters/2/resume", {"ticket": ticket["id"]})
    assert (answer.status, answer.code) == (409, "not_for_this_counter")


def test_a_journey_goes_on_to_its_next_step(desk: Asker, kiosk: Asker) -> None:
    take(kiosk, service="recording")
    at(desk, "call-next"), at(desk, "start")
    assert at(desk, "next-step", {"blanks": 0}).json["ticket"]["service"] == "card-printing"


def test_a_ticket_is_passed_on(desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    at(desk, "call-next"), at(desk, "start")
    assert at(desk, "transfer", {"service": "family", "front": True}).code == "invalid"
    answer = at(desk, "transfer", {"service": "family", "reason": "salah layanan"})
    assert state_of(answer) == "waiting"
    assert answer.json["ticket"]["service"] == "family"


def test_calling_out_of_order_is_the_supervisors_on_a_polling_day(
    desk: Asker, kiosk: Asker, boss: Asker
) -> None:
    ticket = take(kiosk).json["ticket"]["id"]
    body = {"ticket": ticket, "reason": "sakit"}
    assert at(desk, "call", body).status == 403
    assert at(boss, "call", {"ticket": ticket}).status == 422
    assert state_of(at(boss, "call", body)) == "called"


def test_the_last_command_is_undone(desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    at(desk, "call-next")
    assert state_of(at(desk, "undo")) == "waiting"
    answer = at(desk, "undo")
    assert (answer.status, answer.code) == (409, "nothing_to_undo")


def test_a_counter_changes_hands_with_the_ticket_in_it(
    served: Served, desk: Asker, kiosk: Asker
) -> None:
    take(kiosk)
    at(desk, "call-next")
    other = served.session("counter", counter=None)
    assert at(other, "start").code == "counter_taken"
    assert at(desk, "hand-over", {"to": "Uji counter"}).status == 200
    assert state_of(at(other, "start")) == "serving"
    assert at(desk, "take-over").json["counter"]["staff"] == "Uji counter 1"


def test_a_busy_counter_does_not_close(desk: Asker, kiosk: Asker) -> None:
    take(kiosk)
    at(desk, "call-next")
    answer = at(desk, "close")
    assert (answer.status, answer.code) == (409, "counter_busy")
    at(desk, "undo")
    assert at(desk, "close").json["counter"]["state"] == "closed"


def test_a_closing_is_planned(served: Served, desk: Asker) -> None:
    at_ms = served.time.wall_at + 3_600_000
    assert at(desk, "plan-closing", {"closes_at": at_ms}).status == 200
    assert at(desk, "plan-closing", {"closes_at": None}).status == 200
    assert at(desk, "plan-closing", {}).status == 422


def test_unknown_counters_and_tickets_are_not_found(desk: Asker, boss: Asker) -> None:
    assert boss.post("/api/counters/98/open").code == "unknown_counter"
    assert boss.post("/api/counters/0/open").status == 404
    assert at(desk, "resume", {"ticket": 99999}).code == "unknown_ticket"


def test_a_supervisor_adds_a_counter(boss: Asker) -> None:
    body = {"number": 9, "services": ["biodata"], "zone": "Lantai 2"}
    assert boss.post("/api/counters", body).status == 200
    assert boss.post("/api/counters", body | {"services": ["nothing"]}).code == "unknown_service"


def test_before_the_day_is_open_nobody_is_called(served: Served, kiosk: Asker, boss: Asker) -> None:
    boss.post("/api/day/close")
    assert boss.post("/api/counters/1/open").status == 200
    answer = boss.post("/api/counters/1/call-next")
    assert (answer.status, answer.code) == (423, "closed")


def test_the_day_goes_through_its_phases(boss: Asker) -> None:
    assert boss.post("/api/day/hold").status == 409
    assert boss.post("/api/day/stop-numbers").json["phase"] == "serving_out"
    assert boss.post("/api/day/open").json["phase"] == "open"
    assert boss.post("/api/day/close").json == boss.post("/api/day/close").json | {
        "seq": boss.post("/api/day/close").json["seq"]
    }


def test_services_and_settings_are_the_supervisors(desk: Asker, boss: Asker) -> None:
    service = {"code": "legalisir", "letter": "G", "name_id": "Legalisir", "journey": ["biodata"]}
    assert desk.post("/api/services", service).status == 403
    assert boss.post("/api/services", service).json["service"]["code"] == "legalisir"
    assert boss.post("/api/services", service | {"code": "x", "letter": "G"}).code == "label_taken"
    assert desk.post("/api/settings", {"key": "name", "value": "X"}).status == 403
    assert boss.post("/api/settings", {"key": "nothing", "value": "X"}).code == "unknown_setting"
    wrong = boss.post("/api/settings", {"key": "opens", "value": "25:00"})
    assert (wrong.status, wrong.code) == (422, "setting_invalid")
    assert boss.post("/api/settings", {"key": "opens", "value": "07:30"}).json["value"] == "07:30"


def test_help_is_called_and_answered(kiosk: Asker, desk: Asker) -> None:
    number = kiosk.post("/api/help", {"kind": "menu"}).json["help"]["id"]
    assert kiosk.post("/api/help", {"kind": "menu"}).json["help"]["id"] == number
    assert desk.get("/api/desk").json["help"][0]["id"] == number
    assert desk.post(f"/api/help/{number}/answer").status == 200
    assert desk.post(f"/api/help/{number}/answer").status == 404


def test_the_clock_is_confirmed(served: Served, boss: Asker, kiosk: Asker) -> None:
    served.time.set_wall(served.time.wall_at + 2 * 3_600_000)
    answer = take(kiosk)
    assert (answer.status, answer.code) == (409, "clock_in_doubt")
    assert boss.post("/api/clock/confirm").status == 200
    assert take(kiosk).status == 201
