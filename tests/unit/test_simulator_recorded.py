"""A recorded office day, played again: everybody once, in the order and at the time recorded."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kiosk.cli import main
from kiosk.clock import SimulatedTime
from kiosk.simulator.recorded import BadRecord, RecordedDay, in_order, read_record
from kiosk.simulator.replay import replay

DAY = """time,event,queue,ticket
07:54,arrive,B,B001
07:59,arrive,I,I001
07:59,arrive,B,B002
08:00,call,B,B001
08:00,call,I,I001
08:01,arrive,B,B003
08:02,call,B,B002
08:02,call,B,B003
08:40,arrive,I,I002
08:41,call,I,I002
"""
QUEUES = """letter,name,tickets,called,max_waiting,max_open,office_estimate_min
B,B: first,3,3,2,1,10.0
I,I: second,2,2,1,4,10.0
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "office_day.csv").write_text(DAY)
    (tmp_path / "office_day_queues.csv").write_text(QUEUES)
    return tmp_path


def test_events_of_one_minute_are_spread_over_it_in_their_order(folder: Path) -> None:
    record = read_record(folder)

    assert record.calls == 5
    eight = [event.at for event in record.events if event.at // 60_000 == 480]
    assert eight == [480 * 60_000, 480 * 60_000 + 30_000]
    assert record.desks == {"B": 1, "I": 2}


def test_everybody_is_called_once_and_in_order_and_the_journal_proves(folder: Path) -> None:
    facts = replay(read_record(folder))

    assert (facts["tickets"], facts["calls"]) == (5, 5)
    assert (facts["twice"], facts["disorder"], facts["refused"]) == (0, 0, {})
    assert facts["findings"] == []


def test_a_letter_that_offices_do_not_use_is_replaced(folder: Path) -> None:
    day = RecordedDay(read_record(folder))

    assert day.staffed == 3
    assert (day.settings["opens"], day.settings["closes"]) == ("07:53", "08:43")
    letters = [queue.letter for queue in day._queues.values()]
    assert letters[0] == "B"
    assert letters[1] not in "BIOQ"


def test_calls_twice_or_out_of_order_are_counted() -> None:
    assert in_order([("A", 1), ("B", 1), ("A", 2)]) == {"twice": 0, "disorder": 0}
    assert in_order([("A", 2), ("A", 1), ("A", 2)]) == {"twice": 1, "disorder": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("office_day.csv", "time,event,queue,ticket\n"),
        ("office_day.csv", "time,event,queue,ticket\n08:00,sing,B,B001\n"),
        ("office_day.csv", "time,event,queue,ticket\n25:00,call,B,B001\n"),
        ("office_day.csv", "time,event,queue,ticket\n08:00,call,Z,Z001\n"),
        ("office_day.csv", "when,what\n1,2\n"),
        ("office_day_queues.csv", "letter,tickets,max_open\nB,900,200\nI,1,1\n"),
        ("office_day_queues.csv", "letter\nB\n"),
    ],
)
def test_what_is_no_record_is_refused_with_its_folder(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text)

    with pytest.raises(BadRecord, match=folder.name):
        read_record(folder)


def command(*arguments: str) -> Any:
    result = CliRunner().invoke(main, ["simulate", *arguments, "--json"])
    return result.exit_code, json.loads(result.stdout)


def test_the_command_plays_a_recorded_day(folder: Path, tmp_path: Path) -> None:
    status, facts = command("--office-day", str(folder))
    assert (status, facts["calls"]) == (0, 5)

    (folder / "office_day.csv").unlink()
    status, facts = command("--office-day", str(folder))
    assert (status, facts["code"]) == (1, "invalid")


def test_simulated_time_only_goes_forward() -> None:
    time = SimulatedTime(1000)
    time.move_to(500)
    assert time.read() == 1000
    time.move_to(2000)
    assert time.clock().now() == 2000
