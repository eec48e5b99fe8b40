"""Who comes on an ordinary polling day: a crowd at the door, a busy morning, a thin end.

The shape follows measured civic offices: in the first five minutes after opening people come at
three times the day's mean rate, and the time before noon is the busiest. What they come for is
taken from the office's own catalogue. The same random source gives the same day.
"""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kiosk.domain.office_day import Hours
from kiosk.domain.service import OPEN, Service
from kiosk.simulator.people import Citizen

MINUTE = 60_000
SLOT = 5 * MINUTE
CROWD = 3.0
"""Rate of the first slot after opening, as a multiple of the mean."""
EARLY_SHARE = 0.08
"""Of all people, those who stand at the door while numbers are given before opening."""

SPREAD = 0.5
"""Sigma of the lognormal length of a visit."""
SHORTEST, LONGEST = 60_000, 25 * MINUTE

#: How often a service is wanted, and how many of its people want to vote today.
_WISHES: Mapping[str, tuple[float, float]] = {
    "biodata": (0.27, 0.85),
    "card-printing": (0.23, 0.55),
    "recording": (0.13, 0.25),
    "recording-biodata": (0.08, 0.90),
    "lost-card": (0.10, 0.40),
    "family": (0.13, 0.0),
    "information": (0.07, 0.0),
}
_OTHER = (0.10, 0.0)
_TRAVEL = (10, 15, 15, 20, 20, 30, 30, 45, 60, None)


@dataclass(frozen=True, slots=True)
class Town:
    """Who lives around the office; all shares 0..1. `people`: how many come that day."""

    people: int = 240
    priority_share: float = 0.10
    absent_share: float = 0.06
    english_share: float = 0.02


def people_of(
    hours: Hours, services: Sequence[Service], town: Town, source: random.Random
) -> list[Citizen]:
    """The citizens of one day, by arrival. `services`: the catalogue; only what is open is wanted.

    Raises ValueError when nothing is offered.
    """
    offered = [service for service in services if service.state == OPEN]
    if not offered:
        raise ValueError("no service is offered")
    by_code = {service.code: service for service in services}
    wishes = [_WISHES.get(service.code, _OTHER)[0] for service in offered]
    moments = _arrivals(hours, town.people, source)
    return [
        _citizen(at, source.choices(offered, wishes)[0], by_code, hours, town, source)
        for at in moments
    ]


def _arrivals(hours: Hours, people: int, source: random.Random) -> list[int]:
    """Moments in ms, sorted: some before opening, the others by the day's curve."""
    slots = max(1, (hours.closes - hours.opens) // SLOT)
    weights = list(accumulate(curve(slots)))
    found = []
    for _ in range(people):
        if source.random() < EARLY_SHARE and hours.numbers_from < hours.opens:
            # Most of the early ones come at the very last.
            early = abs(source.gauss(0, 0.4)) * (hours.opens - hours.numbers_from)
            found.append(max(hours.numbers_from, hours.opens - round(early)))
        else:
            slot = source.choices(range(slots), cum_weights=weights)[0]
            found.append(hours.opens + slot * SLOT + source.randrange(SLOT))
    return sorted(found)


def curve(slots: int) -> list[float]:
    """The rate of each five-minute slot of the opening hours, as a multiple of their mean."""
    shape = [0.6 + 0.8 * math.sin(math.pi * (0.15 + 0.75 * n / slots)) for n in range(slots)]
    if slots < 2:
        return [1.0] * slots
    rest = sum(shape[1:])
    return [CROWD, *(value * (slots - CROWD) / rest for value in shape[1:])]


def _citizen(
    at: int, service: Service, services: Mapping[str, Service], hours: Hours, town: Town,
    source: random.Random,
) -> Citizen:  # fmt: skip
    steps = [service, *(services[code] for code in service.steps_to_come if code in services)]
    votes = hours.poll_close is not None and at < hours.poll_close
    is_voter = votes and source.random() < _WISHES.get(service.code, _OTHER)[1]
    comes = source.random() >= town.absent_share
    return Citizen(
        at=at,
        service=service.code,
        lengths=tuple(_length(step.expected, source) for step in steps),
        priority=source.random() < town.priority_share,
        voter=is_voter,
        travel_minutes=source.choice(_TRAVEL) if is_voter else None,
        walk=source.randint(4, 30) * 1000 if comes else None,
        language="en" if source.random() < town.english_share else "id",
    )


def _length(expected: int, source: random.Random) -> int:
    """ms; a long tail around the configured seconds, whose mean it keeps."""
    middle = math.log(expected * 1000) - SPREAD**2 / 2
    return min(LONGEST, max(SHORTEST, round(source.lognormvariate(middle, SPREAD))))
