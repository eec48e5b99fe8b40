"""Playing an office's counters in tests: serving on, and proving that nobody was lost."""

from collections.abc import Callable
from typing import Any

from kiosk.audit.verify import verify
from kiosk.board import Board
from kiosk.commands import calling, passing
from kiosk.errors import QueueEmpty
from kiosk.store.connection import open_reader
from tests.cast import Cast
from tests.replay import differences

#: States in which somebody still waits for something.
UNFINISHED = ("waiting", "called", "serving", "parked", "suspended", "no_show")


def states(cast: Cast) -> dict[str, str]:
    """The state of every ticket of the file, by number."""
    reader = open_reader(cast.path)
    rows = reader.conn.execute("SELECT number, state FROM tickets ORDER BY id").fetchall()
    reader.close()
    return {row["number"]: row["state"] for row in rows}


def seen(cast: Cast) -> Any:
    """What the supervisor sees."""
    board = Board(cast.path, cast.office.clock)
    snapshot = board.supervisor()
    board.close()
    return snapshot


def serve_out(
    cast: Cast,
    *numbers: int,
    minutes: int = 5,
    outcome: Callable[[dict[str, Any]], str] = lambda ticket: "done",
) -> list[str]:
    """Let the free counters serve until nobody can be called; returns the numbers as called.

    Each ticket takes so many minutes and goes through all steps of its journey.
    """
    called: list[str] = []
    while True:
        busy = []
        for number in numbers:
            try:
                ticket = cast.call(number)
            except QueueEmpty:
                continue
            called.append(ticket["number"])
            cast.at(number, calling.start)
            busy.append((number, ticket))
        if not busy:
            return called
        cast.time.forward(minutes=minutes)
        cast.office.tick()
        for number, ticket in busy:
            finish_all_steps(cast, number, outcome(ticket))


def finish_all_steps(cast: Cast, number: int, outcome: str) -> None:
    """The ticket in hand goes on as long as its next step is served here, then it is finished."""
    while True:
        held = seen(cast)["counters"][str(number)]["ticket"]
        if held is None:
            return
        if held["journey"]:
            cast.at(number, passing.next_step)
        else:
            cast.at(number, passing.finish, outcome=outcome)


def assert_nobody_is_lost(cast: Cast) -> None:
    """Everybody was served or went; the journal proves each step and agrees with the tables."""
    left = {number: state for number, state in states(cast).items() if state in UNFINISHED}
    assert left == {}
    report = verify(cast.path)
    assert report.findings == []
    assert differences(cast.path) == []
