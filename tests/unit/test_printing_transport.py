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
from kiosk.printing.status import Gauge, Probe, state_of
from kiosk.printing.transport import SEPARATE, Reading, look, send
from tests.simulators import printer as simulated
from tests.simulators.printer import PrinterSimulator
from tests.simulators.tickets import TICKET

PATIENT = Patience(connect=10, status=10, write=10, probe=10, quiet=0.05)
#: For a printer that says nothing of itself, or nothing of the ticket.
NO_STATUS, NO_PROBE = replace(PATIENT, status=0.3), replace(PATIENT, probe=0.3)
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

    delivery = send(printer, BYTES, announce, PATIENT)

    assert (delivery.state, delivery.error) == ("printed", None)
    assert delivery.reading == Reading("ok", simulated.READY)
    assert [ticket.raw[-len(BYTES) :] for ticket in simulator.tickets] == [BYTES]
    assert announce.made == 1


def test_nearly_out_of_paper_still_prints(simulator: PrinterSimulator, printer: Printer) -> None:
    simulator.status = simulated.NEAR_END

    assert send(printer, BYTES, Announcements(), PATIENT).state == "printed"


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
        send(printer, BYTES, announce, PATIENT)

    assert not caught.value.permanent
    assert announce.made == 0
    assert simulator.tickets == []


