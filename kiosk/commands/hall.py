"""The hall: fixed notices on the displays, and calls for help from the kiosks."""

from kiosk.commands import Answer, allowed
from kiosk.domain.actor import CLOCK, COUNTER, KIOSK, RECEPTION, SUPERVISOR, Actor
from kiosk.domain.help import HELP, KINDS
from kiosk.domain.office_day import MINUTE
from kiosk.domain.service import INTERRUPTED, NOTICE_OF_CAUSE, OPEN, RESUMED_NOTICE, Service
from kiosk.errors import Invalid, NotFound
from kiosk.store import days, hall, services, settings
from kiosk.store.transaction import Transaction

#: How long a notice about a service stands on the displays, and how far two of them are apart.
STANDS = 2 * MINUTE
APART = MINUTE


@allowed(COUNTER, SUPERVISOR)
def send_notice(tx: Transaction, by: Actor, *, notice: str) -> Answer:
    """Show and speak a fixed notice on every display. The caller has checked that it exists."""
    seq = tx.record("notice_sent", by, notice=notice)
    hall.add_notice(tx, seq, notice)
    return {"notice": {"id": seq, "code": notice, "at": tx.now}}


def announce_state(
    tx: Transaction, by: Actor, before: Service, state: str, cause: str | None
) -> None:
    """Tell the hall that a service is interrupted, or that the last of a cause goes on again.

    Said once where several services change one after another.
    """
    if not _somebody_is_there(tx):
        return
    if state in INTERRUPTED and cause is not None:
        _say_once(tx, by, NOTICE_OF_CAUSE[cause])
    elif state == OPEN and before.state in INTERRUPTED and before.cause not in _causes(tx):
        _say_once(tx, by, RESUMED_NOTICE)


def repeat_notices(tx: Transaction) -> None:
    """The clock's part: what is interrupted is said again, as often as the setting says.

    One notice at a time, so that the hall hears each.
    """
    every = int(settings.current(tx)["notice_repeat_minutes"]) * MINUTE
    causes = _causes(tx)
    if not every or not causes or not _somebody_is_there(tx):
        return
    said = hall.last_said(tx)
    if tx.now < max(said.values(), default=0) + APART:
        return
    notices = {NOTICE_OF_CAUSE[cause] for cause in causes}
    due = [(said.get(code, 0), code) for code in notices if tx.now >= said.get(code, 0) + every]
    if due:
        _say(tx, CLOCK, min(due)[1])


def _causes(tx: Transaction) -> set[str]:
    """Why services are interrupted now."""
    return {
        service.cause
        for service in services.catalogue(tx).values()
        if service.state in INTERRUPTED and service.cause is not None
    }


def _somebody_is_there(tx: Transaction) -> bool:
    day = days.current(tx)
    return day.takes_numbers or day.calls_numbers


def _say_once(tx: Transaction, by: Actor, notice: str) -> None:
    if tx.now >= hall.last_said(tx).get(notice, 0) + APART:
        _say(tx, by, notice)


def _say(tx: Transaction, by: Actor, notice: str) -> None:
    seq = tx.record("notice_sent", by, notice=notice)
    hall.add_notice(tx, seq, notice, until=tx.now + STANDS)


@allowed(COUNTER, SUPERVISOR)
def end_notice(tx: Transaction, by: Actor) -> Answer:
    """Take the notice off the displays."""
    hall.end_notices(tx)
    tx.record("notice_ended", by)
    return {"notice": None}


@allowed(KIOSK, COUNTER, RECEPTION, SUPERVISOR)
def call_help(tx: Transaction, by: Actor, *, kind: str = HELP) -> Answer:
    """Somebody at a kiosk asks for a person. Repeated taps do not pile up. Raises Invalid."""
    if kind not in KINDS:
        raise Invalid(field="kind", problem=", ".join(KINDS))
    known = hall.open_help(tx, by.device)
    if known is not None:
        return {"help": {"id": known}}
    seq = tx.record("help_called", by, kind=kind)
    hall.add_help(tx, seq, by.device, kind)
    return {"help": {"id": seq}}


@allowed(COUNTER, RECEPTION, SUPERVISOR)
def answer_help(tx: Transaction, by: Actor, *, help_id: int) -> Answer:
    """A member of staff is going there. Raises NotFound."""
    if not hall.answer_help(tx, help_id, by.name):
        raise NotFound(help=help_id)
    tx.record("help_answered", by, help=help_id)
    return {"help": {"id": help_id, "answered_by": by.name}}
