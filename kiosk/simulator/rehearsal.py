"""One generated day in a copy of an office: what its hours, counters and services come to."""

import random
import statistics
import tempfile
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.audit.verify import verify
from kiosk.clock import SimulatedTime
from kiosk.commands import catalogue
from kiosk.domain import office_day
from kiosk.domain.office_day import Hours
from kiosk.domain.service import DEFAULT_CATALOGUE, Service
from kiosk.domain.settings import default_values, schedule_of
from kiosk.office import Office
from kiosk.setting_up import DEFAULT_SETTINGS, Beginnings, set_up
from kiosk.simulator.days import MINUTE, Town, people_of
from kiosk.simulator.people import Habits
from kiosk.simulator.simulation import Simulation
from kiosk.simulator.trial import FILE, SIMULATOR
from kiosk.store import counters as counter_store
from kiosk.store import services as service_store
from kiosk.store import settings as setting_store
from kiosk.store.connection import open_reader

_BREATH = Habits(breath=20_000)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What of an office a rehearsal takes over: no tickets, no people, no devices.

    `counters`: number -> codes of its services.
    """

    settings: dict[str, str]
    services: tuple[Service, ...]
    counters: dict[int, tuple[str, ...]]


def pattern_of(database: Path | None) -> Pattern:
    """The pattern of an office's file; of the default office when there is none."""
    if database is None or not database.exists():
        codes = tuple(service.code for service in DEFAULT_CATALOGUE)
        values = default_values() | DEFAULT_SETTINGS
        return Pattern(values, DEFAULT_CATALOGUE, dict.fromkeys(range(1, 5), codes))
    with closing(open_reader(database)) as reader:
        return Pattern(
            setting_store.load(reader),
            tuple(service_store.load(reader).values()),
            {
                counter.number: tuple(sorted(counter.service_set))
                for counter in counter_store.load(reader)
                if counter.service_set
            },
        )


def journeys_of(services: Sequence[Service]) -> dict[str, int]:
    """How many steps follow the first one of each service."""
    return {service.code: len(service.steps_to_come) for service in services}


def rehearse(pattern: Pattern, day: str, town: Town, seed: int) -> dict[str, Any]:
    """Play the day (YYYY-MM-DD) from the first number to the last visitor; returns what came of it.

    `findings`: what the proof of the journal found. Waits are in minutes.
    """
    hours = office_day.hours_of(day, schedule_of(pattern.settings))
    time = SimulatedTime(hours.numbers_from)
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        path = Path(folder) / FILE
        office = Office(path, clock=time.clock(), synchronous="OFF", threaded=False)
        with closing(office):
            _take_over(office, pattern)
            simulation = Simulation(
                office, habits=_BREATH, journeys=journeys_of(pattern.services), seed=seed
            )
            source = random.Random(seed)
            simulation.expect(people_of(hours, pattern.services, town, source))
            simulation.agenda.run(time, hours.opens)
            for number, codes in pattern.counters.items():
                simulation.staff(number, list(codes))
            simulation.agenda.run(time, hours.ends - 1)
        findings = [finding.sentence for finding in verify(path).findings]
        with closing(open_reader(path)) as reader:
            facts = _facts(reader, hours, pattern)
    return facts | {"day": day, "refused": dict(simulation.refused), "findings": findings}


def _take_over(office: Office, pattern: Pattern) -> None:
    """Settings, catalogue and counters, as the office has them."""
    kept = {key: value for key, value in pattern.settings.items() if key != "public_url"}
    set_up(office, Beginnings(kept, max(pattern.counters)))
    for service in sorted(pattern.services, key=lambda s: len(s.steps_to_come)):
        office.do(
            catalogue.put_service, SIMULATOR, code=service.code, letter=service.letter,
            name_id=service.name_id, name_en=service.name_en,
            target_minutes=service.target // 60, expected_seconds=service.expected,
            journey=list(service.steps_to_come), quota=service.quota, position=service.position,
            offered=service.state == "open",
        )  # fmt: skip


def _facts(reader: Any, hours: Hours, pattern: Pattern) -> dict[str, Any]:
    rows = reader.conn.execute("SELECT * FROM tickets ORDER BY id").fetchall()
    visits = reader.conn.execute("SELECT counter, sum(seconds) AS n FROM visits GROUP BY counter")
    busy = {row["counter"]: row["n"] for row in visits}
    served = [row for row in rows if row["state"] == "completed"]
    voters = [row for row in rows if row["deadline"] is not None]
    last = max((row["since"] for row in served), default=hours.opens)
    open_for = max(1, last - hours.opens) // 1000
    return {
        "tickets": len(rows),
        "states": dict(Counter(row["state"] for row in rows)),
        "wait": _waits(rows),
        "priority_wait": _waits([row for row in rows if row["priority"]]),
        "services": {
            service.code: _waits([row for row in rows if row["number"][0] == service.letter])
            for service in pattern.services
        },
        "voters": len(voters),
        "voters_in_time": sum(
            row["state"] == "completed" and row["since"] <= row["deadline"] for row in voters
        ),
        "most_waiting": _most_waiting(rows),
        "last_finished": datetime.fromtimestamp(
            last // 1000, ZoneInfo(pattern.settings["zone"])
        ).strftime("%H:%M"),
        "counters_busy": {
            number: round(busy.get(number, 0) / open_for, 2) for number in pattern.counters
        },
    }


def _waits(rows: Sequence[Any]) -> dict[str, float]:
    """People, and mean and 95th percentile of their minutes until they were served."""
    waits = sorted(
        (row["started_at"] - row["arrival"]) / MINUTE
        for row in rows
        if row["started_at"] is not None
    )
    if not waits:
        return {"people": len(rows)}
    p95 = waits[int(0.95 * (len(waits) - 1))]
    return {"people": len(rows), "mean": round(statistics.mean(waits), 1), "p95": round(p95, 1)}


def _most_waiting(rows: Sequence[Any]) -> int:
    changes = sorted(
        change
        for row in rows
        for change in ((row["arrival"], 1), (row["first_called_at"] or row["since"], -1))
    )
    level = most = 0
    for _, change in changes:
        level += change
        most = max(most, level)
    return most


def lines(facts: dict[str, Any]) -> list[str]:
    """The day for people."""
    wait, priority = facts["wait"], facts["priority_wait"]
    text = [
        f"{facts['day']}: {facts['tickets']} numbers, at most {facts['most_waiting']} waiting;"
        f" the last visitor left at {facts['last_finished']}",
        f"wait: mean {wait.get('mean', 0)} min, p95 {wait.get('p95', 0)} min;"
        f" priority: mean {priority.get('mean', 0)} min, p95 {priority.get('p95', 0)} min",
        f"voters in time: {facts['voters_in_time']} of {facts['voters']}",
        "counters busy: "
        + ", ".join(f"{number} {share:.0%}" for number, share in facts["counters_busy"].items()),
        *(
            f"  {code}: {of['people']} numbers, mean {of.get('mean', 0)} min,"
            f" p95 {of.get('p95', 0)} min"
            for code, of in facts["services"].items()
        ),
        "states: " + ", ".join(f"{state} {n}" for state, n in facts["states"].items()),
    ]
    if facts["refused"]:
        text.append("refused: " + ", ".join(f"{code} {n}" for code, n in facts["refused"].items()))
    text.append("proof of the journal: " + ("; ".join(facts["findings"]) or "everything fits"))
    return text
