"""The kiosk: a shaking finger, a lost answer, a call for staff, nobody there."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, press, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def take_button(kiosk: Page) -> Any:
    """Go to a service's page; returns the button that takes a number there."""
    kiosk.get_by_role("button", name="Biodata").tap()
    button = kiosk.get_by_role("button", name=say("Take a number"), exact=True)
    expect(button).to_be_visible()
    return button


def test_a_shaking_finger_gets_one_number(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk()
    box = take_button(kiosk).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    for _ in range(3):
        kiosk.touchscreen.tap(x, y)

    expect(kiosk.locator(".the-number")).to_be_visible()
    shown = kiosk.locator(".the-number").text_content()
    assert office.waiting() == [shown]


def test_a_double_click_takes_one_number(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk()

    take_button(kiosk).dblclick()

    expect(kiosk.locator(".the-number")).to_be_visible()
    assert len(office.waiting()) == 1


def test_an_order_whose_answers_are_lost_gets_one_number(office: House, screens: Screens) -> None:
    screens.bears(NO_ANSWER)
    kiosk = screens.kiosk()
    button = take_button(kiosk)
    keys: list[str] = []

    def lose_two_answers(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        if len(keys) <= 2:
            route.abort()
        else:
            route.fulfill(response=answer)

    kiosk.route("**/api/tickets", lose_two_answers)
    button.tap()
    expect(kiosk.get_by_text(say("There is no answer yet."))).to_be_visible()
    kiosk.get_by_role("button", name=say("Try again")).tap()

    expect(kiosk.locator(".the-number")).to_be_visible()
    assert office.waiting() == [kiosk.locator(".the-number").text_content()]
    assert len(keys) == 3
    assert len(set(keys)) == 1


def test_staff_can_be_called_from_every_page_and_the_counters_hear_it(
    office: House, screens: Screens
) -> None:
    office.at(1, "open")
    counter, kiosk = screens.counter(1), screens.kiosk()
    help_band = counter.locator("[data-part=help]")
    expect(counter.locator("#card[data-mode]")).to_be_visible()
    call = kiosk.get_by_role("button", name="Panggil petugas")
    expect(call).to_be_visible()
    kiosk.get_by_role("button", name=say("I am back")).tap()
    expect(kiosk.get_by_role("button", name=say("Next"))).to_be_visible()
    expect(call).to_be_visible()
    kiosk.get_by_role("button", name=say("Back"), exact=True).press("Enter")
    take_button(kiosk).tap()
    expect(kiosk.locator(".the-number")).to_be_visible()
    expect(help_band).to_be_hidden()

    call.tap()

    expect(kiosk.get_by_role("button", name=say("Staff have been called"))).to_be_visible()
    expect(help_band).to_be_visible()
    press(counter, "y")
    expect(help_band).to_be_hidden()
    assert office.state()["help"] == []


def test_a_kiosk_that_is_left_alone_asks_and_then_begins_anew(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk(clock=True)
    kiosk.get_by_role("button", name="English").tap()
    kiosk.get_by_role("button", name="Family card").tap()
    expect(kiosk.get_by_role("button", name="Take a number", exact=True)).to_be_visible()

    kiosk.clock.fast_forward(61_000)
    expect(kiosk.get_by_role("alertdialog")).to_contain_text("Still here?")
    kiosk.get_by_role("button", name="Yes, continue").tap()
    expect(kiosk.get_by_role("alertdialog")).to_be_hidden()

    kiosk.clock.fast_forward(61_000)
    expect(kiosk.get_by_role("alertdialog")).to_contain_text(re.compile(r"\d+ seconds"))
    kiosk.clock.fast_forward(20_000)
    expect(kiosk.locator("h1")).to_have_text("Layanan apa yang Anda perlukan?")
    assert office.waiting() == []
