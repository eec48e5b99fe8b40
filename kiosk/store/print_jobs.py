"""Print jobs and printers. Jobs are not journalled: paper is a side effect of a ticket."""

from typing import Any

from kiosk.domain.paper import CLAIMED, ENDED, EXPIRED, QUEUED, SENDING, UNCONFIRMED
from kiosk.store.transaction import Transaction

LEASE = 60_000  # ms: a worker silent for so long has lost its job

_PRINTER_COLUMNS = "id, name, kind, address, width_mm, profile, status, cutter, active"


def add(tx: Transaction, **fields: Any) -> int:
    row = fields | {"state": QUEUED, "attempts": 0, "created_at": tx.now}
    cursor = tx.execute(
        f"INSERT INTO print_jobs ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    return int(cursor.lastrowid)


def find(tx: Transaction, job: int) -> Any:
    return tx.one("SELECT * FROM print_jobs WHERE id = ?", job)


def expire_old(tx: Transaction) -> None:
    """Late originals never print by themselves; a lost `sending` may be on paper already."""
    tx.execute(
        "UPDATE print_jobs SET state = ?, ended_at = ? WHERE ended_at IS NULL AND state IN (?, ?)"
        " AND not_after < ? AND (state = ? OR lease_until < ?)",
        (EXPIRED, tx.now, QUEUED, CLAIMED, tx.now, QUEUED, tx.now),
    )
    tx.execute(
        "UPDATE print_jobs SET state = ?, claimed_by = NULL"
        " WHERE ended_at IS NULL AND state = ? AND lease_until < ?",
        (QUEUED, CLAIMED, tx.now),
    )
    tx.execute(
        "UPDATE print_jobs SET state = ?, ended_at = ?, error = 'worker lost'"
        " WHERE ended_at IS NULL AND state = ? AND lease_until < ?",
        (UNCONFIRMED, tx.now, SENDING, tx.now),
    )


def release(tx: Transaction, worker: str) -> int:
    """Take back what a dead worker held: `sending` may be on paper, `claimed` is not."""
    unsure = tx.execute(
        "UPDATE print_jobs SET state = ?, ended_at = ?, error = 'worker lost'"
        " WHERE state = ? AND claimed_by = ?",
        (UNCONFIRMED, tx.now, SENDING, worker),
    )
    again = tx.execute(
        "UPDATE print_jobs SET state = ?, claimed_by = NULL WHERE state = ? AND claimed_by = ?",
        (QUEUED, CLAIMED, worker),
    )
    return int(unsure.rowcount + again.rowcount)


def claim(tx: Transaction, worker: str, limit: int) -> list[dict[str, Any]]:
    rows = tx.all(
        "SELECT * FROM print_jobs WHERE ended_at IS NULL AND state = ? ORDER BY id LIMIT ?",
        QUEUED,
        limit,
    )
    printers = {row["id"]: row for row in all_printers(tx.db)}
    for row in rows:
        tx.execute(
            "UPDATE print_jobs SET state = ?, claimed_by = ?, lease_until = ?,"
            " attempts = attempts + 1 WHERE id = ?",
            (CLAIMED, worker, tx.now + LEASE, row["id"]),
        )
    return [
        {
            "id": row["id"],
            "ticket": row["ticket"],
            "copy_no": row["copy_no"],
            "facts": row["facts"],
            "layout_version": row["layout_version"],
            "not_after": row["not_after"],
            "attempts": row["attempts"] + 1,
            "printer": printers[row["printer"]],
        }
        for row in rows
    ]


def report(tx: Transaction, job: int, state: str, error: str | None, sha256: str | None) -> None:
    ended = tx.now if state in ENDED else None
    sent = tx.now if state == SENDING else None
    tx.execute(
        "UPDATE print_jobs SET state = ?, error = ?, sha256 = coalesce(?, sha256),"
        " sent_at = coalesce(?, sent_at), ended_at = ?, lease_until = ?,"
        " claimed_by = CASE ? WHEN 'queued' THEN NULL ELSE claimed_by END WHERE id = ?",
        (state, error, sha256, sent, ended, tx.now + LEASE, state, job),
    )


def with_numbers(db: Any, jobs: list[int]) -> list[dict[str, Any]]:
    """{id, number, at} of these jobs, newest first. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(
        "SELECT j.id, t.number, j.created_at AS at FROM print_jobs j"
        f" JOIN tickets t ON t.id = j.ticket WHERE j.id IN ({','.join('?' * len(jobs))})"
        " ORDER BY j.id DESC",
        jobs,
    )
    return [dict(row) for row in rows]


def counts(db: Any, since: int) -> dict[str, int]:
    rows = db.conn.execute(
        "SELECT state, count(*) AS n FROM print_jobs WHERE created_at >= ? GROUP BY state", (since,)
    )
    return {row["state"]: row["n"] for row in rows}


def all_printers(db: Any) -> list[dict[str, Any]]:
    rows = db.conn.execute(f"SELECT {_PRINTER_COLUMNS} FROM printers ORDER BY id")
    return [dict(row) for row in rows]


def printer(tx: Transaction, number: int) -> Any:
    return tx.one("SELECT * FROM printers WHERE id = ?", number)


def printer_for(tx: Transaction, device: str) -> int:
    """The printer of a kiosk: its own if configured, else the first real one, else the preview."""
    key = f"printer/{device}"
    if key not in tx.cache:
        row = None
        kind, _, number = device.partition(":")
        if kind == "kiosk" and number.isdigit():
            row = tx.one(
                "SELECT p.id FROM devices d JOIN printers p"
                " ON p.id = json_extract(d.config, '$.printer') AND p.active = 1 WHERE d.id = ?",
                int(number),
            )
        row = row or tx.one(
            "SELECT id FROM printers WHERE active = 1 ORDER BY kind = 'preview', id LIMIT 1"
        )
        tx.cache[key] = int(row["id"]) if row else 0
    printer_id: int = tx.cache[key]
    return printer_id


def put_printer(tx: Transaction, number: int | None, fields: dict[str, Any]) -> int:
    tx.cache.clear()
    if number is None:
        cursor = tx.execute(
            f"INSERT INTO printers ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})",
            tuple(fields.values()),
        )
        return int(cursor.lastrowid)
    sets = ", ".join(f"{name} = ?" for name in fields)
    tx.execute(f"UPDATE printers SET {sets} WHERE id = ?", (*fields.values(), number))
    return number


def is_real_printer_connected(db: Any) -> bool:
    """Whether any active printer is more than the preview."""
    row = db.conn.execute(
        "SELECT 1 FROM printers WHERE active = 1 AND kind <> 'preview' LIMIT 1"
    ).fetchone()
    return row is not None
