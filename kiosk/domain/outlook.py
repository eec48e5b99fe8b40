"""The office's outlook: what everybody who waits, and whoever comes next, has to expect.

`look_ahead()` makes one table from the hall as it stands (kiosk/domain/hall.py runs it forward) and
from what is known of each service's pace. docs/forecast.md says how and how well. Moments are UTC
milliseconds, lengths minutes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from kiosk.domain import policy as rules
from kiosk.domain.forecast import OWN_CALL, TENTH, Range, point, spread
from kiosk.domain.hall import Desk, Person, Run
from kiosk.domain.office_day import TPS_MARGIN, deadline_of
from kiosk.domain.pace import PRIOR_CALLS, Pace, present
from kiosk.domain.policy import MINUTE, SECOND, Waiting

ON_TIME = "on_time"
TIGHT = "tight"
LATE = "late"

TRAVELS = (15, 30, 45, 60, 90)
"""Minutes to the polling station for which a newcomer's wait is known beforehand."""

AT_ONCE = 1.0
"""Minutes that even a free counter takes to call."""

HALL_SPREAD = 0.3
"""As DAY_SPREAD of one line, in a hall where others may be called first or may not come."""

HUNDREDTH = 2.3263
"""The normal distribution's 99 % point: nobody is told "too late" who could still make it."""

MOST_EXPECTED = 500
"""So many newcomers are thought of at most."""

QUICK = 0.25
"""A service is hardly ever done in less than this share of its mean."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What an outlook depends on for a newcomer. `travel`: None for who is no voter."""

    service: str
    priority: bool = False
    travel: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A service as newcomers get it: target and configured seconds of all steps, its steps."""

    target: int
    remaining: int
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Inflow:
    """Newcomers to be expected: `rate` a minute until `until` (ms), `kinds` over and over."""

    kinds: tuple[Kind, ...]
    rate: float
    until: int


@dataclass(frozen=True, slots=True)
class InHand:
    """What an open counter is busy with, since when (ms)."""

    service: str
    since: int
    steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Back:
    """A parked or suspended ticket that is expected back in line at `at` (ms)."""

    waiting: Waiting
    at: int
    resumed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an outlook depends on.

    `situation` as for the policy; `starts`: when calling begins (ms, not before now); `paces`
    minutes of one counter for a call, by service; `leaving` 0..1: how much of the usual share of
    people with long waits leaves here; `steps`, `counters` and `calls_to_go` by ticket id;
    `in_hand` by counter.
    """

    policy: str
    situation: rules.Situation
    starts: int
    poll_close: int | None
    paces: Mapping[str, Pace]
    offers: Mapping[str, Offer]
    leaving: float = 1.0
    inflow: Inflow | None = None
    in_hand: Mapping[int, InHand] = field(default_factory=dict)
    back: Sequence[Back] = ()
    steps: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    counters: Mapping[int, int] = field(default_factory=dict)
    calls_to_go: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one has to expect: remaining wait and time until all is done, and for a voter the class
    (on_time, tight, late)."""

    wait: Range
    done: Range
    voter_class: str | None


@dataclass(frozen=True, slots=True)
class Outlook:
    """One table. Nobody is in it whose service no open counter serves."""

    at: int
    tickets: Mapping[int, Prospect]
    newcomers: Mapping[Kind, Prospect]

    def newcomer(self, kind: Kind) -> Prospect | None:
        """A voter's travel is taken as the next one of TRAVELS that is not shorter."""
        if kind.travel is not None:
            travel = next((t for t in TRAVELS if t >= kind.travel), TRAVELS[-1])
            kind = Kind(kind.service, kind.priority, travel)
        return self.newcomers.get(kind)


