"""The agent on a machine of its own: the server goes away and comes back, processes are killed."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk import access
from kiosk.commands import people
from kiosk.store.connection import open_reader
from tests.browser.cable import Cable
from tests.live import ROOT, Client, LiveServer, Refused
from tests.simulators.paper_office import PaperOffice, is_copy, is_whole, number_on
from tests.simulators.printer import PrinterSimulator

FULL = bool(os.environ.get("KIOSK_TEST_FULL"))
KILLS = 50 if FULL else 3

pytestmark = [
    pytest.mark.fault,
    pytest.mark.timeout(3000 if FULL else 180),
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


@contextlib.contextmanager
def agent(url: str, token: str, data: Path, pace: float = 0.4) -> Iterator[Any]:
    """`python3 run.py agent` as a process."""
    command = [sys.executable, "-m", "kiosk.cli", "agent", "--server", url, "--data", str(data)]
    environment = {**os.environ, "KIOSK_PRINT_TOKEN": token, "KIOSK_PRINT_PACE": str(pace)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def test_a_server_that_was_away_for_ten_minutes_hears_what_became_of_the_paper(
    tmp_path: Path,
) -> None:
    office = PaperOffice(tmp_path / "office")
    printer = office.simulator()
    token = access.new_token()
    device = office.served.do(
        people.add_device, kind="agent", name="Agen", token_hash=access.hash_token(token)
    )["device"]["id"]
    number = office.printer(printer, agent=device)
    cable = Cable(office.served.port)
    kiosk = office.kiosk(number)
    try:
        with agent(cable.url, token, tmp_path / "agent", pace=1):
            office.wait_until(office.take(kiosk), "printed")
            printer.late = 0.7  # the answer comes when the server is out of reach
            before = office.take(kiosk)
            office.wait_for(lambda: len(printer.first_byte_at) == 2)
            cable.pull()
            waiting = office.take(kiosk)
            printer.wait_for(2)
            printer.late = 0
            office.time.forward(minutes=10)
            office.wait_until(waiting, "expired")
            assert office.wait_until(before, "unconfirmed")["error"] == "worker lost"
            assert "printer_silent" in office.alarms()
            cable.plug()
            assert office.wait_until(before, "printed")["error"] is None
            office.wait_for(lambda: office.alarms() == ["print_unsettled"])
            after = office.take(kiosk)
            office.wait_until(after, "printed")
        assert [number_on(piece) for piece in printer.tickets] == ["A-001", "A-002", "A-004"]
    finally:
        cable.close()
        office.stop()


class House:
    """A real server, a real agent beside a second printer, and kiosks that never stop."""

    def __init__(self, folder: Path, printers: list[PrinterSimulator]) -> None:
        self.folder = folder
        self.server = LiveServer(folder)
        self.server.cli("settings", "set", "print_within_seconds", "20")
        self.printers = printers
        self.token = self.server.device("agent", "Agen")
        self.kiosks = [self.server.device("kiosk", f"Mesin {number}") for number in (1, 2)]
        self.agent: subprocess.Popen[bytes] | None = None
        self.over = threading.Event()

    def set_up(self) -> None:
        boss = self.server.session()
        devices = boss.get("/api/supervisor")["devices"]
        agent_id = next(d["id"] for d in devices if d["kind"] == "agent")
        kiosks = [d["id"] for d in devices if d["kind"] == "kiosk"]
        for simulator, place, kiosk in zip(self.printers, (None, agent_id), kiosks, strict=True):
            body = {
                "name": f"Cetak {kiosk}", "kind": "network", "address": simulator.address,
                "status": "dle_eot", "agent": place,
            }  # fmt: skip
            put = boss.post("/api/printers", body)["printer"]["id"]
            boss.post(f"/api/devices/{kiosk}/configure", {"config": {"printer": put}})

    def start_agent(self) -> None:
        command = [
            sys.executable, "-m", "kiosk.cli", "agent", "--server", self.server.url,
            "--data", str(self.folder / "agent"),
        ]  # fmt: skip
        environment = {**os.environ, "KIOSK_PRINT_TOKEN": self.token}
        self.agent = subprocess.Popen(command, cwd=ROOT, env=environment)

    def issue(self, token: str) -> None:
        client = Client(self.server.port, token=token)
        attempt = 0
        while not self.over.is_set():
            attempt += 1
            with contextlib.suppress(ConnectionError, Refused):
                client.post("/api/tickets", {"service": "biodata"}, key=f"{token[:8]}-{attempt}")
            self.over.wait(0.15)

    def kill_something(self, chance: random.Random) -> None:
        assert self.agent is not None
        assert self.server.process is not None
        what = chance.choice(("server", "agent", "worker", "own worker"))
        if what == "server":
            self.server.kill()
            self.server.start()
        elif what == "agent":
            self.agent.send_signal(signal.SIGKILL)
            self.agent.wait()
            self.start_agent()
        else:
            parent = self.agent.pid if what == "worker" else self.server.process.pid
            victims = descendants(parent)
            if what == "own worker":
                victims = [child for child in victims if descendants(child) == []]
            for child in victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        reader = open_reader(self.server.data / "office.db")
        rows = [dict(row) for row in reader.conn.execute(sql)]
        reader.close()
        return rows

    def stop(self) -> None:
        self.over.set()
        if self.agent is not None:
            self.agent.terminate()
            self.agent.wait(30)
        self.server.stop()


def descendants(pid: int) -> list[int]:
    """Children of a process and theirs."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    children = [int(child) for child in text.split()]
    return children + [grand for child in children for grand in descendants(child)]


def test_whatever_is_killed_no_number_is_lost_or_printed_twice_unmarked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_PRINT_PACE", "0.4")
    chance = random.Random(45)
    with PrinterSimulator() as first, PrinterSimulator() as second:
        house = House(tmp_path, [first, second])
        try:
            house.server.start()
            house.set_up()
            house.start_agent()
            threads = [threading.Thread(target=house.issue, args=(t,)) for t in house.kiosks]
            for thread in threads:
                thread.start()
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.5, 2.5))
                house.kill_something(chance)
            time.sleep(3)
            house.over.set()
            for thread in threads:
                thread.join()
            until = time.monotonic() + 60
            while house.rows("SELECT 1 FROM print_jobs WHERE ended_at IS NULL"):
                assert time.monotonic() < until, house.rows("SELECT * FROM print_jobs")[-3:]
                time.sleep(0.2)
            time.sleep(1.5)  # the watch goes round once a second
            check(house)
        finally:
            house.stop()


def check(house: House) -> None:
    pieces = [piece for printer in house.printers for piece in printer.tickets]
    shown = Counter(number_on(piece) for piece in pieces if number_on(piece) and not is_copy(piece))
    whole = {number_on(piece) for piece in pieces if is_whole(piece)}
    jobs = house.rows(
        "SELECT t.number, j.* FROM tickets t LEFT JOIN print_jobs j ON j.ticket = t.id"
    )
    states = Counter(job["state"] for job in jobs)
    print(f"{KILLS} kills: {len(jobs)} numbers, {dict(states)}")
    assert states["printed"] > len(jobs) / 2
    assert {number: count for number, count in shown.items() if count > 1} == {}
    alarms = house.rows("SELECT * FROM alarms WHERE cleared_at IS NULL")
    for job in jobs:
        if job["state"] == "printed":
            assert job["number"] in whole, job
        else:
            assert job["state"] in ("unconfirmed", "failed", "expired"), job
            assert job["settled_at"] is None
            assert any(
                alarm["code"] == "print_unsettled" and alarm["printer"] == job["printer"]
                for alarm in alarms
            )
