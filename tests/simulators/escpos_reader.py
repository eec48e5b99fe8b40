"""Reads ESC/POS as a printer does. It shares nothing with the code that writes it, and stumbles
over every command that it does not know, as cheap printers do."""

from dataclasses import dataclass, field

import segno

ESC, GS, DLE, LF = 0x1B, 0x1D, 0x10, 0x0A
CLEAR = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")


class UnknownCommand(Exception):
    """A printer would print this as text, or worse."""


@dataclass
class PrintedLine:
    text: str
    bold: bool
    width: int
    height: int
    align: str


@dataclass
class PrintedTicket:
    lines: list[PrintedLine] = field(default_factory=list)
    codes: list[tuple[str, int, str]] = field(default_factory=list)  # text, dots a module, level
    pictures: list[tuple[int, int]] = field(default_factory=list)  # width, height in dots
    dots: int = 0
    cut: bool = False
    raw: bytes = b""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class EscPosReader:
    """Feed it bytes as they come; finished tickets are in `tickets`, the open one in `ticket`.

    `requests` collects what wants an answer: ("status", n) for DLE EOT n, ("probe", n) for GS r n,
    ("probe_id", the four bytes as a number) for GS ( H.
    """

    def __init__(self) -> None:
        self.tickets: list[PrintedTicket] = []
        self.requests: list[tuple[str, int]] = []
        self.ticket = PrintedTicket()
        self._pending = b""
        self._initialise()

    def feed(self, data: bytes) -> None:
        self._pending += data
        while self._pending:
            try:
                used = self._one(self._pending)
            except IndexError:  # the rest of this command is still on its way
                return
            self.ticket.raw += self._pending[:used]
            self._pending = self._pending[used:]
            if self.ticket.cut:
                self.tickets.append(self.ticket)
                self.ticket = PrintedTicket()

    def _initialise(self) -> None:
        self._text = ""
        self._bold, self._width, self._height, self._align, self._pitch = False, 1, 1, "left", 30
        self._code, self._module, self._level = "", 3, "L"

    def _one(self, data: bytes) -> int:
        """Carry out the first command; returns its length. IndexError if it is not complete."""
        first = data[0]
        if first == 0:
            return 1
        if first == LF:
            self._end_line()
            return 1
        if 0x20 <= first <= 0x7E:
            self._text += chr(first)
            return 1
        if first == DLE and data[1] == 0x04 and 1 <= data[2] <= 4:
            self.requests.append(("status", data[2]))
            return 3
        if first in (ESC, GS) and data[1] == 0:
            return 2  # the end of a command that never came
        if first == ESC:
            return self._escape(data)
        if first == GS:
            return self._group(data)
        raise UnknownCommand(data[:8].hex())

    def _escape(self, data: bytes) -> int:
        command = chr(data[1])
        if command == "@":
            self._initialise()
            return 2
        value = data[2]
        match command:
            case "3":
                self._pitch = value
            case "E":
                self._bold = bool(value & 1)
            case "a":
                self._align = ("left", "centre", "right")[value % 3]
            case "J":
                self.ticket.dots += value
            case "d":
                self.ticket.dots += value * self._pitch
            case _:
                raise UnknownCommand(data[:8].hex())
        return 3

    def _group(self, data: bytes) -> int:
        if data[1:2] == b"!":
            self._width, self._height = (data[2] >> 4) + 1, (data[2] & 7) + 1
            return 3
        if data[1:3] == b"V\x42":
            data[3]
            if self._text:
                raise UnknownCommand("a cut within a line")
            self.ticket.cut = True
            return 4
        if data[1:2] == b"r":
            self.requests.append(("probe", data[2]))
            return 3
        if data[1:4] == b"v0\x00":
            return self._picture(data)
        if data[1:3] == b"(k":
            return self._qr(data)
        if data[1:3] == b"(H":
            self.requests.append(("probe_id", int.from_bytes(data[7:11], "big")))
            data[10]
            return 11
        data[3]
        raise UnknownCommand(data[:8].hex())

    def _picture(self, data: bytes) -> int:
        columns, rows = data[4] + 256 * data[5], data[6] + 256 * data[7]
        end = 8 + columns * rows
        data[end - 1]
        self.ticket.pictures.append((columns * 8, rows))
        self.ticket.dots += rows
        return end

    def _qr(self, data: bytes) -> int:
        end = 5 + data[3] + 256 * data[4]
        data[end - 1]
        function, parameters = data[6], data[7:end]
        match function:
            case 65:
                assert parameters == b"2\x00", "model 2"
            case 67:
                self._module = parameters[0]
            case 69:
                self._level = "LMQH"[parameters[0] - 48]
            case 80:
                self._code = parameters[1:].decode("ascii")
            case 81:
                self.ticket.codes.append((self._code, self._module, self._level))
                code = segno.make(self._code, error=self._level, micro=False, boost_error=False)
                self.ticket.dots += len(code.matrix) * self._module
            case _:
                raise UnknownCommand(data[:8].hex())
        return end

    def _end_line(self) -> None:
        line = PrintedLine(self._text, self._bold, self._width, self._height, self._align)
        self.ticket.lines.append(line)
        self.ticket.dots += max(self._pitch, 24 * self._height)
        self._text = ""
