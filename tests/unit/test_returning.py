"""Who was set aside in the middle comes back before the line."""

from pathlib import Path

import pytest

from kiosk import errors
from kiosk.audit.verify import verify
from kiosk.commands import calling, catalogue, counter, passing, undo
from kiosk.domain.returning import Parked, due_back_here
from tests.cast import SUPERVISOR, Cast
from tests.replay import differences

ALL = ("biodata", "family")


def parked(id: int, due_back: int | None, **more: object) -> Parked:
    facts = {"service": "biodata", "owner": "service", "arrival": 0} | more
    return Parked(id=id, due_back=due_back, **facts)  # type: ignore[arg-type]


def order(*tickets: Parked, now: int = 100, suspended: tuple[str, ...] = ()) -> list[int]:
    return [ticket.id for ticket in due_back_here(tickets, now, 1, ALL, suspended)]


def test_the_longest_due_comes_first_then_arrival_then_issue() -> None:
    assert order(parked(1, 90), parked(2, 80), parked(3, 80, arrival=-1)) == [3, 2, 1]


def test_nobody_comes_back_before_the_time_or_without_one() -> None:
    assert order(parked(1, 101), parked(2, 100), parked(3, None)) == [2]


def test_a_counter_calls_back_its_own_and_those_of_its_services() -> None:
    own, of_other = parked(1, 1, owner="counter:1", service="x"), parked(2, 1, owner="counter:2")
    assert order(own, of_other, parked(3, 1, service="x"), parked(4, 1)) == [1, 4]


def test_nobody_comes_back_to_a_suspended_service() -> None:
    assert order(parked(1, 1), parked(2, 1, service="family"), suspended=("biodata",)) == [2]


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    cast = Cast(tmp_path)
    cast.open(1, 2)
    return cast


def set_aside(cast: Cast, number: int, cause: str = "prr", **more: object) -> str:
    ticket: str = cast.call(number)["number"]
    cast.at(number, calling.start)
    cast.at(number, passing.park, cause=cause, **more)
    return ticket


def test_call_next_calls_back_who_is_due_before_the_line(cast: Cast) -> None:
    for _ in range(3):
        cast.take()
    first = set_aside(cast, 1, due_back_minutes=10)
    assert cast.call(2)["number"] == "A-002"
    cast.time.forward(minutes=10)

    back = cast.call(1)

    assert (back["number"], back["state"], back["due_back"]) == (first, "called", None)
    assert verify(cast.path).ok


def test_it_comes_before_a_voter_at_risk_and_does_not_count_as_a_call_for_voters(
    cast: Cast,
) -> None:
    cast.time.forward(hours=3, minutes=40)
    cast.take()
    first = set_aside(cast, 1, due_back_minutes=0)
    for _ in range(4):
        cast.take(travel_minutes=45)

    assert [cast.call(1)["number"], cast.call(2)["number"]] == [first, "A-002"]
    assert verify(cast.path).ok


def test_finish_and_call_next_calls_back_as_well(cast: Cast) -> None:
    for _ in range(3):
        cast.take()
    first = set_aside(cast, 1, due_back_minutes=1)
    cast.call(2)
    cast.at(2, calling.start)
    cast.time.forward(minutes=2)

    assert cast.at(2, passing.finish, then_call_next=True)["next"]["number"] == first


def test_a_ticket_meant_for_a_counter_comes_back_to_it_alone_until_that_closes(cast: Cast) -> None:
    cast.take()
    first = set_aside(cast, 1, due_back_minutes=0, owner="counter")
    with pytest.raises(errors.QueueEmpty):
        cast.call(2)
    cast.at(1, counter.close_counter)
    assert cast.call(2)["number"] == first
    assert verify(cast.path).ok


def test_who_was_set_aside_when_the_link_dropped_is_called_first_when_it_is_back(
    cast: Cast,
) -> None:
    for _ in range(3):
        cast.take()
    cast.call(1)
    first = cast.at(1, calling.start)["ticket"]["number"]
    second = cast.call(2)["number"]
    cast.at(2, calling.start)
    cast.at(1, passing.park, cause="link", due_back_minutes=15)
    cast.at(2, passing.park, cause="link")
    cast.do(catalogue.suspend_service, SUPERVISOR, code="biodata", cause="link")
    cast.time.forward(minutes=40)
    for number in (1, 2):
        with pytest.raises(errors.QueueEmpty):
            cast.call(number)

    cast.do(catalogue.restore_service, SUPERVISOR, code="biodata")

    assert {cast.call(1)["number"], cast.call(2)["number"]} == {first, second}
    cast.at(1, calling.start)
    assert cast.at(1, passing.finish, then_call_next=True)["next"]["number"] == "A-003"
    assert verify(cast.path).ok
    assert differences(cast.path) == []


def test_a_call_back_can_be_undone_and_is_then_due_as_before(cast: Cast) -> None:
    cast.take()
    first = set_aside(cast, 1, due_back_minutes=5)
    cast.time.forward(minutes=6)
    cast.call(2)

    cast.at(2, undo.undo)

    assert cast.call(1)["number"] == first
    assert verify(cast.path).ok


def test_parked_for_another_reason_waits_for_its_own_time_after_a_suspension(cast: Cast) -> None:
    cast.take()
    set_aside(cast, 1, "documents")
    cast.do(catalogue.suspend_service, SUPERVISOR, code="biodata", cause="link")
    cast.do(catalogue.restore_service, SUPERVISOR, code="biodata")
    with pytest.raises(errors.QueueEmpty):
        cast.call(1)
