"""What an office's own day and past days tell about its pace, its people and who will come.

Pure functions over visits and arrivals; docs/forecast.md says how they are used. Moments are UTC
milliseconds, lengths minutes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kiosk.domain.outlook import Inflow, Kind
from kiosk.domain.pace import NOTHING, PRIOR_CALLS, Pace, present, prior
from kiosk.domain.policy import MINUTE

LONGEST_GAP = 10 * MINUTE
"""A counter that calls nobody for longer, though somebody waits, pauses."""

LEAVING_BELIEF, LEAVING_CALLS = 0.5, 2.0
"""Half as many leave as elsewhere: a belief that weighs as much as two absences to be expected."""

RECENT = 45 * MINUTE
"""Newcomers are expected at the rate of so long ago ..."""

CROWD = 5 * MINUTE
"""... but not at that of the crowd before opening and in the first minutes."""

RATE_MINUTES = 15.0
"""Minutes that weigh as much as the belief that an office is manned for those who come."""

MANNED = 0.8
"""Share of the counters' work that newcomers are believed to bring."""

ALIKE = 60
"""Newcomers are expected to be like the last so many."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One step of a ticket at a counter: arrived, called, ended (ms)."""

    service: str
    counter: int
    arrived: int
    called: int
    ended: int


@dataclass(frozen=True, slots=True)
class Turn:
    """What a visit cost its counter: minutes until it was free and had called again."""

    service: str
    minutes: float
    ended: int


@dataclass(frozen=True, slots=True)
class Arrival:
    kind: Kind
    at: int


def turns(visits: Iterable[Visit]) -> list[Turn]:
    """Each visit with the time until the counter called again, if somebody was waiting then.

    `visits` of one day, in any order. Walking, calls for absent people and short pauses are so
    part of a turn; a longer pause, or a counter with nobody to call, is not.
    """
    found, by_counter = [], dict[int, list[Visit]]()
    for visit in visits:
        by_counter.setdefault(visit.counter, []).append(visit)
    for own in by_counter.values():
        own.sort(key=lambda visit: (visit.called, visit.ended))
        for visit, later in pairwise(own):
            gap = later.called - visit.ended
            waited = later.arrived <= visit.ended and 0 < gap <= LONGEST_GAP
            length = visit.ended - visit.called + (gap if waited else 0)
            found.append(Turn(visit.service, length / MINUTE, visit.ended))
        last = own[-1]
        found.append(Turn(last.service, (last.ended - last.called) / MINUTE, last.ended))
    return found


def paces_of_day(day: Iterable[Turn]) -> dict[str, Pace]:
    """A past day by service."""
    paces: dict[str, Pace] = {}
    for turn in day:
        paces[turn.service] = paces.get(turn.service, NOTHING).plus(Pace(1.0, turn.minutes))
    return paces


def paces_now(
    configured: Mapping[str, float],
    past_days: Sequence[Mapping[str, Pace]],
    today: Iterable[Turn],
    now: int,
) -> dict[str, Pace]:
    """What is known now of each service: `configured` minutes, past days (oldest first), today.

    A day that is slow for the other services is expected to be so for this one too.
    """
    before = {
        code: prior(minutes, [day[code] for day in past_days if code in day])
        for code, minutes in configured.items()
    }
    seen = dict.fromkeys(configured, NOTHING)
    for turn in today:
        if turn.service in seen:
            fresh = Pace(1.0, turn.minutes).faded((now - turn.ended) / MINUTE)
            seen[turn.service] = seen[turn.service].plus(fresh)
    usual = {code: pace.calls * before[code].turn for code, pace in seen.items()}
    all_usual, all_seen = sum(usual.values()), sum(pace.minutes for pace in seen.values())
    paces = {}
    for code, known in before.items():
        weight = PRIOR_CALLS * known.turn
        others = weight + all_usual - usual[code]
        slower = (weight + all_seen - seen[code].minutes) / others
        paces[code] = Pace(known.calls, known.minutes * slower).plus(seen[code])
    return paces


def leaving(came: Iterable[float], absent: Iterable[float]) -> float:
    """How much of the share that leaves elsewhere leaves here, 0..1 (seldom above).

    `came` and `absent`: the waits in minutes of those who were there when called and who were not.
    """
    missing = [1 - present(waited) for waited in absent]
    expected = sum(1 - present(waited) for waited in came) + sum(missing)
    return min(1.0, (LEAVING_BELIEF * LEAVING_CALLS + len(missing)) / (LEAVING_CALLS + expected))


def expected_newcomers(
    arrivals: Sequence[Arrival], *, now: int, opens: int, until: int, capacity: float
) -> Inflow | None:
    """Who will come until numbers end: as many as lately, and like the last who came.

    `arrivals` of today in order; `capacity`: calls a minute that the open counters can do.
    """
    if not arrivals or now >= until:
        return None
    since = max(opens + CROWD, now - RECENT)
    minutes = max(0, now - since) / MINUTE
    lately = sum(since < arrival.at <= now for arrival in arrivals)
    rate = (lately + RATE_MINUTES * MANNED * capacity) / (minutes + RATE_MINUTES)
    if rate <= 0:
        return None
    return Inflow(tuple(arrival.kind for arrival in arrivals[-ALIKE:]), rate, until)
