"""The hall run forward: who would be called when, by the policy's own rules, from now on.

One run takes mean lengths of service, and in it those come who are expected to come. Somebody
asked about without being there (`works` 0) takes nobody's place: so one run tells what all
newcomers would wait. Times are minutes from now; what was before now is negative.
"""

from bisect import insort
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from math import inf

from kiosk.domain import policy as rules

CHECK_EVERY = 2.0
"""Minutes between two looks whether voters are at risk: it hardly changes faster."""

HORIZON = 10 * 60.0
"""Who is not called within so many minutes gets no forecast."""

LATE_TARGET = rules.LATE_VOTER_TARGET / rules.MINUTE
PRIORITY_TARGET = rules.PRIORITY_TARGET / rules.MINUTE
LASTING = rules.CLOSING_SOON / rules.MINUTE


@dataclass(slots=True, eq=False)
class Person:
    """Somebody who waits, will come, or is only asked about.

    `key` names whom to tell about (None: nobody asks); `joins` when the ticket is in its line,
    `arrival` the original one; `due`, `latest` (a voter's latest start) and `deadline` as the
    policy has them; `works` the share of a turn; `steps` the services that follow; `counter` the
    only one that may call; `held` calls of the service that go first.

    The run finds `start`, `behind` (calls of the counters of the service before it) and `done`.
    """

    key: object
    service: str
    joins: float
    arrival: float
    due: float
    latest: float | None = None
    deadline: float | None = None
    priority: bool = False
    works: float = 1.0
    steps: tuple[str, ...] = ()
    counter: int | None = None
    front: bool = False
    held: int = 0
    start: float | None = None
    behind: int = 0
    done: float | None = None
    late: bool = False
    at_risk: bool = False
    first: "Person | None" = None


@dataclass(frozen=True, slots=True)
class Desk:
    """An open counter: free in so many minutes, closing at `closes`."""

    number: int
    services: frozenset[str]
    free: float
    closes: float = inf


Place = tuple[float, float, int, Person]


