"""The office day: what the clock does by itself, and what the supervisor does by hand."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from kiosk.commands import Answer, allowed
from kiosk.domain import office_day, ticket
from kiosk.domain.actor import CLOCK, SUPERVISOR, Actor
from kiosk.domain.office_day import BEFORE, CLOSED, NUMBERS, OPEN, SERVING_OUT, Day
from kiosk.domain.settings import schedule_of
from kiosk.errors import Closed, Conflict, DayNotBegun
from kiosk.store import answers, counters, days, hall, segments, services, settings, tickets
from kiosk.store.transaction import Transaction

EVENT_OF_PHASE = {
    NUMBERS: "numbers_started",
    OPEN: "day_opened",
    SERVING_OUT: "numbers_stopped",
    CLOSED: "day_closed",
}


def bring_up_to_date(tx: Transaction) -> None:
    """Start a new day and move its phase as the clock asks. Runs before every command.

    Before the office is set up the hours are nobody's, so the phase stays.
    """
    day = days.last(tx)
    if day is None or tx.now >= day.ends:
        day = _start_day(tx, day)
    tx.day = day.day
    while (phase := office_day.next_phase(day, tx.now)) and services.catalogue(tx):
        day = _enter(tx, day, phase, CLOCK)


def _start_day(tx: Transaction, previous: Day | None) -> Day:
    """A new day. Its first row repeats the whole configuration: a segment stands by itself."""
    values = settings.current(tx)
    name = office_day.day_of(tx.now, schedule_of(values))
    if previous is not None:
        if name <= previous.day:
            return previous
        tx.day = previous.day
        if previous.phase != CLOSED:
            _close(tx, previous, CLOCK)
        segments.close(tx, previous.day)
    tx.day = name
    hours = office_day.hours_of(name, schedule_of(values))
    days.add(
        tx,
        {
            "day": name,
            "phase": BEFORE,
            "held": 0,
            "by_hand": 0,
            "numbers_from": hours.numbers_from,
            "opens": hours.opens,
            "closes": hours.closes,
            "ends": hours.ends,
            "poll_close": hours.poll_close,
            "risk_calls": 0,
            "since": tx.now,
        },
    )
    settings.fill(tx)
    tx.restate("settings", [{"key": key, "value": value} for key, value in values.items()])
    tx.restate("services", [asdict(service) for service in services.catalogue(tx).values()])
    tx.restate("counters", [asdict(counter) for counter in counters.known(tx)])
    tx.record("day_started", CLOCK)
    answers.forget_old(tx)
    oldest = date.fromisoformat(name) - timedelta(days=int(values["purge_after_days"]))
    if purged := segments.purge(tx, oldest.isoformat()):
        tx.record("segments_purged", CLOCK, days=purged)
    return days.current(tx)


def _enter(tx: Transaction, day: Day, phase: str, by: Actor, **fields: Any) -> Day:
    days.change(tx, day.day, phase=phase, since=tx.now, **fields)
    tx.record(EVENT_OF_PHASE[phase], by)
    return days.current(tx)


def _close(tx: Transaction, day: Day, by: Actor) -> list[str]:
    """Expire every open ticket and empty every counter. Returns the expired numbers.

    Nothing of a closed day can be undone: a ticket would come back to life in it.
    """
    expired = []
    for open_ticket in tickets.in_states(tx.db, *ticket.OPEN_STATES):
        tickets.move(tx, open_ticket, ticket.EXPIRED, counter=None, for_counter=None)
        expired.append(open_ticket.number)
    for counter in counters.known(tx):
        if (counter.ticket, counter.last_seq, counter.closes_at) != (None, None, None):
            counters.change(tx, counter, ticket=None, last_seq=None, closes_at=None)
    hall.end_notices(tx)  # what was told to people who waited concerns nobody any more
    days.change(tx, day.day, phase=CLOSED, since=tx.now)
    tx.record("day_closed", by, expired=expired)
    return expired


def _answer(day: Day) -> Answer:
    return {"day": day.day, "phase": day.phase, "held": bool(day.held)}


@allowed(SUPERVISOR)
def open_day(tx: Transaction, by: Actor) -> Answer:
    """Open now, whatever the hour; also reopens a day closed by hand.

    After the closing hour the day then stays open until numbers are stopped by hand.
    """
    day = days.current(tx)
    if day.phase == OPEN and not day.held:
        return _answer(day)
    return _answer(_enter(tx, day, OPEN, by, held=0, by_hand=int(tx.now >= day.closes)))


@allowed(SUPERVISOR)
def hold_day(tx: Transaction, by: Actor) -> Answer:
    """Keep the office from opening at the hour. Raises Conflict once it is open."""
    day = days.current(tx)
    if day.phase not in (BEFORE, NUMBERS):
        raise Conflict(phase=day.phase)
    days.change(tx, day.day, held=1)
    tx.record("day_held", by)
    return _answer(days.current(tx))


@allowed(SUPERVISOR)
def stop_numbers(tx: Transaction, by: Actor) -> Answer:
    """Give no new numbers and serve out. Raises Closed when the day is closed."""
    day = days.current(tx)
    if day.phase == CLOSED:
        raise Closed()
    if day.phase == SERVING_OUT:
        return _answer(day)
    return _answer(_enter(tx, day, SERVING_OUT, by, by_hand=1))


@allowed(SUPERVISOR)
def close_day(tx: Transaction, by: Actor) -> Answer:
    """Close by hand; `expired` lists the numbers that were still open.

    A day that has not begun is not closed: past midnight the clock has closed the one before, and
    whoever means that one must not shut the office for the day to come. Raises DayNotBegun.
    """
    day = days.current(tx)
    if day.phase == BEFORE:
        raise DayNotBegun(day=day.day)
    if day.phase == CLOSED:
        return _answer(day) | {"expired": []}
    expired = _close(tx, day, by)
    return _answer(days.current(tx)) | {"expired": expired}


@allowed(SUPERVISOR)
def confirm_clock(tx: Transaction, by: Actor, *, off_by: int) -> Answer:
    """Journal that a supervisor believes the computer's clock; `off_by` in ms."""
    tx.record("clock_confirmed", by, off_by=off_by)
    return {"off_by": off_by}


def require_calling(tx: Transaction) -> Day:
    """The day, if numbers may be called now. Raises Closed."""
    day = days.current(tx)
    if not day.calls_numbers:
        raise Closed(phase=day.phase)
    return day
