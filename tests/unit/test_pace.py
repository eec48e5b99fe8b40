"""How fast a line moves, and the range that follows."""

from kiosk.domain import pace
from kiosk.domain.forecast import Range, wait_behind
from kiosk.domain.pace import NOTHING, Pace, present, prior


def test_before_the_first_call_the_configured_time_counts() -> None:
    known = prior(5.0, [])

    assert known.turn == 5.0
    assert known.calls == pace.PRIOR_CALLS


def test_many_past_days_outweigh_the_configured_time() -> None:
    known = prior(5.0, [Pace(200, 1600)] * 5)

    assert 7.8 < known.turn < 8.0
    assert known.calls == pace.PRIOR_CALLS


def test_yesterday_counts_more_than_last_week() -> None:
    slow, fast = Pace(100, 800), Pace(100, 400)

    assert prior(5.0, [slow, fast]).turn < prior(5.0, [fast, slow]).turn


def test_a_day_of_calls_outweighs_what_was_known_before() -> None:
    known = prior(4.0, []).plus(Pace(60, 480))

    assert 7.0 < known.turn < 8.0


def test_what_happened_long_ago_fades_without_changing_its_turn() -> None:
    today = Pace(10, 50).faded(pace.HALF_LIFE)

    assert today == Pace(5, 25)


def test_who_has_waited_for_hours_has_often_left() -> None:
    assert present(0) == 1
    assert present(60) > present(120) > present(600) > pace.ABSENT_WORK


def test_nobody_ahead_may_be_called_at_once() -> None:
    low, high = wait_behind(prior(5.0, []), []).whole

    assert low == 0
    assert 5 <= high <= 15


def test_calling_that_has_not_begun_comes_on_top_of_the_wait() -> None:
    pace_known = prior(5.0, [])
    now, later = wait_behind(pace_known, [0.0] * 3), wait_behind(pace_known, [0.0] * 3, 30)

    assert 25 < later.middle - now.middle <= 30
    assert later.low > 30


def test_more_calls_make_the_range_narrower() -> None:
    few, many = Pace(8, 40), Pace(80, 400)

    wide, narrow = wait_behind(few, [5.0] * 20), wait_behind(many, [5.0] * 20)

    assert wide.middle == narrow.middle
    assert narrow.high - narrow.low < wide.high - wide.low


def test_a_range_of_whole_minutes_is_rounded_outwards() -> None:
    assert Range(3.9, 5.0, 7.1).whole == (3, 8)


def test_nothing_adds_nothing() -> None:
    assert NOTHING.plus(Pace(3, 4)) == Pace(3, 4)
