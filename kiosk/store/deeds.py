"""A counter's last deed, for undo."""

import json
from typing import Any

from kiosk.domain.ticket import WAITING
from kiosk.store import journal, services, tickets


def undoable(db: Any, last_seq: int | None, now: int, seconds: int) -> Any:
    """The journal row of a counter's last deed while it may still be undone, else None.

    It may not when it is older than `seconds`, when somebody touched its ticket since, or when the
    ticket would wait again for a service that was suspended meanwhile.
    `db` is a sqlite_utils Database.
    """
    row = journal.read_row(db, last_seq) if last_seq is not None else None
    if row is None or now > row["at"] + seconds * 1000:
        return None
    for key, before in json.loads(row["data"])["was"].get("tickets", {}).items():
        ticket = tickets.find(db, int(key))
        if ticket is None or ticket.last_seq != row["seq"]:
            return None
        if before.get("state") == WAITING and services.is_suspended(db, ticket.service):
            return None
    return row
