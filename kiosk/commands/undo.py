"""Undo: the counter's last deed is reversed by a compensating row; nothing is ever deleted.

Counts (calls made, numbers given) are facts of the day and are not taken back.
"""

import json
from typing import Any

from kiosk.commands import Answer, allowed, stock
from kiosk.commands.desk import answer, require_operator
from kiosk.domain.actor import COUNTER, SUPERVISOR, Actor
from kiosk.domain.counter import Counter
from kiosk.errors import NothingToUndo
from kiosk.store import counters, settings, tickets
from kiosk.store.deeds import undoable
from kiosk.store.transaction import Transaction


@allowed(COUNTER, SUPERVISOR)
def undo(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """Reverse the counter's last deed within 60 s (setting). Raises NothingToUndo.

    Every row the deed touched looks as it did before, `last_seq` included: so the deed before it
    can be undone too, as long as it is young enough.
    """
    found = counters.get_open(tx, counter)
    require_operator(by, found)
    row = undoable(tx.db, found.last_seq, tx.now, int(settings.current(tx)["undo_seconds"]))
    if row is None:
        raise NothingToUndo(counter=counter)
    data = json.loads(row["data"])
    was = data["was"]
    _require_empty_hand(found, was)
    touched: int | None = None
    for key, before in was.get("tickets", {}).items():
        touched = int(key)
        tickets.put_back(tx, touched, **before)
    for key, before in was.get("counters", {}).items():
        counters.put_back(tx, int(key), **before)
    for visit in was.get("visits", {}):
        tx.update("visits", int(visit), {}, voided=1)
    stock.give_back(tx, data)
    tx.record("undone", by, counter=counter, undone=row["seq"], what=row["event"])
    return answer(tx, by, counter, touched)


def _require_empty_hand(counter: Counter, was: dict[str, Any]) -> None:
    """A hand that gave a ticket away must be empty to take it back."""
    before = was.get("counters", {}).get(str(counter.number), {})
    if before.get("ticket") is not None and counter.ticket is not None:
        raise NothingToUndo(counter=counter.number)
