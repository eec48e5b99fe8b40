"""Whether a number may be given now. Each refusal is an error of its own."""

from kiosk.domain.actor import KIOSK, Actor
from kiosk.domain.office_day import BEFORE, CLOSED, MINUTE, Day, local_time
from kiosk.domain.policy import expected_seconds
from kiosk.domain.service import Service
from kiosk.errors import (
    CannotFinish,
    ClockInDoubt,
    Closed,
    NoMoreNumbers,
    NoNumbersYet,
    Pacing,
    QuotaReached,
)
from kiosk.store import counters, services, settings
from kiosk.store.transaction import Transaction


def admit(
    tx: Transaction, by: Actor, day: Day, service: Service, override_reason: str | None
) -> None:
    """Raises the reason why no number of this service can be given to this asker now.

    Staff may pass what is marked below with a reason; a closed day and a doubtful clock nobody.
    """
    if tx.clock_in_doubt:
        raise ClockInDoubt()
    if day.phase == CLOSED:
        raise Closed()
    values = settings.current(tx)
    overridden = bool(override_reason) and by.is_staff
    if day.phase == BEFORE:
        opens = local_time(day.numbers_from, values["zone"])
        raise NoNumbersYet(time=opens.strftime("%H.%M"))
    services.get_open(tx, service.code)
    if overridden:
        return
    if not day.takes_numbers:
        raise NoMoreNumbers()
    if service.quota is not None and services.today(tx, service.code)[0] >= service.quota:
        raise QuotaReached(service=service.name_id, quota=service.quota)
    if values["pacing"] == "on" and by.role == KIOSK:
        _pace(tx, by, int(values["pacing_per_minute"]))
    if values["honest_stop"] == "on" and not _can_be_finished(tx, day, service):
        raise CannotFinish(service=service.name_id)


def _pace(tx: Transaction, by: Actor, per_minute: int) -> None:
    """At most so many numbers a minute from one kiosk: people take numbers, not heaps of them."""
    row = tx.one(
        "SELECT arrival FROM tickets WHERE issued_by = ? ORDER BY id DESC LIMIT 1 OFFSET ?",
        by.device,
        per_minute - 1,
    )
    if row is not None and tx.now < row["arrival"] + MINUTE:
        raise Pacing(retry_after=(row["arrival"] + MINUTE - tx.now + 999) // 1000)


def _can_be_finished(tx: Transaction, day: Day, service: Service) -> bool:
    """Work waiting for the counters of this service, shared among them, ends before closing."""
    if day.by_hand:
        return True
    serving = [c for c in counters.all_open(tx) if c.serves(service.code)]
    if not serving:
        return tx.now + service.expected * 1000 <= day.closes
    shared = frozenset[str]().union(*(c.service_set for c in serving))
    work = service.expected
    for row in tx.all(
        "SELECT service, count(*) AS n FROM tickets WHERE state = 'waiting' GROUP BY service"
    ):
        if row["service"] in shared:
            code = row["service"]
            done = services.finished_seconds(tx.db, tx.day, code)
            work += row["n"] * expected_seconds(services.get(tx, code).expected, done)
    return tx.now + work * 1000 // len(serving) <= day.closes
