"""A slip for somebody who is probably too late: proof of the hour, and what else can be done.

It is no number and stands in no queue. Its trace code is a piece of the journal, as a ticket's is.
"""

from typing import Any, Literal

from kiosk.commands import Answer, allowed, paper
from kiosk.domain.actor import COUNTER, KIOSK, RECEPTION, SUPERVISOR, Actor
from kiosk.domain.ticket import trace_code
from kiosk.errors import Conflict, Forbidden, UnknownSlip
from kiosk.store import print_jobs, services
from kiosk.store.transaction import Transaction

MINUTE = 60_000


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


@allowed(KIOSK, RECEPTION, COUNTER, SUPERVISOR)
def reprint_slip(tx: Transaction, by: Actor, *, slip_id: int, reason: str | None = None) -> Answer:
    """Queue a marked copy. The giving kiosk may ask once, within 60 s. Raises UnknownSlip."""
    original = print_jobs.of_slip(tx.db, slip_id)
    if original is None:
        raise UnknownSlip()
    if by.role == KIOSK:
        if original["device"] != by.device or tx.now > original["created_at"] + MINUTE:
            raise Forbidden(slip=slip_id)
        if paper.copies(tx, slip_id) > 0:
            raise Conflict()
    job = paper.queue_slip_copy(tx, by, original)
    tx.record("slip_reprinted", by, slip=slip_id, reason=reason)
    return {"slip": {"id": slip_id}, "job": job}
