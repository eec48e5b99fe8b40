"""Tickets: taking one, and what happens to it away from a counter."""

import secrets
from typing import Any, TypedDict, Unpack

from kiosk.commands import Answer, allowed, paper
from kiosk.commands.admission import admit
from kiosk.domain import policy, ticket
from kiosk.domain.actor import CITIZEN, COUNTER, KIOSK, RECEPTION, SUPERVISOR, Actor
from kiosk.domain.office_day import CLOSED, DEFAULT_TRAVEL, MINUTE, deadline_of
from kiosk.domain.outlook import Kind
from kiosk.domain.service import Service
from kiosk.domain.ticket import Ticket, number_of
from kiosk.errors import (
    Closed,
    Conflict,
    Forbidden,
    GraceOver,
    Invalid,
    NothingChanged,
    WrongState,
)
from kiosk.store import claims, counters, days, line, services, settings, tickets
from kiosk.store.transaction import Transaction
from kiosk.views import ticket_view

MAX_TRAVEL = 240  # minutes


@allowed(KIOSK, RECEPTION, COUNTER, SUPERVISOR)
def issue_ticket(
    tx: Transaction,
    by: Actor,
    *,
    service: str,
    priority: bool = False,
    voter: bool = False,
    travel_minutes: int | None = None,
    fetch: bool = False,
    language: str = "id",
    override_reason: str | None = None,
) -> Answer:
    """Give the next number of a service, with its print job, in one transaction.

    travel_minutes: a voter's way to the TPS, 0..240; only the deadline that follows from it is
    kept. fetch: staff come for this person when called. override_reason: staff may pass quota,
    pacing and the stop before closing with a reason.
    Raises UnknownService, the Closed family, Pacing, ClockInDoubt.
    """
    wanted = services.get(tx, service)
    _require_way(travel_minutes)
    day = days.current(tx)
    admit(tx, by, day, wanted, override_reason)
    # With the polls closed the way there is no reason any more, whatever a slow screen still asks.
    polls_open = day.poll_close is not None and tx.now < day.poll_close
    voting = polls_open and (voter or travel_minutes is not None)
    deadline = deadline_of(day.poll_close, travel_minutes) if voting else None
    steps = wanted.steps_to_come
    remaining = services.remaining_expected(tx, wanted.code, steps)
    due = policy.due_at(tx.now, wanted.target, priority, deadline, remaining)
    issued, _ = services.count(tx, wanted.code, issued=1)
    values = settings.current(tx)
    new: dict[str, Any] = dict.fromkeys(Ticket.__dataclass_fields__)
    new |= {
        "id": tx.next_seq,
        "day": day.day,
        "number": number_of(wanted.letter, issued),
        "service": wanted.code,
        "journey": wanted.journey,
        "state": ticket.WAITING,
        "arrival": tx.now,
        "due": due,
        "front": 0,
        "priority": int(priority),
        "deadline": deadline,
        "target": wanted.target,
        "people_ahead": line.people_ahead(
            tx,
            policy.Waiting(tx.next_seq, wanted.code, tx.now, due, priority, deadline, remaining),
            policy_name=values["policy"],
            risk_calls=day.risk_calls,
        ),
        **_promise(tx, Kind(wanted.code, priority, _way(travel_minutes) if deadline else None)),
        "language": language,
        "issued_by": by.device,
        "calls": 0,
        "worked": 0,
        "since": tx.now,
        "blanks": 0,
        "last_seq": tx.next_seq,
    }
    token = secrets.token_urlsafe(16)
    tickets.add(tx, new, token)
    if fetch:
        tickets.want_fetching(tx, new["id"])
    facts: dict[str, Any] = {"override_reason": override_reason} if override_reason else {}
    tx.record("ticket_issued", by, number=new["number"], service=wanted.code, **facts)
    issued_ticket = Ticket(**new)
    trace = ticket.trace_code(tx.head.hash)
    view = ticket_view(tx.db, issued_ticket, token=token, for_staff=by.is_staff, trace=trace)
    paper.queue_original(tx, by, issued_ticket, wanted, view)
    return {"ticket": view}


@allowed(RECEPTION, COUNTER, SUPERVISOR, CITIZEN)
def cancel_ticket(
    tx: Transaction, by: Actor, *, ticket_id: int, reason: str | None = None
) -> Answer:
    """Cancel an open ticket. Citizens come here with their ticket's token, checked by the web."""
    found = tickets.get(tx, ticket_id)
    tickets.require(found, "cancel_ticket")
    _let_go(tx, found)
    tickets.move(tx, found, ticket.CANCELLED, counter=None, reason=reason)
    paper.cancel_jobs(tx, found.id)
    tx.record("ticket_cancelled", by, number=found.number, reason=reason)
    return _answer(tx, by, ticket_id)


