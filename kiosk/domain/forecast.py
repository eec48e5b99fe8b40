"""The remaining wait of those in line, as a range: kiosk/domain/pace.py says how fast they move.

How it works, what it was fitted on and how well it does is in docs/forecast.md. Lengths are
minutes; nothing here is journalled but the whole minutes of a promise, so floats are welcome.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, sqrt

from kiosk.domain.pace import Pace, present

OWN_CALL = 0.8
"""The turn that is going on when nobody is ahead any more: so much of it is left."""

CALL_SPREAD = 0.6
"""Variance of a single turn, in squared mean turns."""

DAY_SPREAD = 0.2
"""Standard deviation of what no counting foretells (pauses, illness), as a share of the wait."""

TENTH = 1.2816
"""The normal distribution's 90 % point: ranges are from 10 to 90 %."""


@dataclass(frozen=True, slots=True)
class Range:
    """A remaining wait in minutes: with 10 % it is below `low`, with 10 % above `high`."""

    low: float
    middle: float
    high: float

    @property
    def whole(self) -> tuple[int, int]:
        """Low and high as whole minutes, rounded outwards: what screens and paper show."""
        return floor(self.low), ceil(self.high)


def wait_behind(pace: Pace, ahead: Iterable[float], starts_in: float = 0.0) -> Range:
    """The remaining wait behind others of one line.

    `ahead`: the minutes that each of them has waited until now, in order of calling; `starts_in`:
    minutes until calling begins.
    """
    wait, people = starts_in, 0
    for waited in ahead:
        wait += pace.turn * present(waited + wait)
        people += 1
    return spread(starts_in, wait - starts_in + pace.turn * OWN_CALL, people, pace.calls)


def spread(
    sure: float, expected: float, people: int, calls: float, day: float = DAY_SPREAD
) -> Range:
    """A range around an expected wait.

    `sure` minutes that pass in any case, then `expected` minutes of waiting for `people` others,
    reckoned from `calls` calls; `day` as DAY_SPREAD. With nobody ahead it may be over at once.
    """
    low = expected * point(people, calls, -TENTH, day) if people else 0.0
    return Range(sure + low, sure + expected, sure + expected * point(people, calls, TENTH, day))


def point(people: int, calls: float, normal: float, day: float = DAY_SPREAD) -> float:
    """The point of the wait's distribution, its mean 1, where a normal one has `normal`.

    The wait is taken as gamma distributed, its points as Wilson and Hilferty (1931) have them.
    """
    variance = CALL_SPREAD / (people + OWN_CALL) + 1 / calls + day**2
    return float(max(0.0, 1 - variance / 9 + normal * sqrt(variance) / 3) ** 3)
