"""Taking a number over HTTP, and what happens to it away from a counter."""

from typing import Any

from kiosk.domain.ticket import spoken_code
from tests.web.conftest import Served
from tests.web.talk import Answer, Asker


def take(kiosk: Asker, key: str = "k1", **body: Any) -> Answer:
    return kiosk.post("/api/tickets", {"service": "biodata"} | body, Idempotency_Key=key)


def test_a_kiosk_takes_a_number(kiosk: Asker) -> None:
    answer = take(kiosk)
    assert answer.status == 201
    ticket = answer.json["ticket"]
    assert ticket["number"] == "A-001"
    assert ticket["state"] == "waiting"
    assert ticket["people_ahead"] == 0
    assert ticket["wait"] is None
    assert len(ticket["token"]) >= 22
    assert len(ticket["trace"]) == 8
    assert answer.json["seq"] >= ticket["id"]


def test_the_answer_says_nothing_about_priority_to_a_kiosk(kiosk: Asker, boss: Asker) -> None:
    assert "priority" not in take(kiosk, priority=True).json["ticket"]
    assert take(boss, priority=True).json["ticket"]["priority"] is True


def test_a_number_needs_an_idempotency_key(kiosk: Asker) -> None:
    answer = kiosk.post("/api/tickets", {"service": "biodata"})
    assert (answer.status, answer.code) == (422, "key_missing")


def test_the_same_request_gets_the_same_number(kiosk: Asker) -> None:
    first, again = take(kiosk), take(kiosk)
    assert again.status == 201
    assert again.json == first.json
    assert take(kiosk, key="k2").json["ticket"]["number"] == "A-002"


def test_another_body_under_the_same_key_is_refused(kiosk: Asker) -> None:
    take(kiosk)
    answer = take(kiosk, service="family")
    assert (answer.status, answer.code) == (422, "key_reused")


def test_a_refusal_is_not_kept(kiosk: Asker) -> None:
    assert take(kiosk, service="nothing").status == 404
    assert take(kiosk).status == 201


def test_keys_of_two_kiosks_do_not_meet(served: Served, kiosk: Asker) -> None:
    other = served.at_device("kiosk")
    assert take(kiosk).json["ticket"]["number"] == "A-001"
    assert take(other).json["ticket"]["number"] == "A-002"


def test_a_service_nobody_knows_is_not_found(kiosk: Asker) -> None:
    answer = take(kiosk, service="nothing")
    assert (answer.status, answer.code) == (404, "unknown_service")


def test_a_suspended_service_is_closed(kiosk: Asker, boss: Asker) -> None:
    assert boss.post("/api/services/biodata/suspend", {"cause": "link"}).status == 200
    answer = take(kiosk)
    assert (answer.status, answer.code) == (423, "service_suspended")
    assert answer.json["cause"] == "link"


def test_where_biodata_is_given_instead_the_refusal_says_so(kiosk: Asker, boss: Asker) -> None:
    take(kiosk, service="card-printing")
    state = {"state": "biodata_instead", "cause": "blanks", "move_waiting": True}
    answer = boss.post("/api/services/card-printing/state", state)
    assert (answer.status, answer.json["moved"]) == (200, ["B-001"])

    refusal = take(kiosk, key="k2", service="card-printing")

    assert (refusal.status, refusal.code) == (423, "biodata_instead")
    services = {one["code"]: one for one in kiosk.get("/api/kiosk").json["services"]}
    assert services["card-printing"]["instead"] == "biodata"
    assert services["biodata"]["waiting"] == 1


def test_a_state_that_makes_no_sense_is_refused(kiosk: Asker, boss: Asker) -> None:
    for wrong in ({"state": "broken"}, {"state": "open", "move_waiting": True}, {}):
        answer = boss.post("/api/services/card-printing/state", wrong)
        assert (answer.status, answer.code) == (422, "invalid")
    assert kiosk.post("/api/services/biodata/state", {"state": "closed"}).status == 403


