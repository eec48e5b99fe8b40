"""Simulated people: the citizens of a day, and how staff work."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Citizen:
    """One visit. `at`: arrival, UTC ms; `lengths`: true ms at the counter of each step, the last
    one also for any further; `walk`: ms from the first call to the counter, None if nobody comes.

    A voter has `voter` set; `travel_minutes` is the way to the polling station, None if unknown.
    """

    at: int
    service: str
    lengths: tuple[int, ...]
    priority: bool = False
    voter: bool = False
    travel_minutes: int | None = None
    walk: int | None = 0
    language: str = "id"

    def length(self, step: int) -> int:
        """ms that the step (from 0) keeps a counter."""
        return self.lengths[min(step, len(self.lengths) - 1)]


@dataclass(frozen=True, slots=True)
class Habits:
    """How the staff of a counter work; all times in ms.

    `breath`: between one visitor and the next; `look_every`: how often an idle counter looks at
    the line by itself (None: only when somebody arrived); `recall_every`: between calls of a number
    that does not come. The moment of giving up follows from the office's settings.
    """

    breath: int = 0
    look_every: int | None = None
    recall_every: int = 32_000
    park_share: float = 0.0


#: Staff who never rest, so that only the policy decides: for judging policies.
TIRELESS = Habits()
