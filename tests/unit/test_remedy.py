"""Which voters will be in time, and what one or two more counters would do."""

import time

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.policy import Waiting
from kiosk.domain.remedy import MINUTE, Bay, outlook, remedies

NOW = 1_795_740_000_000
E = {"biodata": 300, "card": 600}
ALL = frozenset(E)


def voter(id: int, minutes: int | None, service: str = "biodata") -> Waiting:
    """Somebody whose latest start is so many minutes from now; None: no voter."""
    remaining = E[service]
    deadline = None if minutes is None else NOW + minutes * MINUTE + remaining * 1000
    return Waiting(id, service, NOW - 1, NOW + 1, False, deadline, remaining)


def bay(
    number: int, *, busy: int = 0, closes: int | None = None, services: frozenset[str] = ALL
) -> Bay:
    closes_at = None if closes is None else NOW + closes * MINUTE
    return Bay(number, services, NOW + busy * MINUTE, closes_at)


def starts(waiting: list[Waiting], *bays: Bay) -> dict[int, int | None]:
    """Minutes from now at which each begins."""
    return {
        place.ticket: None if place.start is None else (place.start - NOW) // MINUTE
        for place in outlook(waiting, bays, E, NOW)
    }


def test_voters_begin_by_latest_start_one_after_the_other() -> None:
    assert starts([voter(1, 30), voter(2, 10), voter(3, None)], bay(1)) == {2: 0, 1: 5}


def test_who_cannot_begin_in_time_takes_nobodys_place() -> None:
    assert starts([voter(1, 3), voter(2, 4), voter(3, 9)], bay(1)) == {1: 0, 2: None, 3: 5}


def test_a_passed_latest_start_is_not_in_time() -> None:
    assert starts([voter(1, -1)], bay(1)) == {1: None}


def test_a_busy_counter_comes_later_and_a_closing_one_begins_nothing_more() -> None:
    waiting = [voter(1, 60), voter(2, 60), voter(3, 60)]
    assert starts(waiting, bay(1, busy=4, closes=9)) == {1: 4, 2: None, 3: None}


def test_a_counter_that_serves_one_service_only_is_taken_first() -> None:
    only_biodata = bay(1, services=frozenset({"biodata"}))
    assert starts([voter(1, 20), voter(2, 21, "card")], bay(2), only_biodata) == {1: 0, 2: 0}


def test_without_a_counter_nobody_is_in_time() -> None:
    assert starts([voter(1, 20)]) == {1: None}


def test_one_more_counter_until_ten_past_saves_what_can_be_saved() -> None:
    waiting = [voter(n, 20) for n in range(1, 12)]

    one, two = remedies(waiting, [bay(1)], E, NOW)[::-1]

    assert (one.service, one.counters, one.made, one.of) == ("biodata", 1, 10, 11)
    assert one.until == NOW + 25 * MINUTE
    assert (two.counters, two.made, two.until) == (2, 11, NOW + 20 * MINUTE)


def test_nothing_is_proposed_while_all_are_in_time_or_where_nothing_helps() -> None:
    assert remedies([voter(1, 20)], [bay(1)], E, NOW) == []
    assert remedies([voter(1, -5)], [bay(1)], E, NOW) == []


def test_the_service_that_helps_most_comes_first() -> None:
    waiting = [voter(1, 1, "card"), voter(2, 1, "card"), *(voter(n, 3) for n in range(3, 9))]
    services = [remedy.service for remedy in remedies(waiting, [bay(1)], E, NOW)]
    assert services[0] == "biodata"
    assert set(services) == {"biodata", "card"}


codes = st.sampled_from(sorted(E))


@given(
    st.lists(st.tuples(st.integers(-5, 90), codes), max_size=25),
    st.lists(st.tuples(st.integers(0, 20), st.sets(codes, min_size=1)), max_size=4),
)
def test_each_remedy_makes_more_than_without_and_never_more_than_there_are(
    wishes: list[tuple[int, str]], counters: list[tuple[int, set[str]]]
) -> None:
    waiting = [voter(n, minutes, service) for n, (minutes, service) in enumerate(wishes)]
    bays = [bay(n, busy=b, services=frozenset(s)) for n, (b, s) in enumerate(counters, 1)]
    possible = [place for place in outlook(waiting, bays, E, NOW) if place.latest >= NOW]
    made = sum(place.start is not None for place in possible)

    for remedy in remedies(waiting, bays, E, NOW):
        assert made < remedy.made <= remedy.of == len(possible)
        assert remedy.until > NOW


def test_a_rush_of_three_hundred_voters_is_reckoned_within_a_tenth_of_a_second() -> None:
    waiting = [voter(n, n % 60) for n in range(300)]
    bays = [bay(n) for n in range(1, 13)]
    begun = time.thread_time()
    remedies(waiting, bays, E, NOW)
    assert time.thread_time() - begun < 0.1  # of the processor, whatever else it does
