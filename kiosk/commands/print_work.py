"""What print workers do: they hold a printer, take its jobs, and say what became of them.

A worker is one process for one printer. It has one job in hand at most, so everything it holds and
does not speak of when it asks for more is lost: begun jobs may be on paper, others are not.
"""

import base64
from typing import Any

from kiosk.commands import Answer, alarms, allowed
from kiosk.domain.actor import AGENT, Actor
from kiosk.domain.paper import (
    CLAIMED,
    EXPIRED,
    FAILED,
    ON_PAPER,
    PRINTED,
    QUEUED,
    READY,
    REPORTABLE,
    SENDING,
    UNCONFIRMED,
)
from kiosk.errors import Invalid, PrinterTaken, UnknownJob, UnknownPrinter, WrongJobState
from kiosk.store import print_jobs, printers
from kiosk.store.transaction import Transaction

OWN_AGENT = "agent:0"
"""The server's own agent; all others are devices."""


@allowed(AGENT)
def list_agent_printers(tx: Transaction, by: Actor) -> Answer:
    """The printers that this agent serves: it keeps one worker for each."""
    return {"printers": printers.of_agent(tx, _agent_of(by))}


@allowed(AGENT)
def claim_print_jobs(
    tx: Transaction,
    by: Actor,
    *,
    printer: int,
    worker: str,
    after: str | None = None,
    limit: int = 1,
    state: str | None = None,
    answer: str = "",
    reports: list[dict[str, Any]] | None = None,
) -> Answer:
    """One turn of a worker: what became of its jobs, how the printer is, and the next jobs.

    `after` is the worker that had this printer before on the same machine and is known to be dead.
    `state`, `answer`: what the printer said of itself, if it was asked (`answer` as hexadecimal).
    `refused` of the answer: jobs whose report came too late to change anything. Raises
    UnknownPrinter when it is not this agent's or not in use, PrinterTaken while another worker
    holds it.
    """
    row = _own_printer(tx, by, printer)
    _hold(tx, printer, worker, after)
    refused = [r["id"] for r in reports or () if not _accept(tx, printer, worker, r)]
    print_jobs.release(tx, printer)
    print_jobs.expire_old(tx)
    if state is not None:
        printers.note_state(tx, printer, state, answer)
        if state not in READY:
            _divert(tx, printer)
    jobs = print_jobs.claim(tx, printer, worker, limit)
    alarms.refresh(tx)
    return {"jobs": [_handed_out(job) for job in jobs], "refused": refused, "printer": dict(row)}


@allowed(AGENT)
def report_print_jobs(
    tx: Transaction, by: Actor, *, printer: int, worker: str, reports: list[dict[str, Any]]
) -> Answer:
    """What became of claimed jobs: {id, state, error?, sha256?, bytes?, length_mm?}.

    `sending` announces a job, with the bytes that are about to go out (base64) and their SHA-256;
    the worker sends nothing before this is answered. Alone, a report that changes nothing raises
    UnknownJob or WrongJobState (the worker then prints nothing), among others it is in `refused`.
    """
    _own_printer(tx, by, printer)
    _hold(tx, printer, worker, None)
    refused = [r["id"] for r in reports if not _accept(tx, printer, worker, r)]
    if refused and len(reports) == 1:
        job = print_jobs.find(tx, refused[0])
        if job is None:
            raise UnknownJob(job=refused[0])
        raise WrongJobState(job=job["id"], state=job["state"])
    alarms.refresh(tx)
    return {"reported": len(reports) - len(refused), "refused": refused}


@allowed(AGENT)
def leave_printer(tx: Transaction, by: Actor, *, printer: int, worker: str) -> Answer:
    """A worker ends in order, with nothing in hand."""
    held_by, _ = printers.holder(tx, printer) if printers.find(tx, printer) else (None, 0)
    if held_by == worker:
        print_jobs.release(tx, printer)
        printers.lease(tx, printer, None)
    return {}


@allowed()
def expect_workers(tx: Transaction, by: Actor) -> Answer:
    """The server begins: silence of the time before means nothing."""
    printers.expect_workers(tx)
    return {}


def _agent_of(by: Actor) -> int | None:
    return None if by.device == OWN_AGENT else int(by.device.partition(":")[2])


