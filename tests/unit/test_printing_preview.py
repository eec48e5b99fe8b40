import io
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from kiosk.printing.layout import TicketFacts, layout
from kiosk.printing.paper import PAPERS, Paper, height
from kiosk.printing.preview import EDGE, render
from kiosk.printing.preview_folder import KEPT, PreviewFolder
from tests.simulators.tickets import EN, LONG, TICKET, URL

BOTH = pytest.mark.parametrize("paper", PAPERS.values(), ids=["58 mm", "80 mm"])


def draw(facts: TicketFacts, paper: Paper) -> Image.Image:
    return opened(render(layout(facts, paper), paper))


def opened(png: bytes) -> Image.Image:
    """In shades of grey, white being 255."""
    picture = Image.open(io.BytesIO(png))
    assert picture.format == "PNG"
    return picture.convert("L")


@BOTH
def test_the_picture_is_as_wide_as_the_paper_and_as_long_as_the_ticket(paper: Paper) -> None:
    picture = draw(LONG, paper)

    assert picture.width == paper.dots
    assert picture.height == sum(map(height, layout(LONG, paper))) + 2 * EDGE


@BOTH
@pytest.mark.parametrize("facts", [replace(TICKET, phone_url=URL), LONG, EN])
def test_a_phone_can_read_the_code(facts: TicketFacts, paper: Paper) -> None:
    codes = zxingcpp.read_barcodes(draw(facts, paper))

    assert [(code.text, code.format) for code in codes] == [(URL, zxingcpp.BarcodeFormat.QRCode)]


@BOTH
def test_nothing_is_drawn_over_the_edges(paper: Paper) -> None:
    picture = draw(EN, paper)

    assert picture.crop((0, 0, picture.width, EDGE)).getextrema() == (255, 255)
    assert picture.crop((0, picture.height - EDGE, *picture.size)).getextrema() == (255, 255)


@BOTH
def test_the_number_is_the_largest_thing_on_the_paper(paper: Paper) -> None:
    """Its digits fill at least 15 mm of the picture's height."""
    only = tuple(i for i in layout(TICKET, paper) if type(i).__name__ == "Number")

    picture = opened(render(only, paper))

    box = picture.point(lambda grey: 255 - grey).getbbox()
    assert box is not None
    assert paper.mm(box[3] - box[1]) >= 15 * 0.95, "letters here are a little smaller than printed"


def test_the_same_ticket_gives_the_same_picture() -> None:
    once, again = (render(layout(EN, PAPERS[58]), PAPERS[58]) for _ in range(2))

    assert once == again


def test_only_the_newest_pictures_are_kept(tmp_path: Path) -> None:
    folder = PreviewFolder(tmp_path / "preview")
    for job in range(1, KEPT + 12):
        folder.save(job, b"png")

    folder.prune()

    kept = sorted(int(path.stem) for path in (tmp_path / "preview").iterdir())
    assert kept == list(range(12, KEPT + 12))
