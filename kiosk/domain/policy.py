"""Who is called next: the policies `slack` and `fifo`.

Pure functions of a `Situation`: integers only, no clock, no memory. The same rows of the journal
therefore always give the same choice, and the audit can derive every call again. Times are UTC
milliseconds, lengths of service are seconds. The rule in words, the formulae and what they give on
simulated mornings are in docs/policy.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

POLICY_VERSIONS = {"slack": 2, "fifo": 2}
"""Version of each policy's rule, journalled with every call. A rule that could choose another
ticket in any situation gets a new version. 2: who was set aside and is due back comes before all of
the line (returning.py)."""

SECOND = 1_000
MINUTE = 60 * SECOND

PRIORITY_TARGET = 15 * MINUTE
VOTER_TARGET = 30 * MINUTE
LATE_VOTER_TARGET = 60 * MINUTE
CLOSING_SOON = 60 * MINUTE

RISK_MARGIN_S, RISK_SPREAD = 15 * 60, 3
RED_MARGIN_S, RED_SPREAD = 10 * 60, 2
PRIORITY_TURN = 4

REMEMBERED_SERVICES = 60
CONFIGURED_WEIGHT = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A waiting ticket, as the policy sees it.

    `id` is the journal seq of its issuing and breaks the last ties; `service` the code of the
    current step's service; `arrival` ms; `due` ms, stored: `due_at()` of when the ticket was issued
    or changed, or the moment of a transfer to the front (then `front` is set); `deadline` ms, and
    the ticket is a voter's if and only if it has one; `remaining` the configured seconds of all
    remaining steps, the current one included; `held` came back after an absence and is no candidate
    yet, unless nobody else waits.
    """

    id: int
    service: str
    arrival: int
    due: int
    priority: bool
    deadline: int | None
    remaining: int
    held: bool = False
    front: bool = False


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """An open counter, busy or free; `closes_at` (ms) is its planned closing, if it has one."""

    number: int
    services: frozenset[str]
    closes_at: int | None


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a choice depends on.

    `waiting` and `counters` are those of the whole office, in any order; `expected` maps each
    service to `expected_seconds()`; `risk_calls` is the number of today's earlier calls whose rule
    was "risk" or "priority".
    """

    now: int
    waiting: tuple[Waiting, ...]
    counters: tuple[OpenCounter, ...]
    expected: Mapping[str, int]
    risk_calls: int


@dataclass(frozen=True, slots=True)
class Choice:
    """The ticket to call, and why.

    `rule` is "due", "risk", "priority" or (policy fifo) "arrival"; `due` the ticket's effective due
    time in ms; `candidates` how many tickets the counter could have called.
    """

    ticket: int
    rule: str
    due: int
    candidates: int


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a waiting ticket stands where it stands; a screen makes one line of it.

    `rule` is the first that holds of "held" (came back, waits for its turn), then for slack "risk"
    (at risk: goes by `latest_start`), "front" (put in front at `due`), "late" (a voter whose
    `latest_start` has passed) and "due" (goes by `due`), for fifo "arrival". `due` is the effective
    due time, `latest_start` a voter's (else None), both ms; `ahead` counts the tickets before it in
    `calling_order()`. That a ticket has priority is not told: it shows in `due` alone.
    """

    rule: str
    due: int
    latest_start: int | None
    ahead: int


def due_at(arrival: int, target: int, priority: bool, deadline: int | None, remaining: int) -> int:
    """The due time to store when a ticket is issued, reclassified, transferred or takes a step.

    `arrival` (ms) is the original one, `target` (s) that of the ticket's first service, `remaining`
    (s) the configured time of all remaining steps. Returns ms: arrival + target for ordinary
    people, + 15 min for priority; for a voter the earlier of arrival + 30 min and the latest start;
    the earliest of both for a voter with priority.
    """
    dues = []
    if priority:
        dues.append(arrival + PRIORITY_TARGET)
    if deadline is not None:
        dues += [arrival + VOTER_TARGET, deadline - remaining * SECOND]
    return min(dues, default=arrival + target * SECOND)


def latest_start(waiting: Waiting) -> int | None:
    """The last moment (ms) at which a voter's service may begin; None for everybody else."""
    if waiting.deadline is None:
        return None
    return waiting.deadline - waiting.remaining * SECOND


