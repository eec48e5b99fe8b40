"""The first day of an office: name, hours, counters, catalogue, and who answers for it."""

from dataclasses import dataclass

from kiosk.commands import Answer, allowed
from kiosk.commands.catalogue import put_counter, remove_counter, set_setting
from kiosk.commands.people import add_device, add_staff
from kiosk.domain.actor import SUPERVISOR, Actor
from kiosk.domain.service import DEFAULT_CATALOGUE
from kiosk.domain.settings import SETTINGS, clean, schedule_of
from kiosk.errors import Conflict, Invalid, SettingInvalid, UnknownSetting
from kiosk.store import counters, printers, services, set_up_answers, staff
from kiosk.store import devices as device_store
from kiosk.store import settings as setting_store
from kiosk.store.transaction import Transaction

MOST_COUNTERS = 99


@dataclass(frozen=True, slots=True)
class NewSupervisor:
    """Somebody who will answer for the office, with the hash of the PIN they chose."""

    label: str
    pin_hash: str


@dataclass(frozen=True, slots=True)
class NewDevice:
    """A screen that waits to be paired. `counter`: the one at which it stands, if any."""

    kind: str
    name: str
    counter: int | None
    pairing_code: str


@allowed(SUPERVISOR)
def initialise(
    tx: Transaction, by: Actor, *, settings: dict[str, str], counter_count: int
) -> Answer:
    """Write settings, the default catalogue, counters that serve everything, and a preview printer.

    Raises Conflict when the office was set up before, SettingInvalid, Invalid.
    """
    _require_count(counter_count)
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
    printers.put(
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


@allowed()
def keep_set_up_answers(tx: Transaction, by: Actor, *, answers: dict[str, str]) -> Answer:
    """Remember what was answered so far, also over a restart. No PIN comes here, only its hash.

    Raises Conflict once the office has a supervisor, UnknownSetting, SettingInvalid, Invalid.
    """
    _require_unfinished(tx)
    cleaned = {}
    for name, value in answers.items():
        if name == "counters":
            _require_count(int(value))
        cleaned[name] = _cleaned(name, value) if name in SETTINGS else value
    set_up_answers.put(tx, cleaned)
    return {"answers": list(cleaned)}


@allowed()
def finish_set_up(
    tx: Transaction,
    by: Actor,
    *,
    settings: dict[str, str],
    counter_count: int,
    supervisors: tuple[NewSupervisor, ...],
    devices: tuple[NewDevice, ...] = (),
) -> Answer:
    """Turn the wizard's answers into the office, all or nothing, and forget them.

    `devices` are added only where there are none yet.

    Raises Conflict once the office has a supervisor, LabelTaken, SettingInvalid, Invalid.
    """
    _require_unfinished(tx)
    _require_count(counter_count)
    if not supervisors:
        raise Invalid(field="supervisor", problem="-")
    if not services.catalogue(tx):
        initialise(tx, by, settings={}, counter_count=counter_count)
    for key, value in settings.items():
        set_setting(tx, by, key=key, value=value)
    if settings.get("poll_close"):
        _require_open_before_polls_close(tx)
    _match_counters(tx, by, counter_count)
    if "paper_mm" in settings:
        _set_preview_width(tx, int(settings["paper_mm"]))
    for person in supervisors:
        add_staff(tx, by, label=person.label, role=SUPERVISOR, pin_hash=person.pin_hash)
    if not device_store.load(tx.db):
        for new in devices:
            config = {"counter": new.counter} if new.counter else {}
            add_device(
                tx, by, kind=new.kind, name=new.name, config=config, pairing_code=new.pairing_code
            )
    set_up_answers.clear(tx)
    return {"counters": counter_count, "supervisors": [person.label for person in supervisors]}


def _require_open_before_polls_close(tx: Transaction) -> None:
    """Else no voter could ever be served in time: one of the two hours is a slip."""
    schedule = schedule_of(setting_store.current(tx))
    if schedule.poll_close is not None and schedule.poll_close <= schedule.opens:
        raise Invalid(field="poll_close", problem="is before the office opens")


def _require_unfinished(tx: Transaction) -> None:
    if staff.count_supervisors(tx.db):
        raise Conflict(office="set_up")


def _require_count(count: int) -> None:
    if not 1 <= count <= MOST_COUNTERS:
        raise Invalid(field="counters", problem=f"1-{MOST_COUNTERS}")


def _cleaned(key: str, value: str) -> str:
    if key not in SETTINGS:
        raise UnknownSetting(key=key)
    try:
        return clean(key, value)
    except ValueError as error:
        raise SettingInvalid(key=key, problem=str(error)) from None


def _match_counters(tx: Transaction, by: Actor, count: int) -> None:
    """Counters 1 to `count`, those that are new serving everything."""
    known = {counter.number for counter in counters.known(tx)}
    codes = list(services.catalogue(tx))
    for number in range(1, count + 1):
        if number not in known:
            put_counter(tx, by, counter=number, services_served=codes)
    for number in sorted(known):
        if number > count:
            remove_counter(tx, by, counter=number)


def _set_preview_width(tx: Transaction, width_mm: int) -> None:
    for row in printers.load(tx.db):
        if row["kind"] == "preview":
            printers.put(tx, row["id"], {"width_mm": width_mm})
