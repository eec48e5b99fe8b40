"""A real server in its own process, on a free port of the loopback, and a plain HTTP client."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PIN = "270924"
START_LIMIT = 60.0
KEPT_ALIVE = 10.0  # s that a quiet connection is relied on


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def zone() -> str:
    """One in which no day begins while the tests run: a real server has the real time."""
    midnight_in_makassar_is_near = datetime.now(UTC).hour == 15
    return "Asia/Jakarta" if midnight_in_makassar_is_near else "Asia/Makassar"


class Refused(Exception):
    """The server answered with a problem. `code` is its stable code."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem}")
        self.status = status
        self.code = problem.get("code")
        self.problem = problem


class Client:
    """One keep-alive connection with its own token or session. Not thread-safe."""

    def __init__(self, port: int, *, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._used = time.monotonic()
        self.headers: dict[str, str] = {}
        if token:
            self.headers["Authorization"] = f"Bearer {token}"

    def request(
        self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> Any:
        """JSON in, JSON out. Raises Refused on a problem, OSError when nobody answers."""
        data = None if body is None else json.dumps(body).encode()
        sent = {"Content-Type": "application/json", **self.headers, **(headers or {})}
        if time.monotonic() - self._used > KEPT_ALIVE:
            self._connection.close()  # the server may have done so
        try:
            self._connection.request(method, path, data, sent)
            response = self._connection.getresponse()
            text = response.read()
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise ConnectionError(str(error)) from error
        self._used = time.monotonic()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                self.headers["Cookie"] = value.split(";")[0]
        answer = json.loads(text) if text else None
        if response.status >= 400:
            raise Refused(response.status, answer)
        return answer

    def get(self, path: str) -> Any:
        return self.request("GET", path)

    def post(self, path: str, body: Any = None, *, key: str | None = None) -> Any:
        headers = {"Idempotency-Key": key} if key else None
        return self.request("POST", path, {} if body is None else body, headers)

    def close(self) -> None:
        self._connection.close()


class LiveServer:
    """An office set up by the command line and served by its own process."""

    def __init__(self, folder: Path, *, counters: int = 4, hours: str = "00:00-24:00") -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.log = folder / "server.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.cli(
            "init", "--name", "Disdukcapil Uji", "--zone", zone(), "--hours", hours,
            "--poll-close", "none", "--counters", str(counters),
            "--supervisor", "Penyelia", "--pin-stdin", stdin=PIN,
        )  # fmt: skip
        self.cli("day", "open")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cli(self, *arguments: str, stdin: str = "") -> Any:
        """Run a command of run.py against this office's data; returns its JSON."""
        done = subprocess.run(
            [sys.executable, "-m", "kiosk.cli", *arguments, "--data", str(self.data), "--json"],
            cwd=ROOT, input=stdin + "\n", capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise AssertionError(f"{arguments}: {done.stdout} {done.stderr}")
        return json.loads(done.stdout) if done.stdout.strip() else None

    def start(self) -> float:
        """Serve; returns the seconds until /health answered."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "kiosk.cli", "serve", "--port", str(self.port),
                 "--data", str(self.data)],
                cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        while time.monotonic() - began < START_LIMIT:
            with contextlib.suppress(ConnectionError, Refused):
                self.anonymous().get("/health")
                return time.monotonic() - began
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-3000:]}")

    def kill(self) -> None:
        """As by a power cut."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = None

    def anonymous(self) -> Client:
        return Client(self.port)

    def device(self, kind: str, name: str) -> str:
        """Add a device by the command line; returns its token."""
        token: str = self.cli("device", "add", kind, name)["token"]
        return token

    def staff(self, label: str, role: str = "counter") -> None:
        self.cli("staff", "add", label, "--role", role, "--pin-stdin", stdin=PIN)

    def session(self, label: str = "Penyelia", *, counter: int | None = None) -> Client:
        """Sign in at the machine itself."""
        client = Client(self.port)
        body: dict[str, Any] = {"name": label, "pin": PIN}
        if counter is not None:
            body["counter"] = counter
        answer = client.post("/api/session", body)
        client.headers["X-CSRF-Token"] = answer["csrf"]
        return client
