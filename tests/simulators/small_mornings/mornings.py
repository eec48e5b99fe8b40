"""Small mornings for the tests of `simulate`, with the interface that it asks of such a module."""

import random
from dataclasses import dataclass
from typing import Any

OPEN, LAST_ARRIVAL, POLL_CLOSE = 8 * 60, 12 * 60, 13 * 60
EXPECTED = 5.0
TPS_MARGIN = 5


@dataclass(frozen=True, slots=True)
class Visitor:
    id: int
    arrival: float
    kind: str
    priority: bool
    service_code: str
    service: float
    travel: int


@dataclass(frozen=True, slots=True)
class Counter:
    services: frozenset[str]
    closes: float | None = None


#: people, counters: two alike; three with different sets, one of which closes at 9.
SCENARIOS = {
    "plain": (40, [Counter(frozenset("A")), Counter(frozenset("A"))]),
    "mixed": (
        60,
        [Counter(frozenset("AB")), Counter(frozenset("B")), Counter(frozenset("AC"), 9 * 60)],
    ),
}


def morning(name: str, seed: int) -> tuple[list[Visitor], list[Counter]]:
    people, counters = SCENARIOS[name]
    source = random.Random(f"{name} {seed}")
    letters = sorted({letter for counter in counters for letter in counter.services})
    visitors = [
        Visitor(
            number,
            OPEN + source.choice([0.0, source.uniform(0, 90)]),
            source.choice(["voter", "ordinary"]),
            source.random() < 0.15,
            source.choice(letters),
            source.uniform(1.5, 9),
            source.choice([10, 30, 60]),
        )
        for number in range(people)
    ]
    return sorted(visitors, key=lambda v: v.arrival), counters


def in_time(visitor: Visitor, start: float) -> bool:
    return start + visitor.service + visitor.travel <= POLL_CLOSE


def replay(visitors: list[Visitor], counters: list[Counter], choose: Any) -> Any:
    """Minute by event: whenever a counter is free, `choose` picks among those it serves."""
    free = {number: float(OPEN) for number in range(len(counters))}
    waiting, to_come, served = list[Visitor](), list(visitors), []
    while free and (waiting or to_come):
        now, number = min((at, number) for number, at in free.items())
        closes = counters[number].closes
        if closes is not None and now >= closes:
            del free[number]
            continue
        while to_come and to_come[0].arrival <= now:
            waiting.append(to_come.pop(0))
        mine = [v for v in waiting if v.service_code in counters[number].services]
        if mine:
            chosen = choose(mine, waiting, now, number, {})
            waiting.remove(chosen)
            served.append((chosen, now))
            free[number] = now + chosen.service
            continue
        later = [v.arrival for v in to_come if v.service_code in counters[number].services]
        if later:
            free[number] = later[0]
        else:
            del free[number]
    return [*served, *((visitor, float("inf")) for visitor in waiting)]


def bound(visitors: list[Visitor], counters: list[Counter]) -> int:
    voters = [v for v in visitors if v.kind == "voter"]
    by_travel = replay(voters, counters, lambda some, *_: min(some, key=lambda v: -v.travel))
    return sum(in_time(visitor, start) for visitor, start in by_travel)


def fcfs() -> Any:
    return lambda some, *_: min(some, key=lambda v: v.arrival)


def voters_first() -> Any:
    return lambda some, *_: min(some, key=lambda v: (v.kind != "voter", v.arrival))


def three_to_one() -> Any:
    return fcfs()
