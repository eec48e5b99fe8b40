"""Which day, which hours, which phase."""

from kiosk.domain.office_day import (
    MINUTE,
    Schedule,
    day_of,
    deadline_of,
    hours_of,
    parse_time,
)
from tests.cast import ZONE, local


def schedule(
    opens: str, closes: str, *, poll_close: str | None = None, polling_day: str | None = None
) -> Schedule:
    return Schedule(
        zone=ZONE,
        opens=parse_time(opens),
        closes=parse_time(closes),
        numbers_before=30,
        day_starts=None,
        poll_close=parse_time(poll_close) if poll_close else None,
        polling_day=polling_day,
    )


def test_a_morning_belongs_to_its_local_date() -> None:
    assert day_of(local("2026-11-27 00:00"), schedule("08:00", "12:00")) == "2026-11-27"
    assert day_of(local("2026-11-26 23:59"), schedule("08:00", "12:00")) == "2026-11-26"


def test_the_small_hours_belong_to_the_evening_before_when_hours_pass_midnight() -> None:
    night = schedule("20:00", "02:00")

    assert day_of(local("2026-11-28 01:30"), night) == "2026-11-27"
    assert hours_of("2026-11-27", night).closes == local("2026-11-28 02:00")
    assert hours_of("2026-11-27", night).ends == local("2026-11-28 04:00")


def test_a_day_can_last_from_midnight_to_midnight() -> None:
    hours = hours_of("2026-11-27", schedule("00:00", "24:00"))

    assert (hours.opens, hours.closes) == (local("2026-11-27 00:00"), local("2026-11-28 00:00"))
    assert hours.numbers_from == hours.opens == hours.starts


def test_numbers_are_given_half_an_hour_before_opening() -> None:
    assert hours_of("2026-11-27", schedule("08:00", "12:00")).numbers_from == local(
        "2026-11-27 07:30"
    )


def test_only_the_polling_day_has_a_poll_close() -> None:
    plan = schedule("08:00", "12:00", poll_close="13:00", polling_day="2026-11-27")

    assert hours_of("2026-11-27", plan).poll_close == local("2026-11-27 13:00")
    assert hours_of("2026-11-28", plan).poll_close is None


def test_the_deadline_leaves_five_minutes_at_the_tps_and_the_way_there() -> None:
    poll_close = local("2026-11-27 13:00")

    assert deadline_of(poll_close, 45) == poll_close - 50 * MINUTE
    assert deadline_of(poll_close, None) == poll_close - 35 * MINUTE
    assert deadline_of(None, 45) is None
