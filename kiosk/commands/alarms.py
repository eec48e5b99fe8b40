"""Alarms about paper: what is wrong now, compared with what was said before."""

from typing import Any

from kiosk.commands import Answer, allowed
from kiosk.domain import paper
from kiosk.domain.actor import CLOCK, RECEPTION, SUPERVISOR, Actor
from kiosk.errors import NotFound
from kiosk.store import alarms, print_jobs, printers
from kiosk.store.transaction import Transaction

LONG_QUEUE = 3
OLD_JOB = 10_000  # ms
MISSED_IN_A_ROW = 2

Wrong = dict[tuple[str, int], dict[str, Any]]


@allowed()
def watch_printers(tx: Transaction, by: Actor) -> Answer:
    """Once a second: what waited too long expires, workers that fell silent lose their printer,
    alarms come and go."""
    print_jobs.expire_old(tx)
    for printer in printers.abandoned(tx):
        print_jobs.release(tx, printer)
        printers.lease(tx, printer, None)
    refresh(tx)
    return {}


@allowed(SUPERVISOR, RECEPTION)
def acknowledge_alarm(tx: Transaction, by: Actor, *, alarm: int) -> Answer:
    """Somebody has seen it and takes care: it is quiet until it comes again. Raises NotFound."""
    found = alarms.find(tx, alarm)
    if found is None:
        raise NotFound(alarm=alarm)
    if found.acknowledged_at is None:
        alarms.acknowledge(tx, found, by.name)
        tx.record("alarm_acknowledged", by, alarm=found.code, printer=found.printer)
    return {"alarm": {"id": found.id, "code": found.code}}


def refresh(tx: Transaction) -> None:
    """Raise what has become wrong, clear what is right again; each of it is a journal row, so
    that screens hear of it at once and a complaint can be answered weeks later."""
    print_jobs.settle_served(tx)
    wrong = _wrong(tx)
    for alarm in alarms.still_on(tx.db):
        details = wrong.pop((alarm.code, alarm.printer), None)
        if details is None:
            alarms.clear(tx, alarm)
            tx.record("alarm_cleared", CLOCK, alarm=alarm.code, printer=alarm.printer)
        elif details != alarm.details:
            again = details.get("count", 0) > alarm.details.get("count", 0)
            alarms.tell_more(tx, alarm, details, again=again)
            if again:
                tx.record("alarm_raised", CLOCK, alarm=alarm.code, printer=alarm.printer)
    for (code, printer), details in wrong.items():
        alarms.raise_one(tx, code, printer, details)
        tx.record("alarm_raised", CLOCK, alarm=code, printer=printer)


def _wrong(tx: Transaction) -> Wrong:
    found: Wrong = {}
    waiting = print_jobs.backlog(tx.db)
    unsettled = print_jobs.unsettled_counts(tx.db)
    for row in printers.states(tx.db):
        number = row["printer"]
        if row["kind"] == paper.PREVIEW:
            continue
        if unsettled.get(number):
            found["print_unsettled", number] = {"count": unsettled[number]}
        if row["active"]:
            _of_printer(tx, row, waiting.get(number, (0, tx.now)), found)
    return found


def _of_printer(
    tx: Transaction, row: dict[str, Any], waiting: tuple[int, int], found: Wrong
) -> None:
    number, now_is = row["printer"], printers.effective(row, tx.now)
    if now_is != paper.OK and not printers.has_just_begun(row, tx.now):
        found[f"printer_{now_is}", number] = {}
    if now_is not in paper.READY:
        return
    long, oldest = waiting
    if long > LONG_QUEUE or tx.now - oldest > OLD_JOB:
        found["print_queue", number] = {}
    if print_jobs.are_missed_in_a_row(tx, number, MISSED_IN_A_ROW, row["roll_since"]):
        found["paper_missed", number] = {}
    ticket_mm = print_jobs.mean_length_mm(tx.db, number) or paper.TICKET_MM[row["width_mm"]]
    if now_is == paper.OK and paper.is_low(row["roll_mm"], row["used_mm"], ticket_mm):
        found["paper_low", number] = {}
