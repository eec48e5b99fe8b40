"""Notices and calls for help."""

from typing import Any

from kiosk.store.transaction import Transaction


def add_notice(tx: Transaction, seq: int, code: str, until: int | None = None) -> None:
    """`until` is ms: the notice then ends by itself."""
    end_notices(tx)
    tx.execute(
        "INSERT INTO notices (id, code, at, until) VALUES (?,?,?,?)", (seq, code, tx.now, until)
    )


def last_said(tx: Transaction) -> dict[str, int]:
    """When each notice was last given (ms), by code."""
    return {row["code"]: row["at"] for row in tx.all("SELECT code, max(at) AS at FROM notices"
                                                     " GROUP BY code")}  # fmt: skip


def end_notices(tx: Transaction) -> None:
    tx.execute("UPDATE notices SET ended_at = ? WHERE ended_at IS NULL", (tx.now,))


def notices(db: Any, limit: int) -> list[dict[str, Any]]:
    """The newest first: id, code, at, ended_at, until. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(
        "SELECT id, code, at, ended_at, until FROM notices ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [dict(row) for row in rows]


def open_help(tx: Transaction, device: str) -> int | None:
    row = tx.one("SELECT id FROM help_calls WHERE device = ? AND answered_at IS NULL", device)
    return int(row["id"]) if row else None


def add_help(tx: Transaction, seq: int, device: str, kind: str) -> None:
    tx.execute(
        "INSERT INTO help_calls (id, device, kind, at) VALUES (?,?,?,?)",
        (seq, device, kind, tx.now),
    )


def answer_help(tx: Transaction, help_id: int, staff: str) -> bool:
    cursor = tx.execute(
        "UPDATE help_calls SET answered_by = ?, answered_at = ?"
        " WHERE id = ? AND answered_at IS NULL",
        (staff, tx.now, help_id),
    )
    return bool(cursor.rowcount == 1)


def unanswered_help(db: Any) -> list[dict[str, Any]]:
    rows = db.conn.execute(
        "SELECT id, device, kind, at FROM help_calls WHERE answered_at IS NULL ORDER BY id"
    )
    return [dict(row) for row in rows]
