"""The checks of every page find what they are for."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import accessibility_faults, overflow_faults
from tests.browser.conftest import SPEAKS_AT_ONCE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGE = """<!doctype html><html lang="id"><title>Uji</title><style>
body {{ margin: 0; font: 20px sans-serif; background: #fff; color: #000 }}
{style}</style><main><h1>Judul</h1>{body}</main></html>"""


@pytest.fixture
def sheet(chromiums: dict[str, Browser]) -> Iterator[Page]:
    """An empty page of 400 x 300 pixels."""
    context = chromiums[SPEAKS_AT_ONCE].new_context(viewport={"width": 400, "height": 300})
    yield context.new_page()
    context.close()


def show(page: Page, body: str, style: str = "") -> None:
    page.set_content(PAGE.format(body=body, style=style))


def test_a_plain_page_has_no_fault(sheet: Page) -> None:
    show(sheet, "<p>Silakan tunggu.</p><button>Panggil</button>", "button { min-height: 44px }")
    assert accessibility_faults(sheet) == []
    assert overflow_faults(sheet) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("<p style='color:#777'>Silakan tunggu.</p>", "color-contrast-enhanced"),
        ("<p style='color:#666;font-size:60px'>A-012</p>", "color-contrast-enhanced"),
        ("<img src='data:,'>", "image-alt"),
        ("<button></button>", "button-name"),
        ("<input>", "label"),
    ],
    ids=["grey text", "large grey text", "picture", "button", "field"],
)
def test_what_hinders_people_is_found(sheet: Page, body: str, rule: str) -> None:
    show(sheet, body)
    assert any(fault.startswith(rule) for fault in accessibility_faults(sheet))


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>A-012</p>", "p { width: 500px }"),
        ("<p>A-012</p>", "p { position: absolute; left: 390px; white-space: nowrap }"),
        ("<p>A-012</p>", "p { margin-top: 300px }"),
        ("<div><p>A-012</p></div>", "div { overflow: hidden; width: 20px }"),
        ("<div><p>A-012</p></div>", "div { overflow: hidden; height: 10px }"),
        ("<button>Panggil berikutnya</button>", "button { width: 60px; white-space: nowrap }"),
    ],
    ids=["too wide", "off the side", "too long", "cut at the side", "cut below", "out of a button"],
)
def test_what_does_not_fit_is_found(sheet: Page, body: str, style: str) -> None:
    show(sheet, body, style)
    assert overflow_faults(sheet) != []


def test_only_a_page_that_scrolls_may_be_long(sheet: Page) -> None:
    show(sheet, "<p>A-012</p>", "p { margin-top: 300px }")
    assert overflow_faults(sheet, scrolls=True) == []
