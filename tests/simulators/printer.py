"""A network printer on a free port of this machine that can be told to misbehave."""

import contextlib
import re
import socket
import struct
import threading
import time
from types import TracebackType

from tests.simulators.escpos_reader import CLEAR, EscPosReader, PrintedTicket

READY = bytes.fromhex("12 12 12 12")
NEAR_END = bytes.fromhex("12 12 12 1e")
OUT_OF_PAPER = bytes.fromhex("1a 32 12 7e")
COVER_OPEN = bytes.fromhex("1a 16 12 12")
CUTTER_JAM = bytes.fromhex("1a 52 1a 12")

_REQUEST = re.compile(rb"\x10\x04[\x01-\x04]")


class PrinterSimulator:
    """Prints what it gets into `tickets`: the pieces of paper, one for each cut.

    Faults are attributes, to be set at any time. On the line: `switch_off()` refuses; `at_connect`
    "drop" or "reset"; `drop_after`, `reset_after` so many bytes of ticket; `stall_after` so many
    bytes it stops reading, as `stall()` does, until `resume()`; `only_one`: a second connection is
    closed at once. In its answers: `mute`, `mute_probe`, `garbage`, `answers_at_most`, `late`
    seconds. In the machine: `status`, the four answers to DLE EOT; `out_after` so many bytes the
    paper ends, and the rest is kept and printed after `refill()`.

    `connections` are the times (began, ended) of all connections, `most_at_once` how many were open
    at the same time; `first_byte_at` the monotonic times at which tickets began to arrive.
    """

    def __init__(self) -> None:
        self.reader = EscPosReader()
        self.connections: list[tuple[float, float]] = []
        self.first_byte_at: list[float] = []
        self.most_at_once = 0
        self.port = 0
        self.changed = threading.Condition()
        self._running = threading.Event()
        self._open: set[socket.socket] = set()
        self._held = b""
        self.heal()
        self.switch_on()

    def heal(self) -> None:
        """No fault any more; held bytes are printed."""
        self.status = READY
        self.at_connect = ""
        self.mute = self.mute_probe = self.garbage = self.only_one = False
        self.drop_after: int | None = None
        self.reset_after: int | None = None
        self.stall_after: int | None = None
        self.out_after: int | None = None
        self.answers_at_most: int | None = None
        self.late = 0.0
        self.cleared = False
        self.refill()
        self._running.set()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def tickets(self) -> list[PrintedTicket]:
        return self.reader.tickets

    def switch_on(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def switch_off(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for client in list(self._open):
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)

    def stall(self) -> None:
        self._running.clear()

    def resume(self) -> None:
        self.stall_after = None
        self._running.set()

    def refill(self) -> None:
        """A new roll is in: what the printer still had comes out."""
        self.status, self.out_after = READY, None
        held, self._held = self._held, b""
        with self.changed:
            self.reader.feed(held)
            self.reader.requests = []
            self.changed.notify_all()

    def wait_for(self, count: int, seconds: float = 60) -> list[PrintedTicket]:
        """The tickets, when so many are out. Raises AssertionError if they do not come."""
        with self.changed:
            came = self.changed.wait_for(lambda: len(self.tickets) >= count, seconds)
        assert came, f"{len(self.tickets)} of {count} tickets"
        return self.tickets

    def wait_for_look(self, seconds: float = 60) -> None:
        """Until somebody has asked how it is. Raises AssertionError if nobody does."""
        until = time.monotonic() + seconds
        while not self.connections:
            assert time.monotonic() < until, "nobody asks"
            time.sleep(0.05)

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._attend, args=(client,), daemon=True).start()

    def _attend(self, client: socket.socket) -> None:
        began = time.monotonic()
        with client, contextlib.suppress(OSError):
            if self.at_connect == "reset":
                _reset(client)
            others = self._still_connected()
            if self.at_connect or (self.only_one and others):
                return
            self._open.add(client)
            self.most_at_once = max(self.most_at_once, others + 1)
            try:
                self._converse(client)
            finally:
                self._open.discard(client)
                self.connections.append((began, time.monotonic()))

    def _still_connected(self) -> int:
        """How many have not hung up; the thread of one that has may not know it yet."""
        count = 0
        for client in list(self._open):
            with contextlib.suppress(OSError):  # closed here meanwhile
                try:
                    hung_up = client.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) == b""
                except BlockingIOError:
                    hung_up = False
                count += not hung_up
        return count

    def _converse(self, client: socket.socket) -> None:
        printed = 0
        while data := client.recv(4096):
            self._running.wait()
            # DLE EOT is carried out as it comes, even amid another command.
            for request in _REQUEST.findall(data):
                self.reader.requests.append(("status", request[2]))
            if CLEAR in data:
                self.cleared, self._held = True, b""
            data = _REQUEST.sub(b"", data).replace(CLEAR, b"")
            size = len(data)
            if size and not printed:
                self.first_byte_at.append(time.monotonic())
            for limit, reset in ((self.drop_after, False), (self.reset_after, True)):
                if limit is not None and printed + size >= limit:
                    self._print(data[: limit - printed])
                    if reset:
                        _reset(client)
                    return
            if self.stall_after is not None and printed + size >= self.stall_after:
                self._running.clear()
                self._running.wait()
            if self.out_after is not None and printed + size >= self.out_after:
                split = self.out_after - printed
                self._print(data[:split])
                self._held += data[split:]
                self.out_after, self.status = None, OUT_OF_PAPER
            elif self._held or (size and self.status[0] & 0x08):
                self._held += data  # offline: taken, not printed
            else:
                self._print(data)
            printed += size
            self._answer(client)

    def _print(self, data: bytes) -> None:
        with self.changed:
            self.reader.feed(data)
            self.changed.notify_all()

    def _answer(self, client: socket.socket) -> None:
        requests, self.reader.requests = self.reader.requests, []
        answer = b""
        for kind, value in requests:
            if self.mute or (kind.startswith("probe") and self.mute_probe):
                continue
            if kind == "status":
                answer += self.status[value - 1 : value]
            elif kind == "probe":
                answer += b"\x00"
            else:
                answer += b"\x37\x22" + value.to_bytes(4, "big") + b"\x00"
        if self.garbage:
            answer = bytes((byte * 7 + 0x80) & 0xFF | 0x81 for byte in answer)
        if self.answers_at_most is not None:
            answer = answer[: self.answers_at_most]
        if self.late and answer:
            time.sleep(self.late)
        if answer:
            client.sendall(answer)

    def __enter__(self) -> "PrinterSimulator":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._running.set()
        self.switch_off()


def _reset(client: socket.socket) -> None:
    """Lingering for no time turns the closing into a reset."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