def test_a_printer_that_should_answer_and_does_not_gets_nothing(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.mute, announce = True, Announcements()

    with pytest.raises(TransportError, match="no status") as caught:
        send(printer, BYTES, announce, NO_STATUS)

    assert not caught.value.permanent
    assert announce.made == 0


def test_garbage_is_not_taken_for_a_status(simulator: PrinterSimulator, printer: Printer) -> None:
    simulator.status = bytes.fromhex("ff 00 12 12")

    with pytest.raises(TransportError, match="unknown"):
        send(printer, BYTES, Announcements(), PATIENT)


def test_of_a_printer_that_never_answers_we_only_know_that_it_was_sent(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.mute = True

    delivery = send(replace(printer, status="none"), BYTES, Announcements(), PATIENT)

    assert delivery.state == "sent"
    assert len(simulator.wait_for(1)) == 1


def test_one_ticket_is_one_connection_and_one_cut(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.only_one = True

    send(printer, BYTES, Announcements(), PATIENT)

    assert simulator.most_at_once == 1
    assert len(simulator.first_byte_at) == 1
    assert BYTES.count(b"\x1dV") == 1
    assert len(BYTES) <= 1500


def test_an_epson_tells_which_ticket_it_has_printed(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    delivery = send(replace(printer, probe="gsh"), BYTES, Announcements(), PATIENT, job=12_345)

    assert delivery.state == "printed"
    assert len(simulator.tickets) == 1


def test_an_epson_that_stops_forgets_the_rest_so_that_it_does_not_come_out_later(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.out_after = 200

    delivery = send(replace(printer, probe="gsh"), BYTES, Announcements(), NO_PROBE)

    assert delivery.state == "unconfirmed"
    assert "out" in str(delivery.error)
    assert delivery.reading == Reading("out", simulated.OUT_OF_PAPER)
    assert simulator.cleared


def test_without_a_probe_a_ticket_is_at_best_sent(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    delivery = send(replace(printer, probe="none"), BYTES, Announcements(), PATIENT)

    assert (delivery.state, delivery.reading) == ("sent", Reading("ok", simulated.READY))


def test_half_a_ticket_is_cut_off_before_the_next_one(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    for at in (1, 50, 100, 200, 300, 350, len(BYTES) - 1):
        simulator.heal()
        simulator.drop_after = at
        assert send(printer, BYTES, Announcements(), PATIENT).state == "unconfirmed"
        simulator.drop_after = None

        assert send(printer, BYTES, Announcements(), PATIENT, separate=True).state == "printed"

        assert simulator.tickets[-1].raw.endswith(BYTES)
        assert simulator.tickets[-1].text.count("NOMOR ANTREAN") == 1
    assert SEPARATE.endswith(b"\x1dV\x42\x00")


@pytest.mark.parametrize(
    ("answers", "state"),
    [(simulated.READY, "ok"), (simulated.NEAR_END, "near_end"), (simulated.COVER_OPEN, "cover")],
)
def test_a_look_at_a_printer_sends_nothing_but_the_question(
    simulator: PrinterSimulator, printer: Printer, answers: bytes, state: str
) -> None:
    simulator.status = answers

    assert look(printer, PATIENT) == Reading(state, answers)
    assert simulator.reader.ticket.raw == b""


def test_a_printer_that_is_off_or_mute_is_seen_too(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    quiet = replace(printer, status="none")
    assert look(quiet, NO_STATUS) == Reading("ok")
    simulator.mute = True
    assert look(printer, NO_STATUS) == Reading("unknown")
    simulator.switch_off()
    assert look(printer, NO_STATUS) == Reading("unreachable")
    assert look(quiet, NO_STATUS) == Reading("unreachable")
    gone = Printer(1, "Kasir", "file", "/dev/no-such-lp", 80, "", "none", True)
    assert look(gone, NO_STATUS) == Reading("unreachable")


@pytest.mark.parametrize("kind", ["serial", "file"])
def test_a_local_printer_is_asked_like_one_in_the_network(kind: str) -> None:
    ours, theirs = os.openpty()
    import tty

    tty.setraw(theirs)
    local = Printer(1, "Kasir", kind, os.ttyname(theirs), 80, "", "dle_eot", True)
    received = bytearray()

    def answer() -> None:
        while data := os.read(ours, 4096):
            received.extend(data)
            for _ in range(data.count(b"\x10\x04\x01")):
                os.write(ours, simulated.READY)
            if b"\x1dr\x01" in data:
                os.write(ours, b"\x00")

    threading.Thread(target=answer, daemon=True).start()

    assert look(local, PATIENT) == Reading("ok", simulated.READY)
    assert send(local, BYTES, Announcements(), PATIENT).state == "printed"
    assert BYTES in bytes(received)


def test_a_queue_of_the_system_takes_the_bytes_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lp = tmp_path / "lp"
    lp.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/words\ncat > {tmp_path}/bytes\n')
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    queue = Printer(1, "Kasir", "lp", "struk", 80, "", "none", True)

    assert send(queue, BYTES, Announcements(), PATIENT).state == "sent"

    assert (tmp_path / "bytes").read_bytes() == BYTES
    assert (tmp_path / "words").read_text().split()[:4] == ["-d", "struk", "-o", "raw"]
    lp.write_text("#!/bin/sh\ncat > /dev/null\necho no such queue >&2\nexit 1\n")
    with pytest.raises(TransportError, match="no such queue"):
        send(queue, BYTES, Announcements(), PATIENT)


def test_no_answer_after_the_ticket_leaves_it_unconfirmed(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.mute_probe = True

    delivery = send(printer, BYTES, Announcements(), NO_PROBE)

    assert delivery.state == "unconfirmed"
    assert delivery.error


def test_a_connection_lost_amid_the_ticket_leaves_it_unconfirmed(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.drop_after = 100

    assert send(printer, BYTES, Announcements(), PATIENT).state == "unconfirmed"


def test_a_printer_that_is_off_is_an_error_that_may_pass(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    simulator.switch_off()
    announce = Announcements()

    with pytest.raises(TransportError) as caught:
        send(printer, BYTES, announce, PATIENT)

    assert not caught.value.permanent
    assert announce.made == 0


def test_when_the_announcement_is_refused_nothing_is_sent(
    simulator: PrinterSimulator, printer: Printer
) -> None:
    with pytest.raises(LookupError):
        send(printer, BYTES, Announcements(LookupError()), PATIENT)
    send(printer, BYTES, Announcements(), PATIENT)

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
        ("lp", ""),
        ("lp", "-o x"),
        ("windows", "Struk"),
    ],
)
def test_a_wrong_address_is_an_error_that_stays(kind: str, address: str) -> None:
    wrong = Printer(1, "Kasir", kind, address, 80, "", "dle_eot", True)

    with pytest.raises(TransportError) as caught:
        send(wrong, BYTES, Announcements(), PATIENT)

    assert caught.value.permanent


@pytest.mark.parametrize(
    ("kind", "address"),
    [("usb", "04b8:ffff:81:03"), ("serial", "/dev/no-such-port"), ("file", "/dev/no-such-lp")],
)
def test_a_printer_that_is_not_plugged_in_is_a_transport_error(kind: str, address: str) -> None:
    missing = Printer(1, "Kasir", kind, address, 80, "", "none", True)
    announce = Announcements()

    with pytest.raises(TransportError):
        send(missing, BYTES, announce, PATIENT)

    assert announce.made == 0


@pytest.mark.parametrize("kind", ["serial", "file"])
def test_a_local_printer_gets_the_ticket_whole(kind: str) -> None:
    ours, theirs = os.openpty()
    local = Printer(1, "Kasir", kind, os.ttyname(theirs), 80, "", "none", True)
    received = bytearray()

    def read() -> None:
        while len(received) < len(BYTES):
            received.extend(os.read(ours, 4096))

    import tty

    tty.setraw(theirs)
    reading = threading.Thread(target=read, daemon=True)
    reading.start()

    delivery = send(local, BYTES, Announcements(), PATIENT)
    reading.join(30)

    assert delivery.state == "sent"
    assert bytes(received) == BYTES


def test_a_device_that_stops_taking_bytes_does_not_hold_us_up() -> None:
    ours, theirs = os.openpty()
    local = Printer(1, "Kasir", "file", os.ttyname(theirs), 80, "", "none", True)

    delivery = send(local, BYTES * 200, Announcements(), replace(PATIENT, write=0.2))

    assert delivery.state == "unconfirmed"
    os.close(ours)


def test_an_ordinary_file_is_never_written_to(tmp_path: Path) -> None:
    precious = tmp_path / "office.db"
    precious.write_bytes(b"precious")
    local = Printer(1, "Kasir", "file", str(precious), 80, "", "none", True)

    with pytest.raises(TransportError, match="not a device"):
        send(local, BYTES, Announcements(), PATIENT)

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
    probe = Probe("gsr", 7)
    assert probe.is_answer(b"\x00")
    assert probe.is_answer(b"\x03"), "nearly out of paper"
    assert not probe.is_answer(b"")
    for garbage in (b"\x12", b"\x1e", b"\xff\x00", b"\x00\xff"):
        with pytest.raises(ValueError):
            probe.is_answer(garbage)


def test_the_answer_of_an_epson_names_the_ticket() -> None:
    probe = Probe("gsh", 12_345)
    assert probe.question == bytes.fromhex("1d 28 48 06 00 30 30") + b"2345"
    assert probe.is_answer(b"\x37\x222345\x00")
    assert not probe.is_answer(b"\x37\x2223")
    with pytest.raises(ValueError):
        probe.is_answer(b"\x37\x222344\x00")


def test_worse_is_believed_at_once_and_better_the_second_time() -> None:
    gauge = Gauge()
    seen = []
    for reading in ("ok", "near_end", "ok", "near_end", "out", "cover", "ok", "ok", "unknown"):
        gauge.note(reading)
        seen.append((gauge.state, gauge.is_in_doubt))
    assert seen == [
        ("ok", False),
        ("near_end", False),
        ("near_end", True),
        ("near_end", False),
        ("out", False),
        ("cover", False),
        ("cover", True),
        ("ok", False),
        ("unknown", False),
    ]
