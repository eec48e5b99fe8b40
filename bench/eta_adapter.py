"""The product's forecast behind the interface of a bench of recorded queue days.

    python3 FOLDER/bench_eta.py --split shared --plugin bench/eta_adapter.py:Forecaster

Needs no installed package. The recordings know one line per queue, when tickets were drawn and
called, and how many counters were open. The forecast is that of the office: forecast.py and
pace.py in kiosk/domain.
"""

import sys
from pathlib import Path
from statistics import median_low
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kiosk.domain.forecast import wait_behind
from kiosk.domain.pace import NOTHING, Pace, present, prior

CONFIGURED = 4.0
"""Minutes a call, before anything is known: nobody tells what such an office configured."""

OPENS = 480
"""When calling begins before any day was seen: at eight."""

SHARED = 0.1
"""A counter of such an office serves several queues, and nobody tells how much of each: n open
counters work n ** SHARED times as fast as one."""


class Forecaster:
    """One queue over its days. Times are minutes after midnight."""

    def __init__(self, queue: dict[str, str]) -> None:
        self._past: list[Pace] = []
        self._first_calls: list[int] = []
        self._today = self._whole_day = NOTHING
        self._first_call: int | None = None

    def observe(self, event: dict[str, Any]) -> None:
        now = event["t"]
        if event["kind"] == "day":
            self._new_day(now)
            return
        self._pass_time(now)
        if event["kind"] == "arrive":
            self._line[event["ticket"]] = now
        elif event["kind"] == "call":
            self._called(event["ticket"], now)
        elif event["kind"] == "counters":
            self._open = event["open"]

    def predict(
        self, now: int, tickets_ahead: int, open_counters: int
    ) -> tuple[float, int | None, int | None]:
        """The remaining wait of the ticket with so many ahead: minutes, and a 10-90 % range."""
        self._pass_time(now)
        ahead = [now - arrival for arrival in self._line.values()][:tickets_ahead]
        starts_in = max(0, self._begins - now) if self._first_call is None else 0
        known = self._prior.plus(self._today)
        pace = Pace(known.calls, known.minutes / self._speed)
        wait = wait_behind(pace, ahead, starts_in)
        return wait.middle, *wait.whole

    @property
    def _speed(self) -> float:
        return float(max(1, self._open) ** SHARED)

    def _new_day(self, now: int) -> None:
        if self._first_call is not None:
            self._past.append(self._whole_day)
            self._first_calls.append(self._first_call)
        self._prior = prior(CONFIGURED, self._past)
        self._begins = median_low(self._first_calls) if self._first_calls else OPENS
        self._line: dict[int, int] = {}
        self._today = self._whole_day = NOTHING
        self._first_call = None
        self._open = self._calls = 0
        self._at = now

    def _pass_time(self, now: int) -> None:
        """Counts the minutes in which somebody waited and calling had begun."""
        minutes, self._at = now - self._at, now
        if minutes > 0 and self._line and (self._first_call is not None or now > self._begins):
            work = Pace(0.0, minutes * self._speed)
            self._today = self._today.faded(minutes).plus(work)
            self._whole_day = self._whole_day.plus(work)

    def _called(self, ticket: int, now: int) -> None:
        """A call ends a turn, except the first of each counter: that had been idle."""
        if self._first_call is None:
            self._first_call = now
        self._calls += 1
        if self._line and self._calls > max(1, self._open):
            call = Pace(present(now - self._line.get(ticket, now)), 0.0)
            self._today = self._today.plus(call)
            self._whole_day = self._whole_day.plus(call)
        for number in [number for number in self._line if number <= ticket]:
            del self._line[number]
