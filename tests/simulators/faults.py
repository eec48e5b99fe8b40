"""The ways in which a printer fails, by name: each makes a simulated printer misbehave."""

from collections.abc import Callable

from tests.simulators import printer as simulated
from tests.simulators.printer import PrinterSimulator

Fault = Callable[[PrinterSimulator], None]

#: Faults in which no byte of the ticket is accepted: the original waits, and comes.
WAITS: dict[str, Fault] = {
    "refused": lambda printer: printer.switch_off(),
    "accept then drop": lambda printer: setattr(printer, "at_connect", "drop"),
    "reset": lambda printer: setattr(printer, "at_connect", "reset"),
    "stall": lambda printer: printer.stall(),
    "no answer": lambda printer: setattr(printer, "mute", True),
    "garbage answer": lambda printer: setattr(printer, "garbage", True),
    "two-byte answer": lambda printer: setattr(printer, "answers_at_most", 2),
    "late answer": lambda printer: setattr(printer, "late", 1.2),
    "paper out before": lambda printer: setattr(printer, "status", simulated.OUT_OF_PAPER),
    "cover open": lambda printer: setattr(printer, "status", simulated.COVER_OPEN),
    "cutter error": lambda printer: setattr(printer, "status", simulated.CUTTER_JAM),
}
#: Faults amid the ticket: nobody knows, and it is never sent again by itself.
DOUBTS: dict[str, Fault] = {
    "drop after 1 byte": lambda printer: setattr(printer, "drop_after", 1),
    "drop after 100 bytes": lambda printer: setattr(printer, "drop_after", 100),
    "drop after 400 bytes": lambda printer: setattr(printer, "drop_after", 400),
    "reset after 100 bytes": lambda printer: setattr(printer, "reset_after", 100),
    "stall after 100 bytes": lambda printer: setattr(printer, "stall_after", 100),
    "paper out after 200 bytes": lambda printer: setattr(printer, "out_after", 200),
    "no answer after the ticket": lambda printer: setattr(printer, "mute_probe", True),
}


def heal(printer: PrinterSimulator, fault: str) -> None:
    """The fault is over."""
    if fault == "refused":
        printer.switch_on()
    printer.heal()
