"""Staff: a label of the person's choice, a role, and the hash of a PIN. Never journalled."""

from dataclasses import dataclass
from typing import Any

from kiosk.domain.actor import SUPERVISOR
from kiosk.errors import UnknownStaff
from kiosk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Staff:
    """One row of `staff`. `active` is 0 or 1."""

    label: str
    role: str
    pin_hash: str
    active: int


_COLUMNS = ", ".join(Staff.__dataclass_fields__)


def load(db: Any) -> list[Staff]:
    """Everybody by label. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(f"SELECT {_COLUMNS} FROM staff ORDER BY label")
    return [Staff(*row) for row in rows]


def find(db: Any, label: str) -> Staff | None:
    row = db.conn.execute(f"SELECT {_COLUMNS} FROM staff WHERE label = ?", (label,)).fetchone()
    return Staff(*row) if row else None


def is_taken(db: Any, label: str) -> bool:
    """Whether somebody has this label, in capitals or not."""
    wanted = label.casefold()
    return any(known.label.casefold() == wanted for known in load(db))


def get(tx: Transaction, label: str) -> Staff:
    """Raises UnknownStaff."""
    found = find(tx.db, label)
    if found is None:
        raise UnknownStaff(label=label)
    return found


def add(tx: Transaction, staff: Staff) -> None:
    tx.execute(
        f"INSERT INTO staff ({_COLUMNS}) VALUES (?,?,?,?)",
        (staff.label, staff.role, staff.pin_hash, staff.active),
    )


def set_pin(tx: Transaction, label: str, pin_hash: str) -> None:
    tx.execute("UPDATE staff SET pin_hash = ? WHERE label = ?", (pin_hash, label))


def set_active(tx: Transaction, label: str, active: bool) -> None:
    tx.execute("UPDATE staff SET active = ? WHERE label = ?", (int(active), label))


def count_supervisors(db: Any) -> int:
    """Active supervisors."""
    row = db.conn.execute(
        "SELECT count(*) FROM staff WHERE role = ? AND active = 1", (SUPERVISOR,)
    ).fetchone()
    return int(row[0])
