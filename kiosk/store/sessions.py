"""Staff sessions: only the hash of the session's token is kept."""

from dataclasses import dataclass
from typing import Any

from kiosk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Session:
    """`device` is where it was opened (`counter:3`, `server`); `until` UTC ms."""

    token_hash: str
    csrf: str
    label: str
    device: str
    counter: int | None
    until: int


_COLUMNS = ", ".join(Session.__dataclass_fields__)


def load(db: Any) -> list[Session]:
    """All sessions of active staff, also those that are over. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(
        f"SELECT {_COLUMNS} FROM sessions WHERE label IN (SELECT label FROM staff WHERE active = 1)"
    )
    return [Session(*row) for row in rows]


def add(tx: Transaction, session: Session) -> None:
    tx.execute("DELETE FROM sessions WHERE until < ?", (tx.now,))
    tx.execute(
        f"INSERT INTO sessions ({_COLUMNS}) VALUES (?,?,?,?,?,?)",
        (
            session.token_hash,
            session.csrf,
            session.label,
            session.device,
            session.counter,
            session.until,
        ),
    )


def end(tx: Transaction, token_hash: str) -> None:
    tx.execute("DELETE FROM sessions WHERE token_hash = ?", (token_hash,))


def end_of_staff(tx: Transaction, label: str) -> None:
    tx.execute("DELETE FROM sessions WHERE label = ?", (label,))


def end_at_device(tx: Transaction, device: str) -> None:
    tx.execute("DELETE FROM sessions WHERE device = ?", (device,))
