"""A slip for somebody who is probably too late: proof of the hour, and what else can be done.

It is no number and stands in no queue. Its trace code is a piece of the journal, as a ticket's is.
"""

from typing import Any, Literal

from kiosk.commands import Answer, allowed, paper
from kiosk.domain.actor import COUNTER, KIOSK, RECEPTION, SUPERVISOR, Actor
from kiosk.domain.ticket import trace_code
from kiosk.store import services
from kiosk.store.transaction import Transaction


@allowed(KIOSK, RECEPTION, COUNTER, SUPERVISOR)
def give_slip(
    tx: Transaction, by: Actor, *, service: str, language: Literal["id", "en"] = "id"
) -> Answer:
    """Note that somebody came for a service now, and print it. Raises UnknownService.

    A number is not refused by it: it can be taken before and after. Nothing else is kept.
    """
    wanted = services.get(tx, service)
    seq = tx.record("slip_given", by, service=wanted.code)
    slip: dict[str, Any] = {
        "id": seq,
        "service": wanted.code,
        "arrival": tx.now,
        "trace": trace_code(tx.head.hash),
    }
    paper.queue_slip(tx, by, slip, wanted, language)
    return {"slip": slip}
