"""The waiting line as the policy sees it, read from the tables by the writer and by the board."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from kiosk.domain import policy
from kiosk.domain.counter import OPEN, Counter
from kiosk.domain.policy import OpenCounter, Situation, Waiting
from kiosk.domain.returning import Parked
from kiosk.domain.service import Service
from kiosk.domain.ticket import Ticket
from kiosk.store import counters, tickets
from kiosk.store import services as service_store
from kiosk.store.transaction import Transaction


def as_waiting(
    ticket: Ticket, services: Mapping[str, Service], calls: Mapping[str, int]
) -> Waiting:
    """`calls` are today's calls by service: a returned ticket is held until enough went by."""
    return Waiting(
        id=ticket.id,
        service=ticket.service,
        arrival=ticket.arrival,
        due=ticket.due,
        priority=bool(ticket.priority),
        deadline=ticket.deadline,
        remaining=sum(
            services[code].expected
            for code in (ticket.service, *ticket.steps_to_come)
            if code in services
        ),
        held=ticket.return_after is not None and ticket.return_after > calls.get(ticket.service, 0),
        front=bool(ticket.front),
    )


def parked(tickets_parked: Iterable[Ticket]) -> list[Parked]:
    """Parked tickets as the rule of returning sees them."""
    return [
        Parked(ticket.id, ticket.service, ticket.owner, ticket.due_back, ticket.arrival)
        for ticket in tickets_parked
    ]


def calls_today(db: Any, day: str) -> dict[str, int]:
    rows = db.conn.execute("SELECT service, calls FROM service_days WHERE day = ?", (day,))
    return {row["service"]: row["calls"] for row in rows}


def expected(db: Any, day: str, services: Iterable[Service]) -> dict[str, int]:
    """The policy's e for each service, in seconds."""
    return {
        service.code: policy.expected_seconds(
            service.expected, service_store.finished_seconds(db, day, service.code)
        )
        for service in services
    }


def situation(
    db: Any,
    *,
    now: int,
    day: str,
    risk_calls: int,
    services: Mapping[str, Service],
    waiting: Iterable[Ticket],
    counters: Iterable[Counter],
    counter: int | None = None,
) -> Situation:
    """Everything a decision depends on. With `counter`, tickets meant for another one are left out.

    `db` is a sqlite_utils Database; `now` UTC ms.
    """
    calls = calls_today(db, day)
    return Situation(
        now=now,
        waiting=tuple(
            as_waiting(ticket, services, calls)
            for ticket in waiting
            if ticket.for_counter is None or counter is None or ticket.for_counter == counter
        ),
        counters=tuple(
            OpenCounter(c.number, c.service_set, c.closes_at) for c in counters if c.state == OPEN
        ),
        expected=expected(db, day, services.values()),
        risk_calls=risk_calls,
    )


def companions(service: str, counters: Iterable[Counter]) -> frozenset[str]:
    """The services that share an open counter with this one, itself included."""
    return frozenset({service}).union(
        *(c.service_set for c in counters if c.state == OPEN and c.serves(service))
    )


#: Above this many waiting, people ahead are counted by due time alone: issuing must stay fast.
EXACT_LIMIT = 300


def people_ahead(tx: Transaction, newcomer: Waiting, *, policy_name: str, risk_calls: int) -> int:
    """How many waiting tickets the policy would call before `newcomer` if nobody else came."""
    open_counters = counters.known(tx)
    pool = companions(newcomer.service, open_counters)
    waiting = tickets.waiting_counts(tx)
    count = sum(waiting[code][0] for code in pool & waiting.keys())
    voters = sum(waiting[code][1] for code in pool & waiting.keys())
    if policy_name == "fifo" or count == 0:
        return count
    # Ordinary newcomers are due after nearly all, the others before nearly all: count the few.
    if newcomer.priority or newcomer.deadline is not None:
        ahead = _count_due(tx, pool, "<=", newcomer.due)
    else:
        ahead = count - _count_due(tx, pool, ">", newcomer.due)
        if ahead == count:
            return count
    if count > EXACT_LIMIT or (voters == 0 and newcomer.deadline is None):
        return ahead
    full = situation(
        tx.db, now=tx.now, day=tx.day, risk_calls=risk_calls,
        services=service_store.catalogue(tx), waiting=tickets.waiting(tx.db),
        counters=open_counters,
    )  # fmt: skip
    return ahead_of(newcomer, full, policy_name, open_counters)


def ahead_of(
    newcomer: Waiting, full: Situation, policy_name: str, counters: Iterable[Counter]
) -> int:
    """The same, from the whole situation without the newcomer."""
    pool = companions(newcomer.service, counters)
    order = policy.calling_order(policy_name, replace(full, waiting=(*full.waiting, newcomer)))
    service_of = {ticket.id: ticket.service for ticket in full.waiting}
    return sum(service_of[ticket] in pool for ticket in order[: order.index(newcomer.id)])


def _count_due(tx: Transaction, pool: frozenset[str], comparison: str, due: int) -> int:
    marks = ",".join("?" * len(pool))
    row = tx.one(
        "SELECT count(*) FROM tickets"
        f" WHERE state = 'waiting' AND service IN ({marks}) AND due {comparison} ?",
        *pool,
        due,
    )
    return int(row[0])
