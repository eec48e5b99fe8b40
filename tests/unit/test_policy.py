"""The rules of docs/policy.md, one by one, on mornings small enough to check by hand."""

import dataclasses
from collections.abc import Sequence

import pytest

from kiosk.domain import policy
from kiosk.domain.policy import Choice, OpenCounter, Situation, Waiting

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE

EIGHT = 1_732_665_600_000
TEN = EIGHT + 2 * HOUR

LOKET_1 = OpenCounter(1, frozenset("A"), None)
LOKET_2 = OpenCounter(2, frozenset("A"), None)
LOKET_3 = OpenCounter(3, frozenset("B"), None)


def ordinary(id: int, arrival: int, service: str = "A", **changes: object) -> Waiting:
    return _ticket(id, service, arrival, False, None, changes)


def priority(id: int, arrival: int, service: str = "A", **changes: object) -> Waiting:
    return _ticket(id, service, arrival, True, None, changes)


def voter(id: int, arrival: int, latest: int, service: str = "A", **changes: object) -> Waiting:
    """A voter of a 5-minute service whose latest start is `latest`."""
    return _ticket(id, service, arrival, False, latest + 5 * MINUTE, changes)


def priority_voter(id: int, arrival: int, latest: int, **changes: object) -> Waiting:
    return _ticket(id, "A", arrival, True, latest + 5 * MINUTE, changes)


def _ticket(
    id: int,
    service: str,
    arrival: int,
    first: bool,
    deadline: int | None,
    changes: dict[str, object],
) -> Waiting:
    due = policy.due_at(arrival, 3600, first, deadline, 300)
    ticket = Waiting(id, service, arrival, due, first, deadline, 300)
    return dataclasses.replace(ticket, **changes)  # type: ignore[arg-type]


def at(
    now: int,
    *waiting: Waiting,
    counters: Sequence[OpenCounter] = (LOKET_1,),
    e: int = 300,
    risk_calls: int = 0,
) -> Situation:
    return Situation(now, waiting, tuple(counters), {"A": e, "B": e, "C": e}, risk_calls)


def called(situation: Situation, counter: int = 1, name: str = "slack") -> Choice:
    choice = policy.choose(name, situation, counter)
    assert choice is not None
    return choice


# --- due times ---------------------------------------------------------------------------------


def test_an_ordinary_ticket_is_due_after_its_services_target() -> None:
    assert policy.due_at(TEN, 3600, False, None, 300) == TEN + HOUR
    assert policy.due_at(TEN, 1200, False, None, 300) == TEN + 20 * MINUTE


def test_a_priority_ticket_is_due_after_15_minutes_whatever_the_target() -> None:
    assert policy.due_at(TEN, 3600, True, None, 300) == TEN + 15 * MINUTE
    assert policy.due_at(TEN, 300, True, None, 300) == TEN + 15 * MINUTE


def test_a_voter_is_due_after_30_minutes_or_at_the_latest_start() -> None:
    far, near = TEN + 2 * HOUR, TEN + 25 * MINUTE
    assert policy.due_at(TEN, 3600, False, far, 300) == TEN + 30 * MINUTE
    assert policy.due_at(TEN, 3600, False, near, 300) == TEN + 20 * MINUTE


def test_a_voter_with_priority_is_due_at_the_earliest_of_both() -> None:
    assert policy.due_at(TEN, 3600, True, TEN + 2 * HOUR, 300) == TEN + 15 * MINUTE
    assert policy.due_at(TEN, 3600, True, TEN + 15 * MINUTE, 300) == TEN + 10 * MINUTE


def test_the_latest_start_leaves_time_for_all_remaining_steps() -> None:
    two_steps = voter(1, EIGHT, TEN, deadline=TEN + HOUR, remaining=900)
    assert policy.latest_start(two_steps) == TEN + 45 * MINUTE
    assert policy.latest_start(ordinary(2, EIGHT)) is None


