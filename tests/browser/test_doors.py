"""The ways in, and a look at every page: nothing may go wrong by merely opening it."""

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import assert_nothing_overflows
from tests.browser.house import House
from tests.browser.screens import Screens, refusal, say
from tests.live import PIN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TWICE = 32  # px, the browser's own text size; the usual one is 16
SECTIONS = (
    "overview", "queue", "voters", "services", "counters", "staff",
    "devices", "notices", "printing", "settings", "journal",
)  # fmt: skip


def test_staff_sign_in_with_their_pin_and_stand_at_their_counter(
    office: House, screens: Screens
) -> None:
    screens.bears(refusal(401))
    page = screens.open("/counter", {})
    expect(page.get_by_role("heading", name=say("Sign in"))).to_be_visible()
    page.get_by_label(say("Label")).fill("Petugas 2")
    page.get_by_label("PIN").fill("999999")
    page.get_by_label(say("Counter number")).fill("2")
    page.keyboard.press("Enter")
    refused = page.get_by_text(say("This label and PIN do not belong together."))
    expect(refused).to_be_visible()

    page.get_by_label("PIN").fill(PIN)
    page.keyboard.press("Enter")

    page.wait_for_url("**/counter")
    expect(page.locator(".tile b")).to_have_text("2")
    expect(page.locator("#card")).to_have_attribute("data-mode", "closed")
    page.get_by_role("button", name=say("Sign out")).click()
    page.wait_for_url("**/signin**")


def test_the_start_page_leads_to_every_screen(office: House, screens: Screens) -> None:
    page = screens.open("/", {})

    for address in ("/supervisor", "/counter", "/kiosk", "/display", "/preview", "/pair"):
        expect(page.locator(f"a[href='{address}']")).to_be_visible()
    expect(page.locator("#server")).to_have_text(say("The server is running."))


def test_a_screen_that_is_not_paired_asks_for_its_code(office: House, screens: Screens) -> None:
    for path in ("/kiosk", "/display"):
        page = screens.open(path, {})
        expect(page.get_by_role("heading", name=say("Pair this device"))).to_be_visible()


def test_every_section_of_the_supervisor_opens(office: House, screens: Screens) -> None:
    office.call_out(1)
    office.take("family")
    supervisor = screens.supervisor()

    for section in SECTIONS:
        link = supervisor.locator(f"nav a[href='#{section}']")
        link.click()
        expect(link).to_have_attribute("aria-current", "page")
        expect(supervisor.locator("#main h1")).to_have_text(
            str(link.locator("span").first.text_content())
        )
        expect(supervisor.locator("#main > :last-child")).not_to_be_empty()


def test_every_section_fits_a_phone_with_letters_twice_as_large(
    office: House, screens: Screens
) -> None:
    """By keyboard: the sections are behind one button there."""
    office.call_out(1)
    office.take("family")
    supervisor = screens.supervisor(viewport={"width": 360, "height": 800})
    session = supervisor.context.new_cdp_session(supervisor)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": TWICE, "fixed": TWICE}})

    menu = supervisor.locator(".menu")
    for section in SECTIONS:
        menu.press("Enter")
        link = supervisor.locator(f"nav a[href='#{section}']")
        name = str(link.locator("span").first.text_content())
        link.press("Enter")
        expect(link).to_be_hidden()
        expect(supervisor.locator("#main h1")).to_have_text(name)
        assert_nothing_overflows(supervisor, scrolls=True)
