"""A phone: one ticket, and what the room of its service shares."""

from typing import Any

from kiosk.board.display import calls
from kiosk.board.reading import Reading
from kiosk.domain.ticket import CALLED, PARKED, WAITING, Ticket
from kiosk.store import tickets
from kiosk.views import minutes, ticket_view


def phone(reading: Reading, ticket: Ticket) -> dict[str, Any]:
    view = ticket_view(reading.db, ticket, token=None, for_staff=False)
    if ticket.state == WAITING:
        view["people_ahead"] = reading.ahead.get(ticket.id, ticket.people_ahead)
        view["overtaken"] = tickets.is_overtaken(reading.db, ticket)
    prospect = reading.prospect(ticket) if ticket.state in (WAITING, PARKED) else None
    view |= {"wait": minutes(prospect), "class": prospect.voter_class if prospect else None}
    grace = int(reading.settings["return_grace_minutes"]) * 60_000
    view["return_until"] = ticket.since + grace if ticket.state == "no_show" else None
    return {"ticket": view, "served": [call["number"] for call in calls(reading)][:5]}


def room(reading: Reading, service: str) -> dict[str, Any]:
    """People ahead by number, and the numbers called now: nothing that tells whose they are."""
    return {
        "ahead": {
            reading.waiting[ticket_id].number: ahead
            for ticket_id, ahead in reading.ahead.items()
            if reading.waiting[ticket_id].service == service
        },
        "called": [
            {"number": ticket.number, "counter": ticket.counter}
            for ticket in reading.in_states(CALLED)
            if ticket.service == service
        ],
    }
