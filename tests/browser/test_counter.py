"""The counter on a small screen: what is legal, what is true, what can be taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cable import Cable
from tests.browser.house import House
from tests.browser.screens import Screens, press, refusal, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: Buttons whose name differs from the command's.
COMMANDS = {"finish-next": "finish", "park-link": "park"}

NOTHING_TO_SCROLL = """() => {
  const page = document.scrollingElement;
  const inside = [...document.querySelectorAll('#card button, #bar button')]
    .map((button) => button.getBoundingClientRect())
    .every(({bottom, right}) => bottom <= innerHeight && right <= innerWidth);
  return inside && page.scrollHeight <= innerHeight && page.scrollWidth <= innerWidth;
}"""


def offered(counter: Page) -> set[str]:
    """The commands that the card offers now."""
    names = counter.locator("#card [data-action]:visible").evaluate_all(
        "(buttons) => buttons.map((button) => button.dataset.action)"
    )
    return {COMMANDS.get(name, name) for name in names}


def stands_still(counter: Page) -> bool:
    """Everything is on the screen: nothing scrolls."""
    still: bool = counter.evaluate(NOTHING_TO_SCROLL)
    return still


def legal(office: House, number: int) -> set[str]:
    """What the server allows this counter."""
    return set(office.state()["counters"][str(number)]["actions"])


def test_a_counter_offers_only_what_is_legal_and_never_scrolls(
    office: House, screens: Screens
) -> None:
    for _ in range(12):
        for service in ("biodata", "family", "recording"):
            office.take(service)
    counter = screens.counter(1)
    card = counter.locator("#card")

    expect(card).to_have_attribute("data-mode", "closed")
    assert stands_still(counter)
    press(counter, "Enter")
    expect(card).to_have_attribute("data-mode", "free")
    assert offered(counter) == {"call-next"}
    assert stands_still(counter)

    press(counter, "Space")
    expect(card).to_have_attribute("data-mode", "called")
    expect(counter.locator(".action-soon")).to_have_count(2)
    called = offered(counter)
    assert called <= legal(office, 1)
    assert {"start", "transfer", "undo"} <= called
    assert not called & {"call-next", "finish", "recall", "no-show", "park", "open"}
    assert stands_still(counter)

    press(counter, "Enter")
    expect(card).to_have_attribute("data-mode", "serving")
    serving = offered(counter)
    assert serving <= legal(office, 1)
    assert {"finish", "park", "transfer", "undo"} <= serving
    assert not serving & {"call-next", "start", "recall", "no-show"}
    assert stands_still(counter)
    for key in ("p", "t"):
        press(counter, key)
        expect(counter.locator("#card-panel")).to_be_visible()
        assert stands_still(counter)
        press(counter, "Escape")
        expect(counter.locator("#card-panel")).to_be_hidden()


def test_a_key_that_is_not_legal_sends_nothing(office: House, screens: Screens) -> None:
    office.call_out(1)
    counter = screens.counter(1)
    expect(counter.locator("#card")).to_have_attribute("data-mode", "called")
    sent: list[str] = []
    counter.on("request", lambda one: sent.append(one.url) if "/counters/" in one.url else None)

    for key in ("r", "n", "Space", "s", "l", "p", "d", "o"):
        press(counter, key)

    expect(counter.locator("#card")).to_have_attribute("data-mode", "called")
    assert sent == []


def test_a_stale_tab_is_refused_in_words_and_then_shows_the_truth(
    office: House, screens: Screens, cable: Cable
) -> None:
    screens.bears(refusal(409))
    office.at(1, "open")
    first, second = office.take(), office.take()
    fresh, stale = screens.counter(1), screens.counter(1, at=cable.url)
    for tab in (fresh, stale):
        expect(tab.locator("[data-action=call-next]")).to_be_visible()

    cable.pull()
    press(fresh, "Space")
    expect(fresh.locator(".card-number")).to_have_text(first["number"])
    expect(stale.locator("#card")).to_have_attribute("data-mode", "free")
    press(stale, "Space")
    cable.plug()

    refused = say("Counter {counter} still has ticket {number}.", counter=1, number=first["number"])
    expect(stale.locator(".card-error")).to_have_text(refused)
    expect(stale.locator(".card-number")).to_have_text(first["number"])
    assert office.waiting() == [second["number"]]


def test_a_call_can_be_taken_back(office: House, screens: Screens) -> None:
    office.at(1, "open")
    ticket = office.take()
    counter, display = screens.counter(1), screens.display()
    expect(counter.locator("[data-action=call-next]")).to_be_visible()
    press(counter, "Space")
    expect(display.locator(".featured-number")).to_have_text(ticket["number"])
    expect(counter.locator("#card")).to_have_attribute("data-mode", "called")

    press(counter, "u")

    expect(counter.locator("#card")).to_have_attribute("data-mode", "free")
    assert office.waiting() == [ticket["number"]]
    expect(counter.locator("#waiting")).to_contain_text(ticket["number"])
    assert office.board()["current"] == []
