"""Printers: setting them up, trying them, and settling what nobody knows the end of."""

import json
from typing import Any

from kiosk.commands import Answer, alarms, allowed
from kiosk.commands.tickets import reprint_ticket
from kiosk.domain.actor import AGENT, COUNTER, RECEPTION, SUPERVISOR, Actor
from kiosk.domain.office_day import ZONE_LABELS
from kiosk.domain.paper import (
    ASKABLE_KINDS,
    LAYOUT_VERSION,
    PRINTER_KINDS,
    PROBES,
    ROLL_MM,
    STATUS_ABILITIES,
    UNSETTLED,
)
from kiosk.errors import Invalid, UnknownJob, UnknownPrinter, WrongJobState
from kiosk.store import devices, print_jobs, printers, settings
from kiosk.store.transaction import Transaction

TESTS = ("test", "selftest")
LONGEST_ROLL_MM = 300_000


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
    probe: str = "gsr",
    cutter: bool = True,
    active: bool = True,
    agent: int | None = None,
    roll_mm: int | None = None,
    printer: int | None = None,
) -> Answer:
    """Add a printer or change one.

    kind: preview, network, usb, serial, file, lp, windows. status: dle_eot if it tells its state,
    none if it never answers; probe: gsr, gsh or none, how it says that a ticket came out. agent:
    the device (id) of the agent beside it, None for one that this server reaches itself. roll_mm:
    the length of a new roll. Raises Invalid, UnknownPrinter, UnknownDevice.
    """
    _require(kind in PRINTER_KINDS, "kind", ", ".join(PRINTER_KINDS))
    _require(status in STATUS_ABILITIES, "status", ", ".join(STATUS_ABILITIES))
    _require(probe in PROBES, "probe", ", ".join(PROBES))
    roll = roll_mm or ROLL_MM.get(width_mm, ROLL_MM[80])
    _require(1000 <= roll <= LONGEST_ROLL_MM, "roll_mm", f"1000-{LONGEST_ROLL_MM}")
    if agent is not None and devices.get(tx, agent).kind != AGENT:
        raise Invalid(field="agent", problem=str(agent))
    askable = kind in ASKABLE_KINDS
    fields: dict[str, Any] = {
        "name": name,
        "kind": kind,
        "address": address,
        "width_mm": width_mm,
        "profile": profile,
        "status": status if askable else "none",
        "probe": probe if askable else "none",
        "cutter": int(cutter),
        "active": int(active),
        "agent": agent,
        "roll_mm": roll,
    }
    if printer is not None:
        _known(tx, printer)
        # What waits was perhaps rendered for other paper; another worker may have to take over.
        print_jobs.forget_bytes(tx, printer)
    number = printers.put(tx, printer, fields)
    tx.record("printer_changed", by, printer=number, name=name, kind=kind, active=active)
    alarms.refresh(tx)
    return {"printer": {"id": number} | fields}


@allowed(SUPERVISOR, RECEPTION)
def print_test(tx: Transaction, by: Actor, *, printer: int, kind: str = "test") -> Answer:
    """A page without a number: `test`, or `selftest` with ruler, characters and QR code."""
    row = _known(tx, printer)
    _require(kind in TESTS, "kind", ", ".join(TESTS))
    values = settings.current(tx)
    facts = {
        "document": kind,
        "office": values["name"],
        "printer": row["name"],
        "at": tx.now,
        "zone": values["zone"],
        "zone_label": ZONE_LABELS.get(values["zone"], ""),
        "url": values["public_url"] or None,
    }
    job = print_jobs.add(
        tx,
        ticket=0,
        device=by.device,
        printer=printer,
        fallback=None,
        kind=kind,
        copy_no=0,
        facts=json.dumps(facts, ensure_ascii=False),
        layout_version=LAYOUT_VERSION,
        not_after=tx.now + int(values["print_within_seconds"]) * 1000,
        settled_at=tx.now,
        settled_by=by.name,
    )
    return {"job": job}


@allowed(SUPERVISOR, RECEPTION)
def change_roll(tx: Transaction, by: Actor, *, printer: int, roll_mm: int | None = None) -> Answer:
    """A new roll is in: the count of millimetres begins again. `roll_mm` if it is of another
    length than the last one."""
    row = _known(tx, printer)
    if roll_mm is not None:
        _require(1000 <= roll_mm <= LONGEST_ROLL_MM, "roll_mm", f"1000-{LONGEST_ROLL_MM}")
        printers.put(tx, printer, {"roll_mm": roll_mm})
    printers.begin_roll(tx, printer)
    tx.record("roll_changed", by, printer=printer, name=row["name"])
    alarms.refresh(tx)
    return {"printer": dict(printers.find(tx, printer))}


@allowed(SUPERVISOR, RECEPTION, COUNTER)
def settle_print_job(tx: Transaction, by: Actor, *, job_id: int, came_out: bool) -> Answer:
    """Somebody looked: the paper came out, or a marked copy is needed. Raises UnknownJob,
    WrongJobState when nothing is unclear about it."""
    job = print_jobs.find(tx, job_id)
    if job is None:
        raise UnknownJob(job=job_id)
    if job["state"] not in UNSETTLED or job["settled_at"] is not None:
        raise WrongJobState(job=job_id, state=job["state"])
    print_jobs.settle(tx, job_id, by.name)
    answer: Answer = {"job": job_id}
    if not came_out and job["ticket"]:
        copy = reprint_ticket(tx, by, ticket_id=job["ticket"], reason="print job not confirmed")
        answer = {"job": job_id, "copy": copy["job"]}
    tx.record("print_job_settled", by, job=job_id, came_out=came_out)
    alarms.refresh(tx)
    return answer


def _known(tx: Transaction, printer: int) -> Any:
    row = printers.find(tx, printer)
    if row is None:
        raise UnknownPrinter(printer=printer)
    return row


def _require(condition: bool, field: str, problem: str) -> None:
    if not condition:
        raise Invalid(field=field, problem=problem)
