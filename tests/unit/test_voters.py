"""Before it is too late: what supervisor and counters see of the voters."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.board import Board
from kiosk.commands import calling, catalogue, counter, passing
from tests.cast import SUPERVISOR, Cast, local


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    cast = Cast(tmp_path, at="2026-11-27 11:30", counters=4)
    cast.open(1)
    return cast


def seen(cast: Cast) -> Any:
    board = Board(cast.path, cast.office.clock)
    snapshot = board.supervisor()
    board.close()
    return snapshot


def alarms(cast: Cast, code: str) -> list[Any]:
    return [alarm["details"] for alarm in seen(cast)["alarms"] if alarm["code"] == code]


def test_without_voters_nothing_is_red_and_nothing_is_proposed(cast: Cast) -> None:
    cast.take()
    snapshot = seen(cast)
    assert snapshot["voters"] == {"waiting": 0, "not_in_time": 0, "next": None, "red": False}
    assert snapshot["voter_lists"] == {
        "in_time": [], "not_in_time": [], "remedies": [], "aside": [],
    }  # fmt: skip


def test_voters_stand_in_two_lists_with_the_remedy_worked_out(cast: Cast) -> None:
    """Deadline 12.25, latest start 12.20, e 345 s: one counter begins nine by then."""
    for _ in range(12):
        cast.take(travel_minutes=30)

    snapshot = seen(cast)

    lists = snapshot["voter_lists"]
    assert (len(lists["in_time"]), len(lists["not_in_time"])) == (9, 3)
    assert lists["in_time"][0]["start_before"] == local("2026-11-27 12:20")
    (remedy,) = lists["remedies"]
    assert (remedy["service"], remedy["counters"]) == ("biodata", 1)
    assert (remedy["made"], remedy["of"], remedy["could_open"]) == (12, 12, [2, 3, 4])
    assert remedy["until"] == local("2026-11-27 12:05")
    assert snapshot["voters"]["red"] is True
    assert alarms(cast, "voters_not_in_time") == [{"count": 3, "of": 12}]


def test_doing_what_is_proposed_ends_the_alarm(cast: Cast) -> None:
    for _ in range(12):
        cast.take(travel_minutes=30)
    cast.at(2, counter.open_counter)
    assert seen(cast)["voter_lists"]["not_in_time"] == []
    assert alarms(cast, "voters_not_in_time") == []


def test_before_the_office_opens_nobody_is_late_for_want_of_an_open_counter(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 07:40", counters=2)
    for _ in range(3):
        cast.take(travel_minutes=30)

    early = seen(cast)["voters"]
    cast.time.forward(minutes=21)
    cast.take()  # the office is open now, and nobody has opened a counter
    late = seen(cast)["voters"]

    assert (early["waiting"], early["not_in_time"], early["red"]) == (3, 0, False)
    assert (late["waiting"], late["not_in_time"], late["red"]) == (3, 3, True)


def test_a_counter_that_is_long_busy_is_reckoned_free_now(cast: Cast) -> None:
    cast.take()
    cast.call(1)
    cast.at(1, calling.start)
    cast.time.forward(minutes=20)
    cast.take(travel_minutes=30)
    (voter,) = seen(cast)["voter_lists"]["in_time"]
    assert voter["start"] == local("2026-11-27 11:50")


def test_a_voter_set_aside_has_a_last_minute_for_biodata(cast: Cast) -> None:
    cast.take("card-printing", travel_minutes=30)
    cast.call(1)
    cast.at(1, calling.start)
    cast.at(1, passing.park, cause="prr", due_back_minutes=30)

    (aside,) = seen(cast)["voter_lists"]["aside"]
    assert aside["biodata_until"] == local("2026-11-27 12:20")
    assert alarms(cast, "biodata_last_minute") == []
    cast.time.set_wall(local("2026-11-27 12:11"))
    assert alarms(cast, "biodata_last_minute") == [
        {"number": "B-001", "until": local("2026-11-27 12:20")}
    ]


def test_suspended_voters_are_not_forgotten(cast: Cast) -> None:
    cast.take("card-printing", travel_minutes=30)
    cast.do(catalogue.suspend_service, SUPERVISOR, code="card-printing", cause="link")
    (aside,) = seen(cast)["voter_lists"]["aside"]
    assert (aside["number"], aside["state"], aside["cause"]) == ("B-001", "suspended", "link")
