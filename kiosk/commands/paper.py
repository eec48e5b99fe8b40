"""Print jobs: written in the ticket's own transaction, claimed and reported by workers."""

import json
from typing import Any

from kiosk.commands import Answer, allowed
from kiosk.domain.actor import AGENT, SUPERVISOR, Actor
from kiosk.domain.office_day import ZONE_LABELS
from kiosk.domain.paper import ENDED, LAYOUT_VERSION, REPORTABLE
from kiosk.domain.service import Service
from kiosk.domain.ticket import Ticket
from kiosk.errors import Invalid, NotFound, UnknownJob, WrongJobState
from kiosk.store import print_jobs, settings, tickets
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
    """The next marked copy. Returns the job's id."""
    return _queue(tx, by, found, service, view, copy_no=copies(tx, found.id) + 1)


def copies(tx: Transaction, ticket_id: int) -> int:
    """How many marked copies were asked for so far."""
    row = tx.one("SELECT max(copy_no) AS n FROM print_jobs WHERE ticket = ?", ticket_id)
    return int(row["n"] or 0)


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
        "wait_low": printed.wait_low,
        "wait_high": printed.wait_high,
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
    return print_jobs.add(
        tx,
        ticket=printed.id,
        device=by.device,
        printer=print_jobs.printer_for(tx, by.device),
        kind="reprint" if copy_no else "ticket",
        copy_no=copy_no,
        facts=_as_json(facts),
        layout_version=LAYOUT_VERSION,
        not_after=tx.now + int(values["print_within_seconds"]) * 1000,
    )


@allowed(AGENT)
def claim_print_jobs(tx: Transaction, by: Actor, *, limit: int = 20) -> Answer:
    """Jobs for this worker, oldest first, with a lease; what is too old expires instead."""
    print_jobs.expire_old(tx)
    return {"jobs": print_jobs.claim(tx, by.device, limit)}


@allowed(AGENT)
def recover_print_jobs(tx: Transaction, by: Actor) -> Answer:
    """A worker begins: what it held before it died prints again only if no byte had gone out."""
    return {"recovered": print_jobs.release(tx, by.device)}


@allowed(AGENT)
def report_print_jobs(tx: Transaction, by: Actor, *, reports: list[dict[str, Any]]) -> Answer:
    """What became of claimed jobs: {id, state, error?, sha256?}.

    A job that has ended meanwhile, or is another worker's, is left as it is: alone it raises
    UnknownJob or WrongJobState (the worker then prints nothing), among others it is in `refused`.
    """
    refused = []
    for report in reports:
        if report["state"] not in REPORTABLE:
            raise Invalid(field="state", problem=", ".join(REPORTABLE))
        try:
            _report(tx, by, report)
        except (UnknownJob, WrongJobState):
            if len(reports) == 1:
                raise
            refused.append(report["id"])
    return {"reported": len(reports) - len(refused), "refused": refused}


def _report(tx: Transaction, by: Actor, report: dict[str, Any]) -> None:
    job = print_jobs.find(tx, report["id"])
    if job is None:
        raise UnknownJob(job=report["id"])
    if job["claimed_by"] != by.device or job["state"] in ENDED:
        raise WrongJobState(job=job["id"], state=job["state"])
    print_jobs.report(tx, job["id"], report["state"], report.get("error"), report.get("sha256"))


def _items(text: str) -> list[str]:
    return [item.strip() for item in text.split(";") if item.strip()]


@allowed(SUPERVISOR)
def put_printer(
    tx: Transaction,
    by: Actor,
    *,
    name: str,
    kind: str,
    address: str = "",
    width_mm: int = 80,
    profile: str = "",
    status: str = "none",
    cutter: bool = True,
    active: bool = True,
    printer: int | None = None,
) -> Answer:
    """Add a printer or change one. kind: preview, network, usb, serial, file."""
    fields = {
        "name": name,
        "kind": kind,
        "address": address,
        "width_mm": width_mm,
        "profile": profile,
        "status": status,
        "cutter": int(cutter),
        "active": int(active),
    }
    if printer is not None and print_jobs.printer(tx, printer) is None:
        raise NotFound(printer=printer)
    number = print_jobs.put_printer(tx, printer, fields)
    tx.record("printer_changed", by, printer=number, name=name, kind=kind, active=active)
    return {"printer": {"id": number} | fields}
