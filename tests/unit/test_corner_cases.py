"""Sequences nobody plans: a service stops, a counter closes, a day ends at the wrong moment."""

from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from kiosk import errors
from kiosk.board import Board
from kiosk.clock import Clock
from kiosk.commands import calling, catalogue, counter, day, passing, people, tickets, undo
from kiosk.domain.actor import Actor
from kiosk.domain.office_day import NUMBERS, OPEN, SERVING_OUT
from kiosk.store import days
from kiosk.store import tickets as ticket_store
from kiosk.store.connection import open_reader
from tests.cast import KIOSK, SUPERVISOR, Cast, FakeTime, local, staff


def serve(cast: Cast, number: int = 1) -> Any:
    called = cast.call(number)
    cast.at(number, calling.start)
    return called


def absent(cast: Cast) -> int:
    """Call the next ticket three times in vain; returns its id."""
    found: int = cast.call(1)["id"]
    for _ in range(2):
        cast.time.forward(seconds=45)
        cast.at(1, calling.recall)
    cast.at(1, calling.no_show)
    return found


def suspend(cast: Cast, code: str = "biodata") -> None:
    cast.do(catalogue.suspend_service, SUPERVISOR, code=code, cause="link")


def restore(cast: Cast, code: str = "biodata") -> None:
    cast.do(catalogue.restore_service, SUPERVISOR, code=code)


def state_of(cast: Cast, ticket_id: int) -> str:
    reader = open_reader(cast.path)
    found = ticket_store.find(reader, ticket_id)
    reader.close()
    assert found is not None
    return found.state


def phase(cast: Cast) -> str:
    cast.office.tick()
    reader = open_reader(cast.path)
    found = days.load_last(reader)
    reader.close()
    assert found is not None
    return found.phase


# --- the day ends ------------------------------------------------------------------------------


