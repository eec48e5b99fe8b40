"""A counter's last deed, for undo."""

import json
from typing import Any

from kiosk.store import journal, tickets


def undoable(db: Any, last_seq: int | None, now: int, seconds: int) -> Any:
    """The journal row of a counter's last deed while it may still be undone, else None.

    It may not when it is older than `seconds`, or when somebody touched its ticket since.
    `db` is a sqlite_utils Database.
    """
    row = journal.read_row(db, last_seq) if last_seq is not None else None
    if row is None or now > row["at"] + seconds * 1000:
        return None
    for key in json.loads(row["data"])["set"].get("tickets", {}):
        ticket = tickets.find(db, int(key))
        if ticket is None or ticket.last_seq != row["seq"]:
            return None
    return row
