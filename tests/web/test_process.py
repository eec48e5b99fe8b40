"""The server as a process: it starts, prints, ends in order, and is the only one of its folder."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import ROOT, LiveServer

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
PATIENCE = 30.0


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveServer]:
    made = LiveServer(tmp_path)
    made.start()
    yield made
    made.stop()


def pictures(live: LiveServer, count: int) -> list[Path]:
    """The preview's pictures, waited for."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = sorted((live.data / "preview").glob("*.png"))
        if len(found) >= count:
            return found
        time.sleep(0.05)
    raise AssertionError(live.log.read_text()[-3000:])


def children(live: LiveServer) -> list[int]:
    """The processes that the server started, waited for."""
    assert live.process is not None
    pid, until = live.process.pid, time.monotonic() + PATIENCE
    while time.monotonic() < until:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        if text.strip():
            return [int(child) for child in text.split()]
        time.sleep(0.05)
    raise AssertionError(live.log.read_text()[-3000:])


def test_a_ticket_becomes_a_picture_and_the_worker_comes_back(live: LiveServer) -> None:
    boss = live.session()
    boss.post("/api/tickets", {"service": "biodata"}, key="a")
    assert pictures(live, 1)[0].read_bytes().startswith(b"\x89PNG")
    if sys.platform == "linux":
        (worker,) = children(live)
        os.kill(worker, signal.SIGKILL)
        boss.post("/api/tickets", {"service": "biodata"}, key="b")
        pictures(live, 2)


@LINUX
def test_a_signal_ends_it_in_order_and_leaves_nothing_behind(live: LiveServer) -> None:
    assert live.process is not None
    process, (worker,) = live.process, children(live)
    process.terminate()
    assert process.wait(15) == 0
    until = time.monotonic() + PATIENCE
    while Path(f"/proc/{worker}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()
    assert live.cli("verify")["ok"] is True
    live.start()


def test_a_second_server_for_the_same_folder_is_refused(live: LiveServer) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "--data", str(live.data), "--port", "0"],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"http://localhost:{live.port}/" in second.stderr


def test_a_taken_port_is_said_in_a_sentence(live: LiveServer, tmp_path: Path) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "kiosk.cli", "--data", str(tmp_path / "other"), "--port",
         str(live.port)],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert second.returncode == 1
    assert f"Cannot serve on 127.0.0.1:{live.port}" in second.stderr


def test_an_empty_folder_is_set_up_by_the_first_start(tmp_path: Path) -> None:
    data = tmp_path / "new"
    server = subprocess.Popen(
        [sys.executable, "-m", "kiosk.cli", "--data", str(data), "--port", "0"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    lines = [server.stdout.readline() for _ in range(3)]
    server.terminate()
    server.wait(15)
    server.stdout.close()
    assert lines[0].startswith("Kiosk ")
    assert "/setup" in lines[1]
    assert "code" in lines[2]
