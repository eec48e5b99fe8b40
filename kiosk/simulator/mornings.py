"""Polling mornings from a module outside the program, played in a real office.

The module (a file mornings.py in a folder that is named on the command line) makes the mornings,
brings the policies they are compared with, and tells how many voters could be in time at all.
Minutes are since midnight; its `Visitor` tells kind, priority, true length and travel.
"""

import importlib.util
import statistics
import sys
import tempfile
import time as stopwatch
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from kiosk.audit.verify import verify
from kiosk.clock import SimulatedTime
from kiosk.simulator.people import Citizen
from kiosk.simulator.simulation import Simulation
from kiosk.simulator.trial import FILE, Queue, make_office, moment
from kiosk.store.connection import open_reader

DAY = "2026-11-27"
ZONE = "Asia/Makassar"
MINUTE = 60_000
LATEST = 18 * 60
"""Whoever is called later, or never, counts as called then: as the module scores it."""

POLICIES = ("slack", "fifo")
REFERENCES = {"voters-first": "voters_first", "3:1": "three_to_one"}
"""Policies that only the module has: name here -> its factory there."""


@dataclass(frozen=True, slots=True)
class Played:
    """One morning under one policy. Waits in minutes, by group, one for each person."""

    scenario: str
    seed: int
    policy: str
    in_time: int
    possible: int
    waits: Mapping[str, list[float]]
    calls: Counter[str] = field(default_factory=Counter)
    findings: tuple[str, ...] = ()
    entries: int = 0
    seconds: float = 0.0


