"""The poster fits on one sheet of either size."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_nothing_overflows
from tests.browser.house import House
from tests.browser.screens import Screens

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_the_poster_is_one_sheet(office: House, screens: Screens, size: str) -> None:
    poster = screens.open(f"/poster?size={size}", {})
    sheet = poster.locator(".poster")
    expect(sheet.locator("h1").first).to_be_visible()
    poster.evaluate("document.fonts.ready")
    assert sheet.evaluate("(sheet) => sheet.scrollHeight <= sheet.clientHeight")
    pages = poster.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert pages == 1


def test_a_small_screen_shows_the_text_to_read(office: House, screens: Screens) -> None:
    poster = screens.open("/poster", {}, viewport={"width": 320, "height": 640})
    expect(poster.locator(".poster h1").first).to_be_visible()
    assert_nothing_overflows(poster, scrolls=True)
    smallest = poster.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.poster *')]
          .map((element) => parseFloat(getComputedStyle(element).fontSize)))"""
    )
    assert smallest >= 16
