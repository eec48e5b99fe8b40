"""The ways to a printer: one connection for one ticket, opened, used and closed.

The library's connectors wait for ever in places, so each gets its own short times here. Every
failure is a TransportError while nothing has been written, and an OSError afterwards.
"""

import importlib
import os
import select
import shutil
import stat
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields

from kiosk.domain.paper import UNREACHABLE
from kiosk.printing.escpos import connector
from kiosk.printing.printer import Printer


class TransportError(Exception):
    """No byte reached the printer.

    `permanent` when trying again cannot help: a wrong address. `reading` is the state that this
    shows (domain.paper.PRINTER_STATES), `answers` what the printer said of itself.
    """

    def __init__(
        self,
        message: str,
        permanent: bool = False,
        *,
        reading: str = UNREACHABLE,
        answers: bytes = b"",
    ) -> None:
        super().__init__(message)
        self.permanent, self.reading, self.answers = permanent, reading, answers


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait, in seconds; `quiet` is the silence after which nothing more will come.

    A printer closes nothing by itself, so `quiet` is paid for each ticket.
    """

    connect: float = 2.0
    status: float = 1.0
    write: float = 3.0
    probe: float = 5.0
    quiet: float = 0.05

    def times(self, factor: float) -> "Patience":
        """All of it longer or shorter."""
        return Patience(*(getattr(self, field.name) * factor for field in fields(self)))


class Link(ABC):
    """An open connection to a printer. Most can also receive."""

    @abstractmethod
    def write(self, data: bytes) -> None:
        """Everything at once. Raises OSError if it may have gone out in part."""

    @abstractmethod
    def close(self) -> None: ...

    def receive(self, seconds: float) -> bytes:
        """What has come; b"" if the other side closed. Raises TimeoutError if nothing came."""
        raise TimeoutError(f"nothing comes from here in {seconds} s")


def connect(printer: Printer, patience: Patience) -> Link:
    """Open the way to this printer. Raises TransportError."""
    opener = _OPENERS.get(printer.kind)
    if opener is None:
        raise TransportError(f"nothing can be sent to a printer of kind {printer.kind}", True)
    return opener(printer, patience)


def is_there(printer: Printer, patience: Patience) -> bool:
    """Whether a printer that is never asked can be reached, as far as that does not disturb it."""
    if printer.kind == "network":
        try:
            connect(printer, patience).close()
        except TransportError:
            return False
    elif printer.kind in ("file", "serial"):
        return os.path.exists(printer.path_and_baud()[0])
    return True


class NetworkLink(Link):
    def __init__(self, printer: Printer, patience: Patience) -> None:
        with _understood():
            host, port = printer.host_and_port()
            self._connector = connector("Network", host=host, port=port, timeout=patience.connect)
            self._connector.open()
        self._patience = patience

    def write(self, data: bytes) -> None:
        self._connector.device.settimeout(self._patience.write)
        self._connector._raw(data)  # one sendall, which the time limits as a whole

    def receive(self, seconds: float) -> bytes:
        self._connector.device.settimeout(seconds)
        received: bytes = self._connector.device.recv(64)
        return received

    def close(self) -> None:
        self._connector.close()


class UsbLink(Link):
    def __init__(self, printer: Printer, patience: Patience) -> None:
        with _understood():
            milliseconds = int(patience.write * 1000)
            self._connector = connector("Usb", timeout=milliseconds, **printer.usb_ids())
            self._connector.open()

    def write(self, data: bytes) -> None:
        self._connector._raw(data)

    def receive(self, seconds: float) -> bytes:
        device, endpoint = self._connector.device, self._connector.in_ep
        return bytes(device.read(endpoint, 64, max(1, int(seconds * 1000))))

    def close(self) -> None:
        self._connector.close()


class SerialLink(Link):
    def __init__(self, printer: Printer, patience: Patience) -> None:
        with _understood():
            path, baud = printer.path_and_baud()
            self._connector = connector("Serial", devfile=path, baudrate=baud)
            self._connector.open()
            self._connector.device.write_timeout = patience.write

    def write(self, data: bytes) -> None:
        self._connector._raw(data)

    def receive(self, seconds: float) -> bytes:
        device = self._connector.device
        device.timeout = seconds
        received: bytes = device.read(1)
        if not received:
            raise TimeoutError("the printer said nothing")
        return received + bytes(device.read(device.in_waiting))

    def close(self) -> None:
        # Not the connector's own close(), which waits for ever for a printer that does not read.
        self._connector.device.close()


class DeviceLink(Link):
    """A character device, without the library: its writing waits for ever for a printer that is
    switched off, and would overwrite an ordinary file."""

    def __init__(self, printer: Printer, patience: Patience) -> None:
        flags = os.O_NONBLOCK | os.O_NOCTTY
        try:
            mode = os.O_RDWR if printer.is_asked else os.O_WRONLY
            self._descriptor = os.open(printer.address, mode | flags)
        except OSError as error:
            raise TransportError(str(error)) from error
        self._patience = patience
        if not stat.S_ISCHR(os.fstat(self._descriptor).st_mode):
            self.close()
            raise TransportError(f"{printer.address} is not a device", permanent=True)

    def write(self, data: bytes) -> None:
        waiting, deadline = memoryview(data), time.monotonic() + self._patience.write
        poll = select.poll()
        poll.register(self._descriptor, select.POLLOUT)
        while waiting:
            left = deadline - time.monotonic()
            if left > 0 and poll.poll(left * 1000):
                waiting = waiting[os.write(self._descriptor, waiting) :]
            elif len(waiting) == len(data):
                raise TransportError("the device took nothing")
            else:
                raise TimeoutError(f"the device took {len(data) - len(waiting)} bytes")

    def receive(self, seconds: float) -> bytes:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        if not poll.poll(seconds * 1000):
            raise TimeoutError("the printer said nothing")
        return os.read(self._descriptor, 64)

    def close(self) -> None:
        os.close(self._descriptor)


class LpLink(Link):
    """A queue of CUPS, as it is: the bytes go in raw, and nobody tells what became of them."""

    def __init__(self, printer: Printer, patience: Patience) -> None:
        with _understood():
            self._queue = printer.queue()
        if shutil.which("lp") is None:
            raise TransportError("there is no command lp on this machine", permanent=True)
        self._patience = patience

    def write(self, data: bytes) -> None:
        command = ["lp", "-d", self._queue, "-o", "raw", "-s"]
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, timeout=self._patience.write, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise TimeoutError("lp does not end") from error
        if done.returncode:
            said = done.stderr.decode(errors="replace").strip()
            raise TransportError(f"lp refused it: {said}"[:200])

    def close(self) -> None:
        pass


def _windows_link(printer: Printer, patience: Patience) -> Link:
    if sys.platform == "win32":
        from kiosk.printing.windows import SpoolerLink

        return SpoolerLink(printer, patience)
    raise TransportError("this machine has no Windows spooler", permanent=True)


_OPENERS: dict[str, Callable[[Printer, Patience], Link]] = {
    "network": NetworkLink,
    "usb": UsbLink,
    "serial": SerialLink,
    "file": DeviceLink,
    "lp": LpLink,
    "windows": _windows_link,
}


@contextmanager
def _understood() -> Iterator[None]:
    """Turn what the library raises on opening into a TransportError."""
    exceptions = importlib.import_module("escpos.exceptions")
    try:
        yield
    except (exceptions.Error, OSError) as error:
        raise TransportError(" ".join(str(error).split())) from error
    except (ValueError, RuntimeError) as error:  # a malformed address; no library for USB
        raise TransportError(str(error), permanent=True) from error