def load_module(folder: Path) -> ModuleType:
    """mornings.py of a folder. Raises FileNotFoundError."""
    path = folder / "mornings.py"
    if not path.is_file():
        raise FileNotFoundError(path)
    spec = importlib.util.spec_from_file_location("mornings", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # its dataclasses look their own module up by name
    spec.loader.exec_module(module)
    return module


def play(folder: Path, scenario: str, seed: int, policy: str, *, check: bool = False) -> Played:
    """Play one morning; with `check` its journal is proven, every call derived again."""
    module = load_module(folder)
    begun = stopwatch.perf_counter()
    visitors, counters = module.morning(scenario, seed)
    if policy in REFERENCES:
        factory = getattr(module, REFERENCES[policy])
        starts = {v.id: start for v, start in module.replay(visitors, counters, factory())}
        return _scored(module, scenario, seed, policy, visitors, counters, starts)
    with tempfile.TemporaryDirectory(prefix="morning-") as place:
        starts, calls, entries = play_in_office(Path(place), module, visitors, counters, policy)
        findings: tuple[str, ...] = ()
        if check:
            found = verify(Path(place) / FILE).findings
            findings = tuple(finding.sentence for finding in found)
    return _scored(
        module, scenario, seed, policy, visitors, counters, starts,
        calls=calls, findings=findings, entries=entries,
        seconds=stopwatch.perf_counter() - begun,
    )  # fmt: skip


def play_in_office(
    place: Path, module: Any, visitors: Sequence[Any], counters: Sequence[Any], policy: str
) -> tuple[dict[int, float], Counter[str], int]:
    """Let a real office serve a morning, its file in `place`.

    Returns when each visitor's service began (minutes; whoever was not served is missing), how many
    calls were made by which rule, and the number of journal entries. All of it is read from the
    office's own tables.
    """
    time = SimulatedTime(moment(DAY, module.OPEN - 1, ZONE))
    settings = {
        "name": "Disdukcapil (simulasi)",
        "zone": ZONE,
        "opens": _clock_time(module.OPEN),
        "closes": _clock_time(max(module.POLL_CLOSE, module.LAST_ARRIVAL)),
        "poll_close": _clock_time(module.POLL_CLOSE),
        "policy": policy,
    }
    letters = sorted({letter for counter in counters for letter in counter.services})
    expected = round(module.EXPECTED * 60)
    queues = {letter: Queue(letter, f"Layanan {letter}", expected) for letter in letters}
    office = make_office(place, time, settings, list(queues.values()), len(counters))
    try:
        simulation = Simulation(office)
        time.move_to(moment(DAY, module.OPEN, ZONE))
        for number, counter in enumerate(counters, 1):
            simulation.staff(
                number,
                [queues[letter].code for letter in sorted(counter.services)],
                None if counter.closes is None else moment(DAY, counter.closes, ZONE),
            )
        citizens = {v.id: _as_citizen(v, queues[v.service_code].code) for v in visitors}
        simulation.expect(citizens.values())
        simulation.agenda.run(time)
    finally:
        office.close()
    if simulation.refused:
        raise AssertionError(f"the office refused: {dict(simulation.refused)}")
    visitor_of = {id(citizen): number for number, citizen in citizens.items()}
    numbers = {ticket: visitor_of[id(c)] for ticket, c in simulation.citizens.items()}
    return _read(place / FILE, numbers)


def _as_citizen(visitor: Any, service: str) -> Citizen:
    is_voter = visitor.kind == "voter"
    return Citizen(
        at=moment(DAY, visitor.arrival, ZONE),
        service=service,
        lengths=(round(visitor.service * MINUTE),),
        priority=visitor.priority,
        voter=is_voter,
        travel_minutes=visitor.travel if is_voter else None,
    )


def _read(path: Path, numbers: Mapping[int, int]) -> tuple[dict[int, float], Counter[str], int]:
    midnight = moment(DAY, 0, ZONE)
    reader = open_reader(path)
    try:
        starts = {
            numbers[row["id"]]: (row["started_at"] - midnight) / MINUTE
            for row in reader.conn.execute("SELECT id, started_at FROM tickets")
            if row["started_at"] is not None
        }
        rules = reader.conn.execute(
            "SELECT json_extract(data, '$.rule') AS rule, count(*) AS n FROM journal"
            " WHERE event = 'ticket_called' GROUP BY rule"
        )
        calls = Counter({row["rule"]: row["n"] for row in rules})
        entries = reader.conn.execute("SELECT max(seq) FROM journal").fetchone()[0]
    finally:
        reader.close()
    return starts, calls, entries


def _scored(
    module: Any, scenario: str, seed: int, policy: str, visitors: Sequence[Any],
    counters: Sequence[Any], starts: Mapping[int, float], **more: Any,
) -> Played:  # fmt: skip
    """Judge a morning as the module's own `score` does."""
    never = float("inf")
    voters = [v for v in visitors if v.kind == "voter"]
    groups = {
        "ordinary": [v for v in visitors if v.kind == "ordinary" and not v.priority],
        "priority": [v for v in visitors if v.priority],
        "voter": voters,
    }
    return Played(
        scenario,
        seed,
        policy,
        sum(module.in_time(v, starts.get(v.id, never)) for v in voters),
        module.bound(visitors, counters),
        {
            name: sorted(min(starts.get(v.id, never), LATEST) - v.arrival for v in group)
            for name, group in groups.items()
        },
        **more,
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """Many mornings of one kind under one policy: the share of the possible voters in time, and
    the mean over mornings of the mean and the 95th percentile of each group's wait, in minutes."""

    share: float
    in_time: int
    possible: int
    mean: Mapping[str, float]
    p95: Mapping[str, float]


def summarise(played: Sequence[Played]) -> Cell:
    """`played` are mornings of one scenario under one policy."""
    in_time, possible = sum(p.in_time for p in played), sum(p.possible for p in played)
    groups = ("ordinary", "priority", "voter")
    return Cell(
        in_time / possible,
        in_time,
        possible,
        {g: statistics.mean(statistics.mean(p.waits[g]) for p in played) for g in groups},
        {
            g: statistics.mean(p.waits[g][int(0.95 * (len(p.waits[g]) - 1))] for p in played)
            for g in groups
        },
    )


def _clock_time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
