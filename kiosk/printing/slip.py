"""The slip of somebody for whom it is probably too late: when they came, and what else they can do.

It says which document the office gives and who decides what counts; never who may vote.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.printing.layout import plain, wrapped
from kiosk.printing.paper import Cut, Feed, Instruction, Paper, Rule, Text

_STILL_ID = (
    "Nomor masih dapat diambil di mesin antrean selama nomor diberikan.",
    "Untuk TPS: KTP-el atau Biodata Penduduk berfoto; tanyakan KPPS/KPU untuk dokumen lain.",
    "Ketentuan di TPS ditetapkan KPPS.",
    "Dokumen ini tetap dapat diurus di kantor ini pada hari lain.",
)
_STILL_EN = (
    "You can still take a number while numbers are given. Ask KPPS/KPU about other documents:"
    " they decide what counts at the TPS. This office makes the document on other days too."
)


def layout(facts: Mapping[str, Any], paper: Paper) -> tuple[Instruction, ...]:
    """The slip for these facts: {office, area, service_name, service_name_en, issued_at (ms), zone,
    zone_label, trace, language}, of a copy with {copy_no, copied_at (ms)}, of a drill with
    {drill}. Raises ValueError if one is missing.
    """
    try:
        return tuple(_instructions(facts, paper))
    except KeyError as error:
        raise ValueError(f"facts of a slip: {error} is missing") from error


def _instructions(facts: Mapping[str, Any], paper: Paper) -> Iterator[Instruction]:
    at = datetime.fromtimestamp(facts["issued_at"] // 1000, ZoneInfo(facts["zone"]))
    english = facts["language"] == "en"
    yield from _lines(facts["office"], paper, bold=True)
    yield from _lines(facts["area"], paper)
    yield Rule(paper.columns)
    if facts.get("drill"):
        yield Text("LATIHAN", bold=True, width=2, height=2)
    if facts.get("copy_no"):
        copied = datetime.fromtimestamp(facts["copied_at"] // 1000, ZoneInfo(facts["zone"]))
        mark = f"CETAK ULANG #{facts['copy_no']}, {copied:%H.%M} {facts['zone_label']}"
        yield from _lines(mark, paper, bold=True)
    yield Text("KETERANGAN", bold=True, width=2, height=2)
    yield Text("bukan nomor antrean / no number" if english else "bukan nomor antrean")
    yield Feed(12)
    yield from _lines(f"Datang {at:%d-%m-%Y}, {at:%H.%M} {facts['zone_label']}", paper, bold=True)
    yield from _lines(f"Layanan: {facts['service_name']}", paper)
    if english and facts["service_name_en"]:
        yield from _lines(facts["service_name_en"], paper)
    yield from _lines(
        "Perkiraan saat itu: dokumen kemungkinan terlambat untuk TPS."
        " Ini perkiraan, bukan jaminan.",
        paper,
    )
    yield Rule(paper.columns)
    yield from _lines("Yang masih dapat dilakukan:", paper, bold=True)
    for sentence in _STILL_ID:
        yield from _lines(sentence, paper)
        yield Feed(8)
    if english:
        yield from _lines(_STILL_EN, paper)
    yield Text("GRATIS / FREE OF CHARGE" if english else "GRATIS - tidak dipungut biaya", bold=True)
    yield from _lines(f"Kode bukti {facts['trace']}", paper)
    yield Cut()


def _lines(text: str, paper: Paper, *, bold: bool = False) -> Iterator[Text]:
    return (Text(line, bold) for line in wrapped(plain(text), paper))
