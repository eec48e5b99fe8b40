"""The office's time: never backwards, and honest when the computer's clock jumps."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

TOLERANCE = 2 * 60_000  # ms: a larger difference raises the alarm
DOUBT = 60 * 60_000  # ms: a larger jump forward stops issuing until confirmed


def wall_ms() -> int:
    return time.time_ns() // 1_000_000


def monotonic_ms() -> int:
    return time.monotonic_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class ClockState:
    """`off_by` is wall clock minus office time in ms; `in_doubt` stops issuing; `speed`: how many
    times as fast as real time the office's time runs, 1 but in a drill."""

    off_by: int
    in_doubt: bool
    speed: int = 1

    @property
    def alarm(self) -> bool:
        return abs(self.off_by) > TOLERANCE


class Clock:
    """now = max(clock, last journal time) + monotonic elapsed.

    Small corrections forward are followed; a jump back is waited out; a jump forward of more than
    an hour is believed only after `confirm()`. `wall` and `monotonic` return ms; tests pass fakes.
    The writer's thread and the readers share one clock: a correction must not be followed twice.
    """

    def __init__(
        self,
        wall: Callable[[], int] = wall_ms,
        monotonic: Callable[[], int] = monotonic_ms,
        speed: Callable[[], int] = lambda: 1,
    ) -> None:
        self._wall = wall
        self._monotonic = monotonic
        self._speed = speed
        self._base = wall()
        self._start = monotonic()
        self._jumped = 0
        self._changing = threading.Lock()

    def not_before(self, at: int) -> None:
        """Time never runs behind the journal's last row."""
        with self._changing:
            self._base += max(0, at - self._elapsed())

    def _elapsed(self) -> int:
        return self._base + self._monotonic() - self._start

    def now(self) -> int:
        """UTC ms."""
        with self._changing:
            elapsed, wall = self._elapsed(), self._wall()
            ahead = wall - elapsed
            if 0 < ahead <= DOUBT:
                if ahead > TOLERANCE:
                    self._jumped = ahead
                self._base += ahead
                return wall
            return elapsed

    def wall(self) -> int:
        """What the computer's own clock says, UTC ms: to be shown to people, never to be kept."""
        return self._wall()

    def state(self) -> ClockState:
        now = self.now()
        off_by = self._wall() - now
        return ClockState(off_by or self._jumped, off_by > DOUBT, self._speed())

    def confirm(self) -> None:
        """A supervisor believes the computer's clock; one that is behind is still waited out."""
        with self._changing:
            self._base += max(0, self._wall() - self._elapsed())
            self._jumped = 0


class SimulatedTime:
    """A wall and monotonic clock that stands still until it is moved: days in seconds."""

    def __init__(self, at: int) -> None:
        self._at = at

    def read(self) -> int:
        """UTC ms."""
        return self._at

    def move_to(self, at: int) -> None:
        """Forward only; an earlier moment changes nothing."""
        self._at = max(self._at, at)

    def clock(self) -> Clock:
        """An office's clock that reads this time."""
        return Clock(self.read, self.read)


class FastTime:
    """A time that runs `speed` times as fast as the real one, for drills. Safe on every thread.

    It starts at `at` (UTC ms) and can be moved forward; the computer's own date plays no part.
    """

    def __init__(
        self, at: int, speed: int = 1, *, monotonic: Callable[[], int] = monotonic_ms
    ) -> None:
        self._monotonic = monotonic
        self._changing = threading.Lock()
        self._mark = (at, monotonic(), speed)

    def read(self) -> int:
        """UTC ms."""
        at, since, speed = self._mark
        return at + (self._monotonic() - since) * speed

    @property
    def speed(self) -> int:
        return self._mark[2]

    def run_at(self, speed: int) -> None:
        """Another speed from now on."""
        with self._changing:
            self._mark = (self.read(), self._monotonic(), speed)

    def move_to(self, at: int) -> None:
        """Forward only; an earlier moment changes nothing."""
        with self._changing:
            self._mark = (max(self.read(), at), self._monotonic(), self.speed)

    def seconds_until(self, at: int) -> float:
        """Real seconds until this time; 0 when it is past."""
        return max(0, at - self.read()) / 1000 / self.speed

    def clock(self) -> Clock:
        """An office's clock that reads this time."""
        return Clock(self.read, self.read, lambda: self.speed)
