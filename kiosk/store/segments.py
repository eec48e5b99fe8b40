"""One journal segment an office day: closed when the next day begins, dropped after the complaint
period. What stays of a dropped segment is its day, its counts and its head, so the chain goes on.
"""

from kiosk.store.journal import GENESIS, canonical
from kiosk.store.transaction import Transaction


def close(tx: Transaction, day: str) -> None:
    """Note the bounds and counts of a finished day's rows."""
    first = tx.one("SELECT coalesce(max(last_seq), 0) + 1 AS seq FROM segments")["seq"]
    last = tx.head.seq
    before = tx.one("SELECT hash FROM journal WHERE seq = ?", first - 1) or tx.one(
        "SELECT head_hash AS hash FROM segments WHERE last_seq = ?", first - 1
    )
    counts: dict[str, dict[str, int]] = {}
    for row in tx.all(
        "SELECT service, state, count(*) AS n FROM tickets WHERE day = ? GROUP BY 1, 2", day
    ):
        counts.setdefault(row["service"], {})[row["state"]] = row["n"]
    tx.execute(
        "INSERT INTO segments (day, first_seq, last_seq, previous_hash, head_hash, counts)"
        " VALUES (?,?,?,?,?,?)",
        (day, first, last, before["hash"] if before else GENESIS, tx.head.hash, canonical(counts)),
    )


def purge(tx: Transaction, before_day: str) -> list[str]:
    """Drop the rows and tickets of every closed segment older than a day. Returns their days."""
    purged = []
    for row in tx.all(
        "SELECT day, first_seq, last_seq FROM segments WHERE day < ? AND purged_at IS NULL",
        before_day,
    ):
        day = row["day"]
        tx.execute("UPDATE segments SET purged_at = ? WHERE day = ?", (tx.now, day))
        tx.execute(
            "DELETE FROM journal WHERE seq BETWEEN ? AND ?", (row["first_seq"], row["last_seq"])
        )
        # Notices and calls for help have the seq of their own journal row as id.
        for table in ("notices", "help_calls"):
            tx.execute(
                f"DELETE FROM {table} WHERE id BETWEEN ? AND ?", (row["first_seq"], row["last_seq"])
            )
        tx.execute("DELETE FROM alarms WHERE cleared_at < ?", (tx.now - 30 * 86_400_000,))
        for table in ("tokens", "print_jobs"):
            tx.execute(
                f"DELETE FROM {table} WHERE ticket IN (SELECT id FROM tickets WHERE day = ?)",
                (day,),
            )
        for table in ("tickets", "visits", "service_days", "days"):
            tx.execute(f"DELETE FROM {table} WHERE day = ?", (day,))
        purged.append(day)
    return purged
