"""A lost connection is said within five seconds; two seconds after its return all is right."""

import re
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Route, WebSocketRoute, expect

from tests.browser.cable import Cable
from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LOST_WITHIN = 5_000  # ms
RIGHT_WITHIN = 2_000  # ms
#: A page comes with what it first shows; this says that its scripts keep that true.
BEGUN = "html[data-seq]"
PHONE_IS_LOST = "Connection lost. Last news at {time}. Please watch the display."

#: Whether the display shows what GET /api/board says: who is called where, how many wait.
SHOWS_THE_BOARD = r"""(board) => {
  const text = (root, part) => root.querySelector(part).textContent;
  const call = (at, name) => `${text(at, `.${name}-number`)} ${text(at, `.${name}-counter`)}`;
  const featured = document.querySelector('#featured');
  const rows = [...document.querySelectorAll('.recent-row[data-called]')];
  const called = rows.map((row) => call(row, 'recent'));
  if (featured.dataset.state === 'called') called.push(call(featured, 'featured'));
  const wanted = board.current.map(({number, counter}) => `${number} ${counter}`);
  const items = [...document.querySelectorAll('.side-items li')].map((item) => item.textContent);
  const lines = items.filter((text) => /^[A-Z] \d+$/.test(text));  // of the page shown now
  const waiting = board.services.map((one) => `${one.letter} ${one.waiting}`);
  return JSON.stringify(called.sort()) === JSON.stringify(wanted.sort())
    && lines.length > 0 && lines.every((line) => waiting.includes(line))
    && !document.querySelector('#hall').hasAttribute('data-offline');
}"""


def left(since: float, limit: int) -> float:
    """Milliseconds of a limit that are left; at least one look is taken."""
    return max(1.0, limit - (monotonic() - since) * 1000)


def before_the_time(text: str) -> str:
    """The beginning of a text, up to the time in it."""
    return say(text, time="|").split("|")[0]


def test_a_minute_without_network_is_shown_and_two_seconds_later_all_is_right(
    office: House, screens: Screens, cable: Cable
) -> None:
    screens.bears(NO_ANSWER)
    office.at(1, "open")
    behind: dict[str, Any] = {"at": cable.url, "clock": True}
    kiosk, display = screens.kiosk(**behind), screens.display(**behind)
    counter, supervisor = screens.counter(1, **behind), screens.supervisor(**behind)
    bands = [
        kiosk.locator("h1", has_text=before_the_time("The connection is lost since {time}.")),
        display.locator(".ticker", has_text=before_the_time("Connection lost, data from {time}")),
        counter.locator("[data-part=strip]", has_text=say("Connection lost.")),
        supervisor.locator(".band", has_text=say("Connection lost.")),
    ]
    first = office.take()
    expect(kiosk.locator(".tile").first).to_contain_text(say("{count} waiting", count=1))
    expect(counter.locator("#waiting [data-part=count]")).to_have_text("1")
    of_the_service = supervisor.get_by_role("row").filter(has_text="Biodata untuk pemilih")
    expect(of_the_service).to_have_count(1)
    office.at(1, "call-next")
    expect(display.locator(".featured-number")).to_have_text(first["number"])
    expect(display.locator("#call-log li[data-spoken-at]")).to_have_count(1)
    phone = screens.phone(office.take("family")["token"], **behind)
    expect(phone.locator(".headline")).to_have_text(say("You are next"))
    expect(phone.locator(BEGUN)).to_have_count(1)
    bands.append(phone.get_by_text(before_the_time(PHONE_IS_LOST)))
    for band in bands:
        expect(band).to_be_hidden()

    cable.pull()
    gone = monotonic()
    for band in bands:
        expect(band).to_be_visible(timeout=left(gone, LOST_WITHIN))
    office.at(1, "start")
    called = [office.call_out(number, "family") for number in (2, 3)]
    office.boss.post("/api/services/recording/suspend", {"cause": "link"})
    office.take("information")
    for page in (kiosk, display, counter, supervisor, phone):
        page.clock.fast_forward(60_000)
    cable.plug()
    back = monotonic()

    display.wait_for_function(SHOWS_THE_BOARD, arg=office.board(), timeout=left(back, RIGHT_WITHIN))
    expect(kiosk.locator(".tile[data-state=suspended]")).to_have_count(
        1, timeout=left(back, RIGHT_WITHIN)
    )
    expect(counter.locator("#card[data-mode=serving]")).to_have_count(
        1, timeout=left(back, RIGHT_WITHIN)
    )
    turn = say("Your turn: Counter {counter}", counter=2)
    expect(phone.locator(".headline")).to_have_text(turn, timeout=left(back, RIGHT_WITHIN))
    for ticket in called:
        row = supervisor.get_by_role("row").filter(has_text=ticket["number"])
        expect(row).to_have_count(1, timeout=left(back, RIGHT_WITHIN))
    for band in bands:
        expect(band).to_be_hidden(timeout=left(back, RIGHT_WITHIN))


def test_a_phone_without_network_says_so_and_then_shows_the_call(
    office: House, screens: Screens
) -> None:
    screens.bears(NO_ANSWER)
    office.at(1, "open")
    phone = screens.phone(office.take()["token"])
    expect(phone.locator(".headline")).to_have_text(say("You are next"))
    expect(phone.locator(BEGUN)).to_have_count(1)
    band = phone.get_by_text(before_the_time(PHONE_IS_LOST))

    phone.context.set_offline(True)
    expect(band).to_be_visible(timeout=LOST_WITHIN)
    office.at(1, "call-next")
    phone.context.set_offline(False)

    turn = say("Your turn: Counter {counter}", counter=1)
    expect(phone.locator(".headline")).to_have_text(turn, timeout=RIGHT_WITHIN)
    expect(band).to_be_hidden()


def test_a_phone_cut_off_while_it_begins_says_so_in_its_language(
    office: House, screens: Screens
) -> None:
    office.at(1, "open")
    ticket = office.take()
    page = screens.open("/", {})
    for address in ("**/api/**", "**/health", "**/vendor/socket.io-client/**"):
        page.route(address, lambda route: None)  # an answer that never comes
    page.goto(f"{office.url}/t/{ticket['token']}", wait_until="domcontentloaded")
    expect(page.locator(BEGUN)).to_have_count(1)
    begun = monotonic()

    band = page.get_by_text(before_the_time(PHONE_IS_LOST))
    expect(band).to_be_visible(timeout=left(begun, LOST_WITHIN))
    expect(page.locator(".headline")).to_have_text(say("You are next"))


def test_a_display_comes_back_with_the_server(office: House, screens: Screens) -> None:
    screens.bears(NO_ANSWER)
    display = screens.display()
    call = office.call_out(1)
    expect(display.locator(".featured-number")).to_have_text(call["number"])

    office.stop()
    expect(display.locator("#hall")).to_have_attribute("data-offline", "", timeout=LOST_WITHIN)
    office.start()
    office.call_out(2)

    display.wait_for_function(SHOWS_THE_BOARD, arg=office.board(), timeout=RIGHT_WITHIN)


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