@allowed(RECEPTION, COUNTER, SUPERVISOR)
def restore_ticket(tx: Transaction, by: Actor, *, ticket_id: int) -> Answer:
    """A cancelled ticket waits again, in its old place."""
    found = tickets.get(tx, ticket_id)
    tickets.require(found, "restore_ticket")
    _require_can_wait_again(tx, found)
    tickets.back_to_waiting(tx, found, reason=None)
    tx.record("ticket_restored", by, number=found.number)
    return _answer(tx, by, ticket_id)


@allowed(SUPERVISOR)
def reopen_ticket(tx: Transaction, by: Actor, *, ticket_id: int, reason: str) -> Answer:
    """An expired ticket of today waits again."""
    found = tickets.get(tx, ticket_id)
    tickets.require(found, "reopen_ticket")
    _require_can_wait_again(tx, found)
    tickets.back_to_waiting(tx, found, reason=reason)
    tx.record("ticket_reopened", by, number=found.number, reason=reason)
    return _answer(tx, by, ticket_id)


@allowed(KIOSK, RECEPTION, COUNTER, SUPERVISOR, CITIZEN)
def return_ticket(tx: Transaction, by: Actor, *, ticket_id: int) -> Answer:
    """Somebody who missed the call is back: waits again, but lets a few others go first.

    Due time and arrival stay; the ticket is no candidate until N further calls for its service
    (setting return_rule), or nobody else waits. Raises GraceOver.
    """
    found = tickets.get(tx, ticket_id)
    tickets.require(found, "return_ticket")
    _require_can_wait_again(tx, found)
    values = settings.current(tx)
    if tx.now > found.since + int(values["return_grace_minutes"]) * MINUTE:
        raise GraceOver(number=found.number)
    others = {"after_5": 5, "after_3": 3, "last": 1_000_000}[values["return_rule"]]
    _, calls = services.today(tx, found.service)
    tickets.back_to_waiting(tx, found, return_after=calls + others)
    tx.record("ticket_returned", by, number=found.number)
    return _answer(tx, by, ticket_id)


class Person(TypedDict, total=False):
    """What reclassifying may change besides the service; what is left out or None stays."""

    priority: bool | None
    voter: bool | None
    travel_minutes: int | None


@allowed(COUNTER, RECEPTION, SUPERVISOR)
def reclassify_ticket(
    tx: Transaction,
    by: Actor,
    *,
    ticket_id: int,
    reason: str,
    service: str | None = None,
    **person: Unpack[Person],
) -> Answer:
    """Change service, priority or deadline; number and arrival stay; a called one waits again.

    So does a suspended one that leaves its service. Raises ServiceSuspended, BiodataInstead,
    NothingChanged.
    """
    found = tickets.get(tx, ticket_id)
    answer = reclassify_tickets(
        tx, by, ticket_ids=[ticket_id], reason=reason, service=service, **person
    )
    if found.voter and tickets.get(tx, ticket_id).service != found.service:
        claims.correct(tx, ticket_id)
    return {"ticket": answer["tickets"][0]}


@allowed(SUPERVISOR)
def reclassify_tickets(
    tx: Transaction,
    by: Actor,
    *,
    ticket_ids: list[int],
    reason: str,
    service: str | None = None,
    **person: Unpack[Person],
) -> Answer:
    """The same for many at once: all of them or none; which are so already stay untouched.

    Many who are moved to another service are moved for the office's sake (no blanks, no link): no
    claim of theirs was wrong. Raises NothingChanged when all are so already.
    """
    target = services.get_open(tx, service) if service else None
    changed = [
        reclassify(tx, by, ticket_id, target=target, reason=reason, **person)
        for ticket_id in dict.fromkeys(ticket_ids)
    ]
    if not any(changed):
        raise NothingChanged()
    return {"tickets": [_answer(tx, by, ticket_id)["ticket"] for ticket_id in ticket_ids]}


