"""Every screen of an office on one cable, which is pulled out while the office goes on."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.cable import Cable
from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, say

#: A page comes with what it first shows; this says that its scripts keep that true.
BEGUN = "html[data-seq]"

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


def before_the_time(text: str) -> str:
    """The beginning of a text, up to the time in it."""
    return say(text, time="|").split("|")[0]


def phone_is_lost(phone: Page) -> Locator:
    text = "Connection lost. Last news at {time}. Please watch the display."
    return phone.get_by_text(before_the_time(text))


class Outage:
    """A kiosk, a display, counter 1, the supervisor and a phone, each having shown live news.

    `pages` and `bands` (what says that the line is lost) are by screen.
    """

    def __init__(self, office: House, screens: Screens, cable: Cable, **options: Any) -> None:
        screens.bears(NO_ANSWER)
        self._office, self._cable = office, cable
        self._called: list[Any] = []
        behind = {"at": cable.url} | options
        office.at(1, "open")
        kiosk, display = screens.kiosk(**behind), screens.display(**behind)
        counter, supervisor = screens.counter(1, **behind), screens.supervisor(**behind)
        first = office.take()
        expect(kiosk.locator(".tile").first).to_contain_text(say("{count} waiting", count=1))
        expect(counter.locator("#waiting [data-part=count]")).to_have_text("1")
        of_the_service = supervisor.get_by_role("row").filter(has_text="Biodata untuk pemilih")
        expect(of_the_service).to_have_count(1)
        office.at(1, "call-next")
        expect(display.locator(".featured-number")).to_have_text(first["number"])
        expect(display.locator("#call-log li[data-spoken-at]")).to_have_count(1)
        phone = screens.phone(office.take("family")["token"], **behind)
        expect(phone.locator(BEGUN)).to_have_count(1)
        expect(phone.locator(".headline")).to_have_text(say("You are next"))
        self.pages = {
            "kiosk": kiosk,
            "display": display,
            "counter": counter,
            "supervisor": supervisor,
            "phone": phone,
        }
        in_the_hall = before_the_time("Connection lost, data from {time}")
        at_the_kiosk = before_the_time("No connection since {time}.")
        at_a_desk = say("Connection lost.")
        self.bands = {
            "kiosk": kiosk.locator("h1", has_text=at_the_kiosk),
            "display": display.locator(".ticker", has_text=in_the_hall),
            "counter": counter.locator("[data-part=strip]", has_text=at_a_desk),
            "supervisor": supervisor.locator(".band", has_text=at_a_desk),
            "phone": phone_is_lost(phone),
        }
        for band in self.bands.values():
            expect(band).to_be_hidden()

    def pull(self) -> None:
        self._cable.pull()

    def go_on(self) -> None:
        """What the office does meanwhile: five changes, of which each screen has to hear."""
        self._office.at(1, "start")
        self._called = [self._office.call_out(number, "family") for number in (2, 3)]
        self._office.boss.post("/api/services/recording/suspend", {"cause": "link"})
        self._office.take("information")

    def plug(self) -> None:
        self._cable.plug()

    def expect_right(self, screen: str, left: Callable[[], float]) -> None:
        """The screen shows what `go_on` did. left: milliseconds of patience, asked each time."""
        page = self.pages[screen]
        if screen == "display":
            page.wait_for_function(SHOWS_THE_BOARD, arg=self._office.board(), timeout=left())
        elif screen == "kiosk":
            tile = page.locator(".tile[data-state=suspended]")
            expect(tile).to_have_count(1, timeout=left())
        elif screen == "counter":
            expect(page.locator("#card[data-mode=serving]")).to_have_count(1, timeout=left())
        elif screen == "phone":
            turn = say("Your turn: Counter {counter}", counter=2)
            expect(page.locator(".headline")).to_have_text(turn, timeout=left())
        else:
            for ticket in self._called:
                row = page.get_by_role("row").filter(has_text=ticket["number"])
                expect(row).to_have_count(1, timeout=left())
        expect(self.bands[screen]).to_be_hidden(timeout=left())
