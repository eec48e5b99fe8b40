"""Ending a visit or passing the ticket on: finish, next step, park and resume, transfer."""

from typing import Any

from kiosk.commands import Answer, allowed, stock
from kiosk.commands.calling import call, call_next
from kiosk.commands.day import require_calling
from kiosk.commands.desk import answer, record_deed, require_operator
from kiosk.domain import policy, ticket
from kiosk.domain.actor import COUNTER, SUPERVISOR, Actor
from kiosk.domain.office_day import MINUTE
from kiosk.domain.service import SUSPENDED
from kiosk.domain.ticket import Ticket
from kiosk.errors import Closed, Invalid, NobodyServes, NotForThisCounter, QueueEmpty
from kiosk.store import counters, services, tickets
from kiosk.store.transaction import Transaction


def _end_visit(tx: Transaction, held: Ticket, counter: int, outcome: str) -> None:
    """Note how long the step kept the counter: from call to end, parked time left out."""
    tx.insert(
        "visits",
        {
            "id": tx.next_seq,
            "day": tx.day,
            "ticket": held.id,
            "service": held.service,
            "counter": counter,
            "ended_at": tx.now,
            "seconds": (held.worked + time_in_hand(tx, held)) // 1000,
            "outcome": outcome,
            "voided": 0,
        },
    )


def time_in_hand(tx: Transaction, held: Ticket) -> int:
    """ms since this ticket was first called to the counter that holds it."""
    return tx.now - held.first_called_at if held.first_called_at is not None else 0


@allowed(COUNTER, SUPERVISOR)
def finish(
    tx: Transaction,
    by: Actor,
    *,
    counter: int,
    outcome: str = "done",
    blanks: int = 0,
    then_call_next: bool = False,
) -> Answer:
    """Service is over. With then_call_next the next number is called in the same breath.

    When nobody can be called, `next` is null and finishing still counts. blanks: cards used, 0..9.
    """
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "finish")
    if outcome not in ticket.OUTCOMES:
        raise Invalid(field="outcome", problem=", ".join(ticket.OUTCOMES))
    counters.change(tx, found, ticket=None)
    _end_visit(tx, held, counter, outcome)
    tickets.move(
        tx, held, ticket.COMPLETED, outcome=outcome, blanks=held.blanks + blanks, journey=""
    )
    stock.use(tx, blanks)
    record_deed(tx, by, counter, "ticket_finished", held, outcome=outcome, blanks=blanks)
    result = answer(tx, by, counter, held.id)
    if then_call_next:
        try:
            result["next"] = call_next(tx, by, counter=counter)["ticket"]
        except (QueueEmpty, Closed):
            result["next"] = None
    return result


@allowed(COUNTER, SUPERVISOR)
def next_step(tx: Transaction, by: Actor, *, counter: int, blanks: int = 0) -> Answer:
    """The step is done and the journey goes on; a step this counter serves goes straight on."""
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "next_step")
    if not held.steps_to_come:
        raise Invalid(field="journey", problem="is missing")
    step, *later = held.steps_to_come
    target = services.get(tx, step)
    _end_visit(tx, held, counter, "next_step")
    moved: dict[str, Any] = {
        "service": step,
        "journey": ",".join(later),
        "blanks": held.blanks + blanks,
        "worked": 0,
    }
    if found.serves(step) and target.state != SUSPENDED:
        tickets.move(tx, held, held.state, first_called_at=tx.now, **moved)
    else:
        counters.change(tx, found, ticket=None)
        tickets.back_to_waiting(tx, held, **moved, due=_due_again(tx, held, step, tuple(later)))
        if target.state == SUSPENDED:
            waiting = tickets.get(tx, held.id)
            tickets.move(tx, waiting, ticket.SUSPENDED, cause=target.cause)
    stock.use(tx, blanks)
    record_deed(tx, by, counter, "ticket_next_step", held, to=step)
    return answer(tx, by, counter, held.id)


