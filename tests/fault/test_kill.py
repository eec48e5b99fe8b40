"""Power cuts: what was acknowledged is there, nothing is there twice, the chain is whole."""

import os
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import verify
from kiosk.store.connection import open_reader
from tests.live import Client, LiveServer, Refused
from tests.replay import differences, is_chain_whole

FULL = bool(os.environ.get("KIOSK_TEST_FULL"))
ROUNDS = 20 if FULL else 3
KIOSKS, COUNTERS = 20, 5
BACK_WITHIN = 3.0  # seconds; held only in the long run, on a quiet machine

pytestmark = [pytest.mark.fault, pytest.mark.timeout(900)]


class Load:
    """Kiosks that issue and counters that work until the server dies; all note their answers."""

    def __init__(self, server: LiveServer, tokens: list[str], round_number: int) -> None:
        self.server = server
        self.tickets: dict[str, dict[str, Any]] = {}
        self.calls: list[dict[str, Any]] = []
        self.lock = threading.Lock()
        self.over = threading.Event()
        self.threads = [
            threading.Thread(target=self.issue, args=(token, f"{round_number}-{index}"))
            for index, token in enumerate(tokens)
        ]
        for number in range(1, COUNTERS + 1):
            client = server.session(f"Petugas {number}", counter=number)
            self.threads.append(threading.Thread(target=self.serve, args=(client, number)))

    def run_until_killed(self, after: float) -> None:
        for thread in self.threads:
            thread.start()
        time.sleep(after)
        self.server.kill()
        self.over.set()
        for thread in self.threads:
            thread.join()

    def issue(self, token: str, name: str) -> None:
        client = Client(self.server.port, token=token)
        for attempt in range(100_000):
            if self.over.is_set():
                return
            key = f"{name}-{attempt}"
            try:
                answer = client.post("/api/tickets", {"service": "biodata"}, key=key)
            except (ConnectionError, Refused):
                return
            with self.lock:
                self.tickets[key] = answer["ticket"] | {"token_of_device": token}

    def serve(self, client: Client, number: int) -> None:
        desk = f"/api/counters/{number}"
        try:
            client.post(f"{desk}/take-over") if self.is_open(number) else client.post(
                f"{desk}/open"
            )
        except (ConnectionError, Refused):
            return
        while not self.over.is_set():
            try:
                answer = client.post(f"{desk}/call-next")
                with self.lock:
                    self.calls.append(answer["ticket"] | {"at_counter": number})
                client.post(f"{desk}/start")
                client.post(f"{desk}/finish")
            except ConnectionError:
                return
            except Refused as refusal:
                if refusal.code == "counter_busy":
                    self.settle(client, desk)
                elif refusal.code != "queue_empty":
                    return

    def is_open(self, number: int) -> bool:
        reader = open_reader(self.server.data / "office.db")
        row = reader.conn.execute(
            "SELECT state FROM counters WHERE number = ?", (number,)
        ).fetchone()
        reader.close()
        return bool(row["state"] == "open")

    def settle(self, client: Client, desk: str) -> None:
        """A ticket was in hand when the power went."""
        for step in ("start", "finish"):
            try:
                client.post(f"{desk}/{step}")
            except Refused:
                continue


def test_no_acknowledged_ticket_or_call_is_lost_in_a_power_cut(tmp_path: Path) -> None:
    server = LiveServer(tmp_path, counters=COUNTERS)
    tokens = [server.device("kiosk", f"Mesin {index}") for index in range(KIOSKS)]
    for number in range(1, COUNTERS + 1):
        server.staff(f"Petugas {number}")
    chance = random.Random(27)
    slowest = 0.0
    try:
        for round_number in range(ROUNDS):
            slowest = max(slowest, server.start())
            load = Load(server, tokens, round_number)
            load.run_until_killed(after=chance.uniform(0.3, 2.0))
            check_nothing_is_lost(server, load)
            check_repeats_get_the_first_ticket(server, load)
    finally:
        server.stop()
    print(f"slowest start after a cut: {slowest:.1f} s")
    assert not FULL or slowest <= BACK_WITHIN


def check_nothing_is_lost(server: LiveServer, load: Load) -> None:
    path = server.data / "office.db"
    reader = open_reader(path)
    numbers = {
        row["id"]: row["number"] for row in reader.conn.execute("SELECT id, number FROM tickets")
    }
    called = {
        row["id"]
        for row in reader.conn.execute("SELECT id FROM tickets WHERE first_called_at IS NOT NULL")
    }
    reader.close()
    assert load.tickets, "no ticket was issued before the cut"
    for ticket in load.tickets.values():
        assert numbers.get(ticket["id"]) == ticket["number"]
    for call in load.calls:
        assert call["id"] in called
    assert len(set(numbers.values())) == len(numbers)
    assert is_chain_whole(path)
    assert differences(path) == []
    report = verify(path, path.with_name("office.db.heads"))
    assert report.ok, report.findings[:3]


def check_repeats_get_the_first_ticket(server: LiveServer, load: Load) -> None:
    server.start()
    try:
        for key, ticket in list(load.tickets.items())[-20:]:
            client = Client(server.port, token=ticket["token_of_device"])
            again = client.post("/api/tickets", {"service": "biodata"}, key=key)["ticket"]
            assert again["id"] == ticket["id"]
            client.close()
    finally:
        server.kill()
