"""A rehearsal: one call and one ticket that are in no queue, take no number and count nowhere.

Its number is A-000, which no citizen can ever hold: numbers begin at 001. The paper is marked as a
drill, and so is the call on the displays.
"""

import json
from typing import Any

from kiosk.commands import Answer, allowed
from kiosk.domain.actor import DISPLAY, SUPERVISOR, Actor
from kiosk.domain.office_day import ZONE_LABELS
from kiosk.domain.paper import LAYOUT_VERSION
from kiosk.domain.ticket import IN_HAND, WAITING
from kiosk.errors import NotFound, PeopleAreWaiting
from kiosk.store import counters, print_jobs, printers, rehearsals, settings, tickets
from kiosk.store.transaction import Transaction

NUMBER = "A-000"
SERVICE_NAMES = ("Uji coba, bukan nomor antrean", "Rehearsal, not a number")
NO_TICKET = 0


@allowed(SUPERVISOR)
def rehearse(tx: Transaction, by: Actor) -> Answer:
    """Call A-000 to the first counter and print its ticket. Raises PeopleAreWaiting."""
    if tickets.in_states(tx.db, WAITING, *IN_HAND, day=tx.day):
        raise PeopleAreWaiting()
    counter = min(counter.number for counter in counters.known(tx))
    job = _print(tx, by)
    seq = tx.record("rehearsal_called", by, number=NUMBER, counter=counter)
    rehearsals.add(tx, seq, NUMBER, counter, job)
    return {
        "rehearsal": {"id": seq, "at": tx.now, "number": NUMBER, "counter": counter},
        "print_job": job,
    }


@allowed(DISPLAY)
def rehearsal_heard(
    tx: Transaction, by: Actor, *, rehearsal: int, device_id: int, fault: str | None
) -> Answer:
    """A display has shown and spoken it, or says why it was silent. Raises NotFound."""
    if not rehearsals.exists(tx, rehearsal):
        raise NotFound(rehearsal=rehearsal)
    rehearsals.heard(tx, rehearsal, device_id, fault)
    return {"rehearsal": rehearsal}


def _print(tx: Transaction, by: Actor) -> int:
    values = settings.current(tx)
    facts: dict[str, Any] = {
        "office": values["name"],
        "area": values["area"],
        "number": NUMBER,
        "service_name": SERVICE_NAMES[0],
        "service_name_en": None,
        "bring": [],
        "bring_en": [],
        "people_ahead": 0,
        "wait_low": None,
        "wait_high": None,
        "issued_at": tx.now,
        "zone": values["zone"],
        "zone_label": ZONE_LABELS.get(values["zone"], ""),
        "counter_zone": None,
        "phone_url": None,
        "trace": "00000000",
        "language": "id",
        "copy_no": 0,
        "copied_at": None,
        "drill": True,
    }
    return print_jobs.add(
        tx,
        ticket=NO_TICKET,
        device=by.device,
        printer=printers.of_kiosk(tx, by.device)[0],
        kind="test",
        copy_no=0,
        facts=json.dumps(facts, ensure_ascii=False),
        layout_version=LAYOUT_VERSION,
        not_after=tx.now + int(values["print_within_seconds"]) * 1000,
        settled_at=tx.now,
        settled_by=by.name,
    )