class Run:
    """One run; use it once.

    `turns`: minutes of one counter for a call of each service; `expected`: the policy's e in
    minutes; `present(waited)`: the share of a turn that a call takes after such a wait.
    """

    def __init__(
        self,
        policy: str,
        desks: Iterable[Desk],
        turns: Mapping[str, float],
        expected: Mapping[str, float],
        risk_calls: int,
        present: Callable[[float], float],
    ) -> None:
        self._fifo = policy == "fifo"
        self._desks = {desk.number: desk for desk in desks}
        self._turns, self._expected, self._present = turns, expected, present
        self._risk_calls = risk_calls
        self._lanes: dict[tuple[str, int | None], list[Place]] = {}
        self._voters: list[tuple[float, int, Person]] = []
        self._priority: list[Place] = []
        self._held: list[Person] = []
        self._calls = dict.fromkeys(turns, 0)
        self._desk_calls = dict.fromkeys(self._desks, 0)
        self._serving = {
            code: [d.number for d in self._desks.values() if code in d.services] for code in turns
        }
        self._coming: list[tuple[float, int, Person]] = []
        self._free: list[tuple[float, int]] = []
        self._idle: list[int] = []
        self._threatened: frozenset[str] = frozenset()
        self._red: frozenset[str] | None = None
        self._checked = -inf
        self._order = 0
        self._asked = 0

    def go(self, people: Iterable[Person]) -> None:
        """Run until all that is asked for is known, or nobody can be called any more."""
        for person in people:
            self._asked += person.key is not None
            self._coming.append((person.joins, self._next(), person))
        heapify(self._coming)
        self._free = [(desk.free, desk.number) for desk in self._desks.values()]
        heapify(self._free)
        while self._free and self._asked > 0:
            now, number = heappop(self._free)
            desk = self._desks[number]
            if now >= desk.closes or now > HORIZON:
                continue
            self._let_in(now)
            rescued = self._rescued(desk, now) if self._voters else None
            chosen = rescued or self._next_due(desk, now)
            if chosen is not None:
                self._risk_calls += rescued is not None and chosen.works > 0
                self._call(chosen, desk, now)
            elif self._coming:
                heappush(self._free, (max(now, self._coming[0][0]), number))
            else:
                self._idle.append(number)

    def _next(self) -> int:
        self._order += 1
        return self._order

    def _let_in(self, now: float) -> None:
        while self._coming and self._coming[0][0] <= now:
            person = heappop(self._coming)[2]
            if not self._serving.get(person.service):
                continue
            if person.held > 0:
                person.held += self._calls[person.service]
                self._held.append(person)
            else:
                self._line_up(person, now)

    def _line_up(self, person: Person, now: float) -> None:
        due = person.arrival if self._fifo else person.due
        place = due, person.arrival, self._next(), person
        heappush(self._lanes.setdefault((person.service, person.counter), []), place)
        if person.priority:
            insort(self._priority, place)
        if person.latest is not None and person.latest >= now and not self._fifo:
            insort(self._voters, (person.latest, place[2], person))

    def _next_due(self, desk: Desk, now: float) -> Person | None:
        best: Place | None = None
        for code in desk.services:
            for lane in ((code, None), (code, desk.number)):
                if lane in self._lanes:
                    head = self._head(lane, now)
                    if head is not None and (best is None or head < best):
                        best = head
        if best is not None:
            return best[3]
        return next((p for p in self._held if p.service in desk.services), None)

    def _head(self, lane: tuple[str, int | None], now: float) -> Place | None:
        """The earliest due of a lane; voters whose latest start has passed go back in it."""
        heap = self._lanes[lane]
        while heap:
            head = heap[0]
            person = head[3]
            if person.start is not None:
                heappop(heap)
            elif person.latest is None or person.late or person.front or now <= person.latest:
                return head
            else:
                heappop(heap)
                person.late = True
                due = person.arrival + (PRIORITY_TARGET if person.priority else LATE_TARGET)
                due = person.arrival if self._fifo else due
                heappush(heap, (due, person.arrival, self._next(), person))
        return None

    def _rescued(self, desk: Desk, now: float) -> Person | None:
        """Rules 2 and 3 of the policy: whom the counter calls because voters are at risk."""
        if now - self._checked >= CHECK_EVERY:
            self._checked = now
            self._voters = [v for v in self._voters if v[2].start is None and v[0] >= now]
            self._threatened = self._at_risk(now, rules.RISK_MARGIN_S, rules.RISK_SPREAD)
            self._red = None
        for latest, _, person in self._voters:
            if (
                person.start is None
                and latest >= now
                and (person.at_risk or person.service in self._threatened)
                and person.service in desk.services
                and person.counter in (None, desk.number)
            ):
                turn = (self._risk_calls + 1) % rules.PRIORITY_TURN == 0
                return (self._overdue_priority(desk, now) if turn else None) or person
        return None

    def _overdue_priority(self, desk: Desk, now: float) -> Person | None:
        self._priority = [place for place in self._priority if place[3].start is None]
        for due, _, _, person in self._priority:
            if due >= now:
                return None
            if person.service in desk.services and person.counter in (None, desk.number):
                if self._red is None:
                    self._red = self._at_risk(now, rules.RED_MARGIN_S, rules.RED_SPREAD)
                return None if self._red & desk.services else person
        return None

    def _at_risk(self, now: float, margin_s: int, spread: int) -> frozenset[str]:
        """The services whose voters are at risk. Who is only asked about is so alone."""
        found: set[str] = set()
        groups = {desk.services for desk in self._desks.values() if desk.closes > now}
        groups |= {frozenset({code}) for code in {voter[2].service for voter in self._voters}}
        begin = now + margin_s / 60
        for group in groups:
            if group <= found:
                continue
            lasting = max(1, sum(
                not group.isdisjoint(desk.services) and desk.closes > now + LASTING
                for desk in self._desks.values()
            ))  # fmt: skip
            work = 0.0
            for latest, _, person in self._voters:
                if person.service not in group or person.start is not None:
                    continue
                own = spread * self._expected[person.service]
                missing = work + own > lasting * (latest - begin)
                if person.works == 0:
                    person.at_risk = person.at_risk or missing
                    continue
                work += own
                if missing:
                    found |= group
                    break
        return frozenset(found)

    def _call(self, person: Person, desk: Desk, now: float) -> None:
        if person in self._held:
            self._held.remove(person)
        person.start = now
        person.behind = sum(self._desk_calls[number] for number in self._serving[person.service])
        work, services = self._turns[person.service], [person.service]
        steps = person.steps
        while steps and steps[0] in desk.services:
            work += self._turns[steps[0]]
            services.append(steps[0])
            steps = steps[1:]
        if person.works > 0:
            self._count(person, desk.number, now)
        end = now + work
        if steps and self._serving.get(steps[0]):
            self._pass_on(person, steps, end)
        else:
            self._ended(person, end)
        busy = work * person.works
        if person.first is None and person.works > 0:
            busy *= self._present(now - person.arrival)
        heappush(self._free, (now + busy, desk.number))

    def _count(self, person: Person, desk: int, now: float) -> None:
        self._desk_calls[desk] += 1
        self._calls[person.service] += 1
        for held in [p for p in self._held if p.held <= self._calls[p.service]]:
            self._held.remove(held)
            self._line_up(held, now)

    def _pass_on(self, person: Person, steps: tuple[str, ...], at: float) -> None:
        """The ticket waits for its next step, due from its original arrival."""
        first = person.first or person
        later = replace(
            person, key=None, service=steps[0], steps=steps[1:], joins=at, counter=None, held=0,
            start=None, behind=0, done=None, first=first,
        )  # fmt: skip
        heappush(self._coming, (at, self._next(), later))
        for number in self._idle:
            heappush(self._free, (at, number))
        self._idle.clear()

    def _ended(self, person: Person, end: float) -> None:
        first = person.first or person
        first.done = end
        self._asked -= first.key is not None
