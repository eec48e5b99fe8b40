"""The first run in a real browser: every question, both languages, small and ordinary screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.first_run import DEPUTYS_PIN, PIN, EmptyFolder, Newcomer
from tests.browser.accessibility import (
    TWICE,
    USUAL,
    accessibility_faults,
    overflow_faults,
    set_letters,
)
from tests.browser.conftest import NEEDS_A_TAP

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL = {"width": 320, "height": 640}
ORDINARY = {"width": 1366, "height": 768}
ZOOMED = {"width": 683, "height": 384}


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[EmptyFolder]:
    server = EmptyFolder(tmp_path)
    yield server
    server.stop()


def context_of(chromiums: dict[str, Browser], language: str) -> BrowserContext:
    locale = "id-ID" if language == "id" else "en-GB"
    return chromiums[NEEDS_A_TAP].new_context(viewport=ORDINARY, locale=locale)


def faults(page: Page) -> list[str]:
    """What axe-core finds, and what does not fit on a small and on an ordinary screen.

    Also at a zoom of 200 %, and with letters twice as large.
    """
    found = accessibility_faults(page)
    for size in (SMALL, ZOOMED, ORDINARY):
        page.set_viewport_size(size)
        found += overflow_faults(page, scrolls=True)
    set_letters(page, TWICE)
    found += overflow_faults(page, scrolls=True)
    set_letters(page, USUAL)
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_newcomer_sets_up_the_office_and_rehearses(
    empty: EmptyFolder, chromiums: dict[str, Browser], language: str
) -> None:
    context = context_of(chromiums, language)
    newcomer = Newcomer(context, language)
    page = newcomer.open_first_page(empty.url)
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        found[name] = faults(page)

    newcomer.answer_the_wizard(page, look)
    if language == "en":  # the rehearsal takes its time: once is enough
        look("ready")
        assert {name: wrong for name, wrong in found.items() if wrong} == {}
        context.close()
        return
    newcomer.open_screen(page, "kiosk")
    display = newcomer.open_screen(page, "display")
    newcomer.rehearse(page, display)
    look("ready")

    expect(page.locator("[data-name=kiosk][data-mark=ok]")).to_be_visible()
    expect(page.locator("[data-name=display][data-mark=ok]")).to_be_visible()
    expect(page.locator("[data-name=clocks][data-mark=ok]")).to_be_visible()
    picture = page.locator(".ready-ticket")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.naturalWidth") >= 384
    assert len(newcomer.steps) <= 24
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    context.close()


def test_the_wizard_goes_on_where_it_was_left_and_back_loses_nothing(
    empty: EmptyFolder, chromiums: dict[str, Browser]
) -> None:
    first = context_of(chromiums, "id")
    newcomer = Newcomer(first, "id")
    page = newcomer.open_first_page(empty.url)
    newcomer.fill(page, "Office name", "Disdukcapil Tapin")
    newcomer.go_on(page)
    page.get_by_label(newcomer.say("Regency or city in South Kalimantan")).select_option(
        "Kabupaten Tapin"
    )
    newcomer.go_on(page)
    page.go_back()
    place = page.get_by_label(newcomer.say("Regency or city in South Kalimantan"))
    expect(place).to_have_value("Kabupaten Tapin")
    place.select_option("Kota Banjarbaru")
    newcomer.press(page, "Back")  # not yet sent, and neither that nor another language loses it
    expect(page.get_by_label(newcomer.say("Office name"))).to_be_visible()
    newcomer.go_on(page)
    expect(place).to_have_value("Kota Banjarbaru")
    page.get_by_role("button", name="English", exact=True).click()
    expect(page.get_by_label("Regency or city in South Kalimantan", exact=True)).to_have_value(
        "Kota Banjarbaru"
    )
    page.get_by_role("button", name="Bahasa Indonesia", exact=True).click()
    newcomer.press(page, "Back")
    expect(page.get_by_label(newcomer.say("Office name"))).to_have_value("Disdukcapil Tapin")
    first.close()

    second = context_of(chromiums, "en")
    page = Newcomer(second, "en").open_first_page(empty.url)
    page.wait_for_url("**#zone")
    page.evaluate("location.hash = 'name'")
    expect(page.get_by_label("Office name", exact=True)).to_have_value("Disdukcapil Tapin")
    second.close()


def test_wrong_answers_are_explained_and_nothing_is_lost(
    empty: EmptyFolder, chromiums: dict[str, Browser]
) -> None:
    context = context_of(chromiums, "en")
    newcomer = Newcomer(context, "en")
    page = newcomer.open_first_page(empty.url)
    refusal = page.get_by_role("alert")
    go_on = page.get_by_role("button", name="Continue", exact=True)
    go_on.click()
    expect(refusal).to_have_text("Enter the office's name.")

    page.evaluate("location.hash = 'hours'")
    page.get_by_label("Opens at", exact=True).fill("7.75")
    go_on.click()
    expect(refusal).to_have_text("Write the time like this: 08:00")
    expect(page.get_by_label("Opens at", exact=True)).to_be_focused()
    assert faults(page) == []

    page.get_by_label("Opens at", exact=True).fill("8")
    go_on.click()
    page.locator("input[value=tomorrow]").check()
    page.get_by_label("Polls close at", exact=True).fill("7:00")
    go_on.click()
    expect(refusal).to_have_text(
        "The office opens only at 08:00: then the polls would be closed already."
    )

    page.evaluate("location.hash = 'supervisor'")
    for pin, again, said in (
        ("2709", "2709", "A PIN has 6 to 12 digits."),
        (PIN, DEPUTYS_PIN, "The two PINs are not the same."),
        ("123456", "123456", "Choose a PIN of 6 to 12 digits that is not a simple row."),
    ):
        page.get_by_label("PIN", exact=True).fill(pin)
        page.get_by_label("PIN once more", exact=True).fill(again)
        go_on.click()
        expect(refusal).to_have_text(said)
        expect(page.get_by_label("Label", exact=True)).to_have_value("Supervisor")

    page.evaluate("location.hash = 'check'")
    page.get_by_role("button", name="Set up the office").click()
    expect(refusal).to_have_text("A supervisor with a PIN is missing.")
    context.close()