def _own_printer(tx: Transaction, by: Actor, printer: int) -> Any:
    row = printers.find(tx, printer)
    if row is None or not row["active"] or row["agent"] != _agent_of(by):
        raise UnknownPrinter(printer=printer)
    return row


def _hold(tx: Transaction, printer: int, worker: str, after: str | None) -> None:
    held_by, until = printers.holder(tx, printer)
    if held_by not in (None, worker, after) and until > tx.now:
        raise PrinterTaken(printer=printer, retry_after=-(-(until - tx.now) // 1000))
    if held_by != worker:
        print_jobs.release(tx, printer)
    printers.lease(tx, printer, worker)


def _handed_out(job: Any) -> dict[str, Any]:
    return {
        "id": job["id"],
        "ticket": job["ticket"],
        "kind": job["kind"],
        "copy_no": job["copy_no"],
        "facts": job["facts"],
        "layout_version": job["layout_version"],
        "not_after": job["not_after"],
        "attempts": job["attempts"] + 1,
        "bytes": base64.b64encode(job["bytes"]).decode() if job["bytes"] else None,
        "length_mm": job["length_mm"],
    }


def _accept(tx: Transaction, printer: int, worker: str, report: dict[str, Any]) -> bool:
    """Whether the report is about a job of this worker, and says something that can be."""
    state, error = report["state"], report.get("error")
    if state not in REPORTABLE:
        raise Invalid(field="state", problem=", ".join(REPORTABLE))
    job = print_jobs.find(tx, report["id"])
    if job is None:
        return False
    if job["state"] == state and print_jobs.is_ended(job):
        return True  # said before; the answer was lost
    if _is_late_truth(job, report):
        print_jobs.end(tx, job["id"], state, error)
        return True
    mine = job["printer"] == printer and job["claimed_by"] == worker
    if not mine or job["state"] not in (CLAIMED, SENDING):
        return False
    if state == SENDING:
        return _announce(tx, job, report)
    if state in (QUEUED, FAILED):
        _not_printed(tx, job, state, error)
    else:
        _printed(tx, job, state, error, report.get("length_mm"))
    return True


def _is_late_truth(job: Any, report: dict[str, Any]) -> bool:
    """A worker that was thought lost comes back and knows what became of the job."""
    return (
        job["state"] == UNCONFIRMED
        and job["error"] == print_jobs.LOST
        and report["state"] in ON_PAPER
        and report.get("sha256") is not None
        and report["sha256"] == job["sha256"]
    )


def _announce(tx: Transaction, job: Any, report: dict[str, Any]) -> bool:
    if job["state"] != CLAIMED:
        return False
    if job["not_after"] < tx.now:
        print_jobs.end(tx, job["id"], EXPIRED, job["error"])
        return False
    ticket = base64.b64decode(report.get("bytes") or "")
    print_jobs.announce(
        tx, job["id"], ticket, report.get("sha256") or "", report.get("length_mm") or 0
    )
    return True


def _printed(tx: Transaction, job: Any, state: str, error: str | None, length: int | None) -> None:
    print_jobs.end(tx, job["id"], state, error)
    length_mm = job["length_mm"] or length or 0
    if length_mm:
        printers.use_paper(tx, job["printer"], length_mm)
    if state == PRINTED and job["copy_no"]:
        print_jobs.settle_ticket(tx, job["ticket"], "copy")


def _not_printed(tx: Transaction, job: Any, state: str, error: str | None) -> None:
    """No byte was accepted: the second printer may have it, as the original."""
    print_jobs.give_back(tx, job["id"], error)
    if printers.is_ready(tx, job["fallback"]):
        print_jobs.move_to_fallback(tx, job)
    elif state == FAILED:
        print_jobs.end(tx, job["id"], FAILED, error)


def _divert(tx: Transaction, printer: int) -> None:
    """This printer prints nothing now: what waits goes to the second printers that do."""
    ready: dict[int, bool] = {}
    for job in print_jobs.waiting_with_fallback(tx, printer):
        fallback = job["fallback"]
        if fallback not in ready:
            ready[fallback] = printers.is_ready(tx, fallback)
        if ready[fallback]:
            print_jobs.move_to_fallback(tx, job)
