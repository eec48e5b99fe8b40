"""What the office offers and how it is set: services, the counters' sets, settings."""

from dataclasses import asdict
from typing import Any

from kiosk.commands import Answer, allowed, hall, tickets
from kiosk.commands.desk import answer
from kiosk.domain import neutrality, office_day
from kiosk.domain.actor import SUPERVISOR, Actor
from kiosk.domain.counter import OPEN as COUNTER_OPEN
from kiosk.domain.service import (
    BIODATA_INSTEAD,
    CAUSES,
    CLOSED,
    CODE,
    INTERRUPTED,
    LETTERS,
    OPEN,
    STATES,
    SUSPENDED,
    Service,
)
from kiosk.domain.settings import SETTINGS, clean, schedule_of
from kiosk.domain.ticket import WAITING
from kiosk.errors import (
    Conflict,
    Invalid,
    LabelTaken,
    NeutralityDoubt,
    SettingInvalid,
    UnknownService,
    UnknownSetting,
)
from kiosk.store import counters, days, services, settings
from kiosk.store import tickets as ticket_store
from kiosk.store.transaction import Transaction

EVENT_OF_STATE = {
    OPEN: "service_restored",
    BIODATA_INSTEAD: "service_gives_biodata",
    SUSPENDED: "service_suspended",
    CLOSED: "service_closed",
}

#: Settings that move today's hours at once.
_HOURS = ("zone", "opens", "closes", "numbers_before_minutes", "poll_close", "polling_day")


FARTHEST = 366 * 24 * 60 * office_day.MINUTE
"""ms: nobody can say what comes back later than that."""

#: Texts that the office writes itself and everybody in the hall reads.
_HALL_TEXTS = ("ticker_id", "ticker_en")


@allowed(SUPERVISOR)
def set_setting(
    tx: Transaction, by: Actor, *, key: str, value: str, confirmed: bool = False
) -> Answer:
    """Change one setting. Raises UnknownSetting, SettingInvalid, Conflict for what is fixed.

    Raises NeutralityDoubt unless `confirmed`: a text for the hall may not be neutral, and somebody
    has to look at it twice.
    """
    if key not in SETTINGS:
        raise UnknownSetting(key=key)
    if SETTINGS[key].fixed and services.catalogue(tx):
        raise Conflict(setting=key)
    try:
        cleaned = clean(key, value)
    except ValueError as error:
        raise SettingInvalid(key=key, problem=str(error)) from None
    current = settings.current(tx)
    before = current[key]
    doubts = neutrality.doubtful(cleaned, current["deny_words"]) if key in _HALL_TEXTS else ()
    if doubts and cleaned != before and not confirmed:
        raise NeutralityDoubt(key=key, words=", ".join(doubts))
    if cleaned != before:
        settings.put(tx, key, cleaned)
        if key in _HOURS:
            _move_hours(tx)
        facts = {"doubts": list(doubts)} if doubts else {}
        tx.record("setting_changed", by, key=key, before=before, after=cleaned, **facts)
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
    state = OPEN if offered else CLOSED
    if current and offered and current.state in INTERRUPTED:
        state = current.state
    kept = current if current and current.state == state else None
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
        state=state,
        cause=kept.cause if kept else None,
        expected_back=kept.expected_back if kept else None,
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
def set_service_state(
    tx: Transaction,
    by: Actor,
    *,
    code: str,
    state: str,
    cause: str | None = None,
    expected_back: int | None = None,
    move_waiting: bool = False,
) -> Answer:
    """Open a service, suspend it, give biodata instead, or close it for today.

    `expected_back` is ms. Who holds a number keeps number and
    place: only a suspended service is not called for. move_waiting: with biodata instead, all who
    wait for it wait for biodata from now on, in their old places. `numbers` are the tickets that
    were held back or wait again; who was set aside because the link was down is due back at once
    when a suspension ends. `moved` those that wait for biodata now. The hall hears of it at
    once. Raises UnknownService, Invalid, and for move_waiting what reclassifying raises.
    """
    service = services.get(tx, code)
    if state in INTERRUPTED and cause is None:
        cause = "other"
    _require_state(tx, service, state, cause, expected_back)
    if move_waiting and state != BIODATA_INSTEAD:
        raise Invalid(field="move_waiting", problem=BIODATA_INSTEAD)
    if state == OPEN:
        cause = expected_back = None
    numbers: list[str] = []
    returned: list[str] = []
    if state == SUSPENDED and cause is not None:
        numbers = tickets.suspend_waiting(tx, code, cause)
    elif service.state == SUSPENDED:
        numbers = tickets.restore_suspended(tx, code)
        returned = tickets.link_is_back(tx, code)
    services.change(tx, code, state=state, cause=cause, expected_back=expected_back)
    tx.record(
        EVENT_OF_STATE[state], by, service=code, before=service.state, cause=cause,
        numbers=numbers, returned=returned,
    )  # fmt: skip
    moved = _move_to_biodata(tx, by, code) if move_waiting else []
    hall.announce_state(tx, by, service, state, cause)
    return {"service": asdict(services.get(tx, code)), "numbers": numbers, "moved": moved}


