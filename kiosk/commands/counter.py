"""A counter itself: open and close it, plan its closing, change its operator."""

from kiosk.commands import Answer, allowed
from kiosk.commands.desk import answer, require_operator, require_seat
from kiosk.domain import counter as counter_states
from kiosk.domain import ticket
from kiosk.domain.actor import COUNTER, SUPERVISOR, Actor
from kiosk.domain.counter import Counter
from kiosk.errors import Invalid, UnknownStaff
from kiosk.store import counters, days, services, tickets
from kiosk.store.transaction import Transaction


@allowed(COUNTER, SUPERVISOR)
def open_counter(
    tx: Transaction,
    by: Actor,
    *,
    counter: int,
    services_served: list[str] | None = None,
    closes_at: int | None = None,
) -> Answer:
    """Open a counter, or change the services of an open one, whose planned closing then stays.

    Raises CounterTaken, Invalid.
    """
    found = counters.get(tx, counter)
    require_operator(by, found)
    _require_to_come(tx, closes_at)
    planned = found.closes_at if found.closes_at and found.closes_at > tx.now else None
    codes = found.services
    if services_served is not None:
        codes = ",".join(services.get(tx, code).code for code in dict.fromkeys(services_served))
    if not codes:
        raise Invalid(field="services", problem="is missing")
    counters.change(
        tx, found, state=counter_states.OPEN, services=codes, staff=found.staff or by.name,
        closes_at=planned if closes_at is None else closes_at, since=tx.now, last_seq=None,
    )  # fmt: skip
    tickets.release(tx, counter, frozenset(codes.split(",")))
    tx.record("counter_opened", by, counter=counter)
    return answer(tx, by, counter, found.ticket)


@allowed(COUNTER, SUPERVISOR)
def close_counter(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """Close a counter whose hand is empty. Tickets meant for it go back to everybody's line, and
    what it had parked for itself may be resumed anywhere."""
    found = counters.get_free(tx, counter)
    require_operator(by, found)
    tickets.release(tx, counter, frozenset())
    for parked in tickets.in_states(tx.db, ticket.PARKED, day=tx.day):
        if parked.owner == f"counter:{counter}":
            tickets.move(tx, parked, ticket.PARKED, owner="service")
    counters.change(
        tx, found, state=counter_states.CLOSED, staff=None, closes_at=None, since=tx.now,
        last_seq=None,
    )  # fmt: skip
    tx.record("counter_closed", by, counter=counter)
    return answer(tx, by, counter, None)


@allowed(COUNTER, SUPERVISOR)
def plan_closing(tx: Transaction, by: Actor, *, counter: int, closes_at: int | None) -> Answer:
    """Say when an open counter will close (UTC ms, today) or that it will not; the policy uses it.

    Raises Invalid.
    """
    found = counters.get_open(tx, counter)
    require_operator(by, found)
    _require_to_come(tx, closes_at)
    counters.change(tx, found, closes_at=closes_at)
    tx.record("counter_closing_planned", by, counter=counter, closes_at=closes_at)
    return answer(tx, by, counter, found.ticket)


@allowed(COUNTER, SUPERVISOR)
def hand_over(tx: Transaction, by: Actor, *, counter: int, to: str) -> Answer:
    """The operator passes the counter on; the ticket in hand stays. Raises UnknownStaff."""
    found = counters.get_open(tx, counter)
    require_operator(by, found)
    if tx.one("SELECT 1 FROM staff WHERE label = ? AND active = 1", to) is None:
        raise UnknownStaff(label=to)
    return _new_operator(tx, by, found, to)


@allowed(COUNTER, SUPERVISOR)
def take_over(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """The incoming person takes a counter whose operator has gone; the ticket in hand stays."""
    found = counters.get_open(tx, counter)
    require_seat(by, found)
    return _new_operator(tx, by, found, by.name)


def _require_to_come(tx: Transaction, closes_at: int | None) -> None:
    if closes_at is None:
        return
    if closes_at < tx.now:
        raise Invalid(field="closes_at", problem="is in the past")
    if closes_at > days.current(tx).ends:
        raise Invalid(field="closes_at", problem="is after the end of the day")


def _new_operator(tx: Transaction, by: Actor, found: Counter, staff: str) -> Answer:
    counters.change(tx, found, staff=staff, last_seq=None)
    tx.record("counter_handed_over", by, counter=found.number, **{"from": found.staff, "to": staff})
    return answer(tx, by, found.number, found.ticket)
