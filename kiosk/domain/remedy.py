"""Before it is too late: which waiting voters will be in time, and what would help the others.

Pure; integers only. The reckoning is the policy's own: voters are served by latest start, each
takes its service's expected time e, nobody else comes. It answers "will it do?", not "when will it
be my turn?" (that is the forecast's): ordinary people who are called while no voter is at risk cost
the voters nothing that the policy would not give back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kiosk.domain.policy import SECOND, Waiting, latest_start

MINUTE = 60 * SECOND
MOST_EXTRA = 2
ROUND_UP_TO = 5 * MINUTE
NOBODY = 0  # the number of a counter that is not there yet


@dataclass(frozen=True, slots=True)
class Bay:
    """A counter as the reckoning sees it: free from `free_at` (ms), nobody begins at `closes_at`
    or later (ms, or None)."""

    number: int
    services: frozenset[str]
    free_at: int
    closes_at: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A waiting voter: `latest` (ms) is the latest start; `start` when it is expected to begin, or
    None where that is too late (or no counter serves it)."""

    ticket: int
    service: str
    latest: int
    start: int | None


@dataclass(frozen=True, slots=True)
class Remedy:
    """So many more counters (1 or 2) for a service, needed until a moment (ms, rounded up to five
    minutes): then `made` of `of` voters are in time."""

    service: str
    counters: int
    until: int
    made: int
    of: int


def outlook(
    waiting: Iterable[Waiting], bays: Sequence[Bay], expected: Mapping[str, int], now: int
) -> list[Place]:
    """Every waiting voter by latest start, with the expected beginning.

    `expected` are the policy's e in seconds. Somebody who came back and is held takes part: voters
    are few and the hold is short. Who cannot begin in time takes nobody's place.
    """
    return _line_up(waiting, bays, expected, now)[0]


def remedies(
    waiting: Iterable[Waiting], bays: Sequence[Bay], expected: Mapping[str, int], now: int
) -> list[Remedy]:
    """What one and two more counters would do for each service with a voter who is not in time.

    Only what helps, and two only where they help more than one; the most helpful first. Voters
    whose latest start has passed cannot be helped by counters and are not counted.
    """
    voters = [w for w in waiting if (latest := latest_start(w)) is not None and latest >= now]
    places, _ = _line_up(voters, bays, expected, now)
    before = _made(places)
    found: list[Remedy] = []
    for service in sorted({place.service for place in places if place.start is None}):
        best = before
        for extra in range(1, MOST_EXTRA + 1):
            new = [Bay(NOBODY - n, frozenset({service}), now) for n in range(1, extra + 1)]
            then, free = _line_up(voters, [*bays, *new], expected, now)
            if _made(then) > best:
                best = _made(then)
                last = max(bay.free_at for bay in free if bay.number < NOBODY)
                until = -(-last // ROUND_UP_TO) * ROUND_UP_TO
                found.append(Remedy(service, extra, until, best, len(places)))
    return sorted(found, key=lambda remedy: (-remedy.made, remedy.counters, remedy.service))


def _made(places: Iterable[Place]) -> int:
    return sum(place.start is not None for place in places)


def _line_up(
    waiting: Iterable[Waiting], bays: Sequence[Bay], expected: Mapping[str, int], now: int
) -> tuple[list[Place], list[Bay]]:
    """The voters' places, and the counters as they are after the last of them.

    Of the counters that are free first the one that serves least is taken, so that those which can
    serve anybody stay free for the others.
    """
    free = list(bays)
    places = []
    for latest, ticket in sorted(
        ((latest, w) for w in waiting if (latest := latest_start(w)) is not None),
        key=lambda pair: (pair[0], pair[1].arrival, pair[1].id),
    ):
        can = [
            (max(now, bay.free_at), len(bay.services), index)
            for index, bay in enumerate(free)
            if ticket.service in bay.services
            and (bay.closes_at is None or max(now, bay.free_at) < bay.closes_at)
        ]
        start, _, index = min(can, default=(latest + 1, 0, -1))
        if start > latest:
            places.append(Place(ticket.id, ticket.service, latest, None))
            continue
        free[index] = replace(free[index], free_at=start + expected[ticket.service] * SECOND)
        places.append(Place(ticket.id, ticket.service, latest, start))
    return places, free
