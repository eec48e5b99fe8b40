"""What people in the hall have to expect: the hall run forward, and the classes of voters."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.domain import policy
from kiosk.domain.evidence import (
    Arrival,
    Turn,
    Visit,
    expected_newcomers,
    leaving,
    paces_now,
    turns,
)
from kiosk.domain.outlook import (
    LATE,
    ON_TIME,
    Back,
    Facts,
    Inflow,
    InHand,
    Kind,
    Offer,
    Outlook,
    look_ahead,
)
from kiosk.domain.pace import Pace
from kiosk.domain.policy import MINUTE, OpenCounter, Situation, Waiting

NOW = 10 * 60 * MINUTE
POLL_CLOSE = 13 * 60 * MINUTE
TURN = 5.0


def ordinary(number: int, service: str = "a", *, minutes_ago: int = 0, **more: Any) -> Waiting:
    arrival = NOW - minutes_ago * MINUTE
    due = policy.due_at(arrival, 3600, False, None, 300)
    return replace(Waiting(number, service, arrival, due, False, None, 300), **more)


def voter(number: int, travel: int, *, minutes_ago: int = 0) -> Waiting:
    arrival, deadline = NOW - minutes_ago * MINUTE, POLL_CLOSE - (5 + travel) * MINUTE
    due = policy.due_at(arrival, 3600, False, deadline, 300)
    return Waiting(number, "a", arrival, due, False, deadline, 300)


def desk(number: int, *services: str, closes_at: int | None = None) -> OpenCounter:
    return OpenCounter(number, frozenset(services or ("a",)), closes_at)


def facts(*waiting: Waiting, counters: tuple[OpenCounter, ...] = (desk(1),), **more: Any) -> Facts:
    services = ("a", "b")
    named: dict[str, Any] = {
        "policy": "slack",
        "situation": Situation(NOW, waiting, counters, dict.fromkeys(services, 345), 0),
        "starts": NOW,
        "poll_close": POLL_CLOSE,
        "paces": {code: Pace(50, 50 * TURN) for code in services},
        "offers": {code: Offer(3600, 300) for code in services},
        "leaving": 0.0,
    }
    return Facts(**(named | more))


def middle(outlook: Outlook, ticket: int) -> float:
    return outlook.tickets[ticket].wait.middle


def test_one_counter_takes_one_after_the_other() -> None:
    outlook = look_ahead(facts(*(ordinary(n, minutes_ago=20 - n) for n in range(1, 5))))

    assert [middle(outlook, n) for n in range(1, 5)] == [1.0, 5.0, 10.0, 15.0]
    assert outlook.newcomers[Kind("a")].wait.middle == 20.0


def test_a_second_counter_halves_the_wait() -> None:
    line = [ordinary(n, minutes_ago=20 - n) for n in range(1, 9)]

    one, two = look_ahead(facts(*line)), look_ahead(facts(*line, counters=(desk(1), desk(2))))

    assert two.newcomers[Kind("a")].wait.middle == one.newcomers[Kind("a")].wait.middle / 2


def test_a_counter_that_closes_leaves_the_rest_to_the_others() -> None:
    line = [ordinary(n, minutes_ago=30 - n) for n in range(1, 11)]
    closing = desk(2, closes_at=NOW + 9 * MINUTE)

    stays = look_ahead(facts(*line, counters=(desk(1), desk(2))))
    goes = look_ahead(facts(*line, counters=(desk(1), closing)))

    assert middle(goes, 10) > middle(stays, 10)
    assert middle(goes, 10) < look_ahead(facts(*line)).tickets[10].wait.middle


def test_nobody_is_told_minutes_for_a_service_without_a_counter() -> None:
    outlook = look_ahead(facts(ordinary(1, "b"), ordinary(2)))

    assert 1 not in outlook.tickets
    assert Kind("b") not in outlook.newcomers
    assert 2 in outlook.tickets


def test_services_that_share_a_counter_share_its_time() -> None:
    line = [ordinary(n, "b", minutes_ago=20) for n in range(1, 5)]

    shared = look_ahead(facts(*line, counters=(desk(1, "a", "b"),)))
    apart = look_ahead(facts(*line, counters=(desk(1, "a"), desk(2, "b"))))

    assert shared.newcomers[Kind("a")].wait.middle == 20.0
    assert apart.newcomers[Kind("a")].wait.middle == 1.0


def test_priority_waits_less_and_a_voter_too() -> None:
    line = [ordinary(n, minutes_ago=10) for n in range(1, 13)]
    newcomers = look_ahead(facts(*line)).newcomers

    ordinary_wait = newcomers[Kind("a")].wait.middle
    assert newcomers[Kind("a", True)].wait.middle < ordinary_wait
    assert newcomers[Kind("a", False, 30)].wait.middle < ordinary_wait


def test_a_free_counter_calls_within_minutes_and_not_in_none() -> None:
    assert look_ahead(facts()).newcomers[Kind("a")].wait.whole == (0, 3)


def test_the_ticket_in_hand_is_finished_first() -> None:
    begun = {1: InHand("a", NOW - 2 * MINUTE)}
    outlook = look_ahead(facts(ordinary(1), in_hand=begun))

    assert middle(outlook, 1) == pytest.approx(3.0)


def test_a_service_that_has_lasted_long_lasts_on() -> None:
    begun = {1: InHand("a", NOW - 60 * MINUTE)}
    assert 0 < middle(look_ahead(facts(ordinary(1), in_hand=begun)), 1) < TURN


def test_before_opening_the_wait_begins_at_the_hour() -> None:
    outlook = look_ahead(facts(ordinary(1), ordinary(2), starts=NOW + 30 * MINUTE))

    assert outlook.tickets[1].wait.low >= 30
    assert middle(outlook, 2) == 35.0


def test_newcomers_who_go_before_are_expected() -> None:
    line = [ordinary(n, minutes_ago=1) for n in range(1, 25)]
    voters = Inflow((Kind("a", False, 30),), 0.1, NOW + 120 * MINUTE)

    alone, crowded = look_ahead(facts(*line)), look_ahead(facts(*line, inflow=voters))

    assert middle(crowded, 24) > middle(alone, 24) + 10


def test_a_parked_ticket_comes_first_when_it_is_due_back() -> None:
    line = [ordinary(n, minutes_ago=30) for n in range(1, 9)]
    parked = Back(ordinary(20, minutes_ago=5), NOW + 12 * MINUTE, True)

    outlook = look_ahead(facts(*line, back=(parked,)))

    assert middle(outlook, 20) == 15.0


def test_a_suspended_ticket_waits_until_its_service_is_back() -> None:
    back = Back(ordinary(20, minutes_ago=90), NOW + 40 * MINUTE, False)
    outlook = look_ahead(facts(ordinary(1), back=(back,)))

    assert outlook.tickets[20].wait.low >= 40


def test_somebody_who_came_back_lets_a_few_go_first() -> None:
    line = [ordinary(n, minutes_ago=10) for n in range(1, 7)]
    returned = ordinary(9, minutes_ago=50, held=True)

    outlook = look_ahead(facts(*line, returned, calls_to_go={9: 3}))

    assert middle(outlook, 9) == 15.0


def test_a_journey_is_done_after_its_last_step() -> None:
    outlook = look_ahead(
        facts(ordinary(1), counters=(desk(1, "a"), desk(2, "b")), steps={1: ("b",)})
    )

    assert outlook.tickets[1].done.middle == pytest.approx(10.0)


def test_a_next_step_at_the_same_counter_keeps_it_busy() -> None:
    line = (ordinary(1, minutes_ago=5), ordinary(2))
    outlook = look_ahead(facts(*line, counters=(desk(1, "a", "b"),), steps={1: ("b",)}))

    assert middle(outlook, 2) == 10.0


def test_a_ticket_for_one_counter_waits_for_that_one() -> None:
    hall = facts(
        ordinary(1),
        counters=(desk(1), desk(2)),
        in_hand={2: InHand("a", NOW - 1 * MINUTE)},
    )

    assert middle(look_ahead(hall), 1) == 1.0
    assert middle(look_ahead(replace(hall, counters={1: 2})), 1) == pytest.approx(4.0)


def test_a_voter_with_time_is_on_time_though_the_line_is_long() -> None:
    line = [ordinary(n, minutes_ago=59) for n in range(1, 50)]
    newcomers = look_ahead(facts(*line, counters=(desk(1), desk(2)))).newcomers

    assert newcomers[Kind("a", False, 30)].voter_class == ON_TIME
    assert newcomers[Kind("a")].voter_class is None


def test_a_voter_whose_way_is_too_long_is_too_late() -> None:
    late = facts(poll_close=NOW + 60 * MINUTE)
    newcomers = look_ahead(late).newcomers

    assert newcomers[Kind("a", False, 15)].voter_class == ON_TIME
    assert newcomers[Kind("a", False, 90)].voter_class == LATE


def test_more_voters_than_can_be_served_makes_it_tight_or_late() -> None:
    line = [voter(n, 30, minutes_ago=30) for n in range(1, 60)]
    newcomers = look_ahead(facts(*line)).newcomers

    assert newcomers[Kind("a", False, 30)].voter_class != ON_TIME


def test_under_fifo_a_voter_is_not_put_first() -> None:
    line = [ordinary(n, minutes_ago=59) for n in range(1, 50)]
    newcomers = look_ahead(facts(*line, policy="fifo")).newcomers

    assert newcomers[Kind("a", False, 30)].voter_class != ON_TIME


def test_a_way_between_two_takes_the_longer_one() -> None:
    outlook = look_ahead(facts())

    assert outlook.newcomer(Kind("a", False, 20)) == outlook.newcomers[Kind("a", False, 30)]


def test_a_gap_with_somebody_waiting_is_part_of_the_turn_and_a_pause_is_not() -> None:
    visits = [
        Visit("a", 1, 0, 10 * MINUTE, 15 * MINUTE),
        Visit("a", 1, 5 * MINUTE, 17 * MINUTE, 20 * MINUTE),  # had waited: 2 min of gap count
        Visit("a", 1, 30 * MINUTE, 31 * MINUTE, 34 * MINUTE),  # came later: the counter was idle
        Visit("a", 1, 20 * MINUTE, 60 * MINUTE, 61 * MINUTE),  # a pause
    ]

    assert [turn.minutes for turn in turns(visits)] == [7.0, 3.0, 3.0, 1.0]


def test_a_slow_day_of_one_service_slows_the_other() -> None:
    today = [Turn("a", 10.0, NOW) for _ in range(60)]
    paces = paces_now({"a": 5.0, "b": 5.0}, [], today, NOW)

    assert 9 < paces["a"].turn < 10
    assert 8 < paces["b"].turn < 10


def test_people_who_stay_in_long_lines_are_noticed() -> None:
    assert leaving([], []) == 0.5
    assert leaving([120.0] * 100, []) < 0.1
    assert leaving([120.0] * 30, [120.0] * 50) > 0.8


def test_newcomers_are_expected_at_the_rate_of_lately() -> None:
    came = [Arrival(Kind("a"), NOW - n * MINUTE) for n in range(44, -1, -1)]
    inflow = expected_newcomers(
        came, now=NOW, opens=NOW - 120 * MINUTE, until=NOW + 60 * MINUTE, capacity=0.2
    )

    assert inflow is not None
    assert 0.7 < inflow.rate < 1.0
    assert not expected_newcomers(came, now=NOW, opens=0, until=NOW, capacity=1)
