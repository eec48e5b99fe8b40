"""Alarms about paper: raised and cleared by themselves, acknowledged by people, kept as history."""

import json
from dataclasses import dataclass
from typing import Any

from kiosk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Alarm:
    """One row; `printer` 0 when it is about no printer in particular. Times are UTC ms."""

    id: int
    code: str
    printer: int
    details: dict[str, Any]
    raised_at: int
    acknowledged_at: int | None
    acknowledged_by: str | None
    cleared_at: int | None


_SELECT = f"SELECT {', '.join(Alarm.__dataclass_fields__)} FROM alarms"


def still_on(db: Any) -> list[Alarm]:
    """Those not cleared, the oldest first. `db` is a sqlite_utils Database."""
    return [
        _alarm(row) for row in db.conn.execute(f"{_SELECT} WHERE cleared_at IS NULL ORDER BY id")
    ]


def history(db: Any, limit: int, printer: int | None = None) -> list[Alarm]:
    """The newest first."""
    where, values = ("WHERE printer = ?", (printer,)) if printer is not None else ("", ())
    rows = db.conn.execute(f"{_SELECT} {where} ORDER BY id DESC LIMIT ?", (*values, limit))
    return [_alarm(row) for row in rows]


def find(tx: Transaction, number: int) -> Alarm | None:
    row = tx.one(f"{_SELECT} WHERE id = ?", number)
    return _alarm(row) if row else None


def raise_one(tx: Transaction, code: str, printer: int, details: dict[str, Any]) -> None:
    tx.execute(
        "INSERT INTO alarms (code, printer, details, raised_at) VALUES (?,?,?,?)",
        (code, printer, _text(details), tx.now),
    )


def tell_more(tx: Transaction, alarm: Alarm, details: dict[str, Any], *, again: bool) -> None:
    """New details; `again` also asks for a new acknowledgement."""
    tx.execute("UPDATE alarms SET details = ? WHERE id = ?", (_text(details), alarm.id))
    if again:
        tx.execute(
            "UPDATE alarms SET acknowledged_at = NULL, acknowledged_by = NULL WHERE id = ?",
            (alarm.id,),
        )


def acknowledge(tx: Transaction, alarm: Alarm, by: str) -> None:
    tx.execute(
        "UPDATE alarms SET acknowledged_at = ?, acknowledged_by = ? WHERE id = ?",
        (tx.now, by, alarm.id),
    )


def clear(tx: Transaction, alarm: Alarm) -> None:
    tx.execute("UPDATE alarms SET cleared_at = ? WHERE id = ?", (tx.now, alarm.id))


def _alarm(row: Any) -> Alarm:
    return Alarm(**{**dict(row), "details": json.loads(row["details"])})


def _text(details: dict[str, Any]) -> str:
    return json.dumps(details, sort_keys=True)
