"""What the office offers and how it is set: services, the counters' sets, settings."""

from dataclasses import asdict
from typing import Any

from kiosk.commands import Answer, allowed, tickets
from kiosk.commands.desk import answer
from kiosk.domain import office_day
from kiosk.domain.actor import SUPERVISOR, Actor
from kiosk.domain.counter import OPEN as COUNTER_OPEN
from kiosk.domain.service import CAUSES, CLOSED, CODE, LETTERS, OPEN, SUSPENDED, Service
from kiosk.domain.settings import SETTINGS, clean, schedule_of
from kiosk.errors import Invalid, LabelTaken, SettingInvalid, UnknownService, UnknownSetting
from kiosk.store import counters, days, services, settings
from kiosk.store import tickets as ticket_store
from kiosk.store.transaction import Transaction

#: Settings that move today's hours at once.
_HOURS = ("zone", "opens", "closes", "numbers_before_minutes", "poll_close", "polling_day")


@allowed(SUPERVISOR)
def set_setting(tx: Transaction, by: Actor, *, key: str, value: str) -> Answer:
    """Change one setting. Raises UnknownSetting, SettingInvalid."""
    if key not in SETTINGS:
        raise UnknownSetting(key=key)
    try:
        cleaned = clean(key, value)
    except ValueError as error:
        raise SettingInvalid(key=key, problem=str(error)) from None
    before = settings.current(tx)[key]
    if cleaned != before:
        settings.put(tx, key, cleaned)
        if key in _HOURS:
            _move_hours(tx)
        tx.record("setting_changed", by, key=key, before=before, after=cleaned)
    return {"key": key, "value": cleaned}


def _move_hours(tx: Transaction) -> None:
    """Today follows the new hours; its phase does so before the next command."""
    day = days.current(tx)
    schedule = schedule_of(settings.current(tx))
    hours = office_day.hours_of(day.day, schedule)
    days.change(
        tx, day.day, numbers_from=hours.numbers_from, opens=hours.opens, closes=hours.closes,
        poll_close=hours.poll_close,
    )  # fmt: skip


@allowed(SUPERVISOR)
def put_service(
    tx: Transaction,
    by: Actor,
    *,
    code: str,
    letter: str,
    name_id: str,
    name_en: str = "",
    bring_id: str = "",
    bring_en: str = "",
    target_minutes: int = 60,
    expected_seconds: int = 300,
    journey: list[str] | None = None,
    quota: int | None = None,
    position: int = 100,
    offered: bool = True,
) -> Answer:
    """Add a service or change one. Its letter belongs to it alone.

    Raises Invalid, LabelTaken, UnknownService, ServiceSuspended.
    """
    if not CODE.fullmatch(code):
        raise Invalid(field="code", problem=CODE.pattern)
    if len(letter) != 1 or letter not in LETTERS:
        raise Invalid(field="letter", problem=LETTERS)
    known = services.catalogue(tx)
    if any(other.letter == letter and other.code != code for other in known.values()):
        raise LabelTaken(label=letter)
    steps = journey or []
    for step in steps:
        if step not in known or step == code:
            raise UnknownService(service=step)
    current = known.get(code)
    if current and not offered:
        services.get_going(tx, code)  # its tickets would stay suspended for ever
    state = current.state if current and current.state == SUSPENDED else OPEN
    service = Service(
        code=code,
        letter=letter,
        name_id=name_id,
        name_en=name_en or name_id,
        bring_id=bring_id,
        bring_en=bring_en or bring_id,
        target=target_minutes * 60,
        expected=expected_seconds,
        journey=",".join(steps),
        quota=quota,
        position=position,
        state=state if offered else CLOSED,
        cause=current.cause if current and offered else None,
        expected_back=current.expected_back if current and offered else None,
    )
    if current is None:
        services.add(tx, service)
    elif (current.letter != letter) and services.today(tx, code)[0]:
        raise Invalid(field="letter", problem="numbers were given today")
    else:
        services.change(tx, **asdict(service))
    tx.record("service_changed", by, service=code)
    return {"service": asdict(service)}


@allowed(SUPERVISOR)
def suspend_service(
    tx: Transaction, by: Actor, *, code: str, cause: str, expected_back: int | None = None
) -> Answer:
    """Stop calling and issuing a service; its waiting tickets keep their place. ms for the time."""
    service = services.get(tx, code)
    if cause not in CAUSES:
        raise Invalid(field="cause", problem=", ".join(CAUSES))
    held = tickets.suspend_waiting(tx, code, cause)
    services.change(tx, code, state=SUSPENDED, cause=cause, expected_back=expected_back)
    tx.record("service_suspended", by, service=service.code, cause=cause, numbers=held)
    return {"service": asdict(services.get(tx, code)), "numbers": held}


@allowed(SUPERVISOR)
def restore_service(tx: Transaction, by: Actor, *, code: str) -> Answer:
    """Go on with a service: its tickets wait again, in the old order."""
    services.get(tx, code)
    back = tickets.restore_suspended(tx, code)
    services.change(tx, code, state=OPEN, cause=None, expected_back=None)
    tx.record("service_restored", by, service=code, numbers=back)
    return {"service": asdict(services.get(tx, code)), "numbers": back}


@allowed(SUPERVISOR)
def put_counter(
    tx: Transaction, by: Actor, *, counter: int, services_served: list[str], zone: str | None = None
) -> Answer:
    """Add a counter or change its services and zone. Raises UnknownService, Invalid."""
    if not 1 <= counter <= 99:
        raise Invalid(field="number", problem="1-99")
    codes = ",".join(services.get(tx, code).code for code in dict.fromkeys(services_served))
    current = counters.find(tx, counter)
    if current is None:
        counters.add(tx, counter, codes, zone)
    else:
        if not codes and current.state == COUNTER_OPEN:
            raise Invalid(field="services", problem="empty")
        counters.change(tx, current, services=codes, zone=zone)
        ticket_store.release(tx, counter, frozenset(codes.split(",")))
    tx.record("counter_changed", by, counter=counter)
    return answer(tx, by, counter, current.ticket if current else None)


def catalogue_view(db: Any) -> list[dict[str, Any]]:
    """The whole catalogue, for the supervisor. `db` is a sqlite_utils Database."""
    return [asdict(service) for service in services.load(db).values()]
