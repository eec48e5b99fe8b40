"""Whatever the hall: everybody who can be served gets a range, ordered and never negative."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain import policy
from kiosk.domain.outlook import Facts, Offer, look_ahead
from kiosk.domain.pace import Pace
from kiosk.domain.policy import MINUTE, OpenCounter, Situation, Waiting

NOW = 10 * 60 * MINUTE
POLL_CLOSE = 13 * 60 * MINUTE
SERVICES = ("a", "b", "c")


@st.composite
def waiting(draw: st.DrawFn, number: int) -> Waiting:
    arrival = NOW - draw(st.integers(0, 180)) * MINUTE
    priority = draw(st.booleans())
    travel = draw(st.sampled_from([None, None, 10, 60, 170]))
    deadline = None if travel is None else POLL_CLOSE - (5 + travel) * MINUTE
    due = policy.due_at(arrival, 3600, priority, deadline, 300)
    held = draw(st.booleans()) and draw(st.booleans())
    return Waiting(
        number, draw(st.sampled_from(SERVICES)), arrival, due, priority, deadline, 300, held
    )


@st.composite
def halls(draw: st.DrawFn) -> Facts:
    people = [draw(waiting(number)) for number in range(1, draw(st.integers(0, 12)) + 1)]
    sets = draw(st.lists(st.sets(st.sampled_from(SERVICES), min_size=1), max_size=4))
    counters = tuple(OpenCounter(n, frozenset(codes), None) for n, codes in enumerate(sets, 1))
    situation = Situation(
        NOW, tuple(people), counters, dict.fromkeys(SERVICES, 345), draw(st.integers(0, 7))
    )
    return Facts(
        policy=draw(st.sampled_from(["slack", "fifo"])),
        situation=situation,
        starts=NOW + draw(st.integers(0, 60)) * MINUTE,
        poll_close=POLL_CLOSE,
        paces={code: Pace(30, 30 * draw(st.floats(0.5, 15))) for code in SERVICES},
        offers={code: Offer(3600, 300) for code in SERVICES},
        steps={1: ("b",)},
        calls_to_go={person.id: 3 for person in people if person.held},
    )


@settings(max_examples=60, deadline=None)
@given(halls())
def test_whoever_can_be_served_gets_a_range(facts: Facts) -> None:
    outlook = look_ahead(facts)

    served = frozenset[str]().union(*(c.services for c in facts.situation.counters))
    expected = {person.id for person in facts.situation.waiting if person.service in served}
    assert set(outlook.tickets) == expected
    assert {kind.service for kind in outlook.newcomers} == served
    for prospect in (*outlook.tickets.values(), *outlook.newcomers.values()):
        assert 0 <= prospect.wait.low <= prospect.wait.high
        assert prospect.wait.low <= prospect.wait.middle
        assert prospect.done.middle >= prospect.wait.middle
        assert prospect.voter_class in (None, "on_time", "tight", "late")
