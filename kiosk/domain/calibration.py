"""Whether the forecast may be told: it must know this office, and must have kept its promises."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.outlook import Facts, Kind, Outlook, Prospect
from kiosk.domain.pace import PRIOR_CALLS
from kiosk.domain.policy import MINUTE

OWN_CALLS = 8.0
"""Calls of today that make a line known ..."""

PAST_CALLS = 30.0
"""... or calls of past days."""

JUDGED = 20
"""The promises of the last hour are judged when there are so many ..."""

JUDGED_OVER = 60 * MINUTE

HALF = 0.5
"""... and less than this share of them was kept: then no minutes are told until that is over."""

STALE = 5 * MINUTE
"""A table as old as this is not told any more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise that was put to the test: the ticket's range in minutes, its wait, when (ms)."""

    low: int
    high: int
    wait: float
    at: int

    @property
    def held(self) -> bool:
        """Whole minutes, as they were shown: 12 min 40 s is within a range up to 13."""
        return self.low <= self.wait <= self.high

    @property
    def error(self) -> float:
        """Minutes between the wait and the middle of the range."""
        return abs((self.low + self.high) / 2 - self.wait)


@dataclass(frozen=True, slots=True)
class Score:
    """How today's promises turned out; `error` (mean, minutes) and `coverage` None without any."""

    scored: int
    error: float | None
    coverage: float | None


def score(kept: Iterable[Kept]) -> Score:
    promises = list(kept)
    if not promises:
        return Score(0, None, None)
    number = len(promises)
    held = sum(promise.held for promise in promises) / number
    return Score(number, sum(promise.error for promise in promises) / number, held)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the office knows about waits at one moment.

    `known`: the services whose lines are known well enough to tell minutes; `trusted`: whether
    the last hour's promises were kept.
    """

    facts: Facts
    outlook: Outlook
    known: frozenset[str]
    trusted: bool
    score: Score

    @property
    def at(self) -> int:
        return self.outlook.at

    def tells(self, service: str, now: int) -> bool:
        """Whether minutes may be told for this service."""
        return self.trusted and service in self.known and now - self.at <= STALE

    def newcomer(self, kind: Kind, now: int) -> Prospect | None:
        """None while it may not be told, or nobody can say."""
        return self.outlook.newcomer(kind) if self.tells(kind.service, now) else None

    def ticket(self, ticket: int, service: str, now: int) -> Prospect | None:
        """The same for a ticket that waits, by its id."""
        return self.outlook.tickets.get(ticket) if self.tells(service, now) else None


def known_services(facts: Facts, past_calls: dict[str, float]) -> frozenset[str]:
    """Those whose counters have called enough, today or (`past_calls`, by service) before."""
    known = set()
    for code in facts.paces:
        shared = {code}.union(*(c.services for c in facts.situation.counters if code in c.services))
        today = sum(facts.paces[s].calls - PRIOR_CALLS for s in shared if s in facts.paces)
        if today >= OWN_CALLS or past_calls.get(code, 0.0) >= PAST_CALLS:
            known.add(code)
    return frozenset(known)


def is_trusted(kept: Iterable[Kept], now: int) -> bool:
    lately = [promise for promise in kept if now - promise.at <= JUDGED_OVER]
    return len(lately) < JUDGED or (score(lately).coverage or 0.0) >= HALF
