"""Bringing one ticket to a printer, and saying honestly what is known about it.

That a write returned never means that a ticket was printed. Only an answer that the printer gives
after the ticket, in its turn, does.
"""

import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass

from kiosk.domain.paper import OK, PRINTED, READY, SENT, UNCONFIRMED, UNKNOWN, UNREACHABLE
from kiosk.printing import status
from kiosk.printing.links import Link, Patience, TransportError, connect, is_there
from kiosk.printing.printer import Printer

SEPARATE = bytes(100) + b"\n\x1dV\x42\x00"
"""Ends a piece of paper on which an earlier ticket may have stopped half-way. The zeros, which
printers ignore, are for one that still waits for the rest of a command: at most a QR code."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How a printer is, and its four answers as they came (empty if it was not asked)."""

    state: str
    answers: bytes = b""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How it ended.

    `state` is printed (the printer said so), sent (this printer never says), or unconfirmed (bytes
    may be on paper, `error` says what happened). `reading` is how the printer was afterwards.
    """

    state: str
    error: str | None = None
    reading: Reading | None = None


def send(
    printer: Printer,
    ticket: bytes,
    announce: Callable[[], None],
    patience: Patience | None = None,
    *,
    job: int = 0,
    separate: bool = False,
) -> Delivery:
    """Print one ticket on a connection of its own.

    `announce` is called when the printer is ready, before the first byte of the ticket goes out; if
    it raises, nothing is sent and the exception passes through. `separate` cuts off first what an
    earlier ticket may have left. Raises TransportError if no byte was accepted; then the same
    ticket may be tried again.
    """
    patience = patience or Patience()
    with closing(connect(printer, patience)) as link:
        if printer.is_asked:
            _expect_ready(link, patience)
        announce()
        probe = status.Probe(printer.probe, job)
        has_probe = printer.is_asked and printer.probe != "none"
        question = probe.question if has_probe else b""
        try:
            link.write((SEPARATE if separate and printer.cutter else b"") + ticket + question)
            if has_probe:
                _await_probe(link, probe, patience)
        except (OSError, ValueError) as error:
            return _unconfirmed(link, printer, patience, str(error) or type(error).__name__)
        reading = _ask(link, patience) if printer.is_asked else Reading(OK)
        _read_until_quiet(link, patience)
        return Delivery(PRINTED if has_probe else SENT, reading=_worth_telling(reading))


def look(printer: Printer, patience: Patience | None = None) -> Reading:
    """How the printer is now: its four answers, or whether it is there where it never answers.

    Raises nothing: what cannot be reached is unreachable.
    """
    patience = patience or Patience()
    try:
        if not printer.is_asked:
            return Reading(OK if is_there(printer, patience) else UNREACHABLE)
        with closing(connect(printer, patience)) as link:
            reading = _ask(link, patience)
            _read_until_quiet(link, patience)
            return reading
    except TransportError:
        return Reading(UNREACHABLE)


def _unconfirmed(link: Link, printer: Printer, patience: Patience, error: str) -> Delivery:
    """Nobody knows. Find out why, if the printer still talks; and where it can forget what it did
    not print, let it, so that no old ticket comes out after the new roll is in."""
    reading = None
    if printer.is_asked:
        reading = _worth_telling(_ask(link, patience))
        if printer.probe == "gsh" and reading and reading.state not in READY:
            with suppress(OSError):
                link.write(status.CLEAR)
    _read_until_quiet(link, patience)
    if reading is not None:
        error = f"{error}; the printer says {reading.state}"
    return Delivery(UNCONFIRMED, error, reading)


def _expect_ready(link: Link, patience: Patience) -> None:
    """Raise TransportError unless the printer says that it can print now."""
    try:
        answers = _answers(link, patience)
    except OSError as error:
        raise TransportError(f"no status: {error}", reading=UNKNOWN) from error
    state = status.state_of(answers)
    if state not in READY:
        raise TransportError(f"not ready: {state}", reading=state, answers=answers)


def _ask(link: Link, patience: Patience) -> Reading:
    try:
        answers = _answers(link, patience)
    except OSError:
        return Reading(UNKNOWN)
    return Reading(status.state_of(answers), answers)


def _worth_telling(reading: Reading | None) -> Reading | None:
    """A printer that has just printed and does not answer now will be asked again soon."""
    return None if reading is None or reading.state == UNKNOWN else reading


def _answers(link: Link, patience: Patience) -> bytes:
    """The four answers; more if more came at once. Raises OSError."""
    answers, deadline = b"", time.monotonic() + patience.status
    link.write(status.QUERY)
    while len(answers) < status.ANSWERS:
        received = link.receive(_left(deadline))
        if not received:
            raise ConnectionError("the printer closed the connection")
        answers += received
    return answers


def _await_probe(link: Link, probe: status.Probe, patience: Patience) -> None:
    """Return when the printer has answered. Raises OSError, ValueError if it does not."""
    received, deadline = b"", time.monotonic() + patience.probe
    while True:
        more = link.receive(_left(deadline))
        if not more:
            raise ConnectionError("the printer closed the connection")
        received += more
        if probe.is_answer(received):
            return


def _read_until_quiet(link: Link, patience: Patience) -> None:
    """Take what still comes: closing with an answer unread would throw away what is on its way."""
    deadline = time.monotonic() + patience.status
    with suppress(OSError):  # TimeoutError is what quiet looks like
        while time.monotonic() < deadline and link.receive(patience.quiet):
            pass


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no answer in time")
    return left
