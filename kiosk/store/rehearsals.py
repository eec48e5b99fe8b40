"""Rehearsals: a call and a ticket that belong to no queue, and which displays gave them."""

from typing import Any

from kiosk.store.transaction import Transaction


def add(tx: Transaction, seq: int, number: str, counter: int, print_job: int) -> None:
    """`seq` is the journal's row, and the rehearsal's id."""
    tx.execute(
        "INSERT INTO rehearsals (id, at, number, counter, print_job) VALUES (?,?,?,?,?)",
        (seq, tx.now, number, counter, print_job),
    )


def exists(tx: Transaction, rehearsal: int) -> bool:
    return tx.one("SELECT 1 FROM rehearsals WHERE id = ?", rehearsal) is not None


def heard(tx: Transaction, rehearsal: int, device: int, fault: str | None) -> None:
    """A display has given it; what it says last counts."""
    tx.execute(
        "INSERT INTO rehearsals_heard (rehearsal, device, at, fault) VALUES (?,?,?,?)"
        " ON CONFLICT (rehearsal, device) DO UPDATE SET at = excluded.at, fault = excluded.fault",
        (rehearsal, device, tx.now, fault),
    )


def last(db: Any) -> dict[str, Any] | None:
    """The newest: {id, at, number, counter}. `db` is a sqlite_utils Database."""
    row = db.conn.execute(
        "SELECT id, at, number, counter FROM rehearsals ORDER BY id DESC LIMIT 1"
    ).fetchone()
    return dict(row) if row else None


def outcome(db: Any) -> dict[str, Any] | None:
    """The newest and what came of it: `print_job`, `paper` (the job's state), `print_error`,
    `heard`: [{device, at, fault}] of the displays that gave it."""
    found = last(db)
    if found is None:
        return None
    job = db.conn.execute(
        "SELECT j.id, j.state, j.error FROM rehearsals r JOIN print_jobs j ON j.id = r.print_job"
        " WHERE r.id = ?",
        (found["id"],),
    ).fetchone()
    displays = db.conn.execute(
        "SELECT device, at, fault FROM rehearsals_heard WHERE rehearsal = ?", (found["id"],)
    )
    return found | {
        "print_job": job["id"] if job else None,
        "paper": job["state"] if job else None,
        "print_error": job["error"] if job else None,
        "heard": [dict(row) for row in displays],
    }
