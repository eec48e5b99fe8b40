"""The agent: it keeps one worker process for each printer that it serves.

The server starts one for its own printers; `run.py agent` is one for the printers of another
machine. Both are this code. A worker that dies is started again; one whose printer is taken away
finishes its ticket and ends.
"""

import logging
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.printing.office_link import OfficeLink, Refused, Unreachable

log = logging.getLogger(__name__)

LOOK_EVERY = 2.0
HEARTBEAT_EVERY = 15.0
STEADY = 20.0
"""Seconds: a worker that lived so long is started again at once."""
PAUSES = (0.2, 1.0, 2.0, 4.0, 8.0, 15.0)
FINISH_SECONDS = 14.0
"""Longer than a ticket takes at worst: connect, status, write and probe."""

Start = Callable[[int], "subprocess.Popen[bytes]"]


@dataclass(slots=True)
class _Child:
    process: "subprocess.Popen[bytes]"
    began: float
    failures: int = 0
    again_at: float = 0.0


class Agent:
    """`start` starts a worker process for a printer (id); closing its standard input ends it."""

    def __init__(self, link: OfficeLink, start: Start, pace: float = 1.0) -> None:
        self._link, self._start, self._pace = link, start, pace
        self._children: dict[int, _Child] = {}
        self._wanted: set[int] = set()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Work until `stop()`."""
        asked_at = beat_at = float("-inf")
        while not self._stopped.is_set():
            now = time.monotonic()
            if now - asked_at >= LOOK_EVERY * self._pace:
                asked_at = now
                self._ask()
            if now - beat_at >= HEARTBEAT_EVERY * self._pace:
                beat_at = now
                self._beat()
            self._keep(now)
            self._stopped.wait(0.1)
        self._end_all()

    def stop(self) -> None:
        """End all workers in order; from any thread or signal."""
        self._stopped.set()

    def _ask(self) -> None:
        try:
            self._wanted = {printer.id for printer in self._link.printers()}
        except (Unreachable, Refused) as error:
            # The workers know what to do while the server is away.
            log.warning("no list of printers: %s", error)

    def _beat(self) -> None:
        try:
            self._link.heartbeat()
        except (Unreachable, Refused) as error:
            log.info("no heartbeat: %s", error)

    def _keep(self, now: float) -> None:
        for printer, child in list(self._children.items()):
            if printer not in self._wanted:
                _ask_to_end(child.process)
            if child.process.poll() is None:
                continue
            if printer not in self._wanted:
                del self._children[printer]
            elif not child.again_at:
                _ask_to_end(child.process)
                steady = now - child.began > STEADY
                child.failures = 0 if steady else child.failures + 1
                pause = PAUSES[min(child.failures, len(PAUSES) - 1)] * self._pace
                child.again_at = now + pause
                status = child.process.returncode
                log.warning("printer=%d worker ended status=%s", printer, status)
            elif now >= child.again_at:
                failures = child.failures
                self._children[printer] = _Child(self._start(printer), now, failures)
        for printer in self._wanted - self._children.keys():
            self._children[printer] = _Child(self._start(printer), now)

    def _end_all(self) -> None:
        for child in self._children.values():
            _ask_to_end(child.process)
        until = time.monotonic() + FINISH_SECONDS
        for child in self._children.values():
            try:
                child.process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()


def _ask_to_end(process: "subprocess.Popen[bytes]") -> None:
    if process.stdin is not None and not process.stdin.closed:
        process.stdin.close()
