"""Tickets: reading them, the waiting line, and the conditional change of state."""

from typing import Any

from kiosk.domain.ticket import OPEN_STATES, SUSPENDED, TRANSITIONS, WAITING, Ticket, trace_code
from kiosk.errors import UnknownTicket, WrongState
from kiosk.store.transaction import LostRow, Transaction

COLUMNS = ", ".join(Ticket.__dataclass_fields__)


def find(db: Any, ticket_id: int) -> Ticket | None:
    """`db` is a sqlite_utils Database."""
    row = db.conn.execute(f"SELECT {COLUMNS} FROM tickets WHERE id = ?", (ticket_id,)).fetchone()
    return Ticket(*row) if row else None


def get(tx: Transaction, ticket_id: int) -> Ticket:
    """Raises UnknownTicket."""
    ticket = find(tx.db, ticket_id)
    if ticket is None:
        raise UnknownTicket(ticket=ticket_id)
    return ticket


def by_number(db: Any, day: str, number: str) -> Ticket | None:
    row = db.conn.execute(
        f"SELECT {COLUMNS} FROM tickets WHERE day = ? AND number = ?", (day, number)
    ).fetchone()
    return Ticket(*row) if row else None


def by_token(db: Any, token: str) -> Ticket | None:
    row = db.conn.execute("SELECT ticket FROM tokens WHERE token = ?", (token,)).fetchone()
    return find(db, row["ticket"]) if row else None


def is_overtaken(db: Any, ticket: Ticket) -> bool:
    """Whether somebody who took a number of this service later was called before."""
    row = db.conn.execute(
        "SELECT 1 FROM tickets WHERE day = ? AND service = ? AND arrival > ?"
        " AND first_called_at IS NOT NULL LIMIT 1",
        (ticket.day, ticket.service, ticket.arrival),
    ).fetchone()
    return row is not None


def token_of(db: Any, ticket_id: int) -> str | None:
    row = db.conn.execute("SELECT token FROM tokens WHERE ticket = ?", (ticket_id,)).fetchone()
    return str(row["token"]) if row else None


def trace_of(db: Any, ticket_id: int) -> str | None:
    """The trace code: a ticket's id is the seq of its own journal row."""
    row = db.conn.execute("SELECT hash FROM journal WHERE seq = ?", (ticket_id,)).fetchone()
    return trace_code(row["hash"]) if row else None


def in_states(db: Any, *states: str, day: str | None = None) -> list[Ticket]:
    """Tickets in any of the states, in order of issue."""
    marks = ",".join("?" * len(states))
    condition, parameters = f"state IN ({marks})", list[Any](states)
    if day is not None:
        condition, parameters = f"day = ? AND {condition}", [day, *states]
    rows = db.conn.execute(
        f"SELECT {COLUMNS} FROM tickets WHERE {condition} ORDER BY id", parameters
    )
    return [Ticket(*row) for row in rows]


def waiting(db: Any) -> list[Ticket]:
    """Everybody waiting. Served by the partial index on waiting tickets."""
    rows = db.conn.execute(f"SELECT {COLUMNS} FROM tickets WHERE state = 'waiting'")
    return [Ticket(*row) for row in rows]


def waiting_counts(tx: Transaction) -> dict[str, tuple[int, int]]:
    """How many wait and how many of them are voters, by service.

    The writer's copy, counted once until a ticket moves: in a rush numbers are taken one after
    another.
    """
    counts: dict[str, tuple[int, int]] | None = tx.cache.get("waiting")
    if counts is None:
        rows = tx.all(
            "SELECT service, count(*) AS n, count(deadline) AS voters FROM tickets"
            " WHERE state = 'waiting' GROUP BY service"
        )
        counts = tx.cache["waiting"] = {row["service"]: (row["n"], row["voters"]) for row in rows}
    return counts


def is_anybody_waiting_for(db: Any, service: str) -> bool:
    row = db.conn.execute(
        "SELECT 1 FROM tickets WHERE state = 'waiting' AND service = ? LIMIT 1", (service,)
    ).fetchone()
    return row is not None


def want_fetching(tx: Transaction, ticket_id: int) -> None:
    """Somebody asked that staff come for them. Not journalled: it may tell something of a person,
    and is forgotten as soon as the ticket ends."""
    tx.execute("INSERT INTO fetches (ticket) VALUES (?)", (ticket_id,))


def fetched(db: Any) -> set[int]:
    """Whom staff fetch. `db` is a sqlite_utils Database."""
    return {row["ticket"] for row in db.conn.execute("SELECT ticket FROM fetches")}


def add(tx: Transaction, ticket: dict[str, Any], token: str) -> None:
    counts = waiting_counts(tx)
    number, voters = counts.get(ticket["service"], (0, 0))
    tx.insert("tickets", ticket)
    counts[ticket["service"]] = number + 1, voters + (ticket["deadline"] is not None)
    tx.execute("INSERT INTO tokens (token, ticket) VALUES (?, ?)", (token, ticket["id"]))


def require(ticket: Ticket, command: str) -> None:
    """Raises WrongState unless the command may start from the ticket's state."""
    if ticket.state not in TRANSITIONS[command]:
        raise WrongState(number=ticket.number, state=ticket.state)


def move(tx: Transaction, ticket: Ticket, state: str, **fields: Any) -> None:
    """Change a ticket that is still in the state it was read in. Raises WrongState otherwise."""
    tx.cache.pop("waiting", None)
    if state != ticket.state:
        fields["since"] = tx.now
    if state not in OPEN_STATES:
        tx.execute("DELETE FROM fetches WHERE ticket = ?", (ticket.id,))
    try:
        tx.update(
            "tickets", ticket.id, {"state": ticket.state, "last_seq": ticket.last_seq},
            state=state, last_seq=tx.next_seq, **fields,
        )  # fmt: skip
    except LostRow:
        raise WrongState(number=ticket.number, state=get(tx, ticket.id).state) from None


def release(tx: Transaction, counter: int, services: frozenset[str]) -> None:
    """Tickets meant for a counter that no longer serves theirs go back to everybody's line."""
    for ticket in in_states(tx.db, WAITING, SUSPENDED, day=tx.day):
        if ticket.for_counter == counter and ticket.service not in services:
            move(tx, ticket, ticket.state, for_counter=None)


def put_back(tx: Transaction, ticket_id: int, **fields: Any) -> None:
    """Set fields as they were before (undo)."""
    tx.cache.pop("waiting", None)
    tx.update("tickets", ticket_id, {}, **fields)


def back_to_waiting(tx: Transaction, ticket: Ticket, **fields: Any) -> None:
    """A ticket leaves a counter's hand and waits again; arrival and due time stay."""
    cleared: dict[str, Any] = {
        "counter": None,
        "for_counter": None,
        "calls": 0,
        "first_called_at": None,
        "called_at": None,
        "started_at": None,
        "owner": None,
        "due_back": None,
        "cause": None,
        "return_after": None,
    }
    move(tx, ticket, WAITING, **(cleared | fields))
