import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.printing.escpos import paper_of, render
from kiosk.printing.layout import TicketFacts, layout
from kiosk.printing.paper import CUTTER_DISTANCE_MM, PAPERS, Paper, length_mm
from tests.simulators.escpos_reader import EscPosReader, PrintedTicket
from tests.simulators.tickets import EN, LONG, TICKET, URL

MODELS = ["", "TM-T20II", "TM-T88V", "POS-5890", "ZJ-5870", "NT-80-V-UL", "RP-F10-58mm"]


def read(data: bytes) -> PrintedTicket:
    """The one ticket that these bytes print."""
    reader = EscPosReader()
    reader.feed(data)
    assert len(reader.tickets) == 1, "exactly one ticket, with one cut"
    assert reader.ticket.raw == b"", "nothing after the cut"
    return reader.tickets[0]


@pytest.mark.parametrize("paper", PAPERS.values(), ids=["58 mm", "80 mm"])
@pytest.mark.parametrize("facts", [TICKET, LONG, EN], ids=["plain", "long", "english"])
def test_a_ticket_is_printed_centred_cut_and_small(paper: Paper, facts: TicketFacts) -> None:
    data = render(layout(facts, paper), "", cutter=True)

    ticket = read(data)
    assert {line.align for line in ticket.lines} == {"centre"}
    number = next(line for line in ticket.lines if line.text == facts.number)
    assert number.bold
    assert number.height >= 7
    assert [code[0] for code in ticket.codes] == ([facts.phone_url] if facts.phone_url else [])
    assert all(level == "M" for _, _, level in ticket.codes)
    assert len(data) <= 1500


@pytest.mark.parametrize("paper", PAPERS.values(), ids=["58 mm", "80 mm"])
def test_the_paper_used_is_known_beforehand(paper: Paper) -> None:
    instructions = layout(LONG, paper)

    printed = read(render(instructions, "", cutter=True))

    assert paper.mm(printed.dots) + CUTTER_DISTANCE_MM == pytest.approx(
        length_mm(instructions, paper)
    )


@pytest.mark.parametrize("model", MODELS)
def test_every_ticket_is_cut_where_there_is_a_cutter_whatever_the_profile_says(model: str) -> None:
    data = render(layout(TICKET, PAPERS[58]), model, cutter=True)

    assert data.endswith(b"\x1dV\x42\x00")
    assert read(data).cut


def test_without_a_cutter_the_paper_is_fed_to_the_tear_bar() -> None:
    reader = EscPosReader()

    reader.feed(render(layout(TICKET, PAPERS[58]), "POS-5890", cutter=False))

    assert reader.tickets == []
    assert reader.ticket.raw.endswith(b"\x1bd\x04")


def test_a_printer_that_draws_no_codes_gets_a_picture() -> None:
    data = render(layout(replace(TICKET, phone_url=URL), PAPERS[58]), "POS-5890", cutter=True)

    ticket = read(data)
    assert ticket.codes == []
    assert len(ticket.pictures) == 1
    assert ticket.pictures[0][1] % 33 == 0, "33 modules, in whole dots"


def test_no_code_page_is_ever_selected() -> None:
    for model in MODELS:
        data = render(layout(replace(TICKET, area="Café – Résumé"), PAPERS[58]), model, cutter=True)

        assert b"\x1bt" not in data
        assert "Cafe - Resume" in read(data).text


def test_two_hundred_tickets_are_read_back_as_they_were_meant() -> None:
    pick = random.Random(17)
    for _ in range(200):
        facts = random_facts(pick)
        paper = PAPERS[pick.choice((58, 80))]

        ticket = read(render(layout(facts, paper), "", cutter=True))

        number = [line for line in ticket.lines if line.text == facts.number]
        assert len(number) == 1
        assert number[0].width * 12 * len(facts.number) <= paper.dots
        assert f"Kode bukti {facts.trace}" in ticket.text
        assert [code[0] for code in ticket.codes] == ([facts.phone_url] if facts.phone_url else [])
        for line in ticket.lines:
            assert len(line.text) * line.width <= paper.columns


def random_facts(pick: random.Random) -> TicketFacts:
    """A ticket with texts of the worst kind: control characters, emoji, right-to-left marks."""
    letters = "aeiknorsu AEKLPS.,;-()\x00\x07\x0a\x10\x1b\x1d\x7f\x9b–é漢\u202e\U0001f5f3"

    def words(longest: int) -> str:
        return "".join(pick.choices(letters, k=pick.randint(0, longest)))

    return replace(
        TICKET,
        office=words(60),
        area=words(40),
        number=f"{pick.choice('ABCDEFGH')}-{pick.randint(1, 1200):03d}",
        service_name=words(80),
        bring=tuple(words(50) for _ in range(pick.randint(0, 4))),
        people_ahead=pick.randint(0, 900),
        counter_zone=pick.choice((None, words(30))),
        phone_url=pick.choice((None, URL, f"http://antre.example/t/{pick.getrandbits(64):x}")),
        trace=f"{pick.getrandbits(40):08X}"[:8],
        copy_no=pick.randint(0, 2),
        copied_at=pick.choice((None, TICKET.issued_at + 60_000)),
        drill=pick.random() < 0.2,
    )


@pytest.mark.parametrize(
    ("width_mm", "profile", "dots", "columns"),
    [
        (58, "", 384, 32),
        (80, "", 576, 48),
        (80, "TM-T88V", 512, 42),
        (58, "POS-5890", 384, 32),
        (58, "RP-F10-58mm", 432, 36),
        (80, "NT-80-V-UL", 576, 48),
    ],
)
def test_the_paper_is_as_wide_as_the_model_prints(
    width_mm: int, profile: str, dots: int, columns: int
) -> None:
    paper = paper_of(width_mm, profile)

    assert (paper.dots, paper.columns) == (dots, columns)


def test_an_unknown_model_or_width_is_an_error_of_the_job() -> None:
    with pytest.raises(ValueError, match="unknown printer profile"):
        render(layout(TICKET, PAPERS[58]), "TM-Nonsense", cutter=True)
    with pytest.raises(ValueError, match="110 mm"):
        paper_of(110, "")


def test_the_library_leaves_no_traces_behind(tmp_path: Path) -> None:
    script = (
        "import logging, os, sys\n"
        "from kiosk.printing import escpos\n"
        "assert 'escpos.printer' not in sys.modules\n"
        "escpos.paper_of(80, '')\n"
        "assert 'escpos.printer' in sys.modules\n"
        "assert logging.root.handlers == []\n"
        "assert 'ESCPOS_CAPABILITIES_PICKLE_DIR' not in os.environ\n"
    )

    subprocess.run(
        [sys.executable, "-c", script], check=True, env={**os.environ, "TMPDIR": str(tmp_path)}
    )

    assert list(tmp_path.iterdir()) == []
