"""A drill: one day after the other, a counter for whoever tries things, and nothing real in it."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import verify
from kiosk.clock import FastTime
from kiosk.commands import calling, catalogue, passing, tickets
from kiosk.domain.actor import Actor
from kiosk.errors import Conflict, RealFile
from kiosk.office import Office
from kiosk.simulator.drill import VISITOR, Drill, clear, is_drill
from kiosk.store.connection import open_reader
from tests.cast import SUPERVISOR, Cast

FIRST = date(2026, 11, 27)
COUNTERS = 5
VISITORS_DESK = Actor(VISITOR, "counter", "server", COUNTERS)


class Playing:
    """A drill that goes as fast as the test lets it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "office.db"
        self.drill = Drill(self.path, FIRST, speed=60, seed=5)
        self.office = Office(
            self.path, clock=self.drill.clock, threaded=False, synchronous="OFF"
        )  # fmt: skip
        self.pin = self.drill.furnish(self.office)

    def until(self, reached: Any) -> None:
        """Go on, without waiting, until it is so."""
        while not reached():
            if self.drill.advance():
                assert self.drill.next_at is not None
                self.drill.time.move_to(self.drill.next_at)

    def rows(self, sql: str) -> list[Any]:
        with closing(open_reader(self.path)) as reader:
            return reader.conn.execute(sql).fetchall()

    def count(self, sql: str) -> int:
        return int(self.rows(f"SELECT count(*) FROM {sql}")[0][0])


@pytest.fixture
def playing(tmp_path: Path) -> Iterator[Playing]:
    made = Playing(tmp_path)
    yield made
    made.office.close()


def begun(playing: Playing) -> None:
    playing.until(lambda: playing.drill.next_at is not None)


def test_when_somebody_looks_a_line_has_formed_and_counters_work(playing: Playing) -> None:
    begun(playing)

    assert playing.count("tickets WHERE state = 'waiting'") > 8
    assert playing.count("tickets WHERE state = 'completed'") > 8
    assert playing.count("counters WHERE state = 'open'") == COUNTERS
    assert playing.count(f"tickets WHERE counter = {COUNTERS}") == 0


def test_the_visitor_s_counter_calls_and_serves_by_the_same_rule(playing: Playing) -> None:
    begun(playing)

    called = playing.office.do(calling.call_next, VISITORS_DESK, counter=COUNTERS)["ticket"]
    playing.office.do(calling.start, VISITORS_DESK, counter=COUNTERS)
    playing.office.do(passing.finish, VISITORS_DESK, counter=COUNTERS)

    assert playing.count(f"tickets WHERE id = {called['id']} AND state = 'completed'") == 1


def test_after_the_last_visitor_the_next_morning_begins_and_all_of_it_proves(
    playing: Playing,
) -> None:
    playing.until(lambda: playing.drill.day > FIRST)
    begun(playing)

    days = {row["day"]: row["phase"] for row in playing.rows("SELECT day, phase FROM days")}
    assert days == {"2026-11-27": "closed", "2026-11-28": "open"}
    first = "day = '2026-11-27'"
    assert playing.count(f"tickets WHERE {first}") > 150
    assert playing.count(f"tickets WHERE {first} AND state = 'expired' AND calls < 3") == 0
    assert playing.count("tickets WHERE state = 'waiting'") > 8
    assert verify(playing.path).findings == []


def test_a_number_that_the_visitor_keeps_in_hand_does_not_stop_the_day(playing: Playing) -> None:
    begun(playing)
    kept = playing.office.do(calling.call_next, VISITORS_DESK, counter=COUNTERS)["ticket"]
    playing.until(lambda: playing.drill.day > FIRST)

    assert playing.count(f"tickets WHERE state = 'expired' AND id = {kept['id']}") == 1


def test_every_ticket_is_marked_as_a_drill(playing: Playing) -> None:
    begun(playing)

    facts = [json.loads(row["facts"]) for row in playing.rows("SELECT facts FROM print_jobs")]
    assert facts
    assert all(fact["drill"] for fact in facts)


def test_the_phone_shown_is_the_visitor_s_own_else_somebody_s_in_the_line(
    playing: Playing,
) -> None:
    begun(playing)
    somebody = playing.drill.phone_token()
    assert somebody is not None
    assert playing.drill.phone_token() == somebody

    kiosk = Actor("Mesin latihan", "kiosk", "kiosk:1")
    mine = playing.office.do(tickets.issue_ticket, kiosk, service="family")["ticket"]
    assert playing.drill.phone_token() == mine["token"]

    playing.office.do(tickets.cancel_ticket, SUPERVISOR, ticket_id=mine["id"])
    assert playing.drill.phone_token() == somebody


def test_a_drill_s_file_stays_one(playing: Playing) -> None:
    with pytest.raises(Conflict):
        playing.office.do(catalogue.set_setting, SUPERVISOR, key="drill", value="off")

    assert is_drill(playing.path) is True


def test_a_real_file_is_never_cleared_and_never_becomes_a_drill(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    with pytest.raises(Conflict):
        cast.do(catalogue.set_setting, SUPERVISOR, key="drill", value="on")
    cast.office.close()

    assert is_drill(cast.path) is False
    with pytest.raises(RealFile):
        clear(tmp_path)
    assert cast.path.exists()


def test_a_new_drill_begins_in_an_empty_folder(tmp_path: Path) -> None:
    assert is_drill(tmp_path / "office.db") is None
    played = Playing(tmp_path)
    begun(played)
    played.office.close()
    clear(tmp_path)

    assert list(tmp_path.glob("office.db*")) == []


def test_fast_time_runs_at_its_speed_and_goes_on_from_where_it_is_at_another() -> None:
    real = [5_000]
    time = FastTime(1_000_000, 10, monotonic=lambda: real[0])
    real[0] += 100
    assert time.read() == 1_001_000

    time.run_at(60)
    assert time.read() == 1_001_000
    real[0] += 100
    assert time.read() == 1_007_000
    assert time.seconds_until(1_067_000) == 1.0

    time.move_to(1_000_000)
    assert time.read() == 1_007_000
    time.move_to(2_000_000)
    assert time.read() == 2_000_000
    assert time.clock().state().speed == 60
