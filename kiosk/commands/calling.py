"""Calling: the policy's choice, a chosen ticket, again, here, absent."""

from typing import Any

from kiosk.commands import Answer, allowed
from kiosk.commands.day import require_calling
from kiosk.commands.desk import answer, record_deed, require_operator
from kiosk.domain import policy, ticket
from kiosk.domain.actor import COUNTER, SUPERVISOR, Actor
from kiosk.domain.counter import Counter
from kiosk.domain.policy import Situation
from kiosk.domain.returning import Parked, due_back_here
from kiosk.domain.service import SUSPENDED
from kiosk.domain.ticket import Ticket
from kiosk.errors import AbsenceNotProven, Forbidden, QueueEmpty, TooSoon
from kiosk.store import counters, days, line, services, settings, tickets
from kiosk.store.transaction import Transaction


@allowed(COUNTER, SUPERVISOR)
def call_next(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """Call who is due back, else whom the policy chooses.

    Raises QueueEmpty, CounterBusy, CounterClosed, Closed.
    """
    day = require_calling(tx)
    found = counters.get_free(tx, counter)
    require_operator(by, found)
    name = settings.current(tx)["policy"]
    version = f"{name}/{policy.POLICY_VERSIONS[name]}"
    back = _due_back(tx, found)
    if back:
        chosen = tickets.get(tx, back[0].id)
        call(
            tx, by, found, chosen, rule="resumed", due=back[0].due_back, candidates=len(back),
            policy=version,
        )  # fmt: skip
        return answer(tx, by, counter, chosen.id)
    now = _situation(tx, counter)
    choice = policy.choose(name, now, counter)
    if choice is None:
        raise QueueEmpty(counter=counter)
    chosen = tickets.get(tx, choice.ticket)
    if choice.rule in ("risk", "priority"):
        days.change(tx, day.day, risk_calls=day.risk_calls + 1)
    call(
        tx, by, found, chosen, rule=choice.rule, due=choice.due, candidates=choice.candidates,
        policy=version,
    )  # fmt: skip
    return answer(tx, by, counter, chosen.id)


@allowed(COUNTER, SUPERVISOR)
def call_ticket(tx: Transaction, by: Actor, *, counter: int, ticket_id: int, reason: str) -> Answer:
    """Call one ticket out of order, with a reason; on a polling day only the supervisor may.

    The journal keeps whom it passed over: everybody the policy would have called before.
    """
    day = require_calling(tx)
    if by.role != SUPERVISOR and day.poll_close is not None:
        raise Forbidden(command="call_ticket", role=by.role)
    found = counters.get_free(tx, counter)
    require_operator(by, found)
    chosen = tickets.get(tx, ticket_id)
    tickets.require(chosen, "call_ticket")
    name = settings.current(tx)["policy"]
    now = _situation(tx, None)
    order = policy.calling_order(name, now)
    before = order[: order.index(chosen.id)] if chosen.id in order else order
    call(tx, by, found, chosen, rule="by_hand", reason=reason, passed_over=len(before))
    return answer(tx, by, counter, chosen.id)


def call(tx: Transaction, by: Actor, counter: Counter, chosen: Ticket, **facts: Any) -> None:
    counters.change(tx, counter, ticket=chosen.id, last_seq=None)
    services.count(tx, chosen.service, calls=1)
    tickets.move(
        tx, chosen, ticket.CALLED, counter=counter.number, for_counter=None, calls=1,
        first_called_at=tx.now, called_at=tx.now, started_at=None, return_after=None,
        owner=None, due_back=None, cause=None,
    )  # fmt: skip
    record_deed(tx, by, counter.number, "ticket_called", chosen, **facts)


def _due_back(tx: Transaction, counter: Counter) -> list[Parked]:
    """The parked tickets that this counter calls back before anybody of the line."""
    suspended = {code for code, one in services.catalogue(tx).items() if one.state == SUSPENDED}
    parked = line.parked(tickets.in_states(tx.db, ticket.PARKED, day=tx.day))
    return due_back_here(parked, tx.now, counter.number, counter.service_set, suspended)


def _situation(tx: Transaction, counter: int | None) -> Situation:
    """What the policy sees now; with `counter`, without the tickets meant for other counters."""
    day = days.current(tx)
    return line.situation(
        tx.db,
        now=tx.now,
        day=day.day,
        risk_calls=day.risk_calls,
        services=services.catalogue(tx),
        waiting=tickets.waiting(tx.db),
        counters=counters.known(tx),
        counter=counter,
    )


def _seconds(milliseconds: int) -> int:
    return (milliseconds + 999) // 1000


@allowed(COUNTER, SUPERVISOR)
def recall(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """Call the number in hand again. Raises TooSoon within 10 s (setting) of the last call."""
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "recall")
    wait = int(settings.current(tx)["recall_after_seconds"]) * 1000
    assert held.called_at is not None
    if tx.now < held.called_at + wait:
        raise TooSoon(retry_after=_seconds(held.called_at + wait - tx.now))
    tickets.move(tx, held, ticket.CALLED, calls=held.calls + 1, called_at=tx.now)
    record_deed(tx, by, counter, "ticket_recalled", held, nth=held.calls + 1)
    return answer(tx, by, counter, held.id)


@allowed(COUNTER, SUPERVISOR)
def start(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """The person is here: serving begins."""
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "start")
    assert held.called_at is not None
    tickets.move(tx, held, ticket.SERVING, started_at=tx.now)
    record_deed(tx, by, counter, "ticket_started", held, walked=tx.now - held.called_at)
    return answer(tx, by, counter, held.id)


@allowed(COUNTER, SUPERVISOR)
def no_show(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """Nobody came. Raises AbsenceNotProven before 3 calls and 90 s since the first (settings)."""
    found, held = counters.get_holding(tx, counter)
    require_operator(by, found)
    tickets.require(held, "no_show")
    values = settings.current(tx)
    assert held.first_called_at is not None
    missing = max(0, int(values["no_show_calls"]) - held.calls)
    left = held.first_called_at + int(values["no_show_after_seconds"]) * 1000 - tx.now
    if missing or left > 0:
        raise AbsenceNotProven(calls_missing=missing, retry_after=_seconds(max(0, left)))
    counters.change(tx, found, ticket=None)
    tickets.move(tx, held, ticket.NO_SHOW)
    record_deed(tx, by, counter, "ticket_absent", held, calls=held.calls)
    return answer(tx, by, counter, held.id)
