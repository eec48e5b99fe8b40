"""Each way a printer can fail, against the real server, a real worker and a simulated printer."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.simulators import printer as simulated
from tests.simulators.faults import DOUBTS, WAITS, heal
from tests.simulators.paper_office import PaperOffice, is_copy, is_whole, number_on
from tests.simulators.printer import PrinterSimulator
from tests.web.talk import Asker

FULL = bool(os.environ.get("KIOSK_TEST_FULL"))
ROUNDS = 20 if FULL else 1

pytestmark = [pytest.mark.fault, pytest.mark.timeout(1800 if FULL else 120)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PaperOffice]:
    made = PaperOffice(tmp_path_factory.mktemp("office"), public_url="https://antre.example")
    yield made
    made.stop()


@pytest.fixture
def printer(office: PaperOffice) -> Iterator[PrinterSimulator]:
    with PrinterSimulator() as made:
        yield made
    office.finish()
    office.retire()


@pytest.fixture
def kiosk(office: PaperOffice, printer: PrinterSimulator) -> Iterator[Asker]:
    """A kiosk whose tickets come out of the printer, with a worker at work."""
    number = office.printer(printer)
    with office.working(number):
        yield office.kiosk(number)


def take_printed(office: PaperOffice, kiosk: Asker) -> Any:
    """A ticket that is on paper."""
    ticket = office.take(kiosk)
    office.wait_until(ticket, "printed")
    return ticket


def nothing_is_wrong(office: PaperOffice, printer: PrinterSimulator, taken: list[Any]) -> None:
    """The rules of paper, for these tickets and this printer."""
    jobs = [office.job_of(ticket) for ticket in taken]
    whole = Counter(number_on(p) for p in printer.tickets if is_whole(p) and not is_copy(p))
    shown = Counter(number_on(p) for p in printer.tickets if number_on(p) and not is_copy(p))
    assert all(count == 1 for count in shown.values()), shown
    for ticket, job in zip(taken, jobs, strict=True):
        if job["state"] == "printed":
            assert whole[ticket["number"]] == 1
        else:
            assert job["state"] in ("unconfirmed", "failed", "expired")
            assert job["settled_at"] is None
            assert "print_unsettled" in office.alarms()


@pytest.mark.parametrize("fault", WAITS)
def test_a_ticket_of_which_nothing_was_taken_comes_when_the_printer_is_back(
    office: PaperOffice, printer: PrinterSimulator, kiosk: Asker, fault: str
) -> None:
    taken: list[Any] = []
    for _ in range(ROUNDS):
        taken.append(take_printed(office, kiosk))
        WAITS[fault](printer)
        before = len(printer.tickets)
        late = [office.take(kiosk) for _ in range(2)]
        taken += late
        office.wait_for(lambda: any(code.startswith("printer_") for code in office.alarms()), fault)
        assert office.paper(kiosk, late[0]) == "fault"
        assert all(office.job_of(ticket)["state"] == "queued" for ticket in late)
        assert len(printer.tickets) == before
        heal(printer, fault)
        for ticket in late:
            office.wait_until(ticket, "printed")
        office.wait_for(lambda: not office.alarms(), fault)
    nothing_is_wrong(office, printer, taken)
    assert [number_on(piece) for piece in printer.tickets] == [t["number"] for t in taken]


@pytest.mark.parametrize("fault", DOUBTS)
def test_a_ticket_that_may_be_on_paper_is_never_sent_again_by_itself(
    office: PaperOffice, printer: PrinterSimulator, kiosk: Asker, fault: str
) -> None:
    taken: list[Any] = []
    for _ in range(ROUNDS):
        taken.append(take_printed(office, kiosk))
        DOUBTS[fault](printer)
        doubtful = office.take(kiosk)
        job = office.wait_until(doubtful, "unconfirmed")
        assert job["error"]
        assert len(job["bytes"]) <= 1500
        assert office.paper(kiosk, doubtful) == "fault"
        heal(printer, fault)
        taken += [doubtful, take_printed(office, kiosk)]
    nothing_is_wrong(office, printer, taken)
    unsettled = {job["id"] for job in office.boss.get("/api/supervisor").json["unsettled"]}
    for ticket in taken:
        job = office.job_of(ticket)
        if job["state"] == "unconfirmed":
            assert job["id"] in unsettled
            settled = office.boss.post(f"/api/print-jobs/{job['id']}/settle", {"came_out": True})
            assert settled.status == 200
    office.wait_for(lambda: not office.alarms(), fault)


def test_a_printer_that_serves_one_client_only_is_asked_on_one_connection(
    office: PaperOffice, printer: PrinterSimulator
) -> None:
    printer.only_one = True
    number = office.printer(printer)
    kiosk = office.kiosk(number)
    with office.working(number):
        taken = [office.take(kiosk) for _ in range(5)]
        for ticket in taken:
            office.wait_until(ticket, "printed")
    assert printer.most_at_once == 1
    assert len(printer.connections) >= len(taken), "none is kept for the next ticket"
    nothing_is_wrong(office, printer, taken)


def test_a_second_client_that_is_refused_waits_for_its_turn(
    office: PaperOffice, printer: PrinterSimulator
) -> None:
    import socket

    number = office.printer(printer)
    kiosk = office.kiosk(number)
    printer.only_one = True
    with office.working(number):
        for _ in range(ROUNDS):
            with socket.create_connection(("127.0.0.1", printer.port)) as somebody:
                office.wait_for(lambda: bool(printer._open))
                ticket = office.take(kiosk)
                office.wait_for(lambda: bool(office.alarms()), "second client refused")
                assert office.job_of(ticket)["state"] == "queued"
                somebody.close()
            office.wait_until(ticket, "printed")
            office.wait_for(lambda: not office.alarms(), "second client refused")


def test_after_a_long_outage_no_old_ticket_comes_out_unmarked(
    office: PaperOffice, printer: PrinterSimulator, kiosk: Asker
) -> None:
    office.wait_for(lambda: bool(printer.connections))
    printer.status = simulated.OUT_OF_PAPER
    old = [office.take(kiosk) for _ in range(3)]
    office.wait_for(lambda: "printer_out" in office.alarms())
    office.time.forward(minutes=3)
    for ticket in old:
        office.wait_until(ticket, "expired")
    office.wait_for(lambda: "print_unsettled" in office.alarms())
    printer.refill()
    new = take_printed(office, kiosk)
    assert [number_on(piece) for piece in printer.tickets] == [new["number"]]
    copy = office.job_of(old[0])["id"]
    office.boss.post(f"/api/print-jobs/{copy}/settle", {"came_out": False})
    assert is_copy(printer.wait_for(2)[1])
    assert number_on(printer.tickets[1]) == old[0]["number"]
    for ticket in old[1:]:
        job = office.job_of(ticket)["id"]
        office.boss.post(f"/api/print-jobs/{job}/settle", {"came_out": True})
    office.wait_for(lambda: not office.alarms())


def test_a_printer_that_never_answers_is_quiet_and_only_says_sent(
    office: PaperOffice, printer: PrinterSimulator
) -> None:
    printer.mute = True
    number = office.printer(printer, status="none")
    kiosk = office.kiosk(number)
    with office.working(number):
        taken = [office.take(kiosk) for _ in range(3)]
        for ticket in taken:
            office.wait_until(ticket, "sent")
            assert office.paper(kiosk, ticket) == "sent"
        assert office.alarms() == []
        # The citizen is the sensor: two in a row raise the alarm.
        first, second = taken[1:]
        assert kiosk.post(f"/api/tickets/{first['id']}/reprint").status == 200
        office.wait_until(first, "sent")
        assert office.alarms() == []
        assert kiosk.post(f"/api/tickets/{second['id']}/reprint").status == 200
        office.wait_for(lambda: office.alarms() == ["paper_missed"])
        assert kiosk.post(f"/api/tickets/{second['id']}/reprint").status == 409
        pieces = printer.wait_for(5)
    assert [is_copy(piece) for piece in pieces] == [False] * 3 + [True] * 2
    office.time.forward(seconds=1)
    office.boss.post(f"/api/printers/{number}/roll", {})
    assert "paper_missed" not in office.alarms()


def test_the_second_printer_is_tried_first_when_the_first_one_fails(
    office: PaperOffice, printer: PrinterSimulator
) -> None:
    with PrinterSimulator() as second:
        number, other = office.printer(printer), office.printer(second, width_mm=58)
        kiosk = office.kiosk(number, other)
        with office.working(number, other):
            for _ in range(2):
                take_printed(office, kiosk)
            assert len(printer.tickets) == 2
            printer.status = simulated.COVER_OPEN
            moved = office.take(kiosk)
            office.wait_until(moved, "printed")
            assert office.paper(kiosk, moved) == "printed"
            assert number_on(second.tickets[0]) == moved["number"]
            assert not is_copy(second.tickets[0])
            take_printed(office, kiosk)
            assert len(second.tickets) == 2
            assert kiosk.get("/api/kiosk").json["kiosk"]["paper"] == "ok"
            second.status = simulated.OUT_OF_PAPER
            office.wait_for(lambda: "printer_out" in office.alarms())
            assert kiosk.get("/api/kiosk").json["kiosk"]["paper"] == "fault"
            heal(printer, "cover open")
            take_printed(office, kiosk)
            second.refill()
            office.wait_for(lambda: not office.alarms())
    assert len(printer.tickets) == 3