def _due_again(tx: Transaction, held: Ticket, service: str, steps: tuple[str, ...]) -> int:
    """Due from the original arrival; a front place stays what it was."""
    if held.front:
        return held.due
    remaining = services.remaining_expected(tx, service, steps)
    return policy.due_at(held.arrival, held.target, bool(held.priority), held.deadline, remaining)


@allowed(COUNTER, SUPERVISOR)
def park(
    tx: Transaction,
    by: Actor,
    *,
    counter: int,
    cause: str,
    reason: str | None = None,
    due_back_minutes: int | None = None,
    owner: str = "service",
) -> Answer:
    """Set the ticket aside (link down, waiting for PRR, fetching a document).

    owner: `counter` if it must come back to this counter, `service` if any that serves it may.
    """
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "park")
    if cause not in ticket.PARK_CAUSES:
        raise Invalid(field="cause", problem=", ".join(ticket.PARK_CAUSES))
    counters.change(tx, found, ticket=None)
    tickets.move(
        tx, held, ticket.PARKED, counter=None, cause=cause, reason=reason,
        owner=f"counter:{counter}" if owner == "counter" else "service",
        due_back=tx.now + due_back_minutes * MINUTE if due_back_minutes is not None else None,
        worked=held.worked + time_in_hand(tx, held),
    )  # fmt: skip
    record_deed(tx, by, counter, "ticket_parked", held, cause=cause)
    return answer(tx, by, counter, held.id)


@allowed(COUNTER, SUPERVISOR)
def resume(tx: Transaction, by: Actor, *, counter: int, ticket_id: int) -> Answer:
    """Call a parked ticket back: first of all, to a free counter that may have it."""
    require_calling(tx)
    found = counters.get_free(tx, counter)
    require_operator(by, found)
    parked = tickets.get(tx, ticket_id)
    tickets.require(parked, "resume")
    its_own = parked.owner == f"counter:{counter}"
    if not its_own and (parked.owner != "service" or not found.serves(parked.service)):
        raise NotForThisCounter(number=parked.number, counter=counter, owner=parked.owner)
    call(tx, by, found, parked, rule="resumed")
    return answer(tx, by, counter, ticket_id)


@allowed(COUNTER, SUPERVISOR)
def transfer(
    tx: Transaction,
    by: Actor,
    *,
    counter: int,
    service: str | None = None,
    to_counter: int | None = None,
    front: bool = False,
    reason: str | None = None,
) -> Answer:
    """Pass the ticket to another service or counter; due from the original arrival.

    front sets due to now (an overdue ticket keeps its own) and needs a reason. Raises
    NobodyServes, CounterClosed, ServiceSuspended, ServiceClosed, Invalid.
    """
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "transfer")
    if (service is None) == (to_counter is None):
        raise Invalid(field="service", problem="either a service or a counter")
    if front and not reason:
        raise Invalid(field="reason", problem="is missing")
    code, journey = held.service, held.journey
    if service is not None:
        target = services.get_open(tx, service)
        if not any(c.serves(service) for c in counters.all_open(tx)):
            raise NobodyServes(service=target.name_id)
        code, journey = target.code, target.journey
    elif to_counter is not None:
        services.get_going(tx, held.service)
        other = counters.get_open(tx, to_counter)
        if to_counter == counter or not other.serves(held.service):
            raise Invalid(field="counter", problem=held.service)
    due = (
        min(held.due, tx.now)
        if front
        else _due_again(tx, held, code, tuple(filter(None, journey.split(","))))
    )
    counters.change(tx, found, ticket=None)
    tickets.back_to_waiting(
        tx, held, service=code, journey=journey, for_counter=to_counter, due=due,
        front=int(front or held.front), reason=reason, worked=0,
    )  # fmt: skip
    record_deed(tx, by, counter, "ticket_transferred", held, to=service or to_counter, front=front,
            reason=reason)  # fmt: skip
    return answer(tx, by, counter, held.id)
