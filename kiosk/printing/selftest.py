"""Two pages without a number: a short one that says "it prints", one to measure a printer by."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.printing.layout import plain, wrapped
from kiosk.printing.paper import Cut, Feed, Instruction, Number, Paper, Qr, Rule, Text
from kiosk.printing.printer import Printer

TEST, SELFTEST = "test", "selftest"
KINDS = (TEST, SELFTEST)

EXAMPLE_URL = "https://example.org/t/0123456789abcdefABCDEF"
"""As long as the address of a ticket; example.org belongs to nobody (RFC 2606)."""
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


def layout(facts: Mapping[str, Any], printer: Printer, paper: Paper) -> tuple[Instruction, ...]:
    """The page for these facts: {document, office, printer, at, zone, zone_label, url}.

    Raises ValueError if one is missing.
    """
    try:
        at = datetime.fromtimestamp(facts["at"] // 1000, ZoneInfo(facts["zone"]))
        when = f"{at:%d-%m-%Y %H.%M.%S} {plain(facts['zone_label'])}".strip()
        head = (facts["office"], facts["printer"])
        document, url = facts["document"], facts["url"]
    except KeyError as error:
        raise ValueError(f"facts of a test page: {error} is missing") from error
    lines: list[Instruction] = [
        Text("UJI CETAK", bold=True, width=2, height=2),
        Text("bukan nomor antrean"),
    ]
    for text in head:
        lines += [Text(line) for line in wrapped(text, paper)]
    lines.append(Text(when))
    if document == SELFTEST:
        lines += _measures(printer, paper, url or EXAMPLE_URL)
    return (*lines, Cut())


def _measures(printer: Printer, paper: Paper, url: str) -> Iterator[Instruction]:
    yield Rule(paper.columns)
    model = plain(printer.profile) or "standar"
    yield from map(Text, wrapped(f"{printer.kind} {printer.address} {model}", paper))
    yield Text(f"{paper.width_mm} mm, {paper.dots} titik, {paper.dots_per_inch} dpi")
    yield Text(f"status {printer.status}, tanda {printer.probe}")
    yield Rule(paper.columns)
    yield Text(f"Penggaris: {paper.columns} huruf, satu baris penuh")
    tens = "".join(str((column // 10) % 10) for column in range(10, paper.columns + 1, 10))
    yield Text("".join(f"{digit:>10}" for digit in tens).ljust(paper.columns))
    yield Text("".join(str(column % 10) for column in range(1, paper.columns + 1)))
    yield Text("Huruf dan tanda:")
    for begin in range(0, len(_PRINTABLE), paper.columns):
        yield Text(_PRINTABLE[begin : begin + paper.columns])
    yield Text("Tebal", bold=True)
    for size in (2, 4):
        yield Text("A-012"[: paper.columns // size], width=size, height=size)
    yield Number("A-012", min(8, paper.dots // 60), 8)
    yield Feed(10)
    yield Qr(url, 4)
    yield Feed(12)
    yield Text("QR 4 titik: coba pindai")
