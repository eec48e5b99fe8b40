"""From the facts of a ticket to what stands on its paper: pure, and the same for every printer.

The words live here and not in the catalogues of the screens: a job is printed by the layout version
it was made for, whatever release the screens have meanwhile. A change that gives other paper for
the same facts, or needs other facts, gets a new domain.paper.LAYOUT_VERSION. Paper is Indonesian;
somebody who chose English gets a second line where it matters. Nothing personal is ever printed.
"""

import json
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kiosk.printing.paper import (
    CELL_WIDTH,
    Cut,
    Feed,
    Instruction,
    Number,
    Paper,
    Qr,
    Rule,
    Text,
    length_mm,
)

LENGTH_GOAL_MM = {58: 110, 80: 100}

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
_TYPOGRAPHY = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"'})


@dataclass(frozen=True, slots=True)
class _Fit:
    """How generous a ticket is with paper.

    Dots a QR module (0: none), height of the number, whether there is room for rules and for a tall
    service name, whether documents and people ahead are said in both languages, and the most lines
    of a name and of a list of documents.
    """

    module: int
    number_height: int
    roomy: bool = True
    twice: bool = True
    names: int = 4
    lists: int = 4


_LEAST_NUMBER_HEIGHT = 7
"""7 x 24 dots: the digits, about 18 of the 24 dots high, are then 15.7 mm high."""
_FITS = (
    _Fit(6, 8),
    _Fit(5, 8),
    _Fit(4, 8),
    _Fit(4, _LEAST_NUMBER_HEIGHT),
    _Fit(4, _LEAST_NUMBER_HEIGHT, roomy=False),
    *(
        _Fit(module, _LEAST_NUMBER_HEIGHT, roomy=False, twice=False, names=names, lists=lists)
        for module, names, lists in (
            (4, 4, 4), (4, 4, 2), (4, 4, 1), (4, 2, 1), (4, 2, 0), (4, 1, 0), (0, 1, 0),
        )
    ),
)  # fmt: skip
"""The most generous first. Modules below four dots (half a millimetre) are hard on cameras."""
_MORE = "..."


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What a print job froze when it was made.

    `wait_low`, `wait_high` seconds, both or none; `issued_at`, `copied_at` ms; `zone` an IANA name,
    `zone_label` WIB, WITA or WIT; `phone_url` only when the office has a public address; `language`
    id or en; `copy_no` 0 for the original, and `copied_at` when a copy was asked for; `drill` marks
    a rehearsal. The English names are printed below the Indonesian ones for `language` en.
    """

    office: str
    area: str
    number: str
    service_name: str
    bring: tuple[str, ...]
    people_ahead: int
    wait_low: int | None
    wait_high: int | None
    issued_at: int
    zone: str
    zone_label: str
    counter_zone: str | None
    phone_url: str | None
    trace: str
    language: str = "id"
    copy_no: int = 0
    copied_at: int | None = None
    drill: bool = False
    service_name_en: str | None = None
    bring_en: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, facts: str | Mapping[str, Any]) -> "TicketFacts":
        """The reverse of `to_json()`: its text, or the object that this text stands for.

        Raises ValueError if it is not an object, or lacks a fact.
        """
        given = json.loads(facts) if isinstance(facts, str) else facts
        if not isinstance(given, Mapping):
            raise ValueError("ticket facts are an object")
        known = {field.name: given[field.name] for field in fields(cls) if field.name in given}
        known |= {name: tuple(known[name]) for name in ("bring", "bring_en") if name in known}
        try:
            return cls(**known)
        except TypeError as error:
            raise ValueError(f"ticket facts: {error}") from error


def layout(facts: TicketFacts, paper: Paper) -> tuple[Instruction, ...]:
    """What stands on the paper, from top to bottom, all of it centred.

    The number, the QR code and the rules are as large, and long texts as complete, as the length
    goal of the paper allows; it is always met.
    Raises ValueError if the address for the QR code is too long, or the zone unknown.
    """
    goal = LENGTH_GOAL_MM[paper.width_mm]
    for fit in _FITS:
        instructions = tuple(_instructions(facts, paper, fit))
        if length_mm(instructions, paper) <= goal:
            break
    return instructions


def plain(text: str) -> str:
    """The text in printable ASCII: accents dropped, control characters gone, spaces single.

    ESC/POS printers take control characters as commands (a text could cut, open the drawer or
    switch off), and agree on nothing beyond ASCII.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    decomposed = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    kept = "".join(
        " " if char.isspace() else char if char.isascii() else "?"
        for char in decomposed
        if char.isspace() or not unicodedata.category(char).startswith(("C", "M"))
    )
    return " ".join(kept.split())


