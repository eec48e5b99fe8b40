"""The check's own rule and the office's are two writings of one text: they always agree."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.audit.verify import Desk, Person, decide, due_now, due_time, expected_time
from kiosk.domain import policy
from kiosk.domain.policy import OpenCounter, Situation, Waiting

MINUTE = 60_000
NOW = 1_795_740_000_000
SERVICES = ("biodata", "recording", "family")

# Few distinct values: ties and exact limits are common, and so are voters at risk.
arrivals = st.integers(-14, 0).map(lambda n: NOW + n * 5 * MINUTE)
deadlines = st.none() | st.integers(-20, 60_000).map(lambda n: NOW + n * 100)
moments = st.none() | st.sampled_from([30, 60, 61, 120]).map(lambda n: NOW + n * MINUTE)


@st.composite
def waiting(draw: st.DrawFn, id: int) -> Waiting:
    arrival, deadline = draw(arrivals), draw(deadlines)
    first, remaining = draw(st.booleans()), draw(st.sampled_from([60, 300, 600]))
    due = policy.due_at(arrival, draw(st.sampled_from([600, 3600])), first, deadline, remaining)
    front, held = draw(st.integers(0, 9)) == 0, draw(st.integers(0, 4)) == 0
    service = draw(st.sampled_from(SERVICES))
    due = min(due, NOW) if front else due
    return Waiting(id, service, arrival, due, first, deadline, remaining, held, front)


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    services = st.frozensets(st.sampled_from(SERVICES), min_size=1)
    counters = draw(st.lists(st.tuples(services, moments), min_size=1, max_size=4))
    return Situation(
        NOW,
        tuple(draw(waiting(id)) for id in range(1, draw(st.integers(0, 15)) + 1)),
        tuple(OpenCounter(n, served, closes) for n, (served, closes) in enumerate(counters, 1)),
        {service: draw(st.integers(30, 900)) for service in SERVICES},
        draw(st.integers(0, 8)),
    )


def as_person(ticket: Waiting) -> Person:
    return Person(
        ticket.id,
        ticket.service,
        ticket.arrival,
        ticket.due,
        ticket.priority,
        None if ticket.deadline is None else ticket.deadline - ticket.remaining * 1000,
        ticket.front,
        ticket.held,
    )


@given(situations(), st.sampled_from(sorted(policy.POLICY_VERSIONS)))
def test_the_check_chooses_what_the_office_chooses(situation: Situation, name: str) -> None:
    people = [as_person(ticket) for ticket in situation.waiting]
    desks = [Desk(c.number, c.services, c.closes_at) for c in situation.counters]

    for counter in situation.counters:
        chosen = policy.choose(name, situation, counter.number)
        derived = decide(
            name, NOW, people, desks, situation.expected, situation.risk_calls, counter.number
        )
        if chosen is None:
            assert derived is None
        else:
            assert derived == (chosen.ticket, chosen.rule, chosen.due, chosen.candidates)


@given(waiting(1), st.integers(-90, 90))
def test_due_times_are_the_same_at_every_moment(ticket: Waiting, minutes: int) -> None:
    now = NOW + minutes * MINUTE

    assert due_now(as_person(ticket), now) == policy.effective_due(ticket, now)


@given(arrivals, st.integers(0, 9000), st.booleans(), deadlines, st.integers(0, 3000))
def test_the_due_time_to_store_is_the_same(
    arrival: int, target: int, priority: bool, deadline: int | None, remaining: int
) -> None:
    ticket = {"arrival": arrival, "target": target, "priority": int(priority), "deadline": deadline}

    assert due_time(ticket, remaining) == policy.due_at(
        arrival, target, priority, deadline, remaining
    )


@given(st.integers(1, 3600), st.lists(st.integers(0, 7200), max_size=150))
def test_the_expected_time_is_the_same(configured: int, finished: list[int]) -> None:
    assert expected_time(configured, finished) == policy.expected_seconds(configured, finished)
