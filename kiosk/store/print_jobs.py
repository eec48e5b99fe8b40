"""Print jobs. They are not journalled: paper is a side effect of a ticket."""

from typing import Any

from kiosk.domain.paper import (
    CANCELLED,
    CLAIMED,
    ENDED,
    EXPIRED,
    ON_PAPER,
    QUEUED,
    SENDING,
    SLIP,
    SUPERSEDED,
    UNCONFIRMED,
    UNSETTLED,
)
from kiosk.store.transaction import Transaction

LOST = "worker lost"
"""The error of a job whose worker died between its first byte and its last word."""

_UNSETTLED = ", ".join(f"'{state}'" for state in UNSETTLED)
_ON_PAPER = ", ".join(f"'{state}'" for state in ON_PAPER)


def add(tx: Transaction, **fields: Any) -> int:
    row = fields | {"state": QUEUED, "attempts": 0, "created_at": tx.now}
    cursor = tx.execute(
        f"INSERT INTO print_jobs ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})",
        tuple(row.values()),
    )
    return int(cursor.lastrowid)


def find(tx: Transaction, job: int) -> Any:
    return tx.one("SELECT * FROM print_jobs WHERE id = ?", job)


def of_ticket(db: Any, ticket: int) -> list[Any]:
    """All jobs of a ticket, the newest first. `db` is a sqlite_utils Database."""
    rows: list[Any] = db.conn.execute(
        "SELECT * FROM print_jobs WHERE ticket = ? ORDER BY id DESC", (ticket,)
    ).fetchall()
    return rows


def of_slip(db: Any, slip: int) -> Any:
    """The job of a slip's original, or None. `db` is a sqlite_utils Database."""
    return db.conn.execute(
        "SELECT * FROM print_jobs WHERE ticket = ? AND kind = ? ORDER BY id LIMIT 1", (slip, SLIP)
    ).fetchone()


def giver_of_slip(db: Any, slip: int) -> str | None:
    """The device that gave a slip. `db` is a sqlite_utils Database."""
    row = of_slip(db, slip)
    return str(row["device"]) if row else None


def copies(db: Any, ticket: int) -> int:
    """How many marked copies were asked for so far. `db` is a sqlite_utils Database."""
    row = db.conn.execute(
        "SELECT max(copy_no) AS n FROM print_jobs WHERE ticket = ?", (ticket,)
    ).fetchone()
    return int(row["n"] or 0)


def is_any_waiting(db: Any, printer: int) -> bool:
    """Whether a worker of this printer would be given something."""
    row = db.conn.execute(
        "SELECT 1 FROM print_jobs WHERE printer = ? AND ended_at IS NULL AND state = ? LIMIT 1",
        (printer, QUEUED),
    ).fetchone()
    return row is not None


# --- what a worker does ------------------------------------------------------------------------


def expire_old(tx: Transaction) -> list[Any]:
    """What waited too long never prints by itself. Returns what has just expired."""
    late = tx.all(
        "SELECT * FROM print_jobs WHERE ended_at IS NULL AND state IN (?, ?) AND not_after < ?",
        QUEUED, CLAIMED, tx.now,
    )  # fmt: skip
    for job in late:
        end(tx, job["id"], EXPIRED, job["error"])
    return late


def release(tx: Transaction, printer: int, *, unsure: bool = True) -> None:
    """Nobody works on this printer's jobs any more: what was being sent may be on paper, what
    was only claimed is not. With `unsure` False no worker is there to have begun anything."""
    if unsure:
        tx.execute(
            "UPDATE print_jobs SET state = ?, ended_at = ?, error = ?"
            " WHERE printer = ? AND ended_at IS NULL AND state = ?",
            (UNCONFIRMED, tx.now, LOST, printer, SENDING),
        )
    tx.execute(
        "UPDATE print_jobs SET state = ?, claimed_by = NULL"
        " WHERE printer = ? AND ended_at IS NULL AND state = ?",
        (QUEUED, printer, CLAIMED),
    )


def claim(tx: Transaction, printer: int, worker: str, limit: int) -> list[Any]:
    """The oldest jobs of a printer, in the order of issue, for this worker."""
    rows = tx.all(
        "SELECT * FROM print_jobs WHERE printer = ? AND ended_at IS NULL AND state = ?"
        " ORDER BY id LIMIT ?",
        printer, QUEUED, limit,
    )  # fmt: skip
    for row in rows:
        tx.execute(
            "UPDATE print_jobs SET state = ?, claimed_by = ?, attempts = attempts + 1 WHERE id = ?",
            (CLAIMED, worker, row["id"]),
        )
    return rows


