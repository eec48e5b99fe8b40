"""From instructions to the bytes of an ESC/POS printer, with the library python-escpos.

Importing the library takes a third of a second and 25 MB, so it happens at the first ticket.
"""

import importlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Iterable
from typing import Any

from kiosk.printing.paper import (
    CELL_WIDTH,
    LINE_PITCH,
    PAPERS,
    Cut,
    Feed,
    Instruction,
    Number,
    Paper,
    Qr,
    Rule,
    Text,
)

EC_MEDIUM = 1
TEAR_OFF_LINES = 4
"""Lines to feed where nothing cuts, so that the last one is past the tear bar."""
_FEWEST_COLUMNS = 30
_PICKLES = "ESCPOS_CAPABILITIES_PICKLE_DIR"
_LIBRARY = "escpos.printer"
_importing = threading.Lock()


def paper_of(width_mm: int, profile: str) -> Paper:
    """The paper as this printer sees it; the profile's measures where it knows them.

    Raises ValueError for an unknown profile or width.
    """
    if width_mm not in PAPERS:
        raise ValueError(f"no paper is {width_mm} mm wide")
    usual = PAPERS[width_mm]
    model = _collector(profile).profile
    media = model.profile_data["media"]
    dots, columns = media["width"].get("pixels"), model.get_columns("a")
    if not isinstance(dots, int) or columns < _FEWEST_COLUMNS:
        return usual
    resolution = media.get("dpi", usual.dots_per_inch)
    return Paper(width_mm, dots, min(columns, dots // CELL_WIDTH), resolution)


def render(instructions: Iterable[Instruction], profile: str, cutter: bool) -> bytes:
    """The ticket as one piece of bytes, to be sent in one write.

    `profile` is the library's name for the model ("" is its default); `cutter` whether this printer
    cuts, whatever the profile says. Raises ValueError for an unknown profile.
    """
    # A new one for each ticket: it is not safe between threads, and remembers the last style.
    printer = _collector(profile)
    printer.hw("INIT")
    printer.line_spacing(LINE_PITCH)
    printer.set(align="center")
    for instruction in instructions:
        _put(printer, instruction, cutter)
    output: bytes = printer.output
    return output


def connector(name: str, **arguments: object) -> Any:
    """A connector of the library by its class name: Dummy, Network, Usb, Serial."""
    return getattr(_library(), name)(**arguments)


def _put(printer: Any, instruction: Instruction, cutter: bool) -> None:
    match instruction:
        case Text(line, bold, width, height):
            _put_line(printer, line, bold, width, height)
        case Number(text, width, height):
            _put_line(printer, text, True, width, height)
        case Rule(columns):
            _put_line(printer, "-" * columns, False, 1, 1)
        case Qr(url, module):
            _put_qr(printer, url, module)
        case Feed(dots):
            printer._raw(b"\x1bJ" + bytes([dots]))
        case Cut() if cutter:
            # Feeds to the cutter and cuts. The library's other cuts feed a centimetre more, and
            # send nothing at all where the profile knows no cutter.
            printer.cut(feed=False)
        case Cut():
            printer.print_and_feed(TEAR_OFF_LINES)


def _put_line(printer: Any, line: str, bold: bool, width: int, height: int) -> None:
    styled = bold or (width, height) != (1, 1)
    if styled:
        printer.set(bold=bold, custom_size=True, width=width, height=height)
    # Plain ASCII stands at the same place in all code pages, so none is ever selected: not all
    # models have the one that the library would choose.
    printer._raw(line.encode("ascii") + b"\n")
    if styled:
        printer.set(bold=False, custom_size=True, width=1, height=1)


def _put_qr(printer: Any, url: str, module: int) -> None:
    if printer.profile.supports("qrCode"):
        printer.qr(url, ec=EC_MEDIUM, size=module, native=True)
    else:
        # Cheap models cannot draw it themselves. The library's own picture would select code pages.
        from kiosk.printing.preview import qr_picture

        printer.image(qr_picture(url, module))


def _collector(profile: str) -> Any:
    try:
        return connector("Dummy", profile=profile or None)
    except KeyError:
        raise ValueError(f"unknown printer profile {profile}") from None


def _library() -> Any:
    """The library's connectors, imported without its side effects.

    It unpickles its table of printers from a directory that nobody else must be able to write to,
    makes one more directory that it never removes, and installs a handler at the root logger.
    """
    with _importing:
        if _LIBRARY in sys.modules:
            return sys.modules[_LIBRARY]
        handlers, usual = logging.root.handlers[:], tempfile.tempdir
        with tempfile.TemporaryDirectory() as private:
            os.environ[_PICKLES] = tempfile.tempdir = private
            try:
                return importlib.import_module(_LIBRARY)
            finally:
                del os.environ[_PICKLES]
                tempfile.tempdir = usual
                logging.root.handlers[:] = handlers
