"""Counters."""

from typing import Any

from kiosk.domain.counter import CLOSED, OPEN, Counter
from kiosk.domain.ticket import Ticket
from kiosk.errors import CounterBusy, CounterClosed, CounterEmpty, UnknownCounter
from kiosk.store import tickets
from kiosk.store.transaction import LostRow, Transaction

_COLUMNS = ", ".join(Counter.__dataclass_fields__)


def load(db: Any) -> list[Counter]:
    """All counters by number. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(f"SELECT {_COLUMNS} FROM counters ORDER BY number")
    return [Counter(*row) for row in rows]


def known(tx: Transaction) -> list[Counter]:
    """The writer's copy of all counters, read once until something changes."""
    if "counters" not in tx.cache:
        tx.cache["counters"] = load(tx.db)
    counters: list[Counter] = tx.cache["counters"]
    return counters


def all_open(tx: Transaction) -> list[Counter]:
    return [counter for counter in known(tx) if counter.state == OPEN]


def find(tx: Transaction, number: int) -> Counter | None:
    row = tx.one(f"SELECT {_COLUMNS} FROM counters WHERE number = ?", number)
    return Counter(*row) if row else None


def get(tx: Transaction, number: int) -> Counter:
    """Raises UnknownCounter."""
    counter = find(tx, number)
    if counter is None:
        raise UnknownCounter(counter=number)
    return counter


def get_open(tx: Transaction, number: int) -> Counter:
    """Raises UnknownCounter or CounterClosed."""
    counter = get(tx, number)
    if counter.state != OPEN:
        raise CounterClosed(counter=number)
    return counter


def get_free(tx: Transaction, number: int) -> Counter:
    """An open counter with nobody in hand. Raises CounterBusy with the number it holds."""
    counter = get_open(tx, number)
    if counter.ticket is not None:
        raise CounterBusy(counter=number, number=tickets.get(tx, counter.ticket).number)
    return counter


def get_holding(tx: Transaction, number: int) -> tuple[Counter, Ticket]:
    """An open counter and the ticket in its hand. Raises CounterEmpty."""
    counter = get_open(tx, number)
    if counter.ticket is None:
        raise CounterEmpty(counter=number)
    return counter, tickets.get(tx, counter.ticket)


def add(tx: Transaction, number: int, services: str, zone: str | None) -> None:
    tx.insert(
        "counters",
        {
            "number": number,
            "state": CLOSED,
            "services": services,
            "zone": zone,
            "staff": None,
            "ticket": None,
            "closes_at": None,
            "since": None,
            "last_seq": None,
        },
    )
    tx.cache.pop("counters", None)


def remove(tx: Transaction, counter: Counter) -> None:
    """Take away a counter that is closed and empty. Raises CounterBusy when it is not."""
    tx.cache.pop("counters", None)
    try:
        tx.delete("counters", counter.number, {"state": CLOSED, "ticket": None})
    except LostRow:
        raise CounterBusy(counter=counter.number, number="?") from None


def put_back(tx: Transaction, number: int, **fields: Any) -> None:
    """Set fields whatever they were (undo, and the note of the last deed)."""
    tx.cache.pop("counters", None)
    tx.update("counters", number, {}, **fields)


def change(tx: Transaction, counter: Counter, **fields: Any) -> None:
    """Change a counter that is still as it was read. Raises CounterBusy when it is not."""
    tx.cache.pop("counters", None)
    try:
        where = {"state": counter.state, "ticket": counter.ticket, "staff": counter.staff}
        tx.update("counters", counter.number, where, **fields)
    except LostRow:
        raise CounterBusy(counter=counter.number, number="?") from None