def announce(tx: Transaction, job: int, ticket: bytes, sha256: str, length_mm: int) -> None:
    """Keep the bytes that are about to go out."""
    tx.execute(
        "UPDATE print_jobs SET state = ?, bytes = ?, sha256 = ?, length_mm = ?, sent_at = ?,"
        " error = NULL WHERE id = ?",
        (SENDING, ticket, sha256, length_mm, tx.now, job),
    )


def end(tx: Transaction, job: int, state: str, error: str | None) -> None:
    tx.execute(
        "UPDATE print_jobs SET state = ?, error = ?, ended_at = ? WHERE id = ?",
        (state, error, tx.now, job),
    )


def give_back(tx: Transaction, job: int, error: str | None) -> None:
    """No byte of it went out: it waits again, in its old place."""
    tx.execute(
        "UPDATE print_jobs SET state = ?, error = ?, claimed_by = NULL WHERE id = ?",
        (QUEUED, error, job),
    )


def waiting_with_fallback(tx: Transaction, printer: int) -> list[Any]:
    rows: list[Any] = tx.all(
        "SELECT * FROM print_jobs WHERE printer = ? AND state = ? AND ended_at IS NULL"
        " AND fallback IS NOT NULL ORDER BY id",
        printer, QUEUED,
    )  # fmt: skip
    return rows


def forget_bytes(tx: Transaction, printer: int) -> None:
    """What waits for this printer is rendered anew."""
    tx.execute(
        "UPDATE print_jobs SET bytes = NULL, sha256 = NULL, length_mm = NULL"
        " WHERE printer = ? AND state = ? AND ended_at IS NULL",
        (printer, QUEUED),
    )


def move_to_fallback(tx: Transaction, job: Any) -> None:
    """To the other printer, for which it is rendered anew; it may come back the same way."""
    tx.execute(
        "UPDATE print_jobs SET printer = ?, fallback = ?, bytes = NULL, sha256 = NULL,"
        " length_mm = NULL WHERE id = ?",
        (job["fallback"], job["printer"], job["id"]),
    )


# --- what becomes of it ------------------------------------------------------------------------


def end_waiting(tx: Transaction, ticket: int, state: str) -> None:
    """Whatever of this ticket has not begun to print is not printed any more."""
    tx.execute(
        "UPDATE print_jobs SET state = ?, ended_at = ?"
        " WHERE ticket = ? AND ended_at IS NULL AND state IN (?, ?)",
        (state, tx.now, ticket, QUEUED, CLAIMED),
    )


def cancel(tx: Transaction, ticket: int) -> None:
    end_waiting(tx, ticket, CANCELLED)
    settle_ticket(tx, ticket, "cancelled")


def supersede(tx: Transaction, ticket: int) -> None:
    """A marked copy is coming: an original that waits must not come too."""
    end_waiting(tx, ticket, SUPERSEDED)


def settle_ticket(tx: Transaction, ticket: int, by: str) -> None:
    """Nobody has to look for the paper of this ticket any more."""
    tx.execute(
        "UPDATE print_jobs SET settled_at = ?, settled_by = ?"
        f" WHERE ticket = ? AND settled_at IS NULL AND state IN ({_UNSETTLED})",
        (tx.now, by, ticket),
    )


def settle_served(tx: Transaction) -> None:
    """Who is at a counter, has been there or has left needs no paper any more."""
    tx.execute(
        "UPDATE print_jobs SET settled_at = ?, settled_by = 'ticket'"
        f" WHERE settled_at IS NULL AND state IN ({_UNSETTLED}) AND EXISTS"
        " (SELECT 1 FROM tickets t WHERE t.id = print_jobs.ticket"
        " AND t.state IN ('serving', 'completed', 'cancelled', 'expired'))",
        (tx.now,),
    )


def settle(tx: Transaction, job: int, by: str) -> None:
    tx.execute(
        "UPDATE print_jobs SET settled_at = ?, settled_by = ? WHERE id = ?", (tx.now, by, job)
    )


