"""Office days."""

from typing import Any

from kiosk.domain.office_day import Day
from kiosk.store.transaction import Transaction

_COLUMNS = ", ".join(Day.__dataclass_fields__)


def load_last(db: Any) -> Day | None:
    """The newest office day. `db` is a sqlite_utils Database."""
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM days ORDER BY day DESC LIMIT 1").fetchone()
    return Day(*row) if row else None


def last(tx: Transaction) -> Day | None:
    """The writer's copy, read once until something changes."""
    if "day" not in tx.cache:
        tx.cache["day"] = load_last(tx.db)
    day: Day | None = tx.cache["day"]
    return day


def current(tx: Transaction) -> Day:
    """The day the transaction runs in; the caller has brought it up to date."""
    day = last(tx)
    assert day is not None
    return day


def add(tx: Transaction, fields: dict[str, Any]) -> None:
    tx.insert("days", fields)
    tx.cache.pop("day", None)


def change(tx: Transaction, day: str, **fields: Any) -> None:
    tx.update("days", day, {}, **fields)
    tx.cache.pop("day", None)
