"""The office day: which day a moment belongs to, its hours, and the phase the clock asks for."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BEFORE = "before"
NUMBERS = "numbers"
OPEN = "open"
SERVING_OUT = "serving_out"
CLOSED = "closed"
PHASES = (BEFORE, NUMBERS, OPEN, SERVING_OUT, CLOSED)

MINUTE = 60_000
TPS_MARGIN = 5 * MINUTE  # kept for finding the polling station
DEFAULT_TRAVEL = 30  # minutes to the TPS when nobody knows

ZONE_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


@dataclass(frozen=True, slots=True)
class Schedule:
    """An office's hours as configured: local times as minutes after midnight, 0..1440."""

    zone: str
    opens: int
    closes: int
    numbers_before: int
    day_starts: int | None
    poll_close: int | None
    polling_day: str | None

    @property
    def start_of_day(self) -> int:
        """When a day begins: as configured, else 00:00, or 04:00 for hours past midnight."""
        if self.day_starts is not None:
            return self.day_starts
        return min(max(240, self.closes), self.opens) if self.closes <= self.opens else 0


@dataclass(frozen=True, slots=True)
class Hours:
    """One office day in UTC ms. `poll_close` is None when it is no polling day."""

    day: str
    starts: int
    numbers_from: int
    opens: int
    closes: int
    ends: int
    poll_close: int | None


@dataclass(frozen=True, slots=True)
class Day:
    """One row of `days`. `held`: opening at the hour is held back. `by_hand`: the phase was chosen
    against the clock (opened after the closing hour, or numbers stopped early). Both are 0 or 1.
    `risk_calls` counts the calls made under rule 2."""

    day: str
    phase: str
    held: int
    by_hand: int
    numbers_from: int
    opens: int
    closes: int
    ends: int
    poll_close: int | None
    risk_calls: int
    since: int

    @property
    def takes_numbers(self) -> bool:
        return self.phase in (NUMBERS, OPEN)

    @property
    def calls_numbers(self) -> bool:
        return self.phase in (OPEN, SERVING_OUT)


def parse_time(text: str) -> int:
    """`08:00` -> 480 minutes. `24:00` is the end of the day. Raises ValueError."""
    hours, _, minutes = text.strip().replace(".", ":").partition(":")
    value = int(hours) * 60 + int(minutes or 0)
    if not (0 <= value <= 1440 and 0 <= int(minutes or 0) < 60):
        raise ValueError(text)
    return value


def format_time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _at(day: date, minutes: int, zone: ZoneInfo) -> int:
    local = datetime.combine(day + timedelta(days=minutes // 1440), time(), zone)
    local = local.replace(hour=minutes % 1440 // 60, minute=minutes % 60)
    return int(local.timestamp() * 1000)


def local_time(at: int, zone: str) -> datetime:
    """A UTC ms moment in the office's zone."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(ZoneInfo(zone))


def day_of(now: int, schedule: Schedule) -> str:
    """The office day (ISO date) that `now` belongs to."""
    return (
        (local_time(now, schedule.zone) - timedelta(minutes=schedule.start_of_day))
        .date()
        .isoformat()
    )


def hours_of(day: str, schedule: Schedule) -> Hours:
    """The hours of one office day, also across midnight."""
    zone, local_day = ZoneInfo(schedule.zone), date.fromisoformat(day)
    starts = schedule.start_of_day
    opens = schedule.opens
    closes = schedule.closes if schedule.closes > opens else schedule.closes + 1440
    polling = schedule.poll_close is not None and schedule.polling_day in (None, "", day)
    return Hours(
        day=day,
        starts=_at(local_day, starts, zone),
        numbers_from=_at(local_day, max(starts, opens - schedule.numbers_before), zone),
        opens=_at(local_day, opens, zone),
        closes=_at(local_day, closes, zone),
        ends=_at(local_day, starts + 1440, zone),
        poll_close=_at(local_day, schedule.poll_close, zone)
        if polling and schedule.poll_close is not None
        else None,
    )


def next_phase(day: Day, now: int) -> str | None:
    """The phase the clock asks for next, or None. Closing is by hand and never asked for here.

    Numbers that the clock had stopped go on when the hours were made longer.
    """
    if day.phase in (BEFORE, NUMBERS, OPEN) and now >= day.closes and not day.by_hand:
        return SERVING_OUT
    if day.phase == SERVING_OUT and not day.by_hand and day.numbers_from <= now < day.closes:
        return NUMBERS
    if day.phase == BEFORE and now >= day.numbers_from:
        return NUMBERS
    if day.phase == NUMBERS and now >= day.opens and not day.held:
        return OPEN
    return None


def deadline_of(poll_close: int | None, travel_minutes: int | None) -> int | None:
    """When the document must be in the voter's hand: poll close - 5 min at the TPS - travel.

    Only this moment is stored; the travel time itself is kept nowhere.
    """
    if poll_close is None:
        return None
    travel = DEFAULT_TRAVEL if travel_minutes is None else travel_minutes
    return poll_close - TPS_MARGIN - travel * MINUTE