def reclassify(
    tx: Transaction,
    by: Actor,
    ticket_id: int,
    *,
    reason: str,
    target: Service | None = None,
    priority: bool | None = None,
    voter: bool | None = None,
    travel_minutes: int | None = None,
) -> bool:
    """One ticket of the commands above; `target` is None where the service stays.

    Returns whether that made a difference; where it makes none nothing is written.
    """
    _require_way(travel_minutes)
    found = tickets.get(tx, ticket_id)
    tickets.require(found, "reclassify_ticket")
    code = services.get_going(tx, target.code if target else found.service).code
    journey = target.journey if target else found.journey
    seconds = target.target if target else found.target
    first = bool(found.priority) if priority is None else priority
    deadline = found.deadline
    if voter is False:
        deadline = None
    elif travel_minutes is not None or (voter and deadline is None):
        deadline = deadline_of(days.current(tx).poll_close, travel_minutes)
    before = (found.service, found.journey, found.target, found.priority, found.deadline)
    if (code, journey, seconds, int(first), deadline) == before:
        return False
    steps = tuple(step for step in journey.split(",") if step)
    due = policy.due_at(
        found.arrival, seconds, first, deadline, services.remaining_expected(tx, code, steps)
    )
    _let_go(tx, found)
    tickets.back_to_waiting(
        tx, found, service=code, journey=journey, target=seconds, priority=int(first),
        deadline=deadline, due=due, front=0, worked=0,
    )  # fmt: skip
    if found.voter and deadline is None:
        claims.correct(tx, found.id)
    tx.record(
        "ticket_reclassified",
        by,
        number=found.number,
        before={"service": found.service, "voter": found.voter},
        after={"service": code, "voter": deadline is not None},
        reason=reason,
    )
    return True


@allowed(KIOSK, RECEPTION, COUNTER, SUPERVISOR)
def reprint_ticket(
    tx: Transaction, by: Actor, *, ticket_id: int, reason: str | None = None
) -> Answer:
    """Queue a marked copy. The issuing kiosk may ask once, within 60 s of issuing."""
    found = tickets.get(tx, ticket_id)
    if by.role == KIOSK:
        if found.issued_by != by.device or tx.now > found.arrival + MINUTE:
            raise Forbidden(ticket=ticket_id)
        if paper.copies(tx, ticket_id) > 0:
            raise Conflict(number=found.number)
        paper.note_missed(tx, ticket_id)
    view = ticket_view(tx.db, found, token=tickets.token_of(tx.db, found.id), for_staff=by.is_staff)
    job = paper.queue_copy(tx, by, found, services.get(tx, found.service), view)
    tx.record("ticket_reprinted", by, number=found.number, reason=reason)
    return _answer(tx, by, ticket_id) | {"job": job}


def suspend_waiting(tx: Transaction, service: str, cause: str) -> list[str]:
    """Tickets waiting for a service stay where they are, untouched, and are not called."""
    held = [t for t in tickets.waiting(tx.db) if t.service == service]
    for waiting in held:
        tickets.move(tx, waiting, ticket.SUSPENDED, cause=cause)
    return [waiting.number for waiting in held]


def restore_suspended(tx: Transaction, service: str) -> list[str]:
    held = [t for t in tickets.in_states(tx.db, ticket.SUSPENDED) if t.service == service]
    for suspended in held:
        tickets.move(tx, suspended, ticket.WAITING, cause=None)
    return [suspended.number for suspended in held]


def link_is_back(tx: Transaction, service: str) -> list[str]:
    """Who was set aside in the middle because the link dropped is due back now, before the line."""
    aside = [
        t
        for t in tickets.in_states(tx.db, ticket.PARKED, day=tx.day)
        if t.service == service and t.cause == "link"
    ]
    for parked in aside:
        tickets.move(tx, parked, ticket.PARKED, due_back=tx.now)
    return [parked.number for parked in aside]


def _let_go(tx: Transaction, found: Ticket) -> None:
    """If a counter holds the ticket, its hand becomes empty."""
    if found.state in ticket.IN_HAND and found.counter is not None:
        counter = counters.get(tx, found.counter)
        counters.change(tx, counter, ticket=None, last_seq=None)


def _require_can_wait_again(tx: Transaction, found: Ticket) -> None:
    """Only in its own day, while that goes on, and for a service that goes on."""
    if found.day != tx.day:
        raise WrongState(number=found.number, state=found.state)
    if days.current(tx).phase == CLOSED:
        raise Closed()
    services.get_going(tx, found.service)


def _way(travel_minutes: int | None) -> int:
    return DEFAULT_TRAVEL if travel_minutes is None else travel_minutes


def _promise(tx: Transaction, newcomer: Kind) -> dict[str, int | None]:
    """The range of minutes that is kept with the ticket, or nothing where none may be told."""
    prospect = tx.forecast.newcomer(newcomer, tx.now) if tx.forecast else None
    low, high = prospect.wait.whole if prospect else (None, None)
    return {"wait_low": low, "wait_high": high}


def _require_way(travel_minutes: int | None) -> None:
    if travel_minutes is not None and not 0 <= travel_minutes <= MAX_TRAVEL:
        raise Invalid(field="travel_minutes", problem=f"0-{MAX_TRAVEL}")


def _answer(tx: Transaction, by: Actor, ticket_id: int) -> Answer:
    found = tickets.get(tx, ticket_id)
    return {"ticket": ticket_view(tx.db, found, token=None, for_staff=by.is_staff)}
