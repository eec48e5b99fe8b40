"""What is put on paper, line by line: the instructions that the byte and the picture makers share.

Measures are dots of the print head, as in the printers' manuals: a character of font A is 12 x 24.
"""

from collections.abc import Iterable
from dataclasses import dataclass

CELL_WIDTH, CELL_HEIGHT = 12, 24
LINE_PITCH = 26
"""From one line of text to the next. The printers' own 30 dots cost a centimetre a ticket."""
CUTTER_DISTANCE_MM = 12.5
"""Blank paper between print head and cutter, which every ticket takes along."""

_QR_CAPACITY = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412)
"""Bytes that a QR code of version 1, 2, ... holds at error correction M (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A roll in a certain printer: nominal width, printable dots, characters a line, resolution."""

    width_mm: int
    dots: int
    columns: int
    dots_per_inch: int = 203

    def mm(self, dots: int) -> float:
        return dots * 25.4 / self.dots_per_inch


PAPERS = {58: Paper(58, 384, 32), 80: Paper(80, 576, 48)}
"""The two usual rolls. Some 80 mm printers have coarser heads: see `escpos.paper_of()`."""


@dataclass(frozen=True, slots=True)
class Text:
    """One centred line of printable ASCII, already short enough; width and height multiply it."""

    line: str
    bold: bool = False
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Number:
    """The ticket's number: bold, in characters of the given multiples (1 to 8)."""

    text: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line of so many characters."""

    columns: int


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, error correction M; `module` dots a module."""

    url: str
    module: int


@dataclass(frozen=True, slots=True)
class Feed:
    """So many dots of white (0 to 255)."""

    dots: int


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of the ticket."""


Instruction = Text | Number | Rule | Qr | Feed | Cut


def qr_modules(url: str) -> int:
    """The side of the QR code of this address, in modules. Raises ValueError if it is too long."""
    for version, capacity in enumerate(_QR_CAPACITY, start=1):
        if len(url.encode()) <= capacity:
            return 17 + 4 * version
    raise ValueError(f"too long for a QR code: {len(url)} characters")


def height(instruction: Instruction) -> int:
    """The dots that an instruction moves the paper; a cut moves it by its own distance."""
    match instruction:
        case Text(height=multiple) | Number(height=multiple):
            return max(LINE_PITCH, multiple * CELL_HEIGHT)
        case Rule():
            return LINE_PITCH
        case Qr(url, module):
            return qr_modules(url) * module
        case Feed(dots):
            return dots
        case Cut():
            return 0


def length_mm(instructions: Iterable[Instruction], paper: Paper) -> float:
    """The paper that a ticket uses, the blank at the cutter included."""
    return paper.mm(sum(height(i) for i in instructions)) + CUTTER_DISTANCE_MM