def effective_due(waiting: Waiting, now: int) -> int:
    """The due time (ms) that counts at `now`.

    It is the stored one, except for a voter whose latest start has passed: arrival + 60 min, or
    + 15 min with priority. A ticket put in front keeps its place in any case.
    """
    latest = latest_start(waiting)
    if waiting.front or latest is None or now <= latest:
        return waiting.due
    return waiting.arrival + (PRIORITY_TARGET if waiting.priority else LATE_VOTER_TARGET)


def expected_seconds(configured: int, finished: Sequence[int]) -> int:
    """A service's expected time e, in whole seconds.

    `configured` (s) weighs as much as ten services; `finished` (s) are the times of those finished
    today, in order of finishing, of which the last 60 count. Returns
    (10 x configured + their sum) / (10 + their number) x 1.15, rounded to the nearest second, a
    half upwards.
    """
    counted = finished[-REMEMBERED_SERVICES:]
    numerator = (CONFIGURED_WEIGHT * configured + sum(counted)) * 115
    denominator = (CONFIGURED_WEIGHT + len(counted)) * 100
    return (2 * numerator + denominator) // (2 * denominator)


def at_risk(
    situation: Situation, margin_s: int = RISK_MARGIN_S, spread: int = RISK_SPREAD
) -> frozenset[int]:
    """The ids of the waiting voters who are at risk of being too late.

    The groups of services are each single service with a waiting voter and the whole set of each
    open counter. A group's voters whose latest start has not passed line up by latest start, and
    the j-th is expected at now + margin_s + spread/m x (the sum of e over the first j), with m from
    `_lasting_counters()`. If one is expected after its latest start, all of the line are at risk.
    Held tickets take no part.
    """
    voters = _voters_in_line(situation)
    groups = {frozenset({service}) for _, service, _ in voters}
    groups.update(counter.services for counter in situation.counters)
    cost = {code: spread * e * SECOND for code, e in situation.expected.items()}
    begin = situation.now + margin_s * SECOND
    # A group's line holds all voters in line for its services: so it is services that are at risk.
    threatened: set[str] = set()
    for group in groups:
        if group <= threatened:
            continue
        line = [voter for voter in voters if voter[1] in group]
        if _somebody_misses(line, cost, begin, _lasting_counters(situation, group)):
            threatened |= group
    return frozenset(ticket for _, service, ticket in voters if service in threatened)


def choose(policy: str, situation: Situation, counter: int) -> Choice | None:
    """The ticket that the free counter calls now, or None if nobody waits for its services.

    Rules of slack: the earliest due; unless voters are at risk; of the calls for voters at risk
    every fourth goes to the longest-overdue priority ticket, unless a voter whom this counter
    serves is at risk by the tighter ("red") test too. fifo: the earliest arrival. Raises ValueError
    for an unknown policy or a counter that is not open.
    """
    _check_policy(policy)
    candidates = _candidates(situation, counter)
    if not candidates:
        return None
    rule, ticket = _pick(policy, situation, candidates)
    return Choice(ticket.id, rule, effective_due(ticket, situation.now), len(candidates))


def calling_order(policy: str, situation: Situation) -> list[int]:
    """The ids of all who wait, in the order in which they stand now.

    For slack those at risk by latest start, then the others by effective due time; for fifo by
    arrival; held tickets after the others. This is the present order of the whole office: it does
    not foresee who will come to be at risk, every fourth call, or which counter gets free first.
    """
    _check_policy(policy)
    return [ticket.id for ticket in _standing(policy, situation, _threatened(policy, situation))]


def reasons(policy: str, situation: Situation) -> dict[int, Reason]:
    """Why each waiting ticket stands where it stands: ids in `calling_order()`, with the reason."""
    _check_policy(policy)
    threatened = _threatened(policy, situation)
    return {
        ticket.id: Reason(
            _reason_rule(policy, ticket, threatened, situation.now),
            effective_due(ticket, situation.now),
            latest_start(ticket),
            ahead,
        )
        for ahead, ticket in enumerate(_standing(policy, situation, threatened))
    }


def reason(policy: str, situation: Situation, ticket: int) -> Reason:
    """Why this waiting ticket stands where it stands. Raises KeyError if it does not wait.

    For a whole list `reasons()` costs the same as one call of this.
    """
    return reasons(policy, situation)[ticket]


def _check_policy(policy: str) -> None:
    if policy not in POLICY_VERSIONS:
        raise ValueError(f"unknown policy: {policy}")