def test_what_was_finished_before_closing_cannot_be_undone_into_a_closed_day(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    served = serve(cast)
    cast.at(1, passing.finish)
    cast.do(day.close_day, SUPERVISOR)

    with pytest.raises(errors.NothingToUndo):
        cast.at(1, undo.undo)
    assert state_of(cast, served["id"]) == "completed"


def test_what_was_finished_before_midnight_cannot_be_undone_into_the_new_day(
    tmp_path: Path,
) -> None:
    cast = Cast(tmp_path, at="2026-11-27 23:59", settings={"opens": "00:00", "closes": "24:00"})
    cast.open(1)
    cast.take()
    served = serve(cast)
    cast.at(1, passing.finish)
    cast.time.forward(seconds=70)
    cast.do(catalogue.set_setting, SUPERVISOR, key="undo_seconds", value="600")

    with pytest.raises(errors.NothingToUndo):
        cast.at(1, undo.undo)
    assert state_of(cast, served["id"]) == "completed"


def test_in_a_closed_day_no_ticket_comes_back_to_life(cast: Cast) -> None:
    cast.open(1)
    cancelled, expired = cast.take()["id"], cast.take()["id"]
    cast.do(tickets.cancel_ticket, SUPERVISOR, ticket_id=cancelled)
    cast.do(day.close_day, SUPERVISOR)

    with pytest.raises(errors.Closed):
        cast.do(tickets.restore_ticket, SUPERVISOR, ticket_id=cancelled)
    with pytest.raises(errors.Closed):
        cast.do(tickets.reopen_ticket, SUPERVISOR, ticket_id=expired, reason="masih di sini")
    cast.time.forward(hours=24)
    cast.do(day.open_day, SUPERVISOR)
    with pytest.raises(errors.QueueEmpty):
        cast.call(1)


def test_longer_hours_after_the_closing_hour_give_numbers_again(cast: Cast) -> None:
    cast.open(1)
    cast.time.forward(hours=4, minutes=5)
    stopped = phase(cast)
    cast.do(catalogue.set_setting, SUPERVISOR, key="closes", value="14:00")

    assert (stopped, phase(cast)) == (SERVING_OUT, OPEN)


def test_numbers_stopped_by_hand_stay_stopped_when_the_hours_are_changed(cast: Cast) -> None:
    cast.open(1)
    cast.do(day.stop_numbers, SUPERVISOR)
    cast.do(catalogue.set_setting, SUPERVISOR, key="closes", value="14:00")

    assert phase(cast) == SERVING_OUT


def test_an_office_is_not_open_by_the_default_hours_before_it_has_its_own(tmp_path: Path) -> None:
    settings = {"opens": "14:00", "closes": "18:00"}
    cast = Cast(tmp_path, at="2026-11-27 09:00", settings=settings)

    with pytest.raises(errors.NoNumbersYet):
        cast.take()
    cast.time.forward(hours=4, minutes=30)
    assert phase(cast) == NUMBERS


def test_hours_changed_while_the_day_is_closed_count_when_it_is_opened_again(cast: Cast) -> None:
    cast.open(1)
    cast.time.forward(hours=4, minutes=30)
    cast.do(day.close_day, SUPERVISOR)
    cast.do(catalogue.set_setting, SUPERVISOR, key="closes", value="14:00")
    cast.do(day.open_day, SUPERVISOR)
    opened = phase(cast)
    cast.time.forward(hours=1, minutes=30)

    assert (opened, phase(cast)) == (OPEN, SERVING_OUT)


def test_finishing_counts_also_when_no_number_may_be_called_any_more(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 07:45")
    cast.do(counter.open_counter, staff(1), counter=1)
    cast.take()
    cast.take()
    cast.do(day.hold_day, SUPERVISOR)
    cast.time.forward(hours=4, minutes=20)
    serve(cast)
    cast.do(catalogue.set_setting, SUPERVISOR, key="closes", value="14:00")
    answer = cast.at(1, passing.finish, then_call_next=True)

    assert (answer["ticket"]["state"], answer["next"]) == ("completed", None)


# --- a service stops ---------------------------------------------------------------------------


def test_a_call_is_not_undone_into_a_service_that_was_suspended(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.call(1)
    suspend(cast)

    with pytest.raises(errors.NothingToUndo):
        cast.at(1, undo.undo)
    board = Board(cast.path, cast.office.clock)
    offered = board.desk()["counters"]["1"]["undo"]
    board.close()
    assert offered is None


def test_nobody_comes_back_to_wait_for_a_suspended_service(cast: Cast) -> None:
    cast.open(1, 2)
    gone, cancelled = cast.take()["id"], cast.take()["id"]
    called = cast.take()["id"]
    assert absent(cast) == gone
    cast.do(tickets.cancel_ticket, SUPERVISOR, ticket_id=cancelled)
    assert cast.call(1)["id"] == called
    suspend(cast)

    with pytest.raises(errors.ServiceSuspended):
        cast.do(tickets.return_ticket, KIOSK, ticket_id=gone)
    with pytest.raises(errors.ServiceSuspended):
        cast.do(tickets.restore_ticket, SUPERVISOR, ticket_id=cancelled)
    with pytest.raises(errors.ServiceSuspended):
        cast.at(1, passing.transfer, to_counter=2)
    with pytest.raises(errors.ServiceSuspended):
        cast.do(
            tickets.reclassify_ticket, SUPERVISOR, ticket_id=called, priority=True, reason="lansia"
        )
    restore(cast)
    cast.do(tickets.restore_ticket, SUPERVISOR, ticket_id=cancelled)
    assert cast.call(2)["id"] == cancelled


def test_an_expired_ticket_is_not_reopened_into_a_suspended_service(cast: Cast) -> None:
    cast.open(1)
    expired = cast.take()["id"]
    cast.do(day.close_day, SUPERVISOR)
    cast.do(day.open_day, SUPERVISOR)
    suspend(cast)

    with pytest.raises(errors.ServiceSuspended):
        cast.do(tickets.reopen_ticket, SUPERVISOR, ticket_id=expired, reason="masih di sini")


def test_a_suspended_service_is_restored_before_it_is_taken_off_the_list(cast: Cast) -> None:
    cast.open(1)
    cast.take("family")
    suspend(cast, "family")

    with pytest.raises(errors.ServiceSuspended):
        cast.do(
            catalogue.put_service, SUPERVISOR, code="family", letter="E", name_id="KK",
            offered=False,
        )  # fmt: skip


def test_nobody_is_passed_to_a_service_that_is_not_offered(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    cast.do(
        catalogue.put_service, SUPERVISOR, code="family", letter="E", name_id="KK", offered=False
    )
    serve(cast)

    with pytest.raises(errors.ServiceClosed):
        cast.at(1, passing.transfer, service="family")


def test_reclassifying_into_a_suspended_service_says_that_it_is_suspended(cast: Cast) -> None:
    ticket = cast.take()
    suspend(cast, "family")

    with pytest.raises(errors.ServiceSuspended):
        cast.do(
            tickets.reclassify_ticket, SUPERVISOR, ticket_id=ticket["id"], service="family",
            reason="salah pilih",
        )  # fmt: skip


# --- a counter closes or changes ---------------------------------------------------------------


def test_what_a_counter_parked_for_itself_is_everybodys_when_it_closes(cast: Cast) -> None:
    cast.open(1, 2)
    cast.take()
    mine = serve(cast)
    cast.at(1, passing.park, cause="prr", owner="counter")
    cast.at(1, counter.close_counter)

    assert cast.at(2, passing.resume, ticket_id=mine["id"])["ticket"]["state"] == "called"


def test_a_counter_may_resume_its_own_also_when_it_no_longer_serves_that_service(
    cast: Cast,
) -> None:
    cast.open(1)
    cast.take()
    mine = serve(cast)
    cast.at(1, passing.park, cause="prr", owner="counter")
    cast.at(1, counter.open_counter, services_served=["family"])

    assert cast.at(1, passing.resume, ticket_id=mine["id"])["ticket"]["state"] == "called"


def test_nobody_takes_over_another_counter_than_the_one_they_sit_at(cast: Cast) -> None:
    cast.open(1, 2)

    with pytest.raises(errors.Forbidden):
        cast.do(counter.take_over, staff(2), counter=1)
    assert cast.do(counter.take_over, SUPERVISOR, counter=1)["counter"]["staff"] == "Penyelia"


def test_changing_the_services_of_an_open_counter_keeps_its_planned_closing(cast: Cast) -> None:
    cast.open(1)
    at_eleven = local("2026-11-27 11:00")
    cast.at(1, counter.plan_closing, closes_at=at_eleven)
    cast.at(1, counter.open_counter, services_served=["biodata"])
    board = Board(cast.path, cast.office.clock)
    kept = board.desk()["counters"]["1"]["closes_at"]
    board.close()

    assert kept == at_eleven
    with pytest.raises(errors.Invalid):
        cast.at(1, counter.open_counter, closes_at=local("2026-11-27 07:00"))


# --- a ticket is changed -----------------------------------------------------------------------


def deadline_after(cast: Cast, ticket_id: int, **changes: Any) -> Any:
    return cast.do(
        tickets.reclassify_ticket, SUPERVISOR, ticket_id=ticket_id, reason="ralat", **changes
    )["ticket"]["deadline"]


def test_a_voter_who_is_reclassified_as_a_voter_keeps_the_deadline(cast: Cast) -> None:
    ticket = cast.take(travel_minutes=50)

    assert deadline_after(cast, ticket["id"], voter=True, priority=True) == ticket["deadline"]
    assert deadline_after(cast, ticket["id"], travel_minutes=20) == local("2026-11-27 12:35")
    assert deadline_after(cast, ticket["id"], voter=False) is None
    assert deadline_after(cast, ticket["id"], voter=True) == local("2026-11-27 12:25")


def test_a_way_to_the_polling_station_has_bounds_in_every_command(cast: Cast) -> None:
    ticket = cast.take()

    for minutes in (-1, 241):
        with pytest.raises(errors.Invalid):
            deadline_after(cast, ticket["id"], travel_minutes=minutes)


def test_an_undone_call_is_no_longer_shown_when_the_ticket_is_called_elsewhere(cast: Cast) -> None:
    cast.open(1, 2)
    cast.take()
    cast.call(1)
    cast.at(1, undo.undo)
    cast.call(2)
    board = Board(cast.path, cast.office.clock)
    shown = [(call["number"], call["counter"]) for call in board.display()["calls"]]
    board.close()

    assert shown == [("A-001", 2)]


def test_pacing_counts_only_the_numbers_of_the_last_minute(cast: Cast) -> None:
    cast.do(catalogue.set_setting, SUPERVISOR, key="pacing", value="on")
    cast.do(catalogue.set_setting, SUPERVISOR, key="pacing_per_minute", value="2")
    cast.take()
    cast.time.forward(seconds=40)
    cast.take()

    with pytest.raises(errors.Pacing) as refusal:
        cast.take()
    assert refusal.value.details == {"retry_after": 20}
    cast.do(tickets.issue_ticket, Actor("Mesin 2", "kiosk", "kiosk:2"), service="biodata")
    cast.time.forward(seconds=20)
    cast.take()
    with pytest.raises(errors.Pacing) as refusal:
        cast.take()
    assert refusal.value.details == {"retry_after": 40}


@pytest.mark.parametrize("waiting", [10, 400])
@pytest.mark.parametrize(
    ("newcomer", "ahead"),
    [({}, "everybody"), ({"priority": True}, "nobody"), ({"service": "family"}, "everybody")],
)
def test_people_ahead_are_counted_the_same_in_a_short_and_a_long_line(
    cast: Cast, waiting: int, newcomer: dict[str, Any], ahead: str
) -> None:
    cast.open(1)
    cast.do(counter.open_counter, staff(2), counter=2, services_served=["information"])
    for _ in range(waiting):
        cast.take()
    cast.take("information")

    expected = {"everybody": waiting + 1, "nobody": 0}[ahead]
    assert cast.take(**({"service": "biodata"} | newcomer))["people_ahead"] == expected
    assert cast.call(1)["number"] == ("A-001" if ahead == "everybody" else f"A-{waiting + 1:03d}")
    assert cast.take()["people_ahead"] == waiting + 1


def test_a_pairing_code_is_good_for_ten_minutes(cast: Cast) -> None:
    system = Actor("server", "system", "server")
    for code in ("AAAA222", "BBBB333"):
        cast.do(people.add_device, SUPERVISOR, kind="kiosk", name=code, pairing_code=code)
    cast.time.forward(minutes=10)
    cast.do(people.pair_device, system, code="AAAA222", token_hash="a" * 64)
    cast.time.forward(seconds=1)

    with pytest.raises(errors.PairingCodeWrong):
        cast.do(people.pair_device, system, code="BBBB333", token_hash="b" * 64)


# --- the clock ---------------------------------------------------------------------------------


def test_two_threads_do_not_follow_the_same_correction_of_the_clock_twice() -> None:
    time = FakeTime(local("2026-11-27 08:00"))
    others: list[Thread] = []

    def while_another_asks() -> int:
        if time.wall_at != local("2026-11-27 08:00") and not others:
            others.append(Thread(target=clock.now))
            others[0].start()
            others[0].join(0.2)
        return time.wall_at

    clock = Clock(while_another_asks, time.monotonic)
    time.set_wall(local("2026-11-27 08:30"))
    clock.now()
    others[0].join()

    assert clock.now() == local("2026-11-27 08:30")
