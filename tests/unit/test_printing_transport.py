import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.printing.escpos import render
from kiosk.printing.layout import layout
from kiosk.printing.links import Patience, TransportError
from kiosk.printing.paper import PAPERS
from kiosk.printing.printer import Printer
from kiosk.printing.status import answers_probe, state_of
from kiosk.printing.transport import Delivery, send
from tests.simulators import printer as simulated
from tests.simulators.printer import PrinterSimulator
from tests.simulators.tickets import TICKET

HURRY = Patience(connect=1.0, status=0.3, write=1.0, probe=0.3, quiet=0.05)
BYTES = render(layout(TICKET, PAPERS[80]), "", cutter=True)


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    with PrinterSimulator() as running:
        yield running


@pytest.fixture
def printer(simulator: PrinterSimulator) -> Printer:
    return Printer(1, "Kasir", "network", simulator.address, 80, "", "dle_eot", True)


class Announcements:
    """Counts them, and may refuse."""

    def __init__(self, refusal: Exception | None = None) -> None:
        self.made = 0
        self._refusal = refusal

    def __call__(self) -> None:
        self.made += 1
        if self._refusal:
            raise self._refusal


def test_a_printer_that_answers_after_the_ticket_has_printed_it(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    announce = Announcements()

    delivery = send(printer, BYTES, announce, HURRY)

    assert delivery == Delivery("printed")
    assert [ticket.raw[-len(BYTES) :] for ticket in simulator.tickets] == [BYTES]
    assert announce.made == 1


def test_nearly_out_of_paper_still_prints(simulator: PrinterSimulator, printer: Printer) -> None:
    simulator.status = simulated.NEAR_END

    assert send(printer, BYTES, Announcements(), HURRY).state == "printed"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        (simulated.OUT_OF_PAPER, "out"),
        (simulated.COVER_OPEN, "cover"),
        (simulated.CUTTER_JAM, "error"),
    ],
)
def test_a_printer_that_is_not_ready_gets_nothing(
    simulator: PrinterSimulator, printer: Printer, answers: bytes, state: str
) -> None:
    simulator.status, announce = answers, Announcements()

    with pytest.raises(TransportError, match=f"not ready: {state}") as caught:
        send(printer, BYTES, announce, HURRY)

    assert not caught.value.permanent
    assert announce.made == 0
    assert simulator.tickets == []


def test_a_printer_that_should_answer_and_does_not_gets_nothing(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.mute, announce = True, Announcements()

    with pytest.raises(TransportError, match="no status") as caught:
        send(printer, BYTES, announce, HURRY)

    assert not caught.value.permanent
    assert announce.made == 0


def test_garbage_is_not_taken_for_a_status(simulator: PrinterSimulator, printer: Printer) -> None:
    simulator.status = bytes.fromhex("ff 00 12 12")

    with pytest.raises(TransportError, match="unknown"):
        send(printer, BYTES, Announcements(), HURRY)


def test_of_a_printer_that_never_answers_we_only_know_that_it_was_sent(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.mute = True

    delivery = send(replace(printer, status="none"), BYTES, Announcements(), HURRY)

    assert delivery == Delivery("sent")
    assert len(simulator.wait_for(1)) == 1


def test_no_answer_after_the_ticket_leaves_it_unconfirmed(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.mute_probe = True

    delivery = send(printer, BYTES, Announcements(), HURRY)

    assert delivery.state == "unconfirmed"
    assert delivery.error


def test_a_connection_lost_amid_the_ticket_leaves_it_unconfirmed(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.drop_after = 100

    assert send(printer, BYTES, Announcements(), HURRY).state == "unconfirmed"


def test_a_printer_that_is_off_is_an_error_that_may_pass(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.switch_off()
    announce = Announcements()

    with pytest.raises(TransportError) as caught:
        send(printer, BYTES, announce, HURRY)

    assert not caught.value.permanent
    assert announce.made == 0


def test_when_the_announcement_is_refused_nothing_is_sent(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    with pytest.raises(LookupError):
        send(printer, BYTES, Announcements(LookupError()), HURRY)
    send(printer, BYTES, Announcements(), HURRY)

    assert len(simulator.tickets) == 1, "only the second one"


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("network", ":9100"),
        ("network", "printer:port"),
        ("usb", "04b8"),
        ("usb", "Epson"),
        ("serial", "/dev/ttyS0@fast"),
        ("preview", ""),
    ],
)
def test_a_wrong_address_is_an_error_that_stays(kind: str, address: str) -> None:
    wrong = Printer(1, "Kasir", kind, address, 80, "", "dle_eot", True)

    with pytest.raises(TransportError) as caught:
        send(wrong, BYTES, Announcements(), HURRY)

    assert caught.value.permanent


@pytest.mark.parametrize(
    ("kind", "address"),
    [("usb", "04b8:ffff:81:03"), ("serial", "/dev/no-such-port"), ("file", "/dev/no-such-lp")],
)
def test_a_printer_that_is_not_plugged_in_is_a_transport_error(kind: str, address: str) -> None:
    missing = Printer(1, "Kasir", kind, address, 80, "", "none", True)
    announce = Announcements()

    with pytest.raises(TransportError):
        send(missing, BYTES, announce, HURRY)

    assert announce.made == 0


@pytest.mark.parametrize("kind", ["serial", "file"])
def test_a_local_printer_gets_the_ticket_whole(kind: str) -> None:
    ours, theirs = os.openpty()
    local = Printer(1, "Kasir", kind, os.ttyname(theirs), 80, "", "dle_eot", True)
    received = bytearray()

    def read() -> None:
        while len(received) < len(BYTES):
            received.extend(os.read(ours, 4096))

    import tty

    tty.setraw(theirs)
    reading = threading.Thread(target=read, daemon=True)
    reading.start()

    delivery = send(local, BYTES, Announcements(), HURRY)
    reading.join(5)

    assert delivery == Delivery("sent"), "nothing is read from it, so nothing more is known"
    assert bytes(received) == BYTES


def test_a_device_that_stops_taking_bytes_does_not_hold_us_up() -> None:
    ours, theirs = os.openpty()
    local = Printer(1, "Kasir", "file", os.ttyname(theirs), 80, "", "none", True)

    delivery = send(local, BYTES * 200, Announcements(), replace(HURRY, write=0.2))

    assert delivery.state == "unconfirmed"
    os.close(ours)


def test_an_ordinary_file_is_never_written_to(tmp_path: Path) -> None:
    precious = tmp_path / "office.db"
    precious.write_bytes(b"precious")
    local = Printer(1, "Kasir", "file", str(precious), 80, "", "none", True)

    with pytest.raises(TransportError, match="not a device"):
        send(local, BYTES, Announcements(), HURRY)

    assert precious.read_bytes() == b"precious"


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("12 12 12 12", "ok"),
        ("12 12 12 1e", "near_end"),
        ("1a 32 12 7e", "out"),
        ("1a 16 12 12", "cover"),
        ("1a 52 1a 12", "error"),
        ("1a 12 12 12", "offline"),
        ("12 12 12", "unknown"),
        ("ff 00 12 12", "unknown"),
        ("12 12 12 12 12", "unknown"),
    ],
)
def test_what_the_printer_says_of_itself(answers: str, state: str) -> None:
    assert state_of(bytes.fromhex(answers)) == state


def test_a_late_status_is_not_taken_for_the_answer_to_the_probe() -> None:
    assert answers_probe(0x00)
    assert answers_probe(0x03), "nearly out of paper"
    assert not any(answers_probe(byte) for byte in (0x12, 0x1E, 0x7E, 0xFF))
