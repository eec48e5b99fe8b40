"""The first day of an office: name, hours, counters, catalogue."""

from kiosk.commands import Answer, allowed
from kiosk.commands.catalogue import set_setting
from kiosk.domain.actor import SUPERVISOR, Actor
from kiosk.domain.service import DEFAULT_CATALOGUE
from kiosk.errors import Conflict, Invalid
from kiosk.store import counters, print_jobs, services
from kiosk.store.transaction import Transaction


@allowed(SUPERVISOR)
def initialise(
    tx: Transaction, by: Actor, *, settings: dict[str, str], counter_count: int
) -> Answer:
    """Write settings, the default catalogue, counters that serve everything, and a preview printer.

    Raises Conflict when the office was set up before, SettingInvalid, Invalid.
    """
    if not 1 <= counter_count <= 99:
        raise Invalid(field="counters", problem="1-99")
    if services.catalogue(tx):
        raise Conflict(office="initialised")
    for key, value in settings.items():
        set_setting(tx, by, key=key, value=value)
    for service in DEFAULT_CATALOGUE:
        services.add(tx, service)
    codes = ",".join(service.code for service in DEFAULT_CATALOGUE)
    for number in range(1, counter_count + 1):
        counters.add(tx, number, codes, None)
    tx.record("office_initialised", by, counters=counter_count)
    print_jobs.put_printer(
        tx,
        None,
        {
            "name": "Pratinjau",
            "kind": "preview",
            "address": "",
            "width_mm": 80,
            "profile": "",
            "status": "none",
            "cutter": 1,
            "active": 1,
        },
    )
    return {"counters": counter_count, "services": [s.code for s in DEFAULT_CATALOGUE]}
