"""The waiting line as the policy sees it, read from the tables by the writer and by the board."""

from collections.abc import Iterable, Mapping
from typing import Any

from kiosk.domain import policy
from kiosk.domain.counter import OPEN, Counter
from kiosk.domain.policy import OpenCounter, Situation, Waiting
from kiosk.domain.service import Service
from kiosk.domain.ticket import Ticket
from kiosk.store import services as service_store
from kiosk.store import tickets


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


def people_ahead(
    db: Any,
    newcomer: Waiting,
    *,
    policy_name: str,
    now: int,
    day: str,
    risk_calls: int,
    services: Mapping[str, Service],
    counters: list[Counter],
) -> int:
    """How many waiting tickets the policy would call before `newcomer` if nobody else came."""
    pool = companions(newcomer.service, counters)
    marks = ",".join("?" * len(pool))
    here = f"FROM tickets WHERE state = 'waiting' AND service IN ({marks})"
    if policy_name == "fifo":
        return int(db.conn.execute(f"SELECT count(*) {here}", tuple(pool)).fetchone()[0])
    count, voters, later = db.conn.execute(
        f"SELECT count(*), count(deadline), coalesce(sum(due > ?), 0) {here}",
        (newcomer.due, *pool),
    ).fetchone()
    if count == 0 or (later == 0 and newcomer.deadline is None):
        return int(count)
    if count > EXACT_LIMIT or (voters == 0 and newcomer.deadline is None):
        return int(count - later)
    full = situation(
        db, now=now, day=day, risk_calls=risk_calls, services=services,
        waiting=tickets.waiting(db), counters=counters,
    )  # fmt: skip
    with_newcomer = Situation(
        now, (*full.waiting, newcomer), full.counters, full.expected, risk_calls
    )
    order = policy.calling_order(policy_name, with_newcomer)
    service_of = {ticket.id: ticket.service for ticket in full.waiting}
    ahead = order[: order.index(newcomer.id)]
    return sum(service_of[ticket] in pool for ticket in ahead)
