"""A ticket as the outside sees it. Priority is told to staff only; the token to its owner only."""

from typing import Any

from kiosk.domain.outlook import Prospect
from kiosk.domain.ticket import Ticket
from kiosk.store import tickets


def minutes(prospect: Prospect | None) -> dict[str, int] | None:
    """A wait as screens get it: {low, high} in whole minutes, or None where none is told."""
    if prospect is None:
        return None
    low, high = prospect.wait.whole
    return {"low": low, "high": high}


def ticket_view(
    db: Any, ticket: Ticket, *, token: str | None, for_staff: bool, trace: str | None = None
) -> dict[str, Any]:
    """JSON-able form of docs/protocol.md. `wait` is what was promised when the
    number was taken, null if nothing was.

    `db` is a sqlite_utils Database, asked for the trace code unless it is given.
    """
    wait = None
    if ticket.wait_low is not None and ticket.wait_high is not None:
        wait = {"low": ticket.wait_low, "high": ticket.wait_high}
    view: dict[str, Any] = {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "state": ticket.state,
        "people_ahead": ticket.people_ahead,
        "wait": wait,
        "trace": trace or tickets.trace_of(db, ticket.id),
        "arrival": ticket.arrival,
        "voter": ticket.voter,
        "deadline": ticket.deadline,
        "counter": ticket.counter,
        "calls": ticket.calls,
        "called_at": ticket.called_at,
        "started_at": ticket.started_at,
        "due_back": ticket.due_back,
        "cause": ticket.cause,
        "outcome": ticket.outcome,
    }
    if token is not None:
        view["token"] = token
    if for_staff:
        view["priority"] = bool(ticket.priority)
    return view
