"""The plainest clients that can be: keep-alive HTTP and Socket.IO over one selector loop.

Used by the load bench so that the clients cost as little of the two cores as possible.
"""

import base64
import json
import os
import re
import selectors
import socket
import struct
import time
from collections.abc import Callable

TICK = re.compile(rb'"t":(\d+)')


def request_bytes(
    path: str, token: str, body: bytes = b"", *, key: str | None = None, method: str = "POST"
) -> bytes:
    """One HTTP/1.1 request as it goes over the wire."""
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {token}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    if key:
        lines.append(f"Idempotency-Key: {key}")
    return "\r\n".join([*lines, "", ""]).encode() + body


class KeepAlive:
    """One kiosk: a connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.sent_at = 0

    def send(self, data: bytes) -> None:
        self.sent_at = time.monotonic_ns()
        self.socket.sendall(data)

    def receive(self) -> tuple[int, bytes] | None:
        """(status, body) when a whole answer is here. Raises ConnectionError when it is gone."""
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError
        self.buffer += data
        head, found, rest = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        match = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        length = int(match.group(1)) if match else 0
        if len(rest) < length:
            return None
        self.buffer = rest[length:]
        return int(head[9:12]), rest[:length]


class Display:
    """One display's websocket, connected and in its namespace."""

    def __init__(self, port: int, token: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.buffer = b""
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
            f"Authorization: Bearer {token}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.socket.recv(4096)
        head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
        if b" 101 " not in head.split(b"\r\n")[0]:
            raise ConnectionError(head.decode(errors="replace"))
        self._until(b"0{")
        self.write(b"40/display,")
        answer = self._until(b"40/display,", b"44/display,")
        if answer.startswith(b"44"):
            raise ConnectionError(answer.decode())

    def _until(self, *starts: bytes) -> bytes:
        while True:
            for frame in self.frames(self.socket.recv(65536) if not self._has_frame() else b""):
                if frame.startswith(starts):
                    return frame

    def _has_frame(self) -> bool:
        return len(self.buffer) > 2

    def write(self, payload: bytes) -> None:
        mask = b"\0\0\0\0"
        self.socket.sendall(bytes([0x81, 0x80 | len(payload)]) + mask + payload)

    def frames(self, data: bytes) -> list[bytes]:
        """Whole text frames after `data`; answers pings by itself."""
        self.buffer += data
        found = []
        while len(self.buffer) >= 2:
            length, offset = self.buffer[1] & 0x7F, 2
            if length == 126:
                if len(self.buffer) < 4:
                    break
                length, offset = struct.unpack(">H", self.buffer[2:4])[0], 4
            elif length == 127:
                if len(self.buffer) < 10:
                    break
                length, offset = struct.unpack(">Q", self.buffer[2:10])[0], 10
            if len(self.buffer) < offset + length:
                break
            payload = self.buffer[offset : offset + length]
            self.buffer = self.buffer[offset + length :]
            if payload == b"2":
                self.write(b"3")
            else:
                found.append(payload)
        return found


def watch(
    displays: list[Display], until: Callable[[], bool], note: Callable[[int, int], None]
) -> None:
    """Read all displays; `note(t, received)` for each delta, both monotonic ns."""
    selector = selectors.DefaultSelector()
    for display in displays:
        display.socket.setblocking(False)
        selector.register(display.socket, selectors.EVENT_READ, display)
    while not until():
        for event, _ in selector.select(0.2):
            display = event.data
            try:
                data = display.socket.recv(262144)
            except BlockingIOError:
                continue
            received = time.monotonic_ns()
            if not data:
                selector.unregister(display.socket)
                continue
            for frame in display.frames(data):
                match = TICK.search(frame) if b'"delta"' in frame[:40] else None
                if match:
                    note(int(match.group(1)), received)


def percentile(values: list[float], share: float) -> float:
    """The value below which `share` of the values lie; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def dumps(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
