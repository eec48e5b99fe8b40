"""What must hold of the policies in every situation, however odd."""

import dataclasses
from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from kiosk.domain import policy
from kiosk.domain.policy import OpenCounter, Situation, Waiting

MINUTE = 60_000
NOW = 1_732_672_800_000
SERVICES = "ABC"
POLICIES = st.sampled_from(sorted(policy.POLICY_VERSIONS))

# Few distinct values, so that ties and exact limits are common.
arrivals = st.integers(-12, 0).map(lambda n: NOW + n * 10 * MINUTE)
deadlines = st.none() | st.integers(-4, 60).map(lambda n: NOW + n * 5 * MINUTE)
closings = st.none() | st.sampled_from([NOW + 30 * MINUTE, NOW + 60 * MINUTE, NOW + 61 * MINUTE])


@st.composite
def tickets(draw: st.DrawFn, id: int) -> Waiting:
    arrival, deadline = draw(arrivals), draw(deadlines)
    first, remaining = draw(st.booleans()), draw(st.sampled_from([300, 600]))
    front = draw(st.integers(0, 9)) == 0
    due = policy.due_at(arrival, 3600, first, deadline, remaining)
    return Waiting(
        id,
        draw(st.sampled_from(SERVICES)),
        arrival,
        min(due, NOW) if front else due,
        first,
        deadline,
        remaining,
        held=draw(st.integers(0, 4)) == 0,
        front=front,
    )


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Up to 12 waiting, 1 to 4 open counters; counter 1 is the free one."""
    return Situation(
        NOW,
        tuple(draw(tickets(id)) for id in range(1, draw(st.integers(0, 12)) + 1)),
        tuple(
            OpenCounter(n, draw(st.frozensets(st.sampled_from(SERVICES), min_size=1)), closes_at)
            for n, closes_at in enumerate(draw(st.lists(closings, min_size=1, max_size=4)), 1)
        ),
        {service: draw(st.integers(60, 900)) for service in SERVICES},
        draw(st.integers(0, 8)),
    )


def _ticket(situation: Situation, id: int) -> Waiting:
    return next(ticket for ticket in situation.waiting if ticket.id == id)


def _candidates(situation: Situation) -> list[Waiting]:
    served = [t for t in situation.waiting if t.service in situation.counters[0].services]
    return [t for t in served if not t.held] or served


def _at_risk_by_the_wording(situation: Situation, margin_s: int, spread: int) -> set[int]:
    """The sentence of docs/policy.md once more, with fractions and without any thrift."""
    now = situation.now
    groups = [{ticket.service} for ticket in situation.waiting]
    groups += [set(counter.services) for counter in situation.counters]
    threatened: set[int] = set()
    for group in groups:
        line = []
        for ticket in situation.waiting:
            latest = policy.latest_start(ticket)
            if ticket.service in group and latest is not None and latest >= now and not ticket.held:
                line.append((latest, ticket))
        line.sort(key=lambda entry: (entry[0], entry[1].id))
        m = 0
        for counter in situation.counters:
            closes_within_an_hour = (
                counter.closes_at is not None and counter.closes_at - now <= 60 * MINUTE
            )
            m += bool(group & counter.services) and not closes_within_an_hour
        for j in range(len(line)):
            work = sum(situation.expected[ticket.service] for _, ticket in line[: j + 1])
            expected = now + margin_s * 1000 + Fraction(spread, max(1, m)) * work * 1000
            if expected > line[j][0]:
                threatened |= {ticket.id for _, ticket in line}
    return threatened


@given(situations(), POLICIES)
def test_the_choice_is_one_the_counter_could_call(situation: Situation, name: str) -> None:
    choice = policy.choose(name, situation, 1)
    candidates = _candidates(situation)
    if choice is None:
        assert not candidates
    else:
        assert choice.ticket in [ticket.id for ticket in candidates]
        assert choice.candidates == len(candidates)
        assert choice.due == policy.effective_due(_ticket(situation, choice.ticket), NOW)


@given(situations(), POLICIES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    situation: Situation, name: str, random: object
) -> None:
    waiting, counters = list(situation.waiting), list(situation.counters)
    random.shuffle(waiting)  # type: ignore[attr-defined]
    random.shuffle(counters)  # type: ignore[attr-defined]
    shuffled = dataclasses.replace(situation, waiting=tuple(waiting), counters=tuple(counters))
    assert policy.choose(name, shuffled, 1) == policy.choose(name, situation, 1)
    assert policy.reasons(name, shuffled) == policy.reasons(name, situation)
    assert policy.calling_order(name, shuffled) == policy.calling_order(name, situation)


@given(situations(), POLICIES, st.integers(-(10**12), 10**12))
def test_only_differences_of_time_count(situation: Situation, name: str, shift: int) -> None:
    later = dataclasses.replace(
        situation,
        now=situation.now + shift,
        waiting=tuple(
            dataclasses.replace(
                ticket,
                arrival=ticket.arrival + shift,
                due=ticket.due + shift,
                deadline=None if ticket.deadline is None else ticket.deadline + shift,
            )
            for ticket in situation.waiting
        ),
        counters=tuple(
            dataclasses.replace(
                counter,
                closes_at=None if counter.closes_at is None else counter.closes_at + shift,
            )
            for counter in situation.counters
        ),
    )
    here, there = policy.choose(name, situation, 1), policy.choose(name, later, 1)
    assert there == (here and dataclasses.replace(here, due=here.due + shift))


@given(situations())
def test_the_risk_test_is_the_wordings(situation: Situation) -> None:
    assert policy.at_risk(situation) == _at_risk_by_the_wording(situation, 900, 3)
    assert policy.at_risk(situation, 600, 2) == _at_risk_by_the_wording(situation, 600, 2)


@given(situations())
def test_red_is_part_of_at_risk(situation: Situation) -> None:
    red = policy.at_risk(situation, policy.RED_MARGIN_S, policy.RED_SPREAD)
    assert red <= policy.at_risk(situation)


@given(situations(), st.integers(0, 3))
def test_one_more_counter_like_another_puts_nobody_at_risk(situation: Situation, n: int) -> None:
    like = situation.counters[n % len(situation.counters)]
    one_more = OpenCounter(9, like.services, None)
    more = dataclasses.replace(situation, counters=(*situation.counters, one_more))
    assert policy.at_risk(more) <= policy.at_risk(situation)


@given(situations())
def test_each_call_of_slack_is_the_one_its_rule_names(situation: Situation) -> None:
    choice = policy.choose("slack", situation, 1)
    assume(choice is not None)
    assert choice is not None
    candidates = _candidates(situation)
    red = _at_risk_by_the_wording(situation, 600, 2)
    rescued = [
        (policy.latest_start(ticket), ticket.arrival, ticket.id)
        for ticket in candidates
        if ticket.id in _at_risk_by_the_wording(situation, 900, 3)
    ]
    by_due = sorted((policy.effective_due(t, NOW), t.arrival, t.id) for t in candidates)
    overdue = [row for row in by_due if row[0] < NOW and _ticket(situation, row[2]).priority]
    turn = situation.risk_calls % 4 == 3 and not any(t.id in red for t in candidates)
    if not rescued:
        assert (choice.rule, choice.ticket) == ("due", by_due[0][2])
    elif turn and overdue:
        assert (choice.rule, choice.ticket) == ("priority", overdue[0][2])
    else:
        assert (choice.rule, choice.ticket) == ("risk", min(rescued)[2])


@given(situations(), POLICIES, st.data())
def test_who_leaves_without_a_deadline_changes_nothing_for_the_chosen(
    situation: Situation, name: str, data: st.DataObject
) -> None:
    choice = policy.choose(name, situation, 1)
    others = [t for t in situation.waiting if choice and t.id != choice.ticket]
    leaving = [t for t in others if name == "fifo" or t.deadline is None]
    assume(choice is not None and leaving)
    assert choice is not None
    gone = data.draw(st.sampled_from(leaving))
    rest = tuple(ticket for ticket in situation.waiting if ticket != gone)
    after = policy.choose(name, dataclasses.replace(situation, waiting=rest), 1)
    assert after is not None
    assert (after.ticket, after.rule) == (choice.ticket, choice.rule)


@given(situations())
def test_fifo_calls_the_earliest_arrival(situation: Situation) -> None:
    choice = policy.choose("fifo", situation, 1)
    assume(choice is not None)
    assert choice is not None
    first = min((ticket.arrival, ticket.id) for ticket in _candidates(situation))
    assert (choice.ticket, choice.rule) == (first[1], "arrival")


@given(situations(), POLICIES)
def test_the_calling_order_begins_with_the_call_of_a_counter_for_everything(
    situation: Situation, name: str
) -> None:
    everything = dataclasses.replace(situation.counters[0], services=frozenset(SERVICES))
    hall = dataclasses.replace(situation, counters=(everything, *situation.counters[1:]))
    order, choice = policy.calling_order(name, hall), policy.choose(name, hall, 1)
    assert sorted(order) == sorted(ticket.id for ticket in hall.waiting)
    assert [why.ahead for why in policy.reasons(name, hall).values()] == list(range(len(order)))
    if choice is not None and choice.rule != "priority":
        assert order[0] == choice.ticket


@given(tickets(1), st.integers(0, 10**7))
def test_time_moves_only_late_voters(ticket: Waiting, passed: int) -> None:
    latest = policy.latest_start(ticket)
    due = policy.effective_due(ticket, NOW + passed)
    if latest is None or NOW + passed <= latest or ticket.front:
        assert due == ticket.due
    else:
        assert due == ticket.arrival + (15 if ticket.priority else 60) * MINUTE


@given(st.integers(1, 3600), st.lists(st.integers(0, 7200), max_size=80))
def test_expected_seconds_is_the_formula_rounded(configured: int, finished: list[int]) -> None:
    last = finished[-60:]
    exact = Fraction(10 * configured + sum(last), 10 + len(last)) * Fraction(115, 100)
    e = policy.expected_seconds(configured, finished)
    assert e - Fraction(1, 2) <= exact < e + Fraction(1, 2)
