"""The office under load: durable tickets a second and how fast the last of 200 displays knows.

    .venv/bin/python -m bench.load [--displays 200] [--kiosks 20] [--seconds 10]

Starts a server of its own in a temporary folder, and measures in the same run what the machine
itself can do: one fdatasync after the other, and the same bytes written to as many plain sockets.
Prints Markdown for docs/benchmarks.md. Exits 1 when a target is missed.
"""

import argparse
import multiprocessing
import multiprocessing.connection
import os
import platform
import selectors
import socket
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.wire import Display, KeepAlive, dumps, percentile, request_bytes, watch
from tests.live import LiveServer

TARGET_RATE = 1_000  # durable tickets a second, 20 kiosks at once
TARGET_HTTP_MS = 25  # p99 at 20 tickets a second
TARGET_DISPLAY_MS = 100  # p99 of the last display at 20 tickets a second


def raw_fsync(folder: Path, seconds: float = 2.0) -> float:
    """How often a second 1 KB can be appended and fdatasync'ed: the disk's own limit."""
    descriptor = os.open(folder / "fsync", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    block, count, end = b"x" * 1024, 0, time.monotonic() + seconds
    while time.monotonic() < end:
        os.write(descriptor, block)
        os.fdatasync(descriptor)
        count += 1
    os.close(descriptor)
    return count / seconds


def raw_fan_out(clients: int, rounds: int = 50, size: int = 600) -> tuple[float, float]:
    """ms until the last of N plain sockets has read one message: (p50, p99)."""
    server = socket.create_server(("127.0.0.1", 0), backlog=clients)
    inside, outside = [], []
    for _ in range(clients):
        outside.append(socket.create_connection(server.getsockname()))
        inside.append(server.accept()[0])
    selector = selectors.DefaultSelector()
    for reader in outside:
        selector.register(reader, selectors.EVENT_READ)
    times, message = [], b"x" * size

    def write_all() -> None:
        for writer in inside:
            writer.send(message)

    for _ in range(rounds):
        began, waiting = time.monotonic_ns(), clients
        thread = threading.Thread(target=write_all)
        thread.start()
        while waiting:
            for event, _ in selector.select():
                event.fileobj.recv(size)  # type: ignore[union-attr]
                waiting -= 1
        times.append((time.monotonic_ns() - began) / 1e6)
        thread.join()
    for one in (*inside, *outside, server):
        one.close()
    return percentile(times, 0.5), percentile(times, 0.99)


def displays_process(
    port: int, token: str, count: int, pipe: multiprocessing.connection.Connection
) -> None:
    """Connect `count` displays; after `stop` send back {t: (clients reached, last ns)}."""
    displays = [Display(port, token) for _ in range(count)]
    pipe.send("ready")
    while True:
        seen: dict[int, tuple[int, int]] = {}

        def note(t: int, received: int, seen: dict[int, tuple[int, int]] = seen) -> None:
            reached, last = seen.get(t, (0, 0))
            seen[t] = (reached + 1, max(last, received))

        watch(displays, lambda: pipe.poll(0), note)
        word = pipe.recv()
        pipe.send(seen)
        if word == "end":
            return


def as_fast_as_possible(port: int, tokens: list[str], seconds: float) -> tuple[float, list[float]]:
    """Each kiosk asks again as soon as it is answered. (tickets/s, latencies in ms)."""
    kiosks = [KeepAlive(port) for _ in tokens]
    selector = selectors.DefaultSelector()
    body, count, latencies = dumps({"service": "biodata"}), 0, []
    began = time.monotonic()

    def ask(index: int) -> None:
        key = f"{began}-{index}-{count}-{time.monotonic_ns()}"
        kiosks[index].send(request_bytes("/api/tickets", tokens[index], body, key=key))

    for index, kiosk in enumerate(kiosks):
        selector.register(kiosk.socket, selectors.EVENT_READ, index)
        ask(index)
    while time.monotonic() < began + seconds:
        for event, _ in selector.select(0.5):
            index = event.data
            answer = kiosks[index].receive()
            if answer is None:
                continue
            if answer[0] != 201:
                raise AssertionError(answer)
            latencies.append((time.monotonic_ns() - kiosks[index].sent_at) / 1e6)
            count += 1
            ask(index)
    rate = count / (time.monotonic() - began)
    for kiosk in kiosks:
        kiosk.socket.close()
    return rate, latencies


def steadily(port: int, tokens: list[str], per_second: int, seconds: float) -> list[float]:
    """One ticket every 1/per_second s, kiosk after kiosk. Latencies in ms."""
    kiosks = [KeepAlive(port) for _ in tokens]
    body, latencies = dumps({"service": "biodata"}), []
    began = time.monotonic()
    for number in range(int(per_second * seconds)):
        wait = began + number / per_second - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        index = number % len(kiosks)
        key = f"steady-{began}-{number}"
        kiosks[index].send(request_bytes("/api/tickets", tokens[index], body, key=key))
        answer = None
        while answer is None:
            answer = kiosks[index].receive()
        if answer[0] != 201:
            raise AssertionError(answer)
        latencies.append((time.monotonic_ns() - kiosks[index].sent_at) / 1e6)
    for kiosk in kiosks:
        kiosk.socket.close()
    return latencies


def last_display(seen: dict[int, tuple[int, int]], clients: int) -> list[float]:
    """ms from commit until the last display knew, for each delta that reached all of them."""
    return [(last - t) / 1e6 for t, (reached, last) in seen.items() if reached >= clients]


def pss(process: int) -> int:
    """Proportional memory of a process and its children, in KB (Linux)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
            if int(folder.name) == process or parent == process:
                rollup = (folder / "smaps_rollup").read_text()
                total += int(rollup.split("Pss:")[1].split()[0])
        except (OSError, IndexError, ValueError):
            continue
    return total


def spread(values: list[float]) -> str:
    return f"p50 {percentile(values, 0.5):.1f} ms, p99 {percentile(values, 0.99):.1f} ms"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--displays", type=int, default=200)
    parser.add_argument("--kiosks", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fsync = raw_fsync(folder)
        fan_p50, fan_p99 = raw_fan_out(options.displays)
        server = LiveServer(folder)
        tokens = [server.device("kiosk", f"Mesin {n}") for n in range(options.kiosks)]
        display = server.device("display", "TV")
        first_answer = server.start()
        assert server.process is not None
        time.sleep(3)
        idle = pss(server.process.pid)
        here, there = multiprocessing.Pipe()
        crowd = multiprocessing.Process(
            target=displays_process, args=(server.port, display, options.displays, there)
        )
        crowd.start()
        try:
            here.recv()
            steady = steadily(server.port, tokens, 20, options.seconds)
            time.sleep(1)
            here.send("stop")
            steady_seen = last_display(here.recv(), options.displays)
            rate, burst = as_fast_as_possible(server.port, tokens, options.seconds)
            time.sleep(1)
            here.send("end")
            burst_seen = last_display(here.recv(), options.displays)
            crowd.join()
            busy = pss(server.process.pid)
        finally:
            crowd.kill()
            server.stop()
    http_p99 = percentile(steady, 0.99)
    display_p99 = percentile(steady_seen, 0.99)
    at_once = f"durable tickets, {options.kiosks} kiosks at once, {options.displays} displays"
    rows = [
        ("raw fdatasync, 1 KB each", f"{fsync:.0f}/s", ""),
        (
            f"raw fan-out to {options.displays} sockets, last one",
            f"p50 {fan_p50:.1f} ms, p99 {fan_p99:.1f} ms",
            "",
        ),
        ("start to first answer", f"{first_answer:.2f} s", "<= 2 s"),
        ("idle memory of all processes (PSS)", f"{idle / 1024:.0f} MB", "<= 120 MB"),
        (at_once, f"{rate:.0f}/s; {spread(burst)}", f">= {TARGET_RATE}/s"),
        ("the last display during that", spread(burst_seen), ""),
        ("HTTP at 20 tickets/s", spread(steady), f"p99 <= {TARGET_HTTP_MS} ms"),
        (
            "the last display at 20 tickets/s",
            spread(steady_seen),
            f"p99 <= {TARGET_DISPLAY_MS} ms",
        ),
        ("memory after that, displays connected (PSS)", f"{busy / 1024:.0f} MB", ""),
    ]
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{machine}, {datetime.now(UTC):%Y-%m-%d}\n")
    print("| what | measured | target |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    met = (
        rate >= TARGET_RATE
        and http_p99 <= TARGET_HTTP_MS
        and display_p99 <= TARGET_DISPLAY_MS
        and bool(steady_seen)
        and first_answer <= 2
        and idle <= 120 * 1024
    )
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
