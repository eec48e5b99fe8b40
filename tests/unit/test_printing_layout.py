from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.printing.layout import LENGTH_GOAL_MM, TicketFacts, layout, plain
from kiosk.printing.paper import (
    CELL_WIDTH,
    PAPERS,
    Instruction,
    Number,
    Paper,
    Qr,
    Rule,
    Text,
    length_mm,
    qr_modules,
)
from tests.simulators.tickets import EN, LONG, TICKET, URL

BOTH = pytest.mark.parametrize("paper", PAPERS.values(), ids=["58 mm", "80 mm"])


def lines(instructions: tuple[Instruction, ...]) -> list[str]:
    return [i.line for i in instructions if isinstance(i, Text)]


def text(facts: TicketFacts, paper: Paper) -> str:
    return " ".join(lines(layout(facts, paper)))


@BOTH
def test_a_ticket_says_all_that_a_citizen_needs(paper: Paper) -> None:
    words = text(replace(TICKET, counter_zone="Lantai 2"), paper)

    assert "Disdukcapil Kabupaten Tapin Rantau NOMOR ANTREAN Biodata untuk pemilih" in words
    assert "12 orang di depan Anda Perkiraan tunggu 25-49 menit" in words
    assert ": Lantai 2" in words
    assert "Siapkan: Kartu Keluarga (KK)" in words
    assert "GRATIS - tidak dipungut biaya" in words
    assert "Kode bukti 8H2KQ0ZP" in words


def test_wide_paper_has_room_for_the_whole_month_and_the_time_of_the_call() -> None:
    assert "Jumat 27 November 2026, 08.41 WITA" in lines(layout(TICKET, PAPERS[80]))
    assert "Perkiraan tunggu 25-49 menit (09.06-09.29)" in lines(layout(TICKET, PAPERS[80]))
    assert "Jumat 27 Nov 2026, 08.41 WITA" in lines(layout(TICKET, PAPERS[58]))


def test_the_time_is_that_of_the_office() -> None:
    in_papua = replace(TICKET, zone="Asia/Jayapura", zone_label="WIT")

    assert "Jumat 27 November 2026, 09.41 WIT" in lines(layout(in_papua, PAPERS[80]))


def test_an_unknown_zone_is_an_error_of_the_job() -> None:
    with pytest.raises(ValueError, match="unknown zone"):
        layout(replace(TICKET, zone="Asia/Nowhere"), PAPERS[80])


@pytest.mark.parametrize(
    ("width_mm", "number", "width"),
    [(80, "A-012", 8), (80, "A-1000", 8), (58, "A-012", 6), (58, "A-1000", 5)],
)
def test_the_number_is_as_wide_as_the_paper_allows(width_mm: int, number: str, width: int) -> None:
    paper = PAPERS[width_mm]

    printed = next(
        i for i in layout(replace(TICKET, number=number), paper) if isinstance(i, Number)
    )

    assert (printed.text, printed.width) == (number, width)
    assert paper.mm(printed.height * 18) >= 15, "digits are 18 of the 24 dots of a cell"


@BOTH
def test_without_a_forecast_no_wait_is_promised(paper: Paper) -> None:
    assert "Perkiraan" not in text(replace(TICKET, wait_low=None, wait_high=None), paper)


@BOTH
def test_the_code_for_phones_is_printed_only_with_a_public_address(paper: Paper) -> None:
    without, having = layout(TICKET, paper), layout(replace(TICKET, phone_url=URL), paper)

    assert not any(isinstance(i, Qr) for i in without)
    assert [i.url for i in having if isinstance(i, Qr)] == [URL]
    assert "ponsel" in " ".join(lines(having))


@BOTH
def test_who_cannot_scan_reads_the_address_to_type(paper: Paper) -> None:
    having = layout(replace(TICKET, phone_url="http://antre.lan/t/Zk3dF7QpX9aL2mVb"), paper)

    assert "Lewat ponsel: antre.lan/n" in lines(having)


@BOTH
def test_a_copy_says_so_with_its_time(paper: Paper) -> None:
    copy = replace(TICKET, copy_no=2, copied_at=TICKET.issued_at + 34 * 60_000)

    assert lines(layout(copy, paper))[0] == "CETAK ULANG #2, 09.15 WITA"


@BOTH
def test_a_rehearsal_is_marked_before_everything_else(paper: Paper) -> None:
    assert lines(layout(replace(TICKET, drill=True), paper))[0] == "LATIHAN"


@BOTH
def test_english_comes_second_and_only_where_it_matters(paper: Paper) -> None:
    short = replace(EN, bring=("Kartu Keluarga",), bring_en=("Family card",), phone_url=None)
    words = text(short, paper)

    assert "NOMOR ANTREAN / QUEUE NUMBER" in words
    assert "Lost or damaged card" in words
    assert "12 orang di depan Anda 12 people ahead of you" in words
    assert "1 person ahead of you" in text(replace(short, people_ahead=1), paper)
    assert "Siapkan: Kartu Keluarga Have ready: Family card" in words
    assert "GRATIS / FREE OF CHARGE" in words
    assert "Lost or damaged" not in text(replace(EN, language="id"), paper)


@BOTH
def test_a_long_ticket_says_what_to_bring_in_the_language_of_its_reader(paper: Paper) -> None:
    words = text(EN, paper)

    assert "12 orang / people ahead of you" in words
    assert "Have ready: Police loss report or the damaged card" in words
    assert "Siapkan" not in words


