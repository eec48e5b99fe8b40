"""The office's time never runs backwards and says when the computer's clock jumps."""

from kiosk.clock import Clock
from tests.cast import FakeTime, local

EIGHT = local("2026-11-27 08:00")
HOUR = 3_600_000


def make() -> tuple[FakeTime, Clock]:
    time = FakeTime(EIGHT)
    return time, Clock(time.wall, time.monotonic)


def test_a_clock_set_back_an_hour_does_not_turn_time_back() -> None:
    time, clock = make()
    time.forward(minutes=10)
    time.set_wall(EIGHT - HOUR)

    assert clock.now() == EIGHT + 600_000
    assert clock.state().alarm
    assert not clock.state().in_doubt


def test_a_jump_forward_of_more_than_an_hour_is_in_doubt_until_confirmed() -> None:
    time, clock = make()
    time.set_wall(EIGHT + 2 * HOUR)

    assert clock.now() == EIGHT
    assert clock.state().in_doubt

    clock.confirm()

    assert clock.now() == EIGHT + 2 * HOUR
    assert not clock.state().in_doubt


def test_a_small_correction_forward_is_followed_in_silence() -> None:
    time, clock = make()
    time.set_wall(EIGHT + 90_000)

    assert clock.now() == EIGHT + 90_000
    assert not clock.state().alarm


def test_a_jump_forward_of_half_an_hour_is_followed_and_shown() -> None:
    time, clock = make()
    time.set_wall(EIGHT + HOUR // 2)

    assert clock.now() == EIGHT + HOUR // 2
    assert clock.state().alarm


def test_after_a_restart_with_the_clock_behind_time_goes_on_from_the_journal() -> None:
    time, clock = make()
    time.set_wall(EIGHT - 24 * HOUR)
    clock = Clock(time.wall, time.monotonic)
    clock.not_before(EIGHT)
    time.forward(seconds=5)

    assert clock.now() == EIGHT + 5_000
    assert clock.state().alarm
