"""`slack` in full life: a whole morning in which everything happens, to the end, nobody lost.

Counters with different sets change several at once; there are journeys, transfers, people who miss
their call and come back, voters who wait for PRR, services that are suspended, planned closings.
"""

import os
import random
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands import calling, catalogue, counter, passing, tickets
from kiosk.domain.ticket import Ticket
from kiosk.errors import KioskError
from kiosk.store import tickets as ticket_store
from kiosk.store.connection import open_reader
from tests.cast import SUPERVISOR, Cast, local
from tests.hall import assert_nobody_is_lost, seen, states

SERVICES = ("biodata", "card-printing", "recording", "lost-card", "family", "information")
SETS = (
    ["biodata", "card-printing", "recording"],
    ["family", "information"],
    ["biodata"],
    ["card-printing", "lost-card", "recording"],
    list(SERVICES),
)


class Morning:
    """One morning by a seed, minute by minute."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.cast = Cast(folder, counters=5, settings={"no_show_after_seconds": "60"})
        self.cast.open()
        for number in range(1, 6):
            self.open(number)
        self.reader = open_reader(self.cast.path)
        self.until: dict[int, int] = {}
        self.absent: list[tuple[int, int]] = []

    @property
    def now(self) -> int:
        return self.cast.office.clock.now()

    def held(self, number: int) -> Ticket | None:
        row = self.reader.conn.execute(
            "SELECT ticket FROM counters WHERE number = ?", (number,)
        ).fetchone()
        return ticket_store.find(self.reader, row["ticket"]) if row["ticket"] else None

    def chance(self, percent: int) -> bool:
        return self.random.randrange(100) < percent

    def try_at(self, number: int, command: Any, **named: Any) -> Any:
        try:
            return self.cast.at(number, command, **named)
        except KioskError:
            return None

    def open(self, number: int) -> None:
        served = self.random.choice(SETS)
        closes = self.now + self.random.randrange(10, 90) * 60_000 if self.chance(30) else None
        self.try_at(number, counter.open_counter, services_served=served, closes_at=closes)

    def minute(self) -> None:
        self.cast.time.forward(minutes=1)
        self.cast.office.tick()
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
            self.arrive()
        if self.chance(4):  # several counters change at once
            for number in self.random.sample(range(1, 6), 3):
                self.try_at(number, counter.close_counter) or self.open(number)
        if self.chance(3):
            state = self.random.choice(("suspended", "biodata_instead", "open"))
            self.change(self.random.choice(SERVICES), state)
        for number in range(1, 6):
            self.work(number)
        for ticket, back in self.absent:
            if back <= self.now and self.chance(50):
                self.come_back(ticket)

    def arrive(self) -> None:
        named: dict[str, Any] = {"priority": self.chance(10)}
        if self.chance(40):
            named["travel_minutes"] = self.random.choice((15, 30, 60, 90))
        with suppress(KioskError):
            self.cast.take(self.random.choice(SERVICES), **named)

    def change(self, code: str, state: str) -> None:
        named = {} if state == "open" else {"cause": self.random.choice(("link", "blanks"))}
        with suppress(KioskError):
            self.cast.do(
                catalogue.set_service_state, SUPERVISOR, code=code, state=state,
                move_waiting=state == "biodata_instead", **named,
            )  # fmt: skip

    def work(self, number: int) -> None:
        held = self.held(number)
        if held is None:
            called = self.try_at(number, calling.call_next)
            if called and not self.chance(8):
                self.try_at(number, calling.start)
                self.until[number] = self.now + self.random.randrange(2, 9) * 60_000
        elif held.state == "called":
            self.try_at(number, calling.recall)
            if self.try_at(number, calling.no_show):
                self.absent.append((held.id, self.now + 5 * 60_000))
        elif self.until.get(number, 0) <= self.now:
            self.end(number, held)

    def end(self, number: int, held: Ticket) -> None:
        if held.voter and self.chance(20):
            self.try_at(number, passing.park, cause="prr", due_back_minutes=7)
        elif self.chance(5):
            self.try_at(number, passing.park, cause="link", due_back_minutes=15, owner="counter")
        elif self.chance(8):
            self.try_at(number, passing.transfer, service=self.random.choice(SERVICES))
        if self.held(number):
            self.try_at(number, passing.next_step) or self.try_at(number, passing.finish)

    def come_back(self, ticket: int) -> None:
        with suppress(KioskError):
            self.cast.do(tickets.return_ticket, SUPERVISOR, ticket_id=ticket)

    def serve_out(self) -> None:
        """Everything goes on again, and all counters serve all until nobody is left."""
        for code in SERVICES:
            self.change(code, "open")
        for number in range(1, 6):
            self.try_at(number, counter.open_counter, services_served=list(SERVICES))
        for ticket, _ in self.absent:
            self.come_back(ticket)
        for _ in range(2000):
            self.cast.time.forward(minutes=1)
            for number in range(1, 6):
                held = self.held(number)
                if held and held.state == "called":
                    self.try_at(number, calling.start)
                elif held:
                    self.try_at(number, passing.next_step) or self.try_at(number, passing.finish)
                else:
                    self.try_at(number, calling.call_next)
            left = [state for state in states(self.cast).values() if state not in ENDED]
            if not left:
                self.reader.close()
                return
        raise AssertionError(f"still there: {left}")


ENDED = ("completed", "cancelled")
FULL = bool(os.environ.get("KIOSK_TEST_FULL"))


@pytest.mark.parametrize("seed", range(40 if FULL else 2))
def test_a_morning_in_which_everything_happens_ends_with_nobody_lost(
    tmp_path: Path, seed: int
) -> None:
    morning = Morning(tmp_path, seed)
    for _ in range(150):
        morning.minute()
    assert len(states(morning.cast)) > 60

    morning.serve_out()

    assert_nobody_is_lost(morning.cast)


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return Cast(tmp_path, at="2026-11-27 11:00", counters=4)


def rules(cast: Cast) -> dict[str, tuple[str, int]]:
    """Why each waiting ticket stands where it stands: rule and people ahead, by number."""
    lines = seen(cast)["waiting"].values()
    return {t["number"]: (t["why"]["rule"], t["ahead"]) for line in lines for t in line}


def test_counters_with_different_sets_each_call_what_they_serve_and_nobody_else(
    cast: Cast,
) -> None:
    cast.open(1, services=["family"])
    cast.open(2, services=["biodata"])
    cast.take("family")
    cast.time.forward(minutes=1)
    voter = cast.take("biodata", travel_minutes=75)
    assert cast.call(1)["number"] == "E-001"
    assert cast.call(2)["number"] == voter["number"]


def test_a_planned_closing_puts_voters_at_risk_at_once_and_taking_it_back_ends_it(
    cast: Cast,
) -> None:
    cast.open(1, 2, 3)
    for _ in range(9):
        cast.take("biodata", travel_minutes=30)
    assert {rule for rule, _ in rules(cast).values()} == {"due"}
    for number in (1, 2, 3):
        cast.at(number, counter.plan_closing, closes_at=local("2026-11-27 11:45"))
    assert {rule for rule, _ in rules(cast).values()} == {"risk"}
    for number in (1, 2, 3):
        cast.at(number, counter.plan_closing, closes_at=None)
    assert {rule for rule, _ in rules(cast).values()} == {"due"}


def test_all_counters_change_their_sets_at_once_and_the_order_follows(cast: Cast) -> None:
    cast.open(1, 2, services=["biodata"])
    first = cast.take("family")
    second = cast.take("biodata")
    assert rules(cast) == {first["number"]: ("due", 0), second["number"]: ("due", 0)}
    for number in (1, 2):
        cast.do(
            catalogue.put_counter, SUPERVISOR, counter=number, services_served=["family", "biodata"]
        )
    assert rules(cast)[second["number"]] == ("due", 1)
    assert cast.call(1)["number"] == first["number"]


def test_a_voters_journey_counts_all_its_steps_and_keeps_its_arrival(cast: Cast) -> None:
    cast.open(1, services=["recording"])
    cast.open(2, services=["card-printing"])
    ticket = cast.take("recording", travel_minutes=30)
    before = seen(cast)["voter_lists"]["in_time"][0]["start_before"]
    assert before == local("2026-11-27 12:15")  # 12.25 less two steps of five minutes
    cast.call(1)
    cast.at(1, calling.start)
    cast.time.forward(minutes=5)
    cast.at(1, passing.next_step)
    (place,) = seen(cast)["voter_lists"]["in_time"]
    assert (place["number"], place["service"]) == (ticket["number"], "card-printing")
    assert place["start_before"] == local("2026-11-27 12:20")
    assert cast.call(2)["arrival"] == ticket["arrival"]
