"""An office with printers, kiosks and workers: all is real but the printers."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from kiosk import access
from kiosk.commands import printers
from kiosk.commands.print_work import OWN_AGENT
from kiosk.domain.actor import AGENT
from kiosk.printing.diary import Diary
from kiosk.printing.links import Patience
from kiosk.printing.office_link import OfficeLink
from kiosk.printing.press import PaperPress
from kiosk.printing.worker import Pace, Worker
from kiosk.web.directory import Caller
from tests.simulators.escpos_reader import PrintedTicket
from tests.simulators.printer import PrinterSimulator
from tests.web.conftest import Served
from tests.web.talk import Asker

HURRY = Patience(connect=5.0, status=1.0, write=5.0, probe=1.5, quiet=0.01)
PACE = Pace().times(0.1)
LIMIT = 60.0


class PaperOffice:
    """`work(printer)` runs a worker in a thread of the test's own process."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        folder.mkdir(exist_ok=True)
        self.served = Served(folder, **settings)
        self.url = f"http://127.0.0.1:{self.served.port}"
        self.token = access.new_token()
        agent = Caller("print agent", AGENT, OWN_AGENT, AGENT)
        self.served.server.site.directory.admit(self.token, agent)
        self.boss = self.served.session("supervisor")
        self._things = ExitStack()
        self._workers: list[tuple[Worker, threading.Thread]] = []
        self._taken = 0
        self._in_use: list[dict[str, Any]] = []
        self.time = self.served.time

    def simulator(self) -> PrinterSimulator:
        return self._things.enter_context(PrinterSimulator())

    def printer(self, simulator: PrinterSimulator, **changes: Any) -> int:
        fields: dict[str, Any] = {
            "name": "Mesin cetak", "kind": "network", "address": simulator.address,
            "status": "dle_eot", "probe": "gsr",
        } | changes  # fmt: skip
        number: int = self.served.do(printers.put_printer, **fields)["printer"]["id"]
        self._in_use.append({"printer": number} | fields)
        return number

    def retire(self) -> None:
        """Put all printers out of use."""
        for fields in self._in_use:
            self.served.do(printers.put_printer, **fields, active=False)
        self._in_use = []

    def kiosk(self, printer: int, fallback: int | None = None) -> Asker:
        config = {"printer": printer} | ({"fallback": fallback} if fallback else {})
        return self.served.at_device("kiosk", **config)

    def take(self, kiosk: Asker, **fields: Any) -> Any:
        """A number; returns the ticket."""
        self._taken += 1
        body = {"service": "biodata"} | fields
        answer = kiosk.post("/api/tickets", body, Idempotency_Key=f"take-{self._taken}")
        assert answer.status == 201, answer.json
        return answer.json["ticket"]

    def start(self, printer: int, patience: Patience = HURRY, pace: Pace = PACE) -> Worker:
        """A worker that works until `finish()`."""
        link = OfficeLink(self.url, self.token)
        path = self.folder / "printing" / f"printer-{printer}.db"
        ready, made = threading.Event(), []

        def run() -> None:
            diary = Diary.wait_for(path, 10)  # SQLite wants it on the thread that uses it
            worker = Worker(link, printer, diary, lambda p: PaperPress(p, patience), pace)
            made.append(worker)
            ready.set()
            worker.run()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        assert ready.wait(20)
        self._workers.append((made[0], thread))
        return made[0]

    @contextmanager
    def working(self, *printers: int) -> Iterator[None]:
        for printer in printers:
            self.start(printer)
        yield
        self.finish()

    @contextmanager
    def passing_time(self) -> Iterator[None]:
        """The office's clock goes as fast as the world's, for what is about seconds."""
        over = threading.Event()

        def go() -> None:
            last = time.monotonic()
            while not over.wait(0.1):
                now = time.monotonic()
                self.time.forward(seconds=now - last)
                last = now

        thread = threading.Thread(target=go, daemon=True)
        thread.start()
        yield
        over.set()
        thread.join()

    def finish(self) -> None:
        for worker, _ in self._workers:
            worker.stop()
        for _, thread in self._workers:
            thread.join(LIMIT)
        self._workers = []

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        connection = sqlite3.connect(self.served.config.database, timeout=10)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def jobs(self) -> list[dict[str, Any]]:
        return self.rows("SELECT * FROM print_jobs ORDER BY id")

    def job_of(self, ticket: Any) -> dict[str, Any]:
        """The newest job of a ticket."""
        found = self.rows(
            "SELECT * FROM print_jobs WHERE ticket = ? ORDER BY id DESC LIMIT 1", ticket["id"]
        )
        return found[0]

    def alarms(self) -> list[str]:
        """The codes of all alarms about paper that are on."""
        rows = self.rows("SELECT code FROM alarms WHERE cleared_at IS NULL ORDER BY id")
        return [row["code"] for row in rows]

    def paper(self, kiosk: Asker, ticket: Any) -> str:
        state: str = kiosk.get(f"/api/tickets/{ticket['id']}/paper").json["state"]
        return state

    def wait_for(self, condition: Callable[[], bool], what: str = "", limit: float = LIMIT) -> None:
        """Raises AssertionError if it does not come true."""
        until = time.monotonic() + limit
        while not condition():
            assert time.monotonic() < until, (
                what, self.alarms(),
                [(job["id"], job["state"], job["error"]) for job in self.jobs()],
            )  # fmt: skip
            time.sleep(0.02)

    def wait_until(self, ticket: Any, *states: str) -> dict[str, Any]:
        self.wait_for(lambda: self.job_of(ticket)["state"] in states, f"{ticket['number']}")
        return self.job_of(ticket)

    def stop(self) -> None:
        self.finish()
        self._things.close()
        self.served.stop()


def number_on(piece: PrintedTicket) -> str | None:
    """The large number on a piece of paper."""
    return next((line.text for line in piece.lines if line.height >= 7), None)


def is_whole(piece: PrintedTicket) -> bool:
    """Whether it is one ticket from its first line to its proof code, and nothing else."""
    return piece.raw.count(b"\x1b@") == 1 and piece.cut and "Kode bukti" in piece.text


def is_copy(piece: PrintedTicket) -> bool:
    return "CETAK ULANG" in piece.text