def _require_state(
    tx: Transaction, service: Service, state: str, cause: str | None, expected_back: int | None
) -> None:
    if state not in STATES:
        raise Invalid(field="state", problem=", ".join(STATES))
    if cause is not None and cause not in CAUSES:
        raise Invalid(field="cause", problem=", ".join(CAUSES))
    if expected_back is not None and expected_back < tx.now:
        raise Invalid(field="expected_back", problem="is in the past")
    if expected_back is not None and expected_back > tx.now + FARTHEST:
        raise Invalid(field="expected_back", problem="is too far away")
    biodata = settings.current(tx)["biodata_service"]
    if state == BIODATA_INSTEAD and service.code == biodata:
        raise Invalid(field="state", problem=biodata)
    if state == BIODATA_INSTEAD:
        services.get(tx, biodata)


def _move_to_biodata(tx: Transaction, by: Actor, code: str) -> list[str]:
    """Who waits for a service waits for biodata from now on. Returns their numbers."""
    biodata = services.get_open(tx, settings.current(tx)["biodata_service"])
    waiting = [t for t in ticket_store.in_states(tx.db, WAITING) if t.service == code]
    for ticket in waiting:
        tickets.reclassify(tx, by, ticket.id, target=biodata, reason=BIODATA_INSTEAD)
    return [ticket.number for ticket in waiting]


@allowed(SUPERVISOR)
def suspend_service(
    tx: Transaction, by: Actor, *, code: str, cause: str, expected_back: int | None = None
) -> Answer:
    """Stop calling and issuing a service; its waiting tickets keep their place. ms for the time."""
    return set_service_state(
        tx, by, code=code, state=SUSPENDED, cause=cause, expected_back=expected_back
    )


@allowed(SUPERVISOR)
def restore_service(tx: Transaction, by: Actor, *, code: str) -> Answer:
    """Go on with a service: its tickets wait again, in the old order."""
    return set_service_state(tx, by, code=code, state=OPEN)


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
            raise Invalid(field="services", problem="is missing")
        counters.change(tx, current, services=codes, zone=zone)
        ticket_store.release(tx, counter, frozenset(codes.split(",")))
    tx.record("counter_changed", by, counter=counter)
    return answer(tx, by, counter, current.ticket if current else None)


@allowed(SUPERVISOR)
def remove_counter(tx: Transaction, by: Actor, *, counter: int) -> Answer:
    """Take away a closed counter. Raises UnknownCounter, CounterBusy, Invalid for the last one."""
    current = counters.get(tx, counter)
    if len(counters.known(tx)) == 1:
        raise Invalid(field="counter", problem="1")
    counters.remove(tx, current)
    ticket_store.release(tx, counter, frozenset())
    tx.record("counter_removed", by, counter=counter)
    return {"counter": counter}


def catalogue_view(db: Any) -> list[dict[str, Any]]:
    """The whole catalogue, for the supervisor. `db` is a sqlite_utils Database."""
    return [asdict(service) for service in services.load(db).values()]
