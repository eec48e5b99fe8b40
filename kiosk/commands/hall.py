"""The hall: fixed notices on the displays, and calls for help from the kiosks."""

from kiosk.commands import Answer, allowed
from kiosk.domain.actor import COUNTER, KIOSK, RECEPTION, SUPERVISOR, Actor
from kiosk.errors import NotFound
from kiosk.store import hall
from kiosk.store.transaction import Transaction


@allowed(COUNTER, SUPERVISOR)
def send_notice(tx: Transaction, by: Actor, *, notice: str) -> Answer:
    """Show and speak a fixed notice on every display. The caller has checked that it exists."""
    seq = tx.record("notice_sent", by, notice=notice)
    hall.add_notice(tx, seq, notice)
    return {"notice": {"id": seq, "code": notice, "at": tx.now}}


@allowed(COUNTER, SUPERVISOR)
def end_notice(tx: Transaction, by: Actor) -> Answer:
    """Take the notice off the displays."""
    hall.end_notices(tx)
    tx.record("notice_ended", by)
    return {"notice": None}


@allowed(KIOSK, COUNTER, RECEPTION, SUPERVISOR)
def call_help(tx: Transaction, by: Actor, *, kind: str = "help") -> Answer:
    """Somebody at a kiosk asks for a person. Repeated taps do not pile up."""
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