def test_a_voter_is_in_time_at_the_latest_start_and_late_just_after() -> None:
    ticket = voter(1, TEN, TEN + 20 * MINUTE)
    assert policy.effective_due(ticket, TEN + 20 * MINUTE) == TEN + 20 * MINUTE
    assert policy.effective_due(ticket, TEN + 20 * MINUTE + 1) == TEN + HOUR


def test_a_late_voter_with_priority_keeps_priority() -> None:
    ticket = priority_voter(1, TEN, TEN + 5 * MINUTE)
    assert policy.effective_due(ticket, TEN + 6 * MINUTE) == TEN + 15 * MINUTE


def test_a_ticket_put_in_front_keeps_its_place_when_its_latest_start_passes() -> None:
    ticket = voter(1, TEN, TEN + 5 * MINUTE, due=TEN + MINUTE, front=True)
    assert policy.effective_due(ticket, TEN + 6 * MINUTE) == TEN + MINUTE


# --- expected service time ---------------------------------------------------------------------


def test_before_anybody_finished_the_configured_time_counts() -> None:
    assert policy.expected_seconds(300, []) == 345


def test_the_configured_time_weighs_as_much_as_ten_services() -> None:
    assert policy.expected_seconds(300, [600] * 10) == 518  # 450 x 1.15 = 517.5


def test_only_the_last_60_finished_count() -> None:
    assert policy.expected_seconds(300, [9_999] * 5 + [240] * 60) == 286  # 248.57 x 1.15 = 285.86


def test_expected_seconds_are_rounded_to_the_nearest() -> None:
    assert policy.expected_seconds(101, []) == 116  # 116.15
    assert policy.expected_seconds(105, []) == 121  # 120.75
    assert policy.expected_seconds(110, []) == 127  # 126.5


# --- rule 1: the earliest due ------------------------------------------------------------------


def test_the_earliest_due_is_called() -> None:
    situation = at(
        TEN, ordinary(1, TEN - 50 * MINUTE), priority(2, TEN - 2 * MINUTE), ordinary(3, TEN - HOUR)
    )
    assert called(situation) == Choice(ticket=3, rule="due", due=TEN, candidates=3)


def test_priority_goes_before_ordinary_people_who_came_less_than_45_minutes_earlier() -> None:
    situation = at(TEN, ordinary(1, TEN - 44 * MINUTE), priority(2, TEN))
    assert called(situation).ticket == 2


def test_equal_dues_go_by_arrival_then_by_number_of_issue() -> None:
    by_arrival = at(TEN, priority(1, TEN), ordinary(2, TEN - 45 * MINUTE))
    by_issue = at(TEN, ordinary(4, EIGHT), ordinary(3, EIGHT))
    assert called(by_arrival).ticket == 2
    assert called(by_issue).ticket == 3


def test_a_counter_calls_only_for_its_own_services() -> None:
    situation = at(TEN, ordinary(1, EIGHT, "A"), ordinary(2, TEN, "B"), counters=(LOKET_1, LOKET_3))
    assert called(situation, counter=3) == Choice(2, "due", TEN + HOUR, candidates=1)


def test_nobody_waiting_for_the_counter_is_no_choice() -> None:
    situation = at(TEN, ordinary(1, EIGHT, "A"), counters=(LOKET_1, LOKET_3))
    assert policy.choose("slack", situation, 3) is None
    assert policy.choose("fifo", situation, 3) is None


def test_a_ticket_put_in_front_goes_before_those_who_are_not_due_yet() -> None:
    moved = ordinary(2, TEN - MINUTE, due=TEN, front=True)
    situation = at(TEN + MINUTE, ordinary(1, TEN - 55 * MINUTE), moved)
    assert called(situation).ticket == 2


# --- rule 2: voters at risk --------------------------------------------------------------------


def test_a_voter_is_at_risk_one_millisecond_after_the_last_safe_moment() -> None:
    # One counter: expected at now + 15 min + 3 x 5 min.
    safe = at(TEN, voter(1, TEN, TEN + 30 * MINUTE))
    threatened = at(TEN, voter(1, TEN, TEN + 30 * MINUTE - 1))
    assert policy.at_risk(safe) == frozenset()
    assert policy.at_risk(threatened) == {1}


