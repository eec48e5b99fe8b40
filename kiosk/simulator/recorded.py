"""A recorded office day, played again: everybody arrives and is called when it happened.

The folder holds `office_day.csv` (time, event, queue, ticket: `arrive` or `call`, local hours and
minutes) and `office_day_queues.csv` (letter, tickets, max_open). Events of one minute are spread
over it in their order.
"""

import csv
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kiosk.commands import calling, catalogue, counter, passing
from kiosk.domain.actor import COUNTER, Actor
from kiosk.domain.office_day import Hours, parse_time
from kiosk.domain.service import LETTERS
from kiosk.errors import KioskError
from kiosk.office import Office
from kiosk.setting_up import DEFAULT_SETTINGS
from kiosk.simulator.people import TIRELESS, Citizen
from kiosk.simulator.simulation import Simulation
from kiosk.simulator.trial import SIMULATOR, Queue, put_queue

MINUTE = 60_000
ARRIVE, CALL = "arrive", "call"
WALK = 8_000
LONGEST_VISIT = 6 * MINUTE
MOST_COUNTERS = 98


@dataclass(frozen=True, slots=True)
class Event:
    """`at`: ms after local midnight."""

    at: int
    kind: str
    queue: str


@dataclass(frozen=True, slots=True)
class Record:
    """`desks`: how many counters each queue had at most. `events`: as they happened."""

    desks: Mapping[str, int]
    events: tuple[Event, ...]

    @property
    def calls(self) -> int:
        return sum(event.kind == CALL for event in self.events)


class BadRecord(ValueError):
    """What lies in the folder is no record of an office day."""


def read_record(folder: Path) -> Record:
    """Raises BadRecord."""
    try:
        return _read(folder)
    except (OSError, KeyError, TypeError, ValueError, csv.Error) as error:
        raise BadRecord(f"{folder}: {error}") from error


def _read(folder: Path) -> Record:
    with (folder / "office_day.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / "office_day_queues.csv").open(encoding="utf-8", newline="") as file:
        queues = {
            row["letter"]: min(int(row["max_open"]), int(row["tickets"]))
            for row in csv.DictReader(file)
        }
    events: list[Event] = []
    for time, same in groupby(rows, key=lambda row: row["time"]):
        minute = list(same)
        for place, row in enumerate(minute):
            at = parse_time(time) * MINUTE + place * MINUTE // len(minute)
            events.append(Event(at, row["event"], row["queue"]))
    if not events or any(event.kind not in (ARRIVE, CALL) for event in events):
        raise ValueError("office_day.csv: arrive and call are expected")
    if unknown := {event.queue for event in events} - queues.keys():
        raise ValueError(f"office_day_queues.csv: no queue {', '.join(sorted(unknown))}")
    if sum(queues.values()) > MOST_COUNTERS or len(queues) > len(LETTERS):
        raise ValueError("office_day_queues.csv: too many counters or queues")
    return Record(queues, tuple(sorted(events, key=lambda event: event.at)))


class RecordedDay:
    """A programme: one record, played once. A counter serves one queue and calls when the record
    says so; it finishes then, or after six minutes."""

    settings: Mapping[str, str]
    journeys: Mapping[str, int] = MappingProxyType({})
    habits = TIRELESS
    warm_up = 0
    repeats = False

    def __init__(self, record: Record) -> None:
        self._record = record
        first, last = record.events[0].at, record.events[-1].at
        self.settings = DEFAULT_SETTINGS | {
            "opens": _hour(first // MINUTE - 1),
            "closes": _hour(last // MINUTE + 2),
            "numbers_before_minutes": "0",
            "poll_close": "",
        }
        self._queues = _queues(record.desks)
        self._desks: dict[str, list[int]] = {}
        number = 1
        for letter, desks in record.desks.items():
            self._desks[letter] = list(range(number, number + desks))
            number += desks
        self.staffed = number - 1
        self._holding: dict[int, int] = {}
        self._serving: set[int] = set()

    def prepare(self, office: Office) -> None:
        for queue in self._queues.values():
            put_queue(office, queue)
        codes = [queue.code for queue in self._queues.values()]
        for letter, numbers in self._desks.items():
            for number in numbers:
                _serve(office, number, [self._queues[letter].code])
        _serve(office, self.staffed + 1, codes)

    def begin(self, people: Simulation, hours: Hours, source: random.Random) -> None:
        self._holding.clear()
        self._serving.clear()
        midnight = hours.opens - parse_time(self.settings["opens"]) * MINUTE
        people.agenda.enter(hours.opens, partial(self._open_counters, people))
        for event in self._record.events:
            at = midnight + event.at
            if event.kind == ARRIVE:
                people.expect([Citizen(at, self._queues[event.queue].code, (LONGEST_VISIT,))])
            else:
                people.agenda.enter(at, partial(self._call, people, event.queue), rank=1)

    def _open_counters(self, people: Simulation) -> None:
        for number in range(1, self.staffed + 1):
            self._attempt(people, number, counter.open_counter)

    def _call(self, people: Simulation, queue: str) -> None:
        """At a free counter of the queue, else at the one that has been busy longest."""
        numbers = self._desks[queue]
        number = next((n for n in numbers if n not in self._holding), None)
        if number is None:
            number = min(numbers, key=lambda n: self._holding[n])
            self._finish(people, number, self._holding[number])
        if self._attempt(people, number, calling.call_next):
            began = self._holding[number] = people.now()
            people.agenda.enter(began + WALK, partial(self._start, people, number, began))
            end = began + LONGEST_VISIT
            people.agenda.enter(end, partial(self._finish, people, number, began))

    def _start(self, people: Simulation, number: int, began: int) -> None:
        if self._holding.get(number) == began and number not in self._serving:
            self._serving.add(number)
            self._attempt(people, number, calling.start)

    def _finish(self, people: Simulation, number: int, began: int) -> None:
        """End the visit that began then, if it still goes on."""
        if self._holding.get(number) != began:
            return
        self._start(people, number, began)
        del self._holding[number]
        self._serving.discard(number)
        self._attempt(people, number, passing.finish)

    def _attempt(self, people: Simulation, number: int, command: Any) -> bool:
        by = Actor(f"Loket {number}", COUNTER, f"counter:{number}", number)
        try:
            people.do(command, by, counter=number)
        except KioskError as refusal:
            people.refused[refusal.code] += 1
            return False
        return True


def _queues(letters: Mapping[str, int]) -> dict[str, Queue]:
    """Letters that an office does not use (I, O, Q) get one of those left over."""
    spare = [letter for letter in LETTERS if letter not in letters]
    return {
        letter: Queue(known, f"Layanan {known}")
        for letter in letters
        for known in [letter if letter in LETTERS else spare.pop(0)]
    }


def _serve(office: Office, number: int, codes: Sequence[str]) -> None:
    office.do(catalogue.put_counter, SIMULATOR, counter=number, services_served=list(codes))


def _hour(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def in_order(calls: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Of calls (queue's letter, serial) in the order made: how many came twice, or out of order."""
    seen: Counter[tuple[str, int]] = Counter(calls)
    last: dict[str, int] = defaultdict(int)
    disorder = 0
    for letter, serial in calls:
        disorder += serial < last[letter]
        last[letter] = max(last[letter], serial)
    return {"twice": sum(n > 1 for n in seen.values()), "disorder": disorder}