def _instructions(facts: TicketFacts, paper: Paper, fit: _Fit) -> Iterator[Instruction]:
    english = facts.language == "en"
    divider = Rule(paper.columns) if fit.roomy else Feed(6)
    yield from _marks(facts, paper, fit)
    yield from _lines(facts.office, paper, bold=True, most=fit.names)
    yield from _lines(facts.area, paper, most=fit.names)
    yield divider
    yield Text("NOMOR ANTREAN / QUEUE NUMBER" if english else "NOMOR ANTREAN")
    if fit.roomy:
        yield Feed(8)
    yield _number(plain(facts.number), paper, fit)
    yield from _service(facts, paper, fit)
    yield from _place_in_line(facts, paper, fit, english)
    yield divider
    if fit.twice or not english:
        yield from _to_bring("Siapkan:", facts.bring, paper, fit)
    if english:
        yield from _to_bring("Have ready:", facts.bring_en, paper, fit)
    free = "GRATIS / FREE OF CHARGE" if english else "GRATIS - tidak dipungut biaya"
    yield Text(free, bold=True)
    yield from _phone(facts, paper, fit, english)
    yield Text(_date_line(facts, paper))
    proof = "Kode bukti (proof)" if english else "Kode bukti"
    yield from _lines(f"{proof} {facts.trace}", paper, most=fit.names)
    yield Cut()


def _marks(facts: TicketFacts, paper: Paper, fit: _Fit) -> Iterator[Instruction]:
    if facts.drill:
        yield Text("LATIHAN", bold=True, width=2, height=2 if fit.roomy else 1)
    if facts.copy_no:
        copied_at = facts.copied_at
        when = f", {_clock(copied_at, facts)} {facts.zone_label}" if copied_at is not None else ""
        yield from _lines(f"CETAK ULANG #{facts.copy_no}{when}", paper, bold=True)


