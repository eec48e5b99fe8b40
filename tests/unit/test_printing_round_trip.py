"""What comes out of a printer is what was meant, read back by readers that know nothing of us."""

import io
import os
import random
import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from PIL import Image

from kiosk.printing import preview
from kiosk.printing.escpos import render
from kiosk.printing.layout import LENGTH_GOAL_MM, TicketFacts, layout, plain
from kiosk.printing.paper import CUTTER_DISTANCE_MM, PAPERS, Paper
from tests.simulators.escpos_reader import EscPosReader, PrintedTicket
from tests.simulators.tickets import TICKET

FULL = bool(os.environ.get("KIOSK_TEST_FULL"))
MOST_BYTES = 1500
ZONES = (("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT"))
SERVICES = (
    ("Biodata untuk pemilih", "Biodata for voters"),
    ("Perekaman KTP-el", "Recording for the card"),
    ("Perekaman dan pencetakan KTP-el untuk pemilih pemula", "Recording and card, first vote"),
    ("Kartu Keluarga: perubahan, penambahan, pengurangan anggota", "Family card: any change"),
    ("Akta lahir", "Birth certificate"),
)
DOCUMENTS = ("Kartu Keluarga (KK)", "Akta lahir", "Surat kehilangan dari kepolisian", "KTP-el lama")
#: All that a keyboard, a copy from the web or an attacker may put into a name.
CHARACTERS = "".join(map(chr, range(0x100))) + (
    "\u2013\u2014\u2019\u201c\u2026\u20ac\u0131\u0100\u0153\u4e2d\u6587\u0627\u0644\u0939\u093f\u202e\u200b\u2028\ufeff"
    "\U0001f5f3\U0001f468"
)


def some_ticket(chance: random.Random) -> TicketFacts:
    zone, label = chance.choice(ZONES)
    name, name_en = chance.choice(SERVICES)
    low = chance.choice((None, chance.randint(0, 9000)))
    copy_no = chance.choice((0, 0, 0, 1, 2))
    at = 1_795_730_000_000 + chance.randrange(86_400) * 1000
    return replace(
        TICKET,
        number=f"{chance.choice('ABCDEFGHJ')}-{chance.randint(1, 1200):03d}",
        service_name=name,
        service_name_en=name_en,
        bring=tuple(chance.sample(DOCUMENTS, chance.randint(0, 3))),
        people_ahead=chance.randint(0, 250),
        wait_low=low,
        wait_high=None if low is None else low + chance.randint(60, 3000),
        issued_at=at,
        zone=zone,
        zone_label=label,
        counter_zone=chance.choice((None, "Lantai 2, sayap timur")),
        phone_url=f"https://antrean.kab-contoh.go.id/t/{chance.getrandbits(96):016x}",
        trace=f"{chance.getrandbits(40):08X}"[:8],
        language=chance.choice(("id", "en")),
        copy_no=copy_no,
        copied_at=at + 60_000 if copy_no else None,
        drill=chance.random() < 0.1,
    )


def paper_ticket(data: bytes) -> PrintedTicket:
    """The one piece of paper that these bytes give."""
    reader = EscPosReader()
    reader.feed(data)
    assert len(reader.tickets) == 1
    assert reader.ticket.raw == b""
    return reader.tickets[0]


def code_on(facts: TicketFacts, paper: Paper) -> list[str]:
    picture = Image.open(io.BytesIO(preview.render(layout(facts, paper), paper)))
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


@pytest.mark.parametrize("paper", PAPERS.values(), ids=["58 mm", "80 mm"])
def test_many_tickets_say_number_service_time_and_address(paper: Paper) -> None:
    chance = random.Random(paper.width_mm)
    for _ in range(200 if FULL else 60):
        facts = some_ticket(chance)
        at = datetime.fromtimestamp(facts.issued_at // 1000, ZoneInfo(facts.zone))

        data = render(layout(facts, paper), "", cutter=True)

        ticket = paper_ticket(data)
        words = " ".join(ticket.text.split())
        assert [line.text for line in ticket.lines if line.height >= 7] == [facts.number]
        assert " ".join(facts.service_name.split()) in words
        assert f"{at:%Y, %H.%M} {facts.zone_label}" in words
        assert re.search(rf"\b{at.day} \w+ {at.year}", words)
        assert ("CETAK ULANG" in words) == bool(facts.copy_no)
        assert ("LATIHAN" in words) == facts.drill
        assert [code[0] for code in ticket.codes] == [facts.phone_url]
        assert code_on(facts, paper) == [facts.phone_url]
        assert len(data) <= MOST_BYTES
        assert paper.mm(ticket.dots) + CUTTER_DISTANCE_MM <= LENGTH_GOAL_MM[paper.width_mm]


def test_no_text_reaches_the_printer_as_a_command() -> None:
    chance = random.Random(10_000)
    for round_ in range(10_000 if FULL else 1_000):
        hostile = ["".join(chance.choices(CHARACTERS, k=chance.randint(0, 120))) for _ in range(6)]
        facts = replace(
            TICKET,
            office=hostile[0],
            area=hostile[1],
            service_name=hostile[2],
            service_name_en=hostile[3],
            bring=tuple(hostile[4:]),
            bring_en=tuple(hostile[4:]),
            counter_zone=hostile[5],
            language=chance.choice(("id", "en")),
        )
        for text in hostile:
            assert re.fullmatch("[ -~]*", plain(text))
        paper = PAPERS[chance.choice((58, 80))]
        data = render(layout(facts, paper), "", cutter=True)
        ticket = paper_ticket(data)  # stumbles over every command that is not ours
        assert len(data) <= MOST_BYTES
        for line in ticket.lines:
            assert re.fullmatch("[ -~]*", line.text), round_
            assert len(line.text) * line.width <= paper.columns
