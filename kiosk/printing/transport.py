"""Bringing one ticket to a printer, and saying honestly what is known about it.

That a write returned never means that a ticket was printed. Only an answer that the printer gives
after the ticket, in its turn, does.
"""

import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass

from kiosk.domain.paper import PRINTED, SENT, UNCONFIRMED
from kiosk.printing import status
from kiosk.printing.links import Link, Patience, TransportError, connect
from kiosk.printing.printer import Printer


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it ended.

    `state` is printed (the printer said so), sent (this printer never says), or unconfirmed (bytes
    may be on paper, `error` says what happened).
    """

    state: str
    error: str | None = None


def send(
    printer: Printer, ticket: bytes, announce: Callable[[], None], patience: Patience | None = None
) -> Delivery:
    """Print one ticket on a connection of its own.

    `announce` is called when the printer is ready, before the first byte of the ticket goes out; if
    it raises, nothing is sent and the exception passes through. Raises TransportError if no byte
    was accepted; then the same ticket may be tried again.
    """
    patience = patience or Patience()
    with closing(connect(printer, patience)) as link:
        asked = printer.status != "none" and link.answers
        if asked:
            _expect_ready(link, patience)
        announce()
        try:
            link.write(ticket + status.PROBE if asked else ticket)
            if not asked:
                _read_until_quiet(link, patience)
                return Delivery(SENT)
            _await_probe(link, patience)
        except OSError as error:
            return Delivery(UNCONFIRMED, str(error) or type(error).__name__)
        with suppress(OSError):
            _read_until_quiet(link, patience)
        return Delivery(PRINTED)


def _expect_ready(link: Link, patience: Patience) -> None:
    """Raise TransportError unless the printer says that it can print now."""
    answers, deadline = b"", time.monotonic() + patience.status
    try:
        link.write(status.QUERY)
        while len(answers) < status.ANSWERS:
            received = link.receive(_left(deadline))
            if not received:
                raise ConnectionError("the printer closed the connection")
            answers += received
    except OSError as error:
        raise TransportError(f"no status: {error}") from error
    state = status.state_of(answers)
    if state not in status.READY:
        raise TransportError(f"not ready: {state}")


def _await_probe(link: Link, patience: Patience) -> None:
    """Return when the printer has answered the probe. Raises OSError if it does not."""
    deadline = time.monotonic() + patience.probe
    while True:
        received = link.receive(_left(deadline))
        if not received:
            raise ConnectionError("the printer closed the connection")
        if any(status.answers_probe(byte) for byte in received):
            return


def _read_until_quiet(link: Link, patience: Patience) -> None:
    """Take what still comes: closing with an answer unread would throw away what is on its way."""
    with suppress(TimeoutError):
        while link.receive(patience.quiet):
            pass


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
