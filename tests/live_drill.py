"""A drill in its own process, as `run.py --demo` starts it."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.live import ROOT, Client, Refused

PATIENCE = 40.0


class DrillServer:
    """A drill served by its own process."""

    def __init__(self, data: Path, *options: str) -> None:
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-m", "kiosk.cli", "--data", str(data), "--port", "0", "--demo",
             *options],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()
        found = re.search(r"http://localhost:(\d+)/demo", self.said)
        assert found, self.said
        self.port = int(found[1])
        while not (told := re.search(r"PIN (\d+)", self.said)):
            self.said += self.process.stdout.readline()
        self.pin = told[1]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()

    def visitor(self) -> Client:
        """A browser at the machine: it enters and keeps every cookie."""
        client = Client(self.port)
        connection = client._connection
        connection.request("POST", "/api/demo/enter", "{}", {"Content-Type": "application/json"})
        response = connection.getresponse()
        assert response.status == 200, response.read()
        response.read()
        cookies = [value for name, value in response.getheaders() if name == "Set-Cookie"]
        client.headers["Cookie"] = "; ".join(cookie.split(";")[0] for cookie in cookies)
        return client


def eventually(is_so: Callable[[], Any]) -> Any:
    """Ask until the answer is yes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(Refused):
            if found := is_so():
                return found
        time.sleep(0.1)
    raise AssertionError("it did not happen")