def test_a_voter_at_risk_goes_before_everybody_due_earlier() -> None:
    situation = at(TEN, ordinary(1, EIGHT), voter(2, TEN, TEN + 20 * MINUTE))
    assert called(situation) == Choice(2, "risk", TEN + 20 * MINUTE, candidates=2)


def test_one_who_would_be_late_puts_the_whole_line_at_risk() -> None:
    # Two counters: the j-th by latest start is expected at 15 + 7.5 j minutes.
    counters = (LOKET_1, LOKET_2)
    line = [voter(i, TEN, TEN + m * MINUTE) for i, m in ((1, 40), (2, 35), (3, 38))]
    misses = voter(4, TEN, TEN + 44 * MINUTE)  # the fourth, expected at 45
    assert policy.at_risk(at(TEN, *line, counters=counters)) == frozenset()
    assert policy.at_risk(at(TEN, *line, misses, counters=counters)) == {1, 2, 3, 4}
    assert called(at(TEN, ordinary(9, EIGHT), *line, misses, counters=counters)).ticket == 2


def test_equal_latest_starts_at_risk_go_by_arrival_then_by_number_of_issue() -> None:
    latest = TEN + 10 * MINUTE
    by_arrival = at(TEN, voter(1, TEN - MINUTE, latest), voter(2, TEN - HOUR, latest))
    by_issue = at(TEN, voter(4, EIGHT, latest), voter(3, EIGHT, latest))
    assert called(by_arrival).ticket == 2
    assert called(by_issue).ticket == 3


def test_a_voter_whose_latest_start_has_passed_is_not_rescued_and_delays_nobody() -> None:
    late = voter(1, TEN - HOUR, TEN - 1)
    safe = voter(2, TEN, TEN + 30 * MINUTE)
    situation = at(TEN, late, safe)
    assert policy.at_risk(situation) == frozenset()
    assert called(situation) == Choice(1, "due", TEN, candidates=2)


def test_a_voter_is_rescued_up_to_the_latest_start_itself() -> None:
    now_or_never = at(TEN, voter(1, TEN - HOUR, TEN))
    assert policy.at_risk(now_or_never) == {1}
    assert policy.reason("slack", now_or_never, 1).rule == "risk"


def test_a_busy_counter_counts_and_one_that_closes_within_the_hour_does_not() -> None:
    line = voter(1, TEN, TEN + 25 * MINUTE)  # safe with two counters, not with one
    within = dataclasses.replace(LOKET_2, closes_at=TEN + HOUR)
    after = dataclasses.replace(LOKET_2, closes_at=TEN + HOUR + 1)
    assert policy.at_risk(at(TEN, line, counters=(LOKET_1, LOKET_2))) == frozenset()
    assert policy.at_risk(at(TEN, line, counters=(LOKET_1, after))) == frozenset()
    assert policy.at_risk(at(TEN, line, counters=(LOKET_1, within))) == {1}


def test_at_least_one_counter_is_counted() -> None:
    closing = dataclasses.replace(LOKET_1, closes_at=TEN + MINUTE)
    safe = voter(1, TEN, TEN + 30 * MINUTE)
    assert policy.at_risk(at(TEN, safe, counters=(closing,))) == frozenset()
    assert policy.at_risk(at(TEN, safe, counters=())) == frozenset()


def test_a_service_short_of_counters_is_at_risk_beside_one_that_is_not() -> None:
    both = OpenCounter(2, frozenset("AB"), None)
    counters = (LOKET_1, both, dataclasses.replace(LOKET_1, number=4))
    at_a = voter(1, TEN, TEN + 28 * MINUTE, "A")  # three counters: expected at 20 min
    at_b = voter(2, TEN, TEN + 29 * MINUTE, "B")  # one counter: expected at 30 min
    situation = at(TEN, at_a, at_b, counters=counters)
    assert policy.at_risk(situation) == {2}
    assert called(situation, counter=2).ticket == 2
    assert called(situation, counter=1).rule == "due"


