"""Print jobs: written in the ticket's own transaction, so that no number is without one."""

import json
from collections.abc import Mapping
from typing import Any

from kiosk.domain.actor import Actor
from kiosk.domain.office_day import ZONE_LABELS
from kiosk.domain.paper import LAYOUT_VERSION, SLIP
from kiosk.domain.service import Service
from kiosk.domain.ticket import Ticket
from kiosk.store import print_jobs, printers, settings, tickets
from kiosk.store.transaction import Transaction

#: Made once: `json.dumps` would make an encoder for each ticket.
_as_json = json.JSONEncoder(ensure_ascii=False).encode


def queue_original(
    tx: Transaction, by: Actor, issued: Ticket, service: Service, view: dict[str, Any]
) -> int:
    """The unmarked original. Returns the job's id."""
    return _queue(tx, by, issued, service, view, copy_no=0)


def queue_copy(
    tx: Transaction, by: Actor, found: Ticket, service: Service, view: dict[str, Any]
) -> int:
    """The next marked copy; an original that still waits does not come any more.

    Returns the job's id.
    """
    print_jobs.supersede(tx, found.id)
    return _queue(tx, by, found, service, view, copy_no=copies(tx, found.id) + 1)


def queue_slip(
    tx: Transaction, by: Actor, slip: dict[str, Any], service: Service, language: str
) -> int:
    """A slip without a number. Nobody has to look after one that failed: the code is on the screen.

    Returns the job's id.
    """
    values = settings.current(tx)
    printer, fallback = _printers(tx, by.device, missed=False)
    facts = {
        "document": SLIP,
        "office": values["name"],
        "area": values["area"],
        "service_name": service.name_id,
        "service_name_en": service.name_en,
        "issued_at": slip["arrival"],
        "zone": values["zone"],
        "zone_label": ZONE_LABELS.get(values["zone"], ""),
        "trace": slip["trace"],
        "language": language,
        "drill": values["drill"] == "on",
    }
    return _add_slip(tx, by, slip["id"], facts, (printer, fallback), copy_no=0)


def queue_slip_copy(tx: Transaction, by: Actor, original: Mapping[str, Any]) -> int:
    """The next marked copy; an original that still waits does not come any more.

    It is printed where the original was to come out. Returns the job's id.
    """
    slip = original["ticket"]
    print_jobs.supersede(tx, slip)
    copy_no = copies(tx, slip) + 1
    facts = json.loads(original["facts"]) | {"copy_no": copy_no, "copied_at": tx.now}
    where = _printers(tx, original["device"], missed=not by.is_staff)
    return _add_slip(tx, by, slip, facts, where, copy_no)


def _add_slip(
    tx: Transaction,
    by: Actor,
    slip: int,
    facts: dict[str, Any],
    where: tuple[int, int | None],
    copy_no: int,
) -> int:
    printer, fallback = where
    return print_jobs.add(
        tx,
        ticket=slip,
        device=by.device,
        printer=printer,
        fallback=fallback,
        kind=SLIP,
        copy_no=copy_no,
        facts=_as_json(facts),
        layout_version=LAYOUT_VERSION,
        not_after=tx.now + int(settings.current(tx)["print_within_seconds"]) * 1000,
        settled_at=tx.now,
        settled_by=by.name,
    )


def cancel_jobs(tx: Transaction, ticket_id: int) -> None:
    """Nobody comes for this number any more."""
    print_jobs.cancel(tx, ticket_id)


def note_missed(tx: Transaction, ticket_id: int) -> None:
    """The citizen says that nothing came out."""
    print_jobs.note_missed(tx, ticket_id)


def copies(tx: Transaction, ticket_id: int) -> int:
    """How many marked copies were asked for so far."""
    return print_jobs.copies(tx.db, ticket_id)


def _queue(
    tx: Transaction,
    by: Actor,
    printed: Ticket,
    service: Service,
    view: dict[str, Any],
    copy_no: int,
) -> int:
    values = settings.current(tx)
    english = printed.language == "en"
    token = view.get("token") or tickets.token_of(tx.db, printed.id)
    facts = {
        "office": values["name"],
        "area": values["area"],
        "number": printed.number,
        "service_name": service.name_id,
        "service_name_en": service.name_en if english else None,
        "bring": _items(service.bring_id),
        "bring_en": _items(service.bring_en) if english else [],
        "people_ahead": printed.people_ahead,
        "wait_low": _seconds(printed.wait_low),
        "wait_high": _seconds(printed.wait_high),
        "issued_at": printed.arrival,
        "zone": values["zone"],
        "zone_label": ZONE_LABELS.get(values["zone"], ""),
        "counter_zone": None,
        "phone_url": f"{values['public_url'].rstrip('/')}/t/{token}"
        if values["public_url"]
        else None,
        "trace": view["trace"],
        "language": printed.language,
        "copy_no": copy_no,
        "copied_at": tx.now if copy_no else None,
        "drill": values["drill"] == "on",
    }
    place = printed.issued_by if by.is_staff and copy_no else by.device
    printer, fallback = _printers(tx, place, missed=bool(copy_no) and not by.is_staff)
    return print_jobs.add(
        tx,
        ticket=printed.id,
        device=by.device,
        printer=printer,
        fallback=fallback,
        kind="reprint" if copy_no else "ticket",
        copy_no=copy_no,
        facts=_as_json(facts),
        layout_version=LAYOUT_VERSION,
        not_after=tx.now + int(values["print_within_seconds"]) * 1000,
    )


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


def _printers(tx: Transaction, place: str, *, missed: bool) -> tuple[int, int | None]:
    """The printer to try first, and the other one. The second comes first while only it is known
    to be ready, and for the copy that a kiosk asks for: its first one has just failed somebody."""
    first, second = printers.of_kiosk(tx, place)
    if second is None or not printers.is_ready(tx, second):
        return first, second
    if missed or not printers.is_ready(tx, first):
        return second, first
    return first, second


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]
