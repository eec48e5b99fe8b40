"""The paper as a picture, for offices without a printer, for demonstrations and for tests.

There is no font file in the project: Pillow's built-in scalable one is drawn letter by letter into
the cells of a printer's font A.
"""

import io
from collections.abc import Iterable
from functools import lru_cache

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFont

from kiosk.printing.paper import (
    CELL_HEIGHT,
    CELL_WIDTH,
    LINE_PITCH,
    Cut,
    Feed,
    Instruction,
    Number,
    Paper,
    Qr,
    Rule,
    Text,
    height,
)

WHITE, BLACK = 255, 0
_TO_FOUR_GREYS = [shade // 64 for shade in range(256)]
_FOUR_GREYS = [shade for shade in (0, 85, 170, 255) for _ in "rgb"]
EDGE = 28
"""Dots of white above and below, so that the picture looks like a cut ticket."""
_ANY_MASK = 2
"""On a screen every mask of a QR code is read easily."""
_BASELINE = 0.78
"""Of the cell's height: capitals then stand from 2 to 19 of its 24 dots, as in printers' fonts."""


def render(instructions: Iterable[Instruction], paper: Paper) -> bytes:
    """The ticket as a PNG in four greys, as wide as the paper's printable dots."""
    instructions = tuple(instructions)
    length = sum(height(instruction) for instruction in instructions) + 2 * EDGE
    picture = Image.new("L", (paper.dots, length), WHITE)
    top = EDGE
    for instruction in instructions:
        _put(picture, instruction, top)
        top += height(instruction)
    file = io.BytesIO()
    picture = picture.point(_TO_FOUR_GREYS)
    picture.putpalette(_FOUR_GREYS)
    picture.save(file, "PNG", bits=2, compress_level=1)
    return file.getvalue()


def qr_picture(url: str, module: int, mask: int | None = None) -> Image.Image:
    """The QR code without margins, error correction M, `module` dots a module.

    Without a given `mask` (0 to 7) the best one is looked for, which takes most of the time.
    """
    matrix = segno.make(
        url, error="m", boost_error=False, micro=False, mode="byte", mask=mask
    ).matrix
    side = len(matrix)
    dark = bytes(BLACK if bit else WHITE for row in matrix for bit in row)
    small = Image.frombytes("L", (side, side), dark)
    return small.resize((side * module, side * module), Image.Resampling.NEAREST)


def _put(picture: Image.Image, instruction: Instruction, top: int) -> None:
    match instruction:
        case Text(text, bold, width, multiple):
            _centre(picture, _line(text, width, multiple, bold), top)
        case Number(text, width, multiple):
            _centre(picture, _line(text, width, multiple, bold=True), top)
        case Rule(columns):
            rule = Image.new("L", (columns * CELL_WIDTH, 2), BLACK)
            _centre(picture, rule, top + LINE_PITCH // 2)
        case Qr(url, module):
            _centre(picture, qr_picture(url, module, mask=_ANY_MASK), top)
        case Feed() | Cut():
            pass


def _centre(picture: Image.Image, part: Image.Image, top: int) -> None:
    picture.paste(part, ((picture.width - part.width) // 2, top))


@lru_cache(maxsize=128)  # most lines are the same on every ticket
def _line(text: str, width: int, multiple: int, bold: bool) -> Image.Image:
    advance = CELL_WIDTH * width
    line = Image.new("L", (len(text) * advance, CELL_HEIGHT * multiple), WHITE)
    for position, char in enumerate(text):
        line.paste(_cell(char, width, multiple, bold), (position * advance, 0))
    return line


@lru_cache(maxsize=1024)
def _cell(char: str, width: int, multiple: int, bold: bool) -> Image.Image:
    """One character in its cell, squeezed if it is wider; bold as printers do it: struck twice."""
    size = (CELL_WIDTH * width, CELL_HEIGHT * multiple)
    font = ImageFont.load_default(size[1])
    natural = max(1, round(font.getlength(char)))
    drawn = Image.new("L", (natural, size[1]), WHITE)
    ImageDraw.Draw(drawn).text((0, size[1] * _BASELINE), char, BLACK, font, anchor="ls")
    cell = Image.new("L", size, WHITE)
    room = size[0] - (width if bold else 0)
    if natural > room:
        drawn = drawn.resize((room, size[1]), Image.Resampling.LANCZOS)
    cell.paste(drawn, ((room - drawn.width) // 2, 0))
    if bold:
        cell = ImageChops.darker(cell, ImageChops.offset(cell, width, 0))
    return cell