def test_services_safe_alone_are_at_risk_together_when_they_share_their_counters() -> None:
    counters = (OpenCounter(1, frozenset("AB"), None), OpenCounter(2, frozenset("AB"), None))
    at_a = [voter(i, TEN, TEN + 35 * MINUTE, "A") for i in (1, 2)]
    at_b = [voter(i, TEN, TEN + 35 * MINUTE, "B") for i in (3, 4)]
    assert policy.at_risk(at(TEN, *at_a, counters=counters)) == frozenset()
    assert policy.at_risk(at(TEN, *at_b, counters=counters)) == frozenset()
    assert policy.at_risk(at(TEN, *at_a, *at_b, counters=counters)) == {1, 2, 3, 4}


def test_a_longer_expected_service_puts_voters_at_risk() -> None:
    line = voter(1, TEN, TEN + 30 * MINUTE)
    assert policy.at_risk(at(TEN, line, e=300)) == frozenset()
    assert policy.at_risk(at(TEN, line, e=301)) == {1}


# --- rule 3: every fourth call, and red --------------------------------------------------------

OVERDUE = priority(8, TEN - HOUR)
TIGHT = voter(1, TEN, TEN + 29 * MINUTE)  # at risk; red begins under 10 + 2 x 5 min


@pytest.mark.parametrize(
    ("risk_calls", "rule"),
    [(0, "risk"), (1, "risk"), (2, "risk"), (3, "priority"), (4, "risk"), (7, "priority")],
)
def test_every_fourth_call_for_voters_at_risk_goes_to_priority(risk_calls: int, rule: str) -> None:
    choice = called(at(TEN, OVERDUE, TIGHT, risk_calls=risk_calls))
    assert (choice.rule, choice.ticket) == (rule, 8 if rule == "priority" else 1)


def test_the_priority_turn_goes_to_the_longest_overdue() -> None:
    situation = at(TEN, priority(7, TEN - 20 * MINUTE), OVERDUE, TIGHT, risk_calls=3)
    assert called(situation) == Choice(8, "priority", TEN - 45 * MINUTE, candidates=3)


def test_the_priority_turn_needs_somebody_overdue_whom_the_counter_serves() -> None:
    no_priority = ordinary(6, EIGHT - HOUR)
    just_due = priority(7, TEN - 15 * MINUTE)
    elsewhere = dataclasses.replace(OVERDUE, service="B")
    absent = dataclasses.replace(OVERDUE, held=True)
    situation = at(
        TEN,
        *(no_priority, just_due, elsewhere, absent, TIGHT),
        counters=(LOKET_1, LOKET_3),
        risk_calls=3,
    )
    assert called(situation).rule == "risk"


def test_a_voter_with_priority_may_have_the_priority_turn() -> None:
    late = priority_voter(7, TEN - 2 * HOUR, TEN - MINUTE)
    assert called(at(TEN, late, OVERDUE, TIGHT, risk_calls=3)).ticket == 7


def test_red_takes_the_priority_turn_back() -> None:
    last_moment = voter(1, TEN, TEN + 20 * MINUTE)  # expected at exactly 10 + 2 x 5 min
    red = voter(1, TEN, TEN + 20 * MINUTE - 1)
    assert called(at(TEN, OVERDUE, last_moment, risk_calls=3)).rule == "priority"
    assert called(at(TEN, OVERDUE, red, risk_calls=3)).rule == "risk"


def test_red_at_a_service_of_another_counter_leaves_the_priority_turn() -> None:
    red_elsewhere = voter(2, TEN, TEN + 12 * MINUTE, "B")
    situation = at(TEN, OVERDUE, TIGHT, red_elsewhere, counters=(LOKET_1, LOKET_3), risk_calls=3)
    assert called(situation).rule == "priority"


