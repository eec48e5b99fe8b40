"""An office whose day is played: a real server with a clock that the play moves forward.

Everything is as in an office but the time of day, so that "before opening", "absent since ten
minutes" and "serving out" can be reached in seconds, and pictures show a morning.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.live import PIN, ROOT, Client, LiveServer, Refused, free_port

ZONE = "Asia/Makassar"
NAME = "Disdukcapil Kota Banjarbaru"
START_LIMIT = 60.0


class StageServer(LiveServer):
    """A LiveServer at another time. `begins` is local, such as `2026-11-27 06:40`."""

    def __init__(self, folder: Path, *, begins: str, counters: int = 4) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.begins = begins
        self.counters = counters
        #: ms that the play's clock is ahead of the computer's
        self.ahead = moment(begins) - time.time_ns() // 1_000_000
        #: told the new `ahead` after each move, and None just before it
        self.watchers: list[Callable[[int | None], None]] = []

    def start(self) -> float:
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.browser.stage", str(self.data), str(self.port),
                 str(self.ahead), str(self.counters)],
                cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        while time.monotonic() - began < START_LIMIT:
            with suppress(ConnectionError, Refused):
                self.anonymous().get("/health")
                return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-3000:]}")

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Let so much time pass, and see that the office has noticed."""
        elapsed = int((minutes * 60 + seconds) * 1000)
        self._tell(None)
        self.ahead += elapsed
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"{elapsed}\n".encode())
        process.stdin.flush()
        assert process.stdout.readline(), self.log.read_text()[-3000:]
        self.anonymous().get("/health")
        self._tell(self.ahead)

    def _tell(self, ahead: int | None) -> None:
        for watcher in self.watchers:
            watcher(ahead)

    def until(self, hour: str) -> None:
        """Let time pass until a local time of the same day, such as `08:00`."""
        target = moment(f"{self.begins.split()[0]} {hour}")
        assert target > self.now(), f"{hour} is over"
        self.forward(seconds=(target - self.now()) / 1000)

    def now(self) -> int:
        """The play's time as UTC ms."""
        return self.ahead + time.time_ns() // 1_000_000

    def device(self, kind: str, name: str) -> str:
        boss = self.session()
        code = boss.post("/api/devices", {"kind": kind, "name": name})["pairing"]["code"]
        boss.close()
        token: str = Client(self.port).post("/api/pair", {"code": code})["token"]
        return token


def moment(local: str) -> int:
    """A local time such as `2026-11-27 06:40` as UTC ms."""
    return int(datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(ZONE)).timestamp() * 1000)


def serve_play(data: Path, port: int, ahead: int, counters: int) -> None:
    """The server's process: a line with milliseconds on standard input moves its clock forward."""
    from kiosk import access
    from kiosk.app import serve
    from kiosk.clock import Clock, monotonic_ms, wall_ms
    from kiosk.commands import people
    from kiosk.config import Config
    from kiosk.domain.actor import SUPERVISOR
    from kiosk.office import Office
    from kiosk.setting_up import COMMAND_LINE, DEFAULT_SETTINGS, Beginnings, set_up

    ahead_by = [ahead]
    clock = Clock(lambda: wall_ms() + ahead_by[0], lambda: monotonic_ms() + ahead_by[0])
    config = Config(data=data, port=port)
    if not config.database.exists():
        data.mkdir(parents=True)
        office = Office(config.database, clock=clock)
        set_up(office, Beginnings(DEFAULT_SETTINGS | {"name": NAME}, counters))
        office.do(
            people.add_staff, COMMAND_LINE, label="Penyelia", role=SUPERVISOR,
            pin_hash=access.hash_pin(PIN),
        )  # fmt: skip
        office.close()

    def listen() -> None:
        for line in sys.stdin:
            ahead_by[0] += int(line)
            print("moved", flush=True)

    threading.Thread(target=listen, daemon=True).start()

    def say(text: Any) -> None:
        print(text, file=sys.stderr)

    serve(config, say, clock=clock)


if __name__ == "__main__":
    serve_play(Path(sys.argv[1]), *map(int, sys.argv[2:5]))
