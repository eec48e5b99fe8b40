"""A network cable that can be pulled out: what is connected stays connected and falls silent."""

import socket
import threading
from contextlib import suppress

CHUNK = 65_536


class Cable:
    """Carries every connection made to `url` to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._whole = threading.Event()
        self._whole.set()
        self._sockets: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def pull(self) -> None:
        """Nothing gets through any more, and nobody is told."""
        self._whole.clear()

    def plug(self) -> None:
        """What was sent meanwhile arrives."""
        self._whole.set()

    def close(self) -> None:
        self._whole.set()
        for one in (self._listener, *self._sockets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._carry, args=(near,), daemon=True).start()

    def _carry(self, near: socket.socket) -> None:
        self._sockets.append(near)
        self._whole.wait()
        with suppress(OSError):
            far = socket.create_connection(self._server)
            for one in (near, far):
                one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._sockets.append(far)
            back = threading.Thread(target=self._pour, args=(far, near), daemon=True)
            back.start()
            self._pour(near, far)
            back.join()
            far.close()
        near.close()

    def _pour(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                self._whole.wait()
                target.sendall(data)
            self._whole.wait()
            target.shutdown(socket.SHUT_WR)