def test_the_priority_turn_waits_for_voters_at_risk() -> None:
    situation = at(TEN, ordinary(1, EIGHT), OVERDUE, risk_calls=3)
    assert called(situation).rule == "due"


# --- held --------------------------------------------------------------------------------------


def test_a_held_ticket_is_called_only_when_nobody_else_waits_for_the_counter() -> None:
    back = ordinary(1, EIGHT, held=True)
    with_others = at(TEN, back, ordinary(2, TEN))
    elsewhere = at(TEN, back, ordinary(2, TEN, "B"), counters=(LOKET_1, LOKET_3))
    assert called(with_others) == Choice(2, "due", TEN + HOUR, candidates=1)
    assert called(elsewhere) == Choice(1, "due", EIGHT + HOUR, candidates=1)


def test_a_held_voter_is_not_rescued_and_delays_nobody() -> None:
    back = voter(1, EIGHT, TEN + MINUTE, held=True)
    situation = at(TEN, back, voter(2, TEN, TEN + 30 * MINUTE))
    assert policy.at_risk(situation) == frozenset()
    assert called(at(TEN, back)) == Choice(1, "due", EIGHT + 30 * MINUTE, candidates=1)


# --- fifo and arguments ------------------------------------------------------------------------


def test_fifo_calls_by_arrival_whoever_waits() -> None:
    situation = at(TEN, ordinary(2, EIGHT), OVERDUE, TIGHT, ordinary(1, EIGHT))
    assert called(situation, name="fifo") == Choice(1, "arrival", EIGHT + HOUR, candidates=4)


def test_an_unknown_policy_or_a_closed_counter_is_refused() -> None:
    situation = at(TEN, ordinary(1, EIGHT))
    with pytest.raises(ValueError, match="unknown policy"):
        policy.choose("lottery", situation, 1)
    with pytest.raises(ValueError, match="not open"):
        policy.choose("slack", situation, 7)


# --- order and reasons -------------------------------------------------------------------------

HALL = at(
    TEN,
    ordinary(1, EIGHT),
    voter(2, TEN, TEN + 20 * MINUTE),
    priority(3, TEN),
    ordinary(4, EIGHT, held=True),
    voter(5, TEN, TEN + 10 * MINUTE),
    voter(6, TEN - 2 * HOUR - MINUTE, TEN - MINUTE),
    ordinary(7, TEN - MINUTE, due=TEN, front=True),
)


def test_the_calling_order_is_risk_then_due_then_held() -> None:
    assert policy.calling_order("slack", HALL) == [5, 2, 6, 1, 7, 3, 4]


def test_the_calling_order_of_fifo_is_by_arrival_then_held() -> None:
    assert policy.calling_order("fifo", HALL) == [6, 1, 7, 2, 3, 5, 4]


def test_each_reason_says_the_rule_and_the_numbers() -> None:
    why = policy.reasons("slack", HALL)
    assert list(why) == policy.calling_order("slack", HALL)
    assert why[5] == policy.Reason("risk", TEN + 10 * MINUTE, TEN + 10 * MINUTE, ahead=0)
    assert why[6] == policy.Reason("late", TEN - HOUR - MINUTE, TEN - MINUTE, ahead=2)
    assert why[1] == policy.Reason("due", EIGHT + HOUR, None, ahead=3)
    assert why[7] == policy.Reason("front", TEN, None, ahead=4)
    assert why[4] == policy.Reason("held", EIGHT + HOUR, None, ahead=6)


def test_the_reason_of_priority_shows_in_its_due_time_alone() -> None:
    assert policy.reason("slack", HALL, 3) == policy.Reason("due", TEN + 15 * MINUTE, None, 5)


def test_the_reason_of_fifo_is_arrival_or_held() -> None:
    assert policy.reason("fifo", HALL, 5).rule == "arrival"
    assert policy.reason("fifo", HALL, 4).rule == "held"


def test_a_ticket_that_does_not_wait_has_no_reason() -> None:
    with pytest.raises(KeyError):
        policy.reason("slack", HALL, 99)