def look_ahead(facts: Facts, kinds: Iterable[Kind] | None = None) -> Outlook:
    """The table: for every ticket that waits or is expected back, and for newcomers.

    `kinds`: the newcomers asked about; without it all that are told beforehand.
    """
    view = _View(facts)
    tickets = [_as_person(view, waiting) for waiting in facts.situation.waiting]
    tickets += [_as_person(view, back.waiting, back) for back in facts.back]
    asked = [_newcomer(view, kind) for kind in (_all_kinds(facts) if kinds is None else kinds)]
    coming = list(_coming(view))
    view.run().go([*tickets, *asked, *coming])
    voters = [p for p in (*tickets, *asked, *coming) if p.latest is not None]
    rescued = _line_of_voters(view, voters)
    prospects = {
        p.key: _prospect(view, p, rescued) for p in (*tickets, *asked) if p.start is not None
    }
    return Outlook(
        facts.situation.now,
        {key: found for key, found in prospects.items() if isinstance(key, int)},
        {key: found for key, found in prospects.items() if isinstance(key, Kind)},
    )


class _View:
    """The facts in minutes from now."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.now = facts.situation.now
        self.starts = max(0.0, self.minutes(facts.starts))
        self.turns = {code: pace.turn for code, pace in facts.paces.items()}
        self.desks = [self._desk(counter) for counter in facts.situation.counters]
        self.known = {code: self._known(code) for code in facts.paces}

    def minutes(self, moment: int) -> float:
        return (moment - self.now) / MINUTE

    def _desk(self, counter: rules.OpenCounter) -> Desk:
        closes = inf if counter.closes_at is None else self.minutes(counter.closes_at)
        return Desk(counter.number, counter.services, self.starts + self._busy(counter), closes)

    def _busy(self, counter: rules.OpenCounter) -> float:
        """What is left of the ticket in hand; a service that has lasted long will last on."""
        held = self.facts.in_hand.get(counter.number)
        if held is None or held.service not in self.turns:
            return 0.0
        turn = self.turns[held.service]
        for step in held.steps:
            if step not in counter.services:
                break
            turn += self.turns.get(step, 0.0)
        return max(turn + self.minutes(held.since), (1 - OWN_CALL) * turn)

    def _known(self, code: str) -> float:
        """Calls behind the pace of all services that share a counter with this one."""
        shared = {code}.union(*(d.services for d in self.desks if code in d.services))
        calls = (self.facts.paces[s].calls - PRIOR_CALLS for s in shared & self.turns.keys())
        return PRIOR_CALLS + sum(calls)

    def present(self, waited: float) -> float:
        return 1 - self.facts.leaving * (1 - present(waited))

    def run(self) -> Run:
        situation = self.facts.situation
        expected = {code: situation.expected[code] / 60 for code in self.turns}
        return Run(
            self.facts.policy, self.desks, self.turns, expected, situation.risk_calls, self.present
        )


def _all_kinds(facts: Facts) -> Iterable[Kind]:
    for code in facts.offers:
        for priority in (False, True):
            yield Kind(code, priority)
            if facts.poll_close is not None:
                yield from (Kind(code, priority, travel) for travel in TRAVELS)


def _as_person(view: _View, waiting: Waiting, back: Back | None = None) -> Person:
    facts, latest = view.facts, rules.latest_start(waiting)
    resumed = back is not None and back.resumed
    return Person(
        key=waiting.id,
        service=waiting.service,
        joins=0.0 if back is None else max(0.0, view.minutes(back.at)),
        arrival=view.minutes(waiting.arrival),
        due=-inf if resumed else view.minutes(waiting.due),
        latest=None if latest is None else view.minutes(latest),
        deadline=None if waiting.deadline is None else view.minutes(waiting.deadline),
        priority=waiting.priority,
        steps=facts.steps.get(waiting.id, ()),
        counter=facts.counters.get(waiting.id),
        front=waiting.front or resumed,
        held=facts.calls_to_go.get(waiting.id, 0) if waiting.held else 0,
    )


def _newcomer(view: _View, kind: Kind, at: float = 0.0, works: float = 0.0) -> Person:
    facts, offer = view.facts, view.facts.offers[kind.service]
    deadline = None if kind.travel is None else deadline_of(facts.poll_close, kind.travel)
    arrival = view.now + round(at * MINUTE)
    due = rules.due_at(arrival, offer.target, kind.priority, deadline, offer.remaining)
    latest = None if deadline is None else view.minutes(deadline - offer.remaining * SECOND)
    return Person(
        key=None if works else kind,
        service=kind.service,
        joins=at,
        arrival=at,
        due=view.minutes(due),
        latest=latest,
        deadline=None if deadline is None else view.minutes(deadline),
        priority=kind.priority,
        works=works,
        steps=offer.steps,
    )


def _coming(view: _View) -> Iterable[Person]:
    """Those expected to come, evenly over the time."""
    inflow = view.facts.inflow
    if inflow is None or not inflow.kinds:
        return
    number = round(inflow.rate * max(0.0, view.minutes(inflow.until)))
    for place in range(min(number, MOST_EXPECTED)):
        kind = inflow.kinds[place % len(inflow.kinds)]
        if kind.service in view.facts.offers:
            yield _newcomer(view, kind, (place + 0.5) / inflow.rate, works=1.0)


def _line_of_voters(view: _View, voters: Sequence[Person]) -> dict[object, tuple[float, int]]:
    """When each voter would be called, and after how many, if only voters were called and by
    latest start: what the policy does when it is needed."""
    free = {desk.number: desk.free for desk in view.desks}
    calls = dict.fromkeys(free, 0)
    found: dict[object, tuple[float, int]] = {}
    for person in sorted(voters, key=lambda p: p.latest or 0.0):
        able = [d for d in view.desks if person.service in d.services]
        desk = min(able, key=lambda d: free[d.number], default=None)
        if desk is None or person.latest is None:
            continue
        start = free[desk.number]
        if start >= desk.closes or (person.key is None and person.joins > start):
            continue
        if person.works and max(start, person.joins) <= person.latest:
            free[desk.number] = start + view.turns[person.service]
            calls[desk.number] += 1
        if person.key is not None:
            found[person.key] = start, sum(calls[d.number] for d in able)
    return found


def _prospect(view: _View, person: Person, rescued: Mapping[object, tuple[float, int]]) -> Prospect:
    assert person.start is not None, "nobody else has a prospect"
    known, turn = view.known[person.service], view.turns[person.service]
    sure = max(view.starts, person.joins)
    waiting = max(AT_ONCE, person.start - sure)
    done = person.start + turn if person.done is None else person.done
    wait = spread(sure, waiting, person.behind, known, HALL_SPREAD)
    ended = spread(sure, max(AT_ONCE, done - sure), person.behind + 1, known, HALL_SPREAD)
    soonest = sure + waiting * point(person.behind, known, -HUNDREDTH, HALL_SPREAD)
    return Prospect(wait, ended, _voter_class(view, person, wait, soonest, rescued))


def _voter_class(
    view: _View,
    person: Person,
    wait: Range,
    soonest: float,
    rescued: Mapping[object, tuple[float, int]],
) -> str | None:
    """on_time: called before the latest start with nine in ten, by waiting or by being put first.
    late: neither the soonest call nor a quick service would bring the document in time."""
    if person.latest is None or person.deadline is None:
        return None
    bounds = [wait.high]
    if person.key in rescued and view.facts.policy != "fifo":
        start, people = rescued[person.key]
        known = view.known[person.service]
        bounds.append(start * point(people, known, TENTH, HALL_SPREAD))
        early = start * point(people, known, -HUNDREDTH, HALL_SPREAD) if people else view.starts
        if early <= person.latest:
            soonest = min(soonest, early)
    if min(bounds) <= person.latest:
        return ON_TIME
    quickest = soonest + QUICK * view.turns[person.service]
    return LATE if quickest > person.deadline + TPS_MARGIN / MINUTE else TIGHT
