"""A disk that is full at random moments: what was acknowledged is there, the refused is not."""

import os
import random
import threading
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands import calling, passing
from kiosk.errors import CounterBusy, QueueEmpty, StorageUnavailable
from kiosk.store.connection import open_reader
from tests.cast import Cast
from tests.replay import differences, is_chain_whole

KIOSKS, COUNTERS = 20, 5
ROUNDS = 20 if os.environ.get("KIOSK_TEST_FULL") else 3
PER_KIOSK = 6

pytestmark = pytest.mark.fault


class Hall:
    """Kiosks and counters that try again until they are through; all note what they were told."""

    def __init__(self, cast: Cast, name: str) -> None:
        self.cast, self.name = cast, name
        self.acknowledged: dict[str, str] = {}
        self.called: list[str] = []
        self.refusals: list[str] = []
        self.kiosks = [threading.Thread(target=self.issue, args=(n,)) for n in range(KIOSKS)]
        self.counters = [
            threading.Thread(target=self.serve, args=(n + 1,)) for n in range(COUNTERS)
        ]
        self.issued_all = threading.Event()

    def run(self, disk: random.Random) -> None:
        for thread in (*self.kiosks, *self.counters):
            thread.start()
        while any(thread.is_alive() for thread in self.kiosks):
            self.limit(disk.randrange(3))
            self.kiosks[disk.randrange(KIOSKS)].join(disk.uniform(0.001, 0.03))
            self.limit(None)
            self.kiosks[disk.randrange(KIOSKS)].join(disk.uniform(0.001, 0.01))
        self.issued_all.set()
        for thread in self.counters:
            thread.join()

    def limit(self, pages: int | None) -> None:
        """Let the file grow by so many pages; None: without bound."""

        def change(tx: Any) -> None:
            now = tx.one("PRAGMA page_count")[0]
            tx.execute(f"PRAGMA max_page_count = {1_000_000_000 if pages is None else now + pages}")

        while True:
            try:
                return self.cast.office.writer.submit(change)
            except StorageUnavailable:
                continue  # its batch met the full disk; a PRAGMA stands all the same, or comes next

    def issue(self, kiosk: int) -> None:
        for count in range(PER_KIOSK):
            key = f"{self.name}-{kiosk}-{count}"
            ticket = self.insist(lambda key=key: self.cast.take(key=key))
            self.acknowledged[key] = ticket["number"]

    def serve(self, counter: int) -> None:
        while True:
            last = self.issued_all.is_set()
            try:
                called = self.insist(lambda: self.cast.at(counter, calling.call_next))
            except QueueEmpty:
                if last:
                    return
                self.issued_all.wait(0.01)
                continue
            except CounterBusy:
                raise AssertionError("a call that was refused stands") from None
            self.called.append(called["ticket"]["number"])
            self.insist(lambda: self.cast.at(counter, calling.start))
            self.insist(lambda: self.cast.at(counter, passing.finish))

    def insist(self, act: Any) -> Any:
        while True:
            try:
                return act()
            except StorageUnavailable as refusal:
                self.refusals.append(str(refusal.details["reason"]))


def test_a_disk_that_fills_up_at_random_moments_loses_nothing(tmp_path: Path) -> None:
    cast = Cast(tmp_path, counters=COUNTERS, threaded=True)
    cast.open(*range(1, COUNTERS + 1))
    numbers: list[str] = []
    refusals: set[str] = set()
    disk = random.Random(13)
    for round_number in range(ROUNDS):
        hall = Hall(cast, str(round_number))
        hall.run(disk)
        refusals.update(hall.refusals)
        numbers += hall.acknowledged.values()
        assert sorted(hall.called) == sorted(hall.acknowledged.values())
    reader = open_reader(cast.path)
    stored = [row["number"] for row in reader.conn.execute("SELECT number FROM tickets")]
    reader.close()
    cast.office.close()

    assert refusals == {"disk full"}
    assert sorted(stored) == sorted(numbers)
    assert len(set(numbers)) == len(numbers) == ROUNDS * KIOSKS * PER_KIOSK
    assert is_chain_whole(cast.path)
    assert differences(cast.path) == []
