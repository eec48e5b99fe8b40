"""A lost connection is said within five seconds; after its return all is right."""

import re
from typing import Any

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.cable import Cable
from tests.browser.conftest import PATIENCE
from tests.browser.house import House
from tests.browser.outage import BEGUN, SHOWS_THE_BOARD, Outage, phone_is_lost
from tests.browser.screens import NO_ANSWER, Screens, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LOST_WITHIN = 5_000  # ms


def test_a_minute_without_network_is_shown_and_afterwards_all_is_right(
    office: House, screens: Screens, cable: Cable
) -> None:
    """How fast in real time: bench/lost_line.py."""
    outage = Outage(office, screens, cable, clock=True)
    outage.pull()
    for page in outage.pages.values():
        page.clock.run_for(LOST_WITHIN)
    for band in outage.bands.values():
        expect(band).to_be_visible()
    outage.go_on()
    for page in outage.pages.values():
        page.clock.fast_forward(60_000)
    outage.plug()
    for screen in outage.pages:
        outage.expect_right(screen, lambda: PATIENCE)


def test_a_phone_without_network_says_so_and_then_shows_the_call(
    office: House, screens: Screens
) -> None:
    screens.bears(NO_ANSWER)
    office.at(1, "open")
    phone = screens.phone(office.take()["token"])
    expect(phone.locator(".headline")).to_have_text(say("You are next"))
    expect(phone.locator(BEGUN)).to_have_count(1)
    band = phone_is_lost(phone)

    phone.context.set_offline(True)
    expect(band).to_be_visible()
    office.at(1, "call-next")
    phone.context.set_offline(False)

    turn = say("Your turn: Counter {counter}", counter=1)
    expect(phone.locator(".headline")).to_have_text(turn)
    expect(band).to_be_hidden()


def test_a_phone_cut_off_while_it_begins_says_so_in_its_language(
    office: House, screens: Screens
) -> None:
    office.at(1, "open")
    ticket = office.take()
    page = screens.open("/", {}, clock=True)
    for address in ("**/api/**", "**/health", "**/vendor/socket.io-client/**"):
        page.route(address, lambda route: None)  # an answer that never comes
    page.goto(f"{office.url}/t/{ticket['token']}", wait_until="domcontentloaded")
    expect(page.locator(BEGUN)).to_have_count(1)

    page.clock.run_for(LOST_WITHIN)
    expect(phone_is_lost(page)).to_be_visible()
    expect(page.locator(".headline")).to_have_text(say("You are next"))


def test_a_display_comes_back_with_the_server(office: House, screens: Screens) -> None:
    screens.bears(NO_ANSWER)
    display = screens.display()
    call = office.call_out(1)
    expect(display.locator(".featured-number")).to_have_text(call["number"])

    office.stop()
    expect(display.locator("#hall")).to_have_attribute("data-offline", "")
    office.start()
    office.call_out(2)

    display.wait_for_function(SHOWS_THE_BOARD, arg=office.board())


def test_a_phone_greets_once_and_hears_its_call(office: House, screens: Screens) -> None:
    office.at(1, "open")
    ticket = office.take()
    page = screens.open("/", {})
    greetings: list[str] = []
    held: list[Any] = []

    def relay(socket: WebSocketRoute) -> None:
        server = socket.connect_to_server()

        def sent(message: str | bytes) -> None:
            if str(message).startswith("40/phone"):
                greetings.append(str(message))
            server.send(message)

        def answered(message: str | bytes) -> None:
            # The answer to the greeting is slow: the snapshot comes before it.
            if str(message).startswith("40/phone"):
                held.append(lambda: socket.send(message))
            else:
                socket.send(message)

        socket.on_message(sent)
        server.on_message(answered)

    asked: list[Route] = []
    page.route("**/api/phone/*", lambda route: asked.append(route), times=1)
    page.route_web_socket(re.compile("socket.io"), relay)
    page.goto(f"{office.url}/t/{ticket['token']}", wait_until="domcontentloaded")
    while not (greetings and asked):
        page.wait_for_timeout(20)
    asked.pop().continue_()
    expect(page.locator("h1")).to_have_text(ticket["number"])
    page.wait_for_timeout(300)  # what is still to be asked has been asked by now
    assert len(greetings) == 1
    held.pop()()

    office.at(1, "call-next")
    expect(page.locator(".status[data-tone=call]")).to_be_visible()