@BOTH
@pytest.mark.parametrize("facts", [TICKET, replace(TICKET, phone_url=URL), LONG, EN])
def test_a_ticket_keeps_to_its_length(facts: TicketFacts, paper: Paper) -> None:
    assert length_mm(layout(facts, paper), paper) <= LENGTH_GOAL_MM[paper.width_mm]


@BOTH
def test_a_text_that_does_not_fit_says_that_there_is_more(paper: Paper) -> None:
    papers = ("Surat pengantar dari desa",) * 12

    printed = lines(layout(replace(EN, bring=papers, bring_en=papers), paper))

    assert any(line.startswith("Have ready:") for line in printed)
    assert any(line.endswith("...") for line in printed)
    assert any("Kode bukti" in line for line in printed)


def test_where_there_is_room_the_code_for_phones_is_larger() -> None:
    short = replace(TICKET, phone_url="https://antre.example/t/Zk3dF7QpX9aL2mVb")

    modules = {w: [i.module for i in layout(short, PAPERS[w]) if isinstance(i, Qr)] for w in PAPERS}

    assert modules[58] == [6]
    assert min(modules[80]) >= 4


def test_no_word_is_left_alone_on_a_line() -> None:
    name = "Perekaman dan pencetakan KTP-el untuk pemilih"

    printed = lines(layout(replace(TICKET, service_name=name), PAPERS[58]))

    assert "Perekaman dan pencetakan" in printed
    assert "KTP-el untuk pemilih" in printed


def test_the_name_of_a_document_stays_on_one_line() -> None:
    printed = lines(
        layout(replace(TICKET, bring=("Kartu Keluarga (KK)", "Akta lahir")), PAPERS[58])
    )

    assert "Siapkan: Kartu Keluarga (KK);" in printed
    assert "Akta lahir" in printed


def test_text_is_plain_ascii() -> None:
    assert plain("Résumé – “Pemilih”\u00a0’24\n") == 'Resume - "Pemilih" \'24'
    assert plain("a\x1bp\x00\x10\x14b\u202e\u200dc 漢") == "apbc ?"


@pytest.mark.parametrize("length", [14, 15, 42, 43, 62, 63, 213, 214, 412])
def test_the_size_of_a_code_is_known_before_it_is_drawn(length: int) -> None:
    import segno

    url = "x" * length

    code = segno.make(url, error="m", boost_error=False, micro=False, mode="byte")

    assert qr_modules(url) == code.symbol_size(border=0)[0]


def test_an_address_too_long_for_a_code_is_an_error_of_the_job() -> None:
    with pytest.raises(ValueError, match="too long"):
        layout(replace(TICKET, phone_url="https://antre.example/" + "x" * 400), PAPERS[80])


def test_facts_survive_their_journey_through_the_job() -> None:
    assert TicketFacts.from_json(EN.to_json()) == EN


def test_facts_frozen_by_another_release_are_read_as_far_as_they_go() -> None:
    older = TICKET.to_json().replace('"drill": false', '"something_new": 1')

    assert TicketFacts.from_json(older) == TICKET


@pytest.mark.parametrize("facts", ["[]", "null", "{", '{"number": "A-012"}'])
def test_facts_that_are_none_are_refused(facts: str) -> None:
    with pytest.raises(ValueError):
        TicketFacts.from_json(facts)


words = st.text(max_size=90)


@settings(deadline=None)
@given(
    office=words,
    service=words,
    bring=st.lists(words, max_size=4),
    zone=st.none() | words,
    trace=words,
    ahead=st.integers(0, 1500),
    wait=st.none() | st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)),
    paper=st.sampled_from(list(PAPERS.values())),
    language=st.sampled_from(["id", "en"]),
    url=st.none() | st.sampled_from([URL, "https://antre.example/t/" + "x" * 380]),
    copy_no=st.integers(0, 3),
    drill=st.booleans(),
)
def test_whatever_the_words_a_ticket_fits_its_paper(
    office: str,
    service: str,
    bring: list[str],
    zone: str | None,
    trace: str,
    ahead: int,
    wait: tuple[int, int] | None,
    paper: Paper,
    language: str,
    url: str | None,
    copy_no: int,
    drill: bool,
) -> None:
    low, high = sorted(wait) if wait else (None, None)
    facts = replace(
        TICKET,
        office=office,
        service_name=service,
        service_name_en=service,
        bring=tuple(bring),
        bring_en=tuple(bring),
        counter_zone=zone,
        trace=trace,
        people_ahead=ahead,
        wait_low=low,
        wait_high=high,
        language=language,
        phone_url=url,
        copy_no=copy_no,
        copied_at=TICKET.issued_at if copy_no else None,
        drill=drill,
    )

    instructions = layout(facts, paper)

    assert length_mm(instructions, paper) <= LENGTH_GOAL_MM[paper.width_mm]
    for instruction in instructions:
        match instruction:
            case Text(line, _, width, _):
                assert len(line) * width * CELL_WIDTH <= paper.dots
                assert line == line.strip()
                assert all(" " <= char <= "~" for char in line)
            case Number(number, width, _):
                assert len(number) * width * CELL_WIDTH <= paper.dots
            case Rule(columns):
                assert columns * CELL_WIDTH <= paper.dots
