"""The counter on a small screen: what is legal, what is true, what can be taken back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.cable import Cable
from tests.browser.house import House
from tests.browser.screens import Screens, press, refusal, say, session_of

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


#: Sizes of old screens; the usual one is looked at in every state above.
SMALL = ((1280, 720), (1024, 768))
CARD_STANDS_STILL = """() => {
  const card = document.getElementById('card');
  return card.scrollHeight <= card.clientHeight;
}"""


def test_nobody_waits_so_nothing_can_be_called(office: House, screens: Screens) -> None:
    office.at(1, "open")
    counter = screens.counter(1)
    call = counter.locator("[data-action=call-next]")
    expect(counter.locator(".action-soon")).to_contain_text(say("as soon as somebody waits"))
    assert "call-next" not in offered(counter)

    office.take()
    expect(call).to_be_visible()
    expect(counter.locator(".action-soon")).to_have_count(0)

    office.at(1, "call-next")
    office.at(1, "start")
    office.at(1, "park", cause="documents", due_back_minutes=0)
    expect(call).to_be_visible()  # who is due back is called before the line


def test_all_that_can_stand_on_a_card_fits_old_screens(office: House, screens: Screens) -> None:
    office.at(1, "open")
    office.take("recording", voter=True, travel_minutes=45, priority=True, fetch=True)
    office.machine.post("/api/help", {"kind": "help"})
    office.boss.post("/api/notices", {"notice": "pause"})
    office.at(1, "call-next")
    office.at(1, "start")
    for language in ("id", "en"):
        counter = screens.open(f"/counter?lang={language}", session_of(office.desks[1]))
        expect(counter.locator("[data-action=undo]")).to_be_visible()
        expect(counter.locator("[data-part=help]")).to_be_visible()
        for width, height in SMALL:
            counter.set_viewport_size({"width": width, "height": height})
            assert stands_still(counter), (language, width)
            assert counter.evaluate(CARD_STANDS_STILL), (language, width)


def test_a_closing_time_that_is_none_is_not_taken_for_no_closing_time(
    office: House, screens: Screens
) -> None:
    screens.bears(refusal(422))
    office.at(1, "open")
    counter = screens.counter(1)
    expect(counter.locator("#card")).to_have_attribute("data-mode", "free")
    press(counter, "k")
    side = counter.locator("#side-panel")
    time = side.locator("input[type=text]")
    for wrong in ("11.75", "siang", "25.00"):
        time.fill(wrong)
        time.press("Enter")
        problem = say("Write the time like {example}.", example=say("11:30"))
        expect(side.locator(".field-fault")).to_have_text(problem)
    side.locator("input[type=checkbox]").first.press("Space")
    for box in side.locator("input[type=checkbox]").all():
        box.set_checked(False)
    time.fill("")
    time.press("Enter")
    expect(side.locator(".field-fault")).to_have_text(say("Choose at least one."))
    assert office.state()["counters"]["1"]["closes_at"] is None
    assert office.state()["counters"]["1"]["services"]
