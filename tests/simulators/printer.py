"""A network printer on a free port of this machine: one client at a time, status, paper, faults."""

import contextlib
import socket
import struct
import threading
from types import TracebackType

from tests.simulators.escpos_reader import EscPosReader, PrintedTicket

READY = bytes.fromhex("12 12 12 12")
NEAR_END = bytes.fromhex("12 12 12 1e")
OUT_OF_PAPER = bytes.fromhex("1a 32 12 7e")
COVER_OPEN = bytes.fromhex("1a 16 12 12")
CUTTER_JAM = bytes.fromhex("1a 52 1a 12")


class PrinterSimulator:
    """Prints what it gets into `tickets`. Faults are attributes, to be set at any time.

    `status`: the four answers to DLE EOT; `mute`: answers nothing; `mute_probe`: does not answer
    GS r; `drop_after`: the connection is reset when so many bytes of it have come. `stall()` stops
    reading until `resume()`; `switch_off()` and `switch_on()` refuse and accept connections.
    """

    def __init__(self) -> None:
        self.status = READY
        self.mute = self.mute_probe = False
        self.drop_after: int | None = None
        self.reader = EscPosReader()
        self.port = 0
        self.changed = threading.Condition()
        self._running = threading.Event()
        self._running.set()
        self.switch_on()

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

    def stall(self) -> None:
        self._running.clear()

    def resume(self) -> None:
        self._running.set()

    def wait_for(self, count: int, seconds: float = 60) -> list[PrintedTicket]:
        """The tickets, when so many are out. Raises AssertionError if they do not come."""
        with self.changed:
            came = self.changed.wait_for(lambda: len(self.tickets) >= count, seconds)
        assert came, f"{len(self.tickets)} of {count} tickets"
        return self.tickets

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client, contextlib.suppress(OSError):
                self._converse(client)

    def _converse(self, client: socket.socket) -> None:
        received = 0
        while data := client.recv(4096):
            self._running.wait()
            received += len(data)
            if self.drop_after is not None and received > self.drop_after:
                # Lingering for no time turns the closing into a reset.
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return
            with self.changed:
                self.reader.feed(data)
                self.changed.notify_all()
            self._answer(client)

    def _answer(self, client: socket.socket) -> None:
        requests, self.reader.requests = self.reader.requests, []
        for kind, value in requests:
            if self.mute or (kind == "probe" and self.mute_probe):
                continue
            client.sendall(self.status[value - 1 : value] if kind == "status" else b"\x00")

    def __enter__(self) -> "PrinterSimulator":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.resume()
        self.switch_off()
