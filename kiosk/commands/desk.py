"""What all work at a counter shares: who may act there, the answer, the deed that can be undone."""

from typing import Any

from kiosk.commands import Answer
from kiosk.domain.actor import SUPERVISOR, Actor
from kiosk.domain.counter import Counter
from kiosk.domain.ticket import Ticket
from kiosk.errors import CounterTaken, Forbidden
from kiosk.store import counters, tickets
from kiosk.store.transaction import Transaction
from kiosk.views import ticket_view


def answer(tx: Transaction, by: Actor, number: int, ticket_id: int | None) -> Answer:
    """What every counter command answers: the ticket it dealt with, and the counter."""
    view = None
    if ticket_id is not None:
        view = ticket_view(tx.db, tickets.get(tx, ticket_id), token=None, for_staff=by.is_staff)
    counter = counters.get(tx, number)
    return {
        "ticket": view,
        "counter": {"number": number, "state": counter.state, "staff": counter.staff},
    }


def require_seat(by: Actor, counter: Counter) -> None:
    """Somebody who does not sit at another counter, or a supervisor. Raises Forbidden."""
    if by.role != SUPERVISOR and by.counter not in (None, counter.number):
        raise Forbidden(counter=counter.number)


def require_operator(by: Actor, counter: Counter) -> None:
    """The person at this counter, or a supervisor. Raises CounterTaken or Forbidden."""
    if by.role == SUPERVISOR:
        return
    require_seat(by, counter)
    if counter.staff is not None and counter.staff != by.name:
        raise CounterTaken(counter=counter.number, staff=counter.staff)


def record_deed(
    tx: Transaction, by: Actor, counter: int, event: str, dealt_with: Ticket, **facts: Any
) -> None:
    """Journal a counter's deed so that it can be undone: the counter remembers its seq."""
    counters.put_back(tx, counter, last_seq=tx.next_seq)
    tx.record(
        event, by, counter=counter, number=dealt_with.number, service=dealt_with.service, **facts
    )