def unsettled(db: Any) -> list[dict[str, Any]]:
    """Jobs that somebody has to look after, oldest first: {id, number, printer, state, error,
    kind, at, ticket}. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(
        "SELECT j.id, j.ticket, t.number, j.printer, j.state, j.error, j.kind, j.copy_no,"
        " coalesce(j.ended_at, j.created_at) AS at FROM print_jobs j"
        " LEFT JOIN tickets t ON t.id = j.ticket"
        " JOIN printers p ON p.id = j.printer AND p.kind <> 'preview'"
        f" WHERE j.settled_at IS NULL AND j.state IN ({_UNSETTLED}) ORDER BY j.id LIMIT 100"
    )
    return [dict(row) for row in rows]


def unsettled_counts(db: Any) -> dict[int, int]:
    """How many of them by printer."""
    rows = db.conn.execute(
        "SELECT printer, count(*) AS n FROM print_jobs"
        f" WHERE settled_at IS NULL AND state IN ({_UNSETTLED}) GROUP BY printer"
    )
    return {row["printer"]: row["n"] for row in rows}


def note_missed(tx: Transaction, ticket: int) -> Any:
    """The citizen says that no paper came. Returns the job that was to bring it, if any."""
    job = tx.one(
        "SELECT * FROM print_jobs WHERE ticket = ? AND kind = 'ticket'"
        " ORDER BY id DESC LIMIT 1",
        ticket,
    )  # fmt: skip
    if job is not None:
        tx.execute("UPDATE print_jobs SET missed_at = ? WHERE id = ?", (tx.now, job["id"]))
    return job


def are_missed_in_a_row(tx: Transaction, printer: int, count: int, since: int) -> bool:
    """Whether the last so many originals since a moment are all said not to have come out.

    One of the last minute may still be asked for; it says nothing yet.
    """
    rows = tx.all(
        "SELECT missed_at FROM print_jobs WHERE printer = ? AND kind = 'ticket' AND created_at >= ?"
        f" AND state IN ({_ON_PAPER}) AND (missed_at IS NOT NULL OR created_at < ?)"
        " ORDER BY id DESC LIMIT ?",
        printer, since, tx.now - 60_000, count,
    )  # fmt: skip
    return len(rows) == count and all(row["missed_at"] is not None for row in rows)


# --- for people and screens --------------------------------------------------------------------


def with_numbers(db: Any, jobs: list[int]) -> list[dict[str, Any]]:
    """{id, number, at} of these jobs, newest first. `db` is a sqlite_utils Database."""
    rows = db.conn.execute(
        "SELECT j.id, coalesce(t.number, '') AS number, j.created_at AS at FROM print_jobs j"
        f" LEFT JOIN tickets t ON t.id = j.ticket WHERE j.id IN ({','.join('?' * len(jobs))})"
        " ORDER BY j.id DESC",
        jobs,
    )
    return [dict(row) for row in rows]


def counts(db: Any, since: int) -> dict[str, int]:
    rows = db.conn.execute(
        "SELECT state, count(*) AS n FROM print_jobs WHERE created_at >= ? GROUP BY state", (since,)
    )
    return {row["state"]: row["n"] for row in rows}


def backlog(db: Any) -> dict[int, tuple[int, int]]:
    """What waits, by printer: how many, and since when the oldest (UTC ms)."""
    rows = db.conn.execute(
        "SELECT printer, count(*) AS n, min(created_at) AS oldest FROM print_jobs"
        " WHERE ended_at IS NULL GROUP BY printer"
    )
    return {row["printer"]: (row["n"], row["oldest"]) for row in rows}


def latest(db: Any, printer: int, limit: int) -> list[dict[str, Any]]:
    """The newest jobs of one printer, with the number of their ticket."""
    rows = db.conn.execute(
        "SELECT j.id, j.ticket, t.number, j.kind, j.copy_no, j.state, j.error, j.attempts,"
        " j.created_at, j.sent_at, j.ended_at, j.sha256, j.length_mm, length(j.bytes) AS size"
        " FROM print_jobs j LEFT JOIN tickets t ON t.id = j.ticket"
        " WHERE j.printer = ? ORDER BY j.id DESC LIMIT ?",
        (printer, limit),
    )
    return [dict(row) for row in rows]


def counts_of(db: Any, printer: int, since: int) -> dict[str, int]:
    rows = db.conn.execute(
        "SELECT state, count(*) AS n FROM print_jobs WHERE printer = ? AND created_at >= ?"
        " GROUP BY state",
        (printer, since),
    )
    return {row["state"]: row["n"] for row in rows}


def durations(db: Any, printer: int, limit: int) -> list[int]:
    """ms from the order to the last word, of the newest jobs that came out, in rising order."""
    rows = db.conn.execute(
        "SELECT ended_at - created_at AS took FROM print_jobs WHERE printer = ?"
        " AND state IN ('printed', 'sent') ORDER BY id DESC LIMIT ?",
        (printer, limit),
    )
    return sorted(row["took"] for row in rows)


def mean_length_mm(db: Any, printer: int) -> int | None:
    """The mean length of the last tickets of a printer; None before the first."""
    row = db.conn.execute(
        "SELECT sum(length_mm) / count(*) AS mm FROM (SELECT length_mm FROM print_jobs"
        " WHERE printer = ? AND length_mm > 0 ORDER BY id DESC LIMIT 20)",
        (printer,),
    ).fetchone()
    return row["mm"] if row["mm"] else None


def is_ended(job: Any) -> bool:
    return job["state"] in ENDED