def test_a_closed_day_is_closed(kiosk: Asker, boss: Asker) -> None:
    assert boss.post("/api/day/close").json["phase"] == "closed"
    answer = take(kiosk)
    assert (answer.status, answer.code) == (423, "closed")


def test_a_kiosk_that_is_too_fast_waits(kiosk: Asker, boss: Asker) -> None:
    assert boss.post("/api/settings", {"key": "pacing", "value": True}).json["value"] == "on"
    boss.post("/api/settings", {"key": "pacing_per_minute", "value": 1})
    take(kiosk)
    answer = take(kiosk, key="k2")
    assert (answer.status, answer.code) == (429, "pacing")
    assert int(answer.headers["Retry-After"]) == answer.json["retry_after"]


def test_the_phone_may_cancel_with_its_token(served: Served, kiosk: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    phone = served.asker()
    path = f"/api/tickets/{ticket['id']}/cancel"
    assert phone.post(path).status == 401
    assert phone.post(path, {"token": "x" * 22}).status == 401
    answer = phone.post(path, {"token": ticket["token"]})
    assert answer.status == 200
    assert answer.json["ticket"]["state"] == "cancelled"


def test_a_kiosk_may_not_cancel_somebody_elses_ticket(kiosk: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    assert kiosk.post(f"/api/tickets/{ticket['id']}/cancel").status == 403


def test_staff_bring_a_cancelled_ticket_back(kiosk: Asker, boss: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    boss.post(f"/api/tickets/{ticket['id']}/cancel", {"reason": "salah layanan"})
    answer = boss.post(f"/api/tickets/{ticket['id']}/restore")
    assert answer.json["ticket"]["state"] == "waiting"


def test_a_ticket_is_reclassified_with_a_reason(kiosk: Asker, boss: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    path = f"/api/tickets/{ticket['id']}/reclassify"
    assert boss.post(path, {"service": "family"}).code == "invalid"
    answer = boss.post(path, {"service": "family", "reason": "salah pilih"})
    assert answer.json["ticket"]["service"] == "family"
    assert answer.json["ticket"]["number"] == ticket["number"]


def test_many_tickets_are_reclassified_at_once(kiosk: Asker, boss: Asker) -> None:
    ids = [take(kiosk, key=f"k{i}").json["ticket"]["id"] for i in range(3)]
    body = {"tickets": ids, "priority": True, "reason": "rombongan lansia"}
    assert len(boss.post("/api/tickets/reclassify", body).json["tickets"]) == 3


def absent(served: Served, kiosk: Asker) -> dict[str, Any]:
    """A ticket whose owner missed the call."""
    ticket: dict[str, Any] = take(kiosk).json["ticket"]
    desk = served.session("counter", counter=1)
    served.session("supervisor").post("/api/day/open")
    desk.post("/api/counters/1/open")
    desk.post("/api/counters/1/call-next")
    for _ in range(2):
        served.time.forward(seconds=50)
        assert desk.post("/api/counters/1/recall").status == 200
    assert desk.post("/api/counters/1/no-show").json["ticket"]["state"] == "no_show"
    return ticket


def test_somebody_who_missed_the_call_reports_back_by_the_papers_code(
    served: Served, kiosk: Asker
) -> None:
    ticket = absent(served, kiosk)
    wrong = kiosk.post("/api/tickets/return", {"number": "A-001", "trace": "00000000"})
    assert (wrong.status, wrong.code) == (404, "unknown_ticket")
    typed = {"number": "a001", "trace": ticket["trace"].lower()}
    answer = kiosk.post("/api/tickets/return", typed)
    assert answer.json["ticket"]["state"] == "waiting"


def test_whoever_heard_the_ticket_comes_back_at_the_kiosk_with_four_digits(
    served: Served, kiosk: Asker
) -> None:
    ticket = absent(served, kiosk)
    typed = {"number": "A-001", "digits": spoken_code(ticket["trace"])}
    for stranger in (served.asker(), served.session("supervisor")):
        assert stranger.post("/api/tickets/return", typed).status in (401, 403)
    answer = kiosk.post("/api/tickets/return", typed)
    assert answer.json["ticket"]["state"] == "waiting"
    assert kiosk.post("/api/tickets/return", {"number": "A-001"}).status == 404


def test_four_digits_cannot_be_guessed(served: Served, kiosk: Asker) -> None:
    ticket = absent(served, kiosk)
    right = spoken_code(ticket["trace"])
    wrong = {"number": "A-001", "digits": f"{(int(right) + 1) % 10_000:04d}"}
    codes = [kiosk.post("/api/tickets/return", wrong).code for _ in range(6)]
    assert codes == [*["unknown_ticket"] * 5, "too_many_requests"]
    typed = wrong | {"digits": right}
    assert kiosk.post("/api/tickets/return", typed).code == "too_many_requests"
    served.time.forward(seconds=61)
    assert kiosk.post("/api/tickets/return", typed).status == 200


def test_number_and_code_lead_to_the_tickets_page(served: Served, kiosk: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    stranger = served.asker()
    typed = {"number": "a001", "trace": ticket["trace"].lower()}
    answer = stranger.post("/api/tickets/find", typed)
    assert answer.json == {"number": "A-001", "path": f"/t/{ticket['token']}"}


def test_guessing_codes_ends_soon(served: Served, kiosk: Asker) -> None:
    take(kiosk)
    stranger = served.asker()
    typed = {"number": "A-001", "trace": "00000000"}
    codes = [stranger.post("/api/tickets/find", typed).code for _ in range(22)]
    assert codes[:20] == ["unknown_ticket"] * 20
    assert codes[-1] == "too_many_requests"


def test_a_phone_says_when_somebody_who_came_later_went_first(served: Served, kiosk: Asker) -> None:
    desk = served.session("counter", counter=1)
    served.session("supervisor").post("/api/day/open")
    desk.post("/api/counters/1/open")
    mine = take(kiosk).json["ticket"]
    served.time.forward(seconds=5)
    take(kiosk, key="k2", priority=True)
    page = f"/api/phone/{mine['token']}"
    assert kiosk.get(page).json["ticket"]["overtaken"] is False
    desk.post("/api/counters/1/call-next")
    assert kiosk.get(page).json["ticket"]["overtaken"] is True


def test_the_phone_reports_back_by_its_token(served: Served, kiosk: Asker) -> None:
    ticket = absent(served, kiosk)
    path = f"/api/tickets/{ticket['id']}/return"
    assert served.asker().post(path, {"token": ticket["token"]}).status == 200


def test_the_issuing_kiosk_prints_again_once(served: Served, kiosk: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    path = f"/api/tickets/{ticket['id']}/reprint"
    assert kiosk.post(path).status == 200
    assert kiosk.post(path).status == 409
    assert served.at_device("kiosk").post(path).status == 403


def test_no_qr_code_without_a_public_address(kiosk: Asker, boss: Asker) -> None:
    ticket = take(kiosk).json["ticket"]
    path = f"/api/tickets/{ticket['id']}/qr.svg?token={ticket['token']}"
    assert kiosk.get(path).status == 404
    boss.post("/api/settings", {"key": "public_url", "value": "https://antre.example"})
    answer = kiosk.get(path)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert b'xmlns="http://www.w3.org/2000/svg"' in answer.content
    assert kiosk.get(f"/api/tickets/{ticket['id']}/qr.svg?token=x").status == 404


def test_ids_that_no_row_can_have_are_not_found(boss: Asker) -> None:
    for number in ("0", "999999999", "9" * 40, "-1", "x"):
        assert boss.post(f"/api/tickets/{number}/restore").status == 404
