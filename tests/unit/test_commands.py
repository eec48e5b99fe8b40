"""The table of states, command by command."""

from pathlib import Path

import pytest

from kiosk import errors
from kiosk.commands import calling, catalogue, counter, day, passing, tickets, undo
from kiosk.domain.actor import Actor
from kiosk.store import tickets as ticket_store
from kiosk.store.connection import open_reader
from tests.cast import KIOSK, SUPERVISOR, Cast, local, staff


def test_numbers_begin_with_the_services_letter_and_count_from_one(cast: Cast) -> None:
    assert [cast.take()["number"], cast.take("family")["number"], cast.take()["number"]] == [
        "A-001",
        "E-001",
        "A-002",
    ]


def test_before_half_past_seven_no_numbers_are_given(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 07:29")

    with pytest.raises(errors.NoNumbersYet) as refusal:
        cast.take()
    assert refusal.value.details["time"] == "07.30"

    cast.time.forward(minutes=1)
    assert cast.take()["number"] == "A-001"


def test_nobody_is_called_before_the_office_opens(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 07:45")
    cast.take()
    cast.do(counter.open_counter, staff(1), counter=1)

    with pytest.raises(errors.Closed):
        cast.call(1)
    cast.time.forward(minutes=15)
    assert cast.call(1)["number"] == "A-001"


def test_a_held_day_opens_only_by_hand(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 07:45")
    cast.take()
    cast.do(counter.open_counter, staff(1), counter=1)
    cast.do(day.hold_day, SUPERVISOR)
    cast.time.forward(minutes=30)

    with pytest.raises(errors.Closed):
        cast.call(1)
    cast.do(day.open_day, SUPERVISOR)
    assert cast.call(1)["number"] == "A-001"


def test_at_the_closing_hour_numbers_stop_and_those_waiting_are_served(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.time.forward(hours=4)

    with pytest.raises(errors.NoMoreNumbers):
        cast.take()
    assert cast.call(1)["number"] == "A-001"


def test_staff_may_give_a_late_number_with_a_reason(cast: Cast) -> None:
    cast.open(1)
    cast.time.forward(hours=5)

    ticket = cast.do(
        tickets.issue_ticket, SUPERVISOR, service="biodata", override_reason="datang pukul 11.59"
    )["ticket"]

    assert ticket["state"] == "waiting"


def test_closing_expires_who_is_left_and_a_supervisor_can_reopen(cast: Cast) -> None:
    cast.open(1)
    left = cast.take()

    closed = cast.do(day.close_day, SUPERVISOR)
    cast.do(day.open_day, SUPERVISOR)
    again = cast.do(
        tickets.reopen_ticket, SUPERVISOR, ticket_id=left["id"], reason="masih di ruang tunggu"
    )["ticket"]

    assert closed["expired"] == ["A-001"]
    assert again["state"] == "waiting"


def test_a_new_day_begins_at_midnight_with_number_one_and_an_empty_hall(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.call(1)
    cast.time.forward(hours=24)
    cast.do(day.open_day, SUPERVISOR)

    assert cast.take()["number"] == "A-001"
    assert cast.call(1)["number"] == "A-001"


def test_an_evening_office_keeps_its_day_past_midnight(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 20:00", settings={"opens": "20:00", "closes": "02:00"})
    first = cast.take()["number"]
    cast.time.forward(hours=5)

    assert (first, cast.take()["number"]) == ("A-001", "A-002")


def test_a_clock_set_back_neither_reorders_nor_repeats(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.time.set_wall(local("2026-11-27 07:00"))
    second = cast.take()["number"]
    cast.office.close()
    cast.start()

    assert second == "A-002"
    assert cast.take()["number"] == "A-003"
    assert cast.call(1)["number"] == "A-001"


def test_a_clock_that_jumps_two_hours_ahead_stops_issuing_until_confirmed(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.time.set_wall(local("2026-11-27 10:00"))

    with pytest.raises(errors.ClockInDoubt):
        cast.take()
    cast.office.confirm_clock(SUPERVISOR)
    assert cast.take()["arrival"] == local("2026-11-27 10:00")


def test_the_same_key_gives_the_same_ticket_and_another_request_is_refused(cast: Cast) -> None:
    first = cast.take(key="satu")

    assert cast.take(key="satu") == first
    with pytest.raises(errors.KeyReused):
        cast.take("family", key="satu")
    assert cast.take(key="dua")["number"] == "A-002"


def test_only_successes_are_kept_for_a_key(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 07:00")
    with pytest.raises(errors.NoNumbersYet):
        cast.take(key="satu")
    cast.time.forward(hours=1)

    assert cast.take(key="satu")["number"] == "A-001"


def test_a_counter_holds_one_ticket(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.take()
    cast.call(1)

    with pytest.raises(errors.CounterBusy) as refusal:
        cast.call(1)
    assert refusal.value.details == {"counter": 1, "number": "A-001"}


def test_an_empty_queue_says_so(cast: Cast) -> None:
    cast.open(1)
    with pytest.raises(errors.QueueEmpty):
        cast.call(1)


def test_a_number_is_called_again_only_after_ten_seconds(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.call(1)
    with pytest.raises(errors.TooSoon):
        cast.at(1, calling.recall)
    cast.time.forward(seconds=10)

    assert cast.at(1, calling.recall)["ticket"]["calls"] == 2


def test_absence_needs_three_calls_and_ninety_seconds(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.call(1)
    cast.time.forward(seconds=91)
    with pytest.raises(errors.AbsenceNotProven) as refusal:
        cast.at(1, calling.no_show)
    cast.at(1, calling.recall)
    cast.time.forward(seconds=10)
    cast.at(1, calling.recall)

    assert refusal.value.details["calls_missing"] == 2
    assert cast.at(1, calling.no_show)["ticket"]["state"] == "no_show"


def absent(cast: Cast) -> int:
    """Call the next ticket three times in vain; returns its id."""
    found: int = cast.call(1)["id"]
    for _ in range(2):
        cast.time.forward(seconds=45)
        cast.at(1, calling.recall)
    cast.at(1, calling.no_show)
    return found


def test_who_comes_back_lets_five_others_go_first(cast: Cast) -> None:
    cast.open(1)
    for _ in range(8):
        cast.take()
    back = absent(cast)
    cast.do(tickets.return_ticket, KIOSK, ticket_id=back)

    order = []
    for _ in range(6):
        order.append(cast.call(1)["number"])
        cast.at(1, calling.start)
        cast.at(1, passing.finish)

    assert order == ["A-002", "A-003", "A-004", "A-005", "A-006", "A-001"]


def test_who_comes_back_to_an_empty_hall_is_called_at_once(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    back = absent(cast)
    cast.do(tickets.return_ticket, KIOSK, ticket_id=back)

    assert cast.call(1)["id"] == back


def test_after_the_grace_nobody_comes_back(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    gone = absent(cast)
    cast.time.forward(hours=2, seconds=1)

    with pytest.raises(errors.GraceOver):
        cast.do(tickets.return_ticket, KIOSK, ticket_id=gone)


def serve(cast: Cast, number: int = 1) -> dict[str, object]:
    called: dict[str, object] = cast.call(number)
    cast.at(number, calling.start)
    return called


def test_finish_and_call_next_is_one_breath(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.take()
    serve(cast)

    answer = cast.at(1, passing.finish, then_call_next=True)
    assert answer["ticket"]["outcome"] == "done"
    assert answer["next"]["number"] == "A-002"
    cast.at(1, calling.start)
    assert cast.at(1, passing.finish, then_call_next=True)["next"] is None


def test_a_parked_ticket_is_resumed_first_by_a_counter_that_may(cast: Cast) -> None:
    cast.open(1, 2)
    cast.take()
    cast.take()
    mine = serve(cast)
    cast.at(1, passing.park, cause="prr", owner="counter", due_back_minutes=10)

    with pytest.raises(errors.NotForThisCounter):
        cast.at(2, passing.resume, ticket_id=mine["id"])
    assert cast.at(1, passing.resume, ticket_id=mine["id"])["ticket"]["state"] == "called"


def test_a_journey_goes_straight_on_at_a_counter_that_serves_the_next_step(cast: Cast) -> None:
    cast.open(1)
    cast.take("recording")
    serve(cast)

    answer = cast.at(1, passing.next_step)["ticket"]

    assert (answer["service"], answer["state"]) == ("card-printing", "serving")


def test_a_journey_waits_again_with_its_arrival_where_the_counter_does_not_serve_it(
    cast: Cast,
) -> None:
    cast.open(1, services=["recording"])
    arrival = cast.take("recording")["arrival"]
    serve(cast)
    cast.time.forward(minutes=5)

    answer = cast.at(1, passing.next_step)["ticket"]

    assert (answer["service"], answer["state"]) == ("card-printing", "waiting")
    assert answer["arrival"] == arrival


def test_a_transfer_to_the_front_needs_a_reason_and_is_called_next(cast: Cast) -> None:
    cast.open(1, 2)
    for _ in range(3):
        cast.take()
    last = cast.take("family")
    cast.do(
        calling.call_ticket, SUPERVISOR, counter=1, ticket_id=last["id"], reason="salah layanan"
    )

    with pytest.raises(errors.Invalid):
        cast.at(1, passing.transfer, service="biodata", front=True)
    cast.at(1, passing.transfer, service="biodata", front=True, reason="salah layanan")
    cast.time.forward(minutes=70)
    assert cast.call(2)["number"] in ("A-001", last["number"])


def test_a_transfer_to_a_service_that_no_open_counter_serves_is_refused(cast: Cast) -> None:
    cast.open(1, services=["biodata"])
    cast.take()
    serve(cast)

    with pytest.raises(errors.NobodyServes):
        cast.at(1, passing.transfer, service="family")


def test_a_ticket_meant_for_one_counter_is_called_only_there(cast: Cast) -> None:
    cast.open(1, 2)
    cast.take()
    serve(cast)
    cast.at(1, passing.transfer, to_counter=2)

    with pytest.raises(errors.QueueEmpty):
        cast.call(1)
    assert cast.call(2)["number"] == "A-001"


def test_when_that_counter_closes_its_tickets_go_back_to_everybody(cast: Cast) -> None:
    cast.open(1, 2)
    cast.take()
    serve(cast)
    cast.at(1, passing.transfer, to_counter=2)
    cast.at(2, counter.close_counter)

    assert cast.call(1)["number"] == "A-001"


def test_suspended_tickets_keep_their_order_and_are_not_called(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.take()
    cast.do(catalogue.suspend_service, SUPERVISOR, code="biodata", cause="blanks")

    with pytest.raises(errors.QueueEmpty):
        cast.call(1)
    with pytest.raises(errors.ServiceSuspended):
        cast.take()
    cast.do(catalogue.restore_service, SUPERVISOR, code="biodata")
    assert cast.call(1)["number"] == "A-001"


def test_reclassifying_keeps_number_and_arrival(cast: Cast) -> None:
    cast.open(1)
    ticket = cast.take()

    changed = cast.do(
        tickets.reclassify_ticket, staff(1), ticket_id=ticket["id"], service="family",
        travel_minutes=15, reason="salah pilih",
    )["ticket"]  # fmt: skip

    assert (changed["number"], changed["arrival"]) == (ticket["number"], ticket["arrival"])
    assert (changed["service"], changed["voter"]) == ("family", True)


def test_undo_takes_back_a_call_and_then_the_finish_before_it(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.take()
    first = serve(cast)
    cast.at(1, passing.finish, then_call_next=True)

    assert cast.at(1, undo.undo)["ticket"]["state"] == "waiting"
    again = cast.at(1, undo.undo)["ticket"]
    assert (again["id"], again["state"]) == (first["id"], "serving")


def test_undo_is_over_after_a_minute_or_when_somebody_touched_the_ticket(cast: Cast) -> None:
    cast.open(1)
    ticket = cast.take()
    cast.take()
    cast.call(1)
    cast.do(tickets.cancel_ticket, SUPERVISOR, ticket_id=ticket["id"])
    with pytest.raises(errors.NothingToUndo):
        cast.at(1, undo.undo)
    cast.call(1)
    cast.time.forward(seconds=61)

    with pytest.raises(errors.NothingToUndo):
        cast.at(1, undo.undo)


def test_a_counter_has_one_operator_until_somebody_takes_over(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.call(1)
    other = Actor("Petugas pengganti", "counter", "counter:1", counter=1)

    with pytest.raises(errors.CounterTaken):
        cast.do(calling.start, other, counter=1)
    cast.do(counter.take_over, other, counter=1)
    assert cast.do(calling.start, other, counter=1)["ticket"]["number"] == "A-001"


def test_on_polling_day_only_the_supervisor_calls_out_of_order(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    chosen = cast.take()

    with pytest.raises(errors.Forbidden):
        cast.at(1, calling.call_ticket, ticket_id=chosen["id"], reason="kenalan")
    called = cast.do(
        calling.call_ticket, SUPERVISOR, counter=1, ticket_id=chosen["id"], reason="sakit"
    )["ticket"]
    assert called["number"] == "A-002"


def test_roles_are_checked_before_anything_else(cast: Cast) -> None:
    with pytest.raises(errors.Forbidden):
        cast.do(day.open_day, staff(1))
    with pytest.raises(errors.Forbidden):
        cast.do(calling.call_next, KIOSK, counter=1)


def test_quota_pacing_and_honest_stop_refuse_with_their_own_errors(cast: Cast) -> None:
    cast.open(1)
    cast.do(catalogue.set_setting, SUPERVISOR, key="pacing", value="on")
    cast.do(catalogue.set_setting, SUPERVISOR, key="pacing_per_minute", value="2")
    cast.take()
    cast.take()
    with pytest.raises(errors.Pacing):
        cast.take()
    cast.time.forward(minutes=1)
    cast.take()
    cast.do(catalogue.set_setting, SUPERVISOR, key="pacing", value="off")
    cast.do(catalogue.set_setting, SUPERVISOR, key="honest_stop", value="on")
    cast.time.forward(hours=3, minutes=40)

    with pytest.raises(errors.CannotFinish):
        cast.take("family")


def test_a_new_number_knows_how_many_would_be_called_before_it(cast: Cast) -> None:
    cast.open(1)

    assert cast.take()["people_ahead"] == 0
    assert cast.take()["people_ahead"] == 1
    assert cast.take(priority=True)["people_ahead"] == 0
    assert cast.take(travel_minutes=15)["people_ahead"] == 1


def test_the_token_is_given_once_and_never_journalled(cast: Cast) -> None:
    ticket = cast.take(travel_minutes=45)
    reader = open_reader(cast.path)

    journal = " ".join(row["data"] for row in reader.conn.execute("SELECT data FROM journal"))

    assert ticket["token"] not in journal
    assert "travel" not in journal
    assert ticket_store.token_of(reader, ticket["id"]) == ticket["token"]
    reader.close()
