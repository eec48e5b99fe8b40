"""How fast a line moves: a belief about the minutes of work that a call takes.

The belief is a gamma distribution over calls per minute of work (its conjugate evidence are calls
and the minutes they took), so few calls leave it wide and many make it narrow. What it was fitted
on and how well it does is in docs/forecast.md. Lengths are minutes; nothing here is journalled, so
floats are welcome.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

PRIOR_CALLS = 12.0
"""How many calls of today weigh as much as all that was known before the day."""

HALF_LIFE = 80.0
"""After so many minutes of work a call of today weighs half."""

DAY_FADE = 0.9
"""Weight of a past day beside the day after it."""

CONFIGURED_CALLS = 15.0
"""How many calls of past days weigh as much as the configured time."""

PATIENCE = 120.0
"""Of those who wait, a share of 1 - 1/e has left after so many minutes."""

ABSENT_WORK = 0.1
"""Work that a call takes when nobody comes, beside one when somebody comes."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known about a line: `calls` that took `minutes` of work."""

    calls: float
    minutes: float

    @property
    def turn(self) -> float:
        """Minutes of work a call takes."""
        return self.minutes / self.calls

    def plus(self, other: "Pace") -> "Pace":
        return Pace(self.calls + other.calls, self.minutes + other.minutes)

    def times(self, weight: float) -> "Pace":
        return Pace(self.calls * weight, self.minutes * weight)

    def faded(self, work: float) -> "Pace":
        """The same evidence after `work` more minutes in which people waited."""
        return self.times(0.5 ** (work / HALF_LIFE))


NOTHING = Pace(0.0, 0.0)


def prior(configured: float, past_days: Sequence[Pace]) -> Pace:
    """What is known before the day's first call.

    `configured` minutes of work a call; `past_days` what whole days gave, oldest first. They are
    added to the configured time (shrinkage), and the sum then weighs as much as PRIOR_CALLS.
    """
    known = Pace(CONFIGURED_CALLS, CONFIGURED_CALLS * configured)
    for age, day in enumerate(reversed(past_days)):
        known = known.plus(day.times(DAY_FADE**age))
    return known.times(PRIOR_CALLS / known.calls)


def present(waited: float) -> float:
    """The work that a call takes, beside that of somebody who is there, after `waited` minutes.

    Who has waited long may have left, and a call for somebody absent is over soon: long lines move
    faster than short ones.
    """
    return ABSENT_WORK + (1 - ABSENT_WORK) * exp(-max(0.0, waited) / PATIENCE)
