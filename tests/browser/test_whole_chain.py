"""From the tap to the vote's document: all five screens at once."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.screens import Screens, press, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

A_PHONES_POLL = 75_000  # ms


def take_number(kiosk: Page, service: str, button: str) -> Any:
    """Two taps at the kiosk; returns the ticket that the server answered."""
    kiosk.get_by_role("button", name=service).tap()
    with kiosk.expect_response("**/api/tickets") as answered:
        kiosk.get_by_role("button", name=button, exact=True).tap()
    return answered.value.json()["ticket"]


def open_by_keyboard(counter: Page) -> None:
    """A counter's first key of the day."""
    expect(counter.locator("#card-panel")).to_be_visible()
    press(counter, "Enter")
    expect(counter.locator("[data-action=call-next]")).to_be_visible()


def test_from_a_tap_to_a_finished_visit_on_five_screens(office: House, screens: Screens) -> None:
    kiosk, display = screens.kiosk(), screens.display()
    first, second = screens.counter(1), screens.counter(2)
    supervisor, preview = screens.supervisor(), screens.preview()

    mine = take_number(kiosk, "Biodata", say("Take a number"))
    expect(kiosk.locator(".the-number")).to_have_text(mine["number"])
    expect(kiosk.locator(".number-paper")).to_have_text(
        say("Photograph or write down this number and its code.")
    )
    phone = screens.phone(mine["token"], clock=True)
    expect(phone.locator("h1")).to_have_text(mine["number"])
    kiosk.get_by_role("button", name=say("Done")).tap()
    other = take_number(kiosk, "Kartu Keluarga", say("Take a number"))
    for page in (first, second):
        open_by_keyboard(page)
        expect(page.locator("#waiting [data-part=count]")).to_have_text("2")

    picture = preview.locator("#tickets img").first
    expect(picture).to_be_visible()
    preview.wait_for_function("() => document.querySelector('#tickets img').naturalWidth >= 384")

    press(first, "Space")
    expect(first.locator(".card-number")).to_have_text(mine["number"])
    expect(display.locator(".featured-number")).to_have_text(mine["number"])
    expect(display.locator(".featured-counter")).to_have_text("1")
    expect(display.locator("#call-log li[data-spoken-at]")).to_have_count(1)
    expect(phone.locator(".headline")).to_have_text(say("Your turn: Counter {counter}", counter=1))
    at_one = supervisor.get_by_role("row").filter(has_text="Petugas 1")
    expect(at_one).to_contain_text(mine["number"])
    press(second, "Space")
    expect(second.locator(".card-number")).to_have_text(other["number"])
    expect(display.locator(".recent-row").first).to_contain_text(other["number"])

    for page in (first, second):
        press(page, "Enter")
        expect(page.locator("#card")).to_have_attribute("data-mode", "serving")
    expect(phone.locator(".headline")).to_have_text(say("You are being served"))
    for page in (first, second):
        press(page, "Space")
        expect(page.locator("#card")).to_have_attribute("data-mode", "free")
    phone.clock.fast_forward(A_PHONES_POLL)
    expect(phone.locator(".headline")).to_have_text(say("Finished"))
    expect(at_one).not_to_contain_text(mine["number"])
    assert office.board()["current"] == []


def test_two_keys_serve_one_citizen(office: House, screens: Screens) -> None:
    numbers = [office.take()["number"] for _ in range(3)]
    counter = screens.counter(1)
    open_by_keyboard(counter)
    press(counter, "Space")

    for number in numbers:
        expect(counter.locator(".card-number")).to_have_text(number)
        press(counter, "Enter")
        expect(counter.locator("#card")).to_have_attribute("data-mode", "serving")
        press(counter, "Space")

    expect(counter.locator("#card")).to_have_attribute("data-mode", "free")
    assert office.waiting() == []


def test_the_kiosk_speaks_english_when_asked(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk()
    expect(kiosk.locator("h1")).to_have_text("Layanan apa yang Anda perlukan?")

    kiosk.get_by_role("button", name="English").tap()
    expect(kiosk.locator("h1")).to_have_text("Which service do you need?")
    ticket = take_number(kiosk, "Family card", "Take a number")

    expect(kiosk.locator("h1")).to_contain_text("Your number for")
    expect(kiosk.locator(".the-number")).to_have_text(ticket["number"])
    expect(kiosk.locator("html")).to_have_attribute("lang", "en")
    phone = screens.phone(ticket["token"])
    expect(phone.locator(".headline")).to_have_text("You are next")
