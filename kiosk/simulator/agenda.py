"""What happens when: the one order of events of a simulated day."""

import heapq
from collections.abc import Callable
from itertools import count
from typing import Protocol

#: At one and the same moment people arrive first, then counters act, by their numbers.
ARRIVALS = 0


class Movable(Protocol):
    """A time that can be moved forward by hand."""

    def move_to(self, at: int) -> None: ...


class Agenda:
    """Actions by the moment (UTC ms) at which they happen; equal moments by `rank`, then by entry.

    An action may enter further ones, also for the moment at hand.
    """

    def __init__(self) -> None:
        self._heap: list[tuple[int, int, int, Callable[[], None]]] = []
        self._entries = count()

    def enter(self, at: int, action: Callable[[], None], rank: int = ARRIVALS) -> None:
        heapq.heappush(self._heap, (at, rank, next(self._entries), action))

    @property
    def next_at(self) -> int | None:
        """When the next action is due; None when there is none."""
        return self._heap[0][0] if self._heap else None

    def take(self) -> Callable[[], None]:
        """Remove the next action. Raises IndexError when there is none."""
        return heapq.heappop(self._heap)[3]

    def clear(self) -> None:
        self._heap.clear()

    def run(self, time: Movable, until: int | None = None) -> None:
        """Do everything up to `until` (ms, included), as fast as possible; `time` jumps along."""
        while self._heap and (until is None or self._heap[0][0] <= until):
            time.move_to(self._heap[0][0])
            self.take()()
        if until is not None:
            time.move_to(until)
