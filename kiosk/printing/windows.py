"""The spooler of Windows: raw bytes into a printer's queue. Nobody tells what became of them.

Source: Microsoft's Print Spooler API, winspool.drv: OpenPrinter, StartDocPrinter, WritePrinter.
"""

import ctypes
from ctypes import wintypes

from kiosk.printing.links import Link, Patience, TransportError
from kiosk.printing.printer import Printer


class _Document(ctypes.Structure):
    """DOC_INFO_1W"""

    _fields_ = (
        ("name", wintypes.LPWSTR),
        ("output", wintypes.LPWSTR),
        ("datatype", wintypes.LPWSTR),
    )


class SpoolerLink(Link):
    """`address` of the printer is its name in Windows."""

    def __init__(self, printer: Printer, patience: Patience) -> None:
        try:
            name = printer.queue()
        except ValueError as error:
            raise TransportError(str(error), permanent=True) from error
        self._api = getattr(ctypes, "WinDLL")("winspool.drv", use_last_error=True)  # noqa: B009
        self._handle = wintypes.HANDLE()
        if not self._api.OpenPrinterW(name, ctypes.byref(self._handle), None):
            raise TransportError(f"Windows does not open the printer {name}: {self._error()}")

    def write(self, data: bytes) -> None:
        document = _Document("ticket", None, "RAW")
        if not self._api.StartDocPrinterW(self._handle, 1, ctypes.byref(document)):
            raise TransportError(f"the spooler takes nothing: {self._error()}")
        written = wintypes.DWORD()
        took = self._api.WritePrinter(self._handle, data, len(data), ctypes.byref(written))
        ended = self._api.EndDocPrinter(self._handle)
        if not took or not ended or written.value != len(data):
            raise OSError(f"the spooler took {written.value} bytes: {self._error()}")

    def close(self) -> None:
        self._api.ClosePrinter(self._handle)

    def _error(self) -> int:
        code: int = getattr(ctypes, "get_last_error")()  # noqa: B009
        return code
