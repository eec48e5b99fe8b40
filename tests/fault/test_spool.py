"""The print worker against a server and printers that fail."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.printing.links import Patience
from kiosk.printing.office_link import OfficeLink
from kiosk.printing.preview_folder import KEPT
from kiosk.printing.printer import Printer
from kiosk.printing.spool import CLAIM_LIMIT, Spool
from tests.simulators import printer as simulated
from tests.simulators.print_server import TOKEN, PrintServer
from tests.simulators.printer import PrinterSimulator
from tests.simulators.tickets import TICKET

pytestmark = pytest.mark.fault

HURRY = Patience(connect=1.0, status=0.5, write=1.0, probe=0.5, quiet=0.02)
PREVIEW = Printer(9, "Pratinjau", "preview", "", 80, "", "none", True)

Pause = Callable[[float], object]
Working = Callable[..., AbstractContextManager[Spool]]


@pytest.fixture
def server() -> Iterator[PrintServer]:
    with PrintServer() as running:
        yield running


@pytest.fixture
def simulator() -> Iterator[PrinterSimulator]:
    with PrinterSimulator() as running:
        yield running


@pytest.fixture
def working(server: PrintServer, tmp_path: Path) -> Working:
    """`with working():` runs a worker in this process, which never pauses for long."""

    @contextmanager
    def run(pause: Pause = lambda seconds: None) -> Iterator[Spool]:
        spool = Spool(lambda: OfficeLink(server.url, TOKEN), tmp_path, pause, HURRY)
        threading.Thread(target=spool.run, daemon=True).start()
        yield spool
        spool.stop()

    return run


def network(simulator: PrinterSimulator, number: int = 1) -> Printer:
    return Printer(number, f"Mesin {number}", "network", simulator.address, 80, "", "dle_eot", True)


def numbered(number: int) -> str:
    return f"A-{number:03d}"


def printed_numbers(simulator: PrinterSimulator) -> list[str]:
    return [next(x.text for x in t.lines if x.height >= 7) for t in simulator.tickets]


def test_the_tickets_of_one_printer_come_out_in_order(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    jobs = [
        server.add(replace(TICKET, number=numbered(n)), network(simulator)) for n in range(1, 31)
    ]

    with working():
        server.wait_until(jobs[-1], "printed")

    assert printed_numbers(simulator) == [numbered(n) for n in range(1, 31)]
    assert all(server.state(job) == "printed" for job in jobs)


def test_a_ticket_is_announced_with_its_hash_before_its_first_byte(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    simulator.mute_probe = True
    job = server.add(TICKET, network(simulator))

    with working():
        server.wait_until(job, "unconfirmed")

    assert server.history == [(job, "sending"), (job, "unconfirmed")]
    printed = simulator.wait_for(1)[0].raw
    ticket = printed[printed.index(b"\x1b@") :]
    assert server.jobs[job]["sha256"] == hashlib.sha256(ticket).hexdigest()


def test_a_printer_that_is_stuck_does_not_hold_up_another(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    with PrinterSimulator() as stuck:
        stuck.stall()
        waiting = [server.add(TICKET, network(stuck, 1)) for _ in range(CLAIM_LIMIT + 5)]
        jobs = [server.add(TICKET, network(simulator, 2)) for _ in range(3)]

        with working():
            server.wait_until(jobs[-1], "printed")

            assert all(server.state(job) == "printed" for job in jobs)
            assert server.state(waiting[-1]) == "claimed"


def test_a_ticket_whose_time_is_over_is_not_sent(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    simulator.stall()
    late, next_one = (
        server.add(replace(TICKET, number=n), network(simulator)) for n in ("A-001", "A-002")
    )

    with working(pause=lambda seconds: simulator.resume()):
        server.wait_until(late, "claimed")
        server.expire(late)
        server.wait_until(next_one, "printed")

    assert printed_numbers(simulator) == ["A-002"]


def test_a_printer_that_was_off_prints_the_originals_in_order_when_it_is_back(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    simulator.switch_off()
    pauses: list[float] = []

    def come_back(seconds: float) -> None:
        pauses.append(seconds)
        # The job given back is claimed again, and the worker waits for more.
        server.wait_for(lambda: server.claims >= len(pauses) + 2)
        if len(pauses) == 4:
            simulator.switch_on()

    jobs = [
        server.add(replace(TICKET, number=numbered(n)), network(simulator)) for n in range(1, 6)
    ]

    with working(pause=come_back):
        server.wait_until(jobs[-1], "printed")

    assert printed_numbers(simulator) == [numbered(n) for n in range(1, 6)]
    assert pauses == [0.5, 1.0, 2.0, 2.0]
    assert [job for job, state in server.history if state == "queued"] == [jobs[0]] * 4
    assert "CETAK ULANG" not in simulator.tickets[0].text


def test_without_paper_nothing_is_sent_and_the_reason_is_told(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    simulator.status = simulated.OUT_OF_PAPER
    job = server.add(TICKET, network(simulator))
    told: list[str] = []

    def refill(seconds: float) -> None:
        told.append(server.jobs[job]["error"])
        simulator.status = simulated.READY

    with working(pause=refill):
        server.wait_until(job, "printed")

    assert told == ["not ready: out"]
    assert server.history == [(job, "queued"), (job, "sending"), (job, "printed")]
    assert len(simulator.tickets) == 1


def test_a_wrong_address_fails_the_job_for_good(server: PrintServer, working: Working) -> None:
    job = server.add(TICKET, Printer(1, "Mesin 1", "network", ":", 80, "", "none", True))

    with working():
        server.wait_until(job, "failed")

    assert server.history == [(job, "failed")]
    assert "no host" in server.jobs[job]["error"]


def test_a_ticket_that_was_handed_out_twice_is_printed_once(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    simulator.stall()
    first, second = (server.add(TICKET, network(simulator)) for _ in range(2))

    with working():
        server.wait_until(second, "claimed")
        server.forget(second)  # its lease ran out while it waited behind the first
        server.wait_until(second, "claimed")
        simulator.resume()
        server.wait_until(second, "printed")
        third = server.add(TICKET, network(simulator))
        server.wait_until(third, "printed")

    assert server.state(first) in ("printed", "failed")
    assert [job for job, state in server.history if state == "printed"].count(second) == 1
    assert len(simulator.tickets) == [state for _, state in server.history].count("printed")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"layout_version": 99}, "layout 99"),
        ({"facts": "{}"}, "ticket facts"),
    ],
)
def test_a_job_that_cannot_be_printed_fails_and_the_next_one_comes(
    server: PrintServer,
    simulator: PrinterSimulator,
    working: Working,
    changes: dict[str, object],
    reason: str,
) -> None:
    broken = server.add(TICKET, network(simulator), **changes)
    good = server.add(TICKET, network(simulator))

    with working():
        server.wait_until(good, "printed")

    assert server.state(broken) == "failed"
    assert reason in server.jobs[broken]["error"]


def test_an_unknown_model_fails_the_job(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    job = server.add(TICKET, replace(network(simulator), profile="TM-Nonsense"))

    with working():
        server.wait_until(job, "failed")

    assert "TM-Nonsense" in server.jobs[job]["error"]


def test_a_server_in_trouble_is_asked_again_ever_more_slowly(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    server.failing = 6
    pauses: list[float] = []

    with working(pause=pauses.append):
        job = server.add(TICKET, network(simulator))
        server.wait_until(job, "printed")

    assert pauses[:6] == [0.5, 1.0, 2.0, 4.0, 5.0, 5.0]


def test_what_became_of_a_ticket_is_told_until_it_is_heard(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    simulator.stall()
    job = server.add(TICKET, network(simulator))

    with working():
        server.wait_until(job, "claimed")
        simulator.mute_probe = True
        simulator.resume()
        server.wait_until(job, "sending")
        with server.changed:
            server.failing = 3
        server.wait_until(job, "unconfirmed")

    assert server.history == [(job, "sending"), (job, "unconfirmed")]


def test_an_answer_lost_on_the_way_is_asked_for_again(
    server: PrintServer, simulator: PrinterSimulator, working: Working
) -> None:
    """With the same key, so that what was done already is not refused as done twice."""
    with working():
        server.wait_until(server.add(TICKET, network(simulator)), "printed")
        simulator.stall()
        lost = server.add(TICKET, network(simulator))
        server.wait_until(lost, "claimed")
        server.wait_for(lambda: server.claims == 3)
        server.unheard = 1
        simulator.resume()
        server.wait_until(lost, "printed")

    assert server.history[-2:] == [(lost, "sending"), (lost, "printed")]


def test_a_worker_killed_between_sending_and_printed_never_sends_again(
    server: PrintServer, simulator: PrinterSimulator, working: Working, tmp_path: Path
) -> None:
    simulator.mute_probe = True
    first = server.add(replace(TICKET, number="A-001"), network(simulator))
    worker = start_worker(server, tmp_path)
    simulator.wait_for(1)

    server.wait_for(lambda: server.claims == 2)

    worker.send_signal(signal.SIGKILL)
    worker.wait(60)
    simulator.mute_probe = False
    second = server.add(replace(TICKET, number="A-002"), network(simulator))
    server.wait_until(second, "claimed")  # for the dead worker, which was waiting for it
    server.forget(second)
    with working():
        server.wait_until(second, "printed")

    assert server.state(first) == "sending", "the server makes it unconfirmed when its lease ends"
    assert printed_numbers(simulator) == ["A-001", "A-002"]


def test_a_worker_ends_when_its_parent_is_gone_and_finishes_its_ticket(
    server: PrintServer, simulator: PrinterSimulator, tmp_path: Path
) -> None:
    simulator.mute_probe = True
    job = server.add(TICKET, network(simulator))
    worker = start_worker(server, tmp_path)
    simulator.wait_for(1)

    assert worker.stdin is not None
    worker.stdin.close()

    assert worker.wait(60) == 0
    assert server.state(job) == "unconfirmed"


def test_a_worker_without_a_token_says_so() -> None:
    environment = {k: v for k, v in os.environ.items() if k != "KIOSK_PRINT_TOKEN"}

    ended = subprocess.run(
        worker_command("http://127.0.0.1:1", Path()),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 2
    assert "KIOSK_PRINT_TOKEN" in ended.stderr


def test_previews_are_drawn_and_reported_together(
    server: PrintServer, working: Working, tmp_path: Path
) -> None:
    jobs = [server.add(TICKET, PREVIEW) for _ in range(KEPT + 15)]

    with working():
        server.wait_until(jobs[-1], "printed")

    assert all(server.state(job) == "printed" for job in jobs)
    assert max(server.batches) == CLAIM_LIMIT
    pictures = sorted(int(path.stem) for path in (tmp_path / "preview").glob("*.png"))
    assert pictures == jobs[-KEPT:]


def test_a_preview_that_cannot_be_drawn_fails_alone(server: PrintServer, working: Working) -> None:
    broken = server.add(replace(TICKET, zone="Asia/Nowhere"), PREVIEW)
    good = server.add(TICKET, PREVIEW)

    with working():
        server.wait_until(good, "printed")

    assert server.state(broken) == "failed"


def worker_command(url: str, data: Path) -> list[str]:
    return [sys.executable, "-m", "kiosk.workers", "print", "--server", url, "--data", str(data)]


def start_worker(server: PrintServer, data: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        worker_command(server.url, data),
        env={**os.environ, "KIOSK_PRINT_TOKEN": TOKEN},
        stdin=subprocess.PIPE,
    )