def _candidates(situation: Situation, number: int) -> list[Waiting]:
    """Whom the counter may call: the held ones only when nobody else waits for its services."""
    services = next((c.services for c in situation.counters if c.number == number), None)
    if services is None:
        raise ValueError(f"counter {number} is not open")
    served = [ticket for ticket in situation.waiting if ticket.service in services]
    return [ticket for ticket in served if not ticket.held] or served


def _pick(policy: str, situation: Situation, candidates: list[Waiting]) -> tuple[str, Waiting]:
    if policy == "fifo":
        return "arrival", min(candidates, key=_by_arrival)
    threatened = at_risk(situation)
    rescued = [ticket for ticket in candidates if ticket.id in threatened]
    if not rescued:
        return "due", min(candidates, key=lambda ticket: _by_due(ticket, situation.now))
    if (situation.risk_calls + 1) % PRIORITY_TURN == 0:
        diverted = _longest_overdue_priority(situation, candidates)
        if diverted is not None and not _is_red(situation, candidates):
            return "priority", diverted
    return "risk", min(rescued, key=_by_latest_start)


def _longest_overdue_priority(situation: Situation, candidates: list[Waiting]) -> Waiting | None:
    now = situation.now
    overdue = [t for t in candidates if t.priority and effective_due(t, now) < now]
    return min(overdue, key=lambda ticket: _by_due(ticket, now), default=None)


def _is_red(situation: Situation, candidates: list[Waiting]) -> bool:
    red = at_risk(situation, RED_MARGIN_S, RED_SPREAD)
    return any(ticket.id in red for ticket in candidates)


def _voters_in_line(situation: Situation) -> list[tuple[int, str, int]]:
    """Latest start, service and id of the voters who can still be in time, by latest start.

    Which of two with the same latest start comes first changes nothing: the second is expected at
    the same moment in either order, and the second decides.
    """
    return sorted(
        (latest, ticket.service, ticket.id)
        for ticket in situation.waiting
        if not ticket.held
        and (latest := latest_start(ticket)) is not None
        and latest >= situation.now
    )


def _somebody_misses(
    line: list[tuple[int, str, int]], cost: Mapping[str, int], begin: int, counters: int
) -> bool:
    """Whether one is expected, at begin + (cost of the first j) / counters, after its latest start.

    Multiplied by the number of counters, so that integers decide.
    """
    work = 0
    for latest, service, _ in line:
        work += cost[service]
        if work > counters * (latest - begin):
            return True
    return False


def _lasting_counters(situation: Situation, group: frozenset[str]) -> int:
    """m: open counters that serve any service of the group and do not plan to close within 60 min.

    At least 1.
    """
    horizon = situation.now + CLOSING_SOON
    lasting = sum(
        not group.isdisjoint(counter.services)
        and (counter.closes_at is None or counter.closes_at > horizon)
        for counter in situation.counters
    )
    return max(1, lasting)


def _threatened(policy: str, situation: Situation) -> frozenset[int]:
    return at_risk(situation) if policy == "slack" else frozenset()


def _standing(policy: str, situation: Situation, threatened: frozenset[int]) -> list[Waiting]:
    def place(ticket: Waiting) -> tuple[bool, bool, tuple[int, int, int]]:
        if policy == "fifo":
            return ticket.held, False, (0, *_by_arrival(ticket))
        if ticket.id in threatened:
            return ticket.held, False, _by_latest_start(ticket)
        return ticket.held, True, _by_due(ticket, situation.now)

    return sorted(situation.waiting, key=place)


def _reason_rule(policy: str, ticket: Waiting, threatened: frozenset[int], now: int) -> str:
    if ticket.held:
        return "held"
    if policy == "fifo":
        return "arrival"
    if ticket.id in threatened:
        return "risk"
    if ticket.front:
        return "front"
    latest = latest_start(ticket)
    return "late" if latest is not None and latest < now else "due"


def _by_arrival(ticket: Waiting) -> tuple[int, int]:
    return ticket.arrival, ticket.id


def _by_due(ticket: Waiting, now: int) -> tuple[int, int, int]:
    return effective_due(ticket, now), ticket.arrival, ticket.id


def _by_latest_start(ticket: Waiting) -> tuple[int, int, int]:
    latest = latest_start(ticket)
    assert latest is not None, "only voters are at risk"
    return latest, ticket.arrival, ticket.id
