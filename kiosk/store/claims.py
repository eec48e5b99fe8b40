"""What voters claimed at the kiosk, and which claims a counter had to correct.

Nothing about persons: a claim is a ticket that was given a deadline. Corrections are kept beside
the journal, whose reclassifications say the same, so that the account costs no search.
"""

from typing import Any

from kiosk.store.transaction import Transaction


def correct(tx: Transaction, ticket_id: int) -> None:
    """A counter found the claim to be another one: no voter, or another service."""
    tx.execute("INSERT OR IGNORE INTO corrected_claims (ticket) VALUES (?)", (ticket_id,))


def account(db: Any, day: str) -> dict[str, int]:
    """{made, confirmed, corrected, open} of a day; what was cancelled or never came is none of the
    last three. `db` is a sqlite_utils Database."""
    row = db.conn.execute(
        "SELECT count(*) AS made,"
        " coalesce(sum(c.ticket IS NOT NULL), 0) AS corrected,"
        " coalesce(sum(c.ticket IS NULL AND t.state = 'completed'), 0) AS confirmed,"
        " coalesce(sum(c.ticket IS NULL AND t.state IN"
        " ('waiting', 'called', 'serving', 'parked', 'suspended', 'no_show')), 0) AS open"
        " FROM tickets t LEFT JOIN corrected_claims c ON c.ticket = t.id"
        " WHERE t.day = ? AND (t.deadline IS NOT NULL OR c.ticket IS NOT NULL)",
        (day,),
    ).fetchone()
    return dict(row)