def _number(text: str, paper: Paper, fit: _Fit) -> Number:
    width = max(1, min(8, paper.dots // (CELL_WIDTH * len(text))))
    return Number(text, width, min(fit.number_height, max(_LEAST_NUMBER_HEIGHT, width)))


def _service(facts: TicketFacts, paper: Paper, fit: _Fit) -> Iterator[Instruction]:
    most = max(2, fit.names)
    lines = _shortened(_wrap(plain(facts.service_name), paper.columns), most, paper)
    for line in lines:
        yield Text(line, bold=True, height=2 if fit.roomy and len(lines) == 1 else 1)
    if facts.language == "en" and facts.service_name_en:
        yield from _lines(facts.service_name_en, paper, most=fit.names)


def _place_in_line(
    facts: TicketFacts, paper: Paper, fit: _Fit, english: bool
) -> Iterator[Instruction]:
    ahead = facts.people_ahead
    if english and not fit.twice:
        yield Text(f"{ahead} orang / people ahead of you")
    else:
        yield Text(f"{ahead} orang di depan Anda")
    if english and fit.twice:
        yield Text(f"{ahead} {'person' if ahead == 1 else 'people'} ahead of you")
    if facts.wait_low is not None and facts.wait_high is not None:
        low, high = facts.wait_low // 60, -(-facts.wait_high // 60)
        begin = _clock(facts.issued_at + facts.wait_low * 1000, facts)
        end = _clock(facts.issued_at + facts.wait_high * 1000, facts)
        wait = f"Perkiraan tunggu {low}-{high} menit"
        yield from _lines(_fitting(paper, f"{wait} ({begin}-{end})", wait), paper)
    if facts.counter_zone:
        zone = plain(facts.counter_zone)
        where = _fitting(paper, f"Lokasi loket: {zone}", f"Loket: {zone}")
        yield from _lines(where, paper, most=fit.names)


def _to_bring(label: str, documents: tuple[str, ...], paper: Paper, fit: _Fit) -> Iterator[Text]:
    """One after the other; a line breaks inside a document's name only if that is too long."""
    names = [name for name in map(plain, documents) if name]
    lines: list[str] = []
    for position, name in enumerate(names, start=1):
        item = f"{name};" if position < len(names) else name
        if position == 1:
            item = f"{label} {item}"
        if lines and len(lines[-1]) + 1 + len(item) <= paper.columns:
            lines[-1] += f" {item}"
        else:
            lines += _wrap(item, paper.columns)
    return (Text(line) for line in _shortened(lines, fit.lists, paper))


def _phone(facts: TicketFacts, paper: Paper, fit: _Fit, english: bool) -> Iterator[Instruction]:
    if facts.phone_url and fit.module:
        yield Feed(10)
        yield Qr("".join(char for char in facts.phone_url if "!" <= char <= "~"), fit.module)
        yield Feed(12)
        if fit.names > 1:
            yield Text(_phone_line(facts, paper, english))


def _phone_line(facts: TicketFacts, paper: Paper, english: bool) -> str:
    """Where to follow; with the address to type, for those who cannot scan, where it fits."""
    address = _short_address(facts.phone_url or "")
    typed = f"Ponsel / Phone: {address}" if english else f"Lewat ponsel: {address}"
    plain_words = "Lewat ponsel / On your phone" if english else "Pantau antrean lewat ponsel"
    return _fitting(paper, typed, plain_words)


def _short_address(phone_url: str) -> str:
    """`http://antre.lan/t/token` -> `antre.lan/n`: no more than one has to type."""
    return plain(phone_url.split("/t/", 1)[0].split("://", 1)[-1]) + "/n"


def _date_line(facts: TicketFacts, paper: Paper) -> str:
    at = _local(facts.issued_at, facts)
    begin, month = f"{_DAYS[at.weekday()]} {at.day}", _MONTHS[at.month - 1]
    end = f"{at.year}, {at:%H.%M} {plain(facts.zone_label)}"
    return _fitting(paper, f"{begin} {month} {end}", f"{begin} {month[:3]} {end}")


def _fitting(paper: Paper, text: str, shorter: str) -> str:
    return text if len(text) <= paper.columns else shorter


def wrapped(text: str, paper: Paper) -> tuple[str, ...]:
    """Any text as lines of printable ASCII that fit the paper."""
    return _wrap(plain(text), paper.columns)


def _lines(text: str, paper: Paper, bold: bool = False, most: int = 4) -> Iterator[Text]:
    lines = _shortened(_wrap(plain(text), paper.columns), most, paper)
    return (Text(line, bold) for line in lines)


def _shortened(lines: Sequence[str], most: int, paper: Paper) -> Sequence[str]:
    """Not more lines than that; the last one says that there was more."""
    if len(lines) <= most:
        return lines
    kept = list(lines[:most])
    if kept:
        room = paper.columns - len(_MORE)
        kept[-1] = kept[-1][:room].rstrip(" ;,.-") + _MORE
    return kept


@lru_cache(maxsize=512)  # office, services and documents are the same on every ticket
def _wrap(text: str, columns: int) -> tuple[str, ...]:
    """The text in as few lines as possible, made about equally long: no word is left alone."""
    lines = textwrap.wrap(text, columns, break_on_hyphens=False)
    for narrower in range(columns - 1, 0, -1):
        tried = textwrap.wrap(text, narrower, break_on_hyphens=False)
        if len(tried) > len(lines) or any(len(word) > narrower for word in text.split()):
            break
        lines = tried
    return tuple(lines)


def _clock(at: int, facts: TicketFacts) -> str:
    return f"{_local(at, facts):%H.%M}"


def _local(at: int, facts: TicketFacts) -> datetime:
    try:
        return datetime.fromtimestamp(at // 1000, ZoneInfo(facts.zone))
    except ZoneInfoNotFoundError as error:
        raise ValueError(f"unknown zone {facts.zone}") from error
