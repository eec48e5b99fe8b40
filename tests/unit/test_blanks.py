"""Card blanks are counted down by what counters use; at none the supervisor hears of it."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import verify
from kiosk.board import Board
from kiosk.commands import calling, catalogue, passing, undo
from tests.cast import SUPERVISOR, Cast
from tests.replay import differences


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    cast = Cast(tmp_path)
    cast.open(1, 2)
    return cast


def count(cast: Cast, blanks: str) -> None:
    cast.do(catalogue.set_setting, SUPERVISOR, key="blanks", value=blanks)


def seen(cast: Cast) -> tuple[int | None, dict[str, Any]]:
    """The stock, and the alarms about blanks: details by code and service."""
    board = Board(cast.path, cast.office.clock)
    snapshot = board.supervisor()
    board.close()
    alarms = {
        (alarm["code"], alarm["details"].get("service")): alarm["details"]
        for alarm in snapshot["alarms"]
        if alarm["code"].startswith("blanks")
    }
    return snapshot["blanks"], alarms


def serve(cast: Cast, blanks: int, number: int = 1) -> None:
    cast.call(number)
    cast.at(number, calling.start)
    cast.at(number, passing.finish, blanks=blanks)


def test_nothing_is_counted_until_somebody_says_how_many_there_are(cast: Cast) -> None:
    cast.take("card-printing")
    serve(cast, 1)
    assert seen(cast) == (None, {})


def test_finishing_and_next_steps_use_blanks_and_undo_brings_them_back(cast: Cast) -> None:
    count(cast, "10")
    cast.take("recording")
    cast.call(1)
    cast.at(1, calling.start)
    cast.at(1, passing.next_step, blanks=1)
    cast.at(1, passing.finish, blanks=2)
    assert seen(cast)[0] == 7
    cast.at(1, undo.undo)
    assert seen(cast)[0] == 9
    assert verify(cast.path).ok
    assert differences(cast.path) == []


def test_the_stock_never_falls_below_none_and_undo_returns_what_was_taken(cast: Cast) -> None:
    count(cast, "1")
    cast.take("card-printing")
    serve(cast, 2)
    assert seen(cast)[0] == 0
    cast.at(1, undo.undo)
    assert seen(cast)[0] == 1
    assert verify(cast.path).ok


def test_another_counters_use_survives_an_undo(cast: Cast) -> None:
    count(cast, "10")
    for _ in range(2):
        cast.take("card-printing")
    serve(cast, 3, number=1)
    serve(cast, 4, number=2)
    cast.at(1, undo.undo)
    assert seen(cast)[0] == 6
    assert verify(cast.path).ok


def test_fewer_blanks_than_people_who_wait_is_said_before_they_are_gone(cast: Cast) -> None:
    count(cast, "3")
    for _ in range(4):
        cast.take("card-printing")
    assert seen(cast)[1] == {("blanks_low", None): {"left": 3, "waiting": 4}}


def test_without_blanks_each_open_card_service_is_proposed_and_back_when_there_are_some(
    cast: Cast,
) -> None:
    count(cast, "1")
    for _ in range(3):
        cast.take("card-printing")
    serve(cast, 1)
    assert seen(cast)[1] == {
        ("blanks_gone", "card-printing"): {"service": "card-printing", "waiting": 2},
        ("blanks_gone", "lost-card"): {"service": "lost-card", "waiting": 0},
    }
    for code in ("card-printing", "lost-card"):
        cast.do(
            catalogue.set_service_state, SUPERVISOR, code=code, state="biodata_instead",
            cause="blanks",
        )  # fmt: skip
    assert seen(cast) == (0, {})
    count(cast, "50")
    assert {code for code, _ in seen(cast)[1]} == {"blanks_back"}


def test_a_link_reported_from_a_counter_is_an_alarm_until_the_service_is_suspended(
    cast: Cast,
) -> None:
    def link_alarms() -> list[Any]:
        board = Board(cast.path, cast.office.clock)
        found = [a["details"] for a in board.supervisor()["alarms"] if a["code"] == "link_reported"]
        board.close()
        return found

    cast.take()
    cast.call(1)
    cast.at(1, calling.start)
    cast.at(1, passing.park, cause="link", due_back_minutes=15)
    assert link_alarms() == [{"service": "biodata", "number": "A-001"}]
    cast.do(catalogue.suspend_service, SUPERVISOR, code="biodata", cause="link")
    assert link_alarms() == []
