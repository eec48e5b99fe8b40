"""What a service needs decided now: blanks gone, running out or back, a link reported down."""

from typing import Any

from kiosk.board.reading import Reading
from kiosk.domain import ticket as states
from kiosk.domain.service import BIODATA_INSTEAD, OPEN, Service

Alarm = dict[str, Any]


def blanks_left(reading: Reading) -> int | None:
    """Card blanks in stock; None where nobody counts them."""
    stock = reading.settings["blanks"]
    return int(stock) if stock else None


def of_blanks(reading: Reading) -> list[Alarm]:
    """For each card service: `blanks_gone` while it is open without blanks, `blanks_back` while it
    gives biodata instead though there are some. `blanks_low` once: fewer than people who wait."""
    left = blanks_left(reading)
    if left is None:
        return []
    services = _card_services(reading)
    alarms: list[Alarm] = []
    if left == 0:
        alarms = [
            _alarm("blanks_gone", service=s.code, waiting=reading.waiting_counts.get(s.code, 0))
            for s in services
            if s.state == OPEN
        ]
    else:
        alarms = [
            _alarm("blanks_back", service=s.code, left=left)
            for s in services
            if s.state == BIODATA_INSTEAD and s.cause == "blanks"
        ]
        waiting = sum(reading.waiting_counts.get(s.code, 0) for s in services if s.state == OPEN)
        if waiting > left:
            alarms.append(_alarm("blanks_low", left=left, waiting=waiting))
    return alarms


def of_link(reading: Reading) -> list[Alarm]:
    """A counter set somebody aside because the link is down, and the service still goes on."""
    reported: dict[str, str] = {}
    for ticket in reading.in_states(states.PARKED):
        if ticket.cause == "link" and reading.services[ticket.service].state == OPEN:
            reported.setdefault(ticket.service, ticket.number)
    return [
        _alarm("link_reported", service=code, number=number) for code, number in reported.items()
    ]


def _card_services(reading: Reading) -> list[Service]:
    codes = reading.settings["card_services"].replace(" ", "").split(",")
    return [service for code, service in reading.services.items() if code in codes]


def _alarm(code: str, **details: Any) -> Alarm:
    return {"code": code, "details": details}
