"""Many at once, and for long: nothing is mixed, and nothing piles up."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.connection import open_reader
from tests.fault.test_print_agent import descendants
from tests.live import Client, LiveServer
from tests.simulators import printer as simulated
from tests.simulators.paper_office import PaperOffice, is_copy, is_whole, number_on
from tests.simulators.printer import PrinterSimulator

FULL = bool(os.environ.get("KIOSK_TEST_FULL"))
KIOSKS, EACH = 20, 25 if FULL else 3
SOAK = 2000 if FULL else 60

pytestmark = [pytest.mark.fault, pytest.mark.timeout(3000 if FULL else 180)]


@pytest.mark.parametrize("only_one", [False, True], ids=["any", "one client only"])
def test_twenty_kiosks_share_one_printer(tmp_path: Path, only_one: bool) -> None:
    office = PaperOffice(tmp_path / "office", print_within_seconds="300")
    printer = office.simulator()
    printer.only_one = only_one
    number = office.printer(printer)
    kiosks = [office.kiosk(number) for _ in range(KIOSKS)]
    lock, taken = threading.Lock(), []

    def take(kiosk: Any) -> None:
        for _ in range(EACH):
            with lock:  # PaperOffice counts what was taken
                key = f"crowd-{len(taken)}"
                taken.append(key)
            body = {"service": "biodata"}
            assert kiosk.post("/api/tickets", body, Idempotency_Key=key).status == 201

    try:
        with office.working(number):
            threads = [threading.Thread(target=take, args=(kiosk,)) for kiosk in kiosks]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            printer.wait_for(KIOSKS * EACH, 300)
            office.wait_for(lambda: all(job["state"] == "printed" for job in office.jobs()))
        ordered = office.rows(
            "SELECT t.number FROM print_jobs j JOIN tickets t ON t.id = j.ticket ORDER BY j.id"
        )
        assert [number_on(piece) for piece in printer.tickets] == [r["number"] for r in ordered]
        assert len(ordered) == KIOSKS * EACH
        assert all(is_whole(piece) for piece in printer.tickets)
        assert printer.most_at_once == 1
        assert len(printer.connections) >= len(ordered), "none is kept for the next ticket"
    finally:
        office.stop()


def misbehave(printer: PrinterSimulator, chance: random.Random) -> None:
    """One fault or none; the one before is over."""
    printer.heal()
    what = chance.randrange(14)
    match what:
        case 0 | 1 | 2:
            printer.at_connect = ("drop", "reset", "")[what]
        case 3 | 4 | 5:
            printer.drop_after = (1, 100, 400)[what - 3]
        case 6:
            printer.reset_after = 100
        case 7:
            printer.stall_after = 100
        case 8:
            printer.mute_probe = True
        case 9:
            printer.garbage = True
        case 10:
            printer.out_after = 200
        case 11:
            printer.status = chance.choice((simulated.COVER_OPEN, simulated.CUTTER_JAM))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_that_meets_every_fault_again_and_again_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    monkeypatch.setenv("KIOSK_PRINT_PACE", "0.1")
    monkeypatch.setenv("TMPDIR", str(temporary))
    chance = random.Random(2000)
    server = LiveServer(tmp_path)
    server.cli("settings", "set", "print_within_seconds", "300")
    kiosk = Client(server.port, token=server.device("kiosk", "Mesin"))
    with PrinterSimulator() as printer:
        try:
            server.start()
            body = {"name": "Cetak", "kind": "network", "address": printer.address,
                    "status": "dle_eot"}  # fmt: skip
            server.session().post("/api/printers", body)

            def issue(count: int) -> None:
                for _ in range(count):
                    kiosk.post("/api/tickets", {"service": "biodata"}, key=f"{time.time_ns()}")
                    misbehave(printer, chance)
                    time.sleep(chance.uniform(0.02, 0.2))
                printer.heal()
                until = time.monotonic() + 300
                while rows(server, "SELECT 1 FROM print_jobs WHERE ended_at IS NULL"):
                    assert time.monotonic() < until
                    time.sleep(0.1)

            issue(SOAK // 5)
            worker = worker_of(server)
            before = (descriptors(worker), memory_kb(worker), files_in(temporary))
            issue(SOAK - SOAK // 5)
            assert worker_of(server) == worker, "it was never started again"
            after = (descriptors(worker), memory_kb(worker), files_in(temporary))
            jobs = rows(
                server, "SELECT t.number, j.state FROM tickets t JOIN print_jobs j ON j.ticket=t.id"
            )
            states = [job["state"] for job in jobs]
            print(f"{len(jobs)} tickets, {dict(Counter(states))};",
                  f"descriptors, kB, temporary files: {before} -> {after}")  # fmt: skip
            assert after[0] <= before[0] + 1
            assert after[1] <= before[1] + 4096
            assert after[2] == before[2]
            whole = {number_on(piece) for piece in printer.tickets if is_whole(piece)}
            shown = [number_on(p) for p in printer.tickets if number_on(p) and not is_copy(p)]
            assert len(shown) == len(set(shown))
            assert all(job["number"] in whole for job in jobs if job["state"] == "printed")
            assert set(states) <= {"printed", "unconfirmed"}
        finally:
            server.stop()


def rows(server: LiveServer, sql: str) -> list[dict[str, Any]]:
    reader = open_reader(server.data / "office.db")
    found = [dict(row) for row in reader.conn.execute(sql)]
    reader.close()
    return found


def worker_of(server: LiveServer) -> int:
    """The process that works the real printer: it has one of its own, the preview's has not."""
    assert server.process is not None
    found = [
        pid
        for pid in descendants(server.process.pid)
        if "print" in (words := Path(f"/proc/{pid}/cmdline").read_text().split("\0"))
        and words[words.index("--printer") + 1] == "2"
    ]
    assert len(found) == 1, subprocess.run(["ps", "axf"], capture_output=True, check=True).stdout
    return found[0]


def descriptors(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))


def memory_kb(pid: int) -> int:
    text = Path(f"/proc/{pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0])


def files_in(folder: Path) -> int:
    return sum(1 for _ in folder.rglob("*"))
