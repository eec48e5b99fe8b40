"""Hard mornings on the screens: what staff press, and what the others then see."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from kiosk.web.snapshots import notice_text
from tests.browser.house import House
from tests.browser.screens import Screens, press, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ZONE = "Asia/Makassar"


@pytest.fixture
def polls_close_soon(office: House) -> Iterator[str]:
    """Polling stations close in 25 minutes, as at 12.35. Late in the evening another zone makes it
    the same day; afterwards it is no polling day any more."""
    now = datetime.now(ZoneInfo(ZONE))
    zone = ZONE if now.hour < 23 else "Etc/GMT+4"
    close = (now.astimezone(ZoneInfo(zone)) + timedelta(minutes=25)).strftime("%H:%M")
    for key, value in (("zone", zone), ("poll_close", close)):
        office.boss.post("/api/settings", {"key": key, "value": value})
    yield close.replace(":", ".")
    for key, value in (("poll_close", "none"), ("zone", ZONE)):
        office.boss.post("/api/settings", {"key": key, "value": value})


@pytest.fixture
def one_blank(office: House) -> Iterator[None]:
    office.boss.post("/api/settings", {"key": "blanks", "value": "1"})
    yield
    office.boss.post("/api/settings", {"key": "blanks", "value": ""})


def test_the_link_drops_at_a_shift_change_and_those_in_hand_come_back_first(
    office: House, screens: Screens
) -> None:
    number = office.call_out(1)["number"]
    office.at(1, "start")
    office.take("biodata")
    office.boss.post("/api/counters/1/take-over")  # the shift changes with the ticket in hand
    counter = screens.counter(1)
    card = counter.locator("#card")
    expect(card).to_have_attribute("data-mode", "taken")
    press(counter, "o")
    expect(card).to_have_attribute("data-mode", "serving")

    press(counter, "j")

    expect(card).to_have_attribute("data-mode", "free")
    supervisor = screens.supervisor()
    alarm = supervisor.locator(".alarm", has_text=number)
    alarm.get_by_role("button", name=say("Suspend"), exact=True).click()
    expect(alarm).to_have_count(0)
    display = screens.display()
    # Said by itself when the service was suspended, but not if another test had it said just now.
    office.boss.post("/api/notices", {"notice": "link_down"})
    expect(display.locator("#notice")).to_contain_text(notice_text("link_down")["id"])
    expect(card.locator("[data-action=call-next]")).to_have_count(0)
    press(counter, "Space")  # nobody is called
    expect(card).to_have_attribute("data-mode", "free")

    office.boss.post("/api/services/biodata/restore")
    expect(card.locator("[data-action=call-next]")).to_be_visible()
    press(counter, "Space")

    expect(card.locator("[data-part=number]")).to_have_text(number)
    press(counter, "Enter")
    expect(card).to_have_attribute("data-mode", "serving")
    press(counter, "Space")
    expect(card.locator("[data-part=number]")).not_to_have_text(number)
    press(counter, "Enter")
    expect(card).to_have_attribute("data-mode", "serving")
    press(counter, "s")
    expect(card).to_have_attribute("data-mode", "free")
    assert office.waiting() == []


def test_the_last_blank_is_used_and_eight_who_wait_for_cards_wait_for_biodata(
    office: House, one_blank: None, screens: Screens
) -> None:
    office.call_out(1, "card-printing")
    office.at(1, "start")
    cards = sorted(office.take("card-printing")["number"] for _ in range(8))
    counter, supervisor, kiosk = screens.counter(1), screens.supervisor(), screens.kiosk()
    card = counter.locator("#card")
    expect(card).to_have_attribute("data-mode", "serving")

    press(counter, "b")
    press(counter, "s")

    alarm = supervisor.locator(".alarm", has_text="Cetak KTP-el")
    expect(alarm).to_contain_text("8")
    alarm.get_by_role("button", name=say("Give biodata instead")).click()
    expect(alarm.get_by_role("button")).to_have_count(0)
    state = office.state()
    assert sorted(one["number"] for one in state["waiting"]["biodata"]) == cards
    assert {s["code"]: s["instead"] for s in state["services"]}["card-printing"] == "biodata"
    expect(kiosk.locator("body")).to_contain_text("Biodata")
    for number in cards:
        press(counter, "Space")
        expect(card.locator("[data-part=number]")).to_have_text(number)
        press(counter, "Enter")
        expect(card).to_have_attribute("data-mode", "serving")
        press(counter, "2")
        press(counter, "s")
        expect(card).to_have_attribute("data-mode", "free")
    assert office.waiting() == []
    assert {one["outcome"] for one in office.state()["recent"][:8]} == {"biodata_instead"}


def test_at_twelve_thirty_five_supervisor_and_counters_see_who_will_not_be_in_time(
    office: House, polls_close_soon: str, screens: Screens
) -> None:
    office.at(1, "open")
    office.at(2, "open")
    for _ in range(30):
        office.take("biodata", travel_minutes=5)
    supervisor, counter = screens.supervisor("voters"), screens.counter(1)
    main, strip = supervisor.locator("#main"), counter.locator("[data-part=strip]")

    def all_say_the_same(state: dict[str, Any]) -> None:
        remedy, late = state["voter_lists"]["remedies"][0], state["voters"]["not_in_time"]
        expect(main.locator(".remedies li").first).to_contain_text(f"{remedy['made']} dari 30")
        expect(main.locator("table").first.locator("tbody tr")).to_have_count(late)
        expect(main.locator("table").nth(1).locator("tbody tr")).to_have_count(30 - late)
        expect(strip).to_contain_text(f"{late} dari 30")

    before = while_it_stays(office, all_say_the_same)
    remedy, late = before["voter_lists"]["remedies"][0], before["voters"]["not_in_time"]
    assert late > 10
    expect(strip).to_have_attribute("data-alert", "")
    display = screens.display()
    expect(display.locator("#ticker")).to_contain_text(polls_close_soon)

    press(counter, "g")

    expect(display.locator("#notice")).to_contain_text(notice_text("deadline_near")["id"])
    for number in remedy["could_open"][: remedy["counters"]]:
        office.at(number, "open")
    after = while_it_stays(
        office,
        lambda state: expect(strip).to_contain_text(f"{state['voters']['not_in_time']} dari 30"),
    )
    assert after["voters"]["not_in_time"] < late
    numbers = set(office.waiting())
    open_now = [1, 2, *remedy["could_open"][: remedy["counters"]]]
    called = set()
    while numbers - called:
        for number in open_now:
            if numbers - called:
                called.add(office.at(number, "call-next")["number"])
                office.at(number, "start")
                office.at(number, "finish")
    assert called == numbers
    assert office.waiting() == []


def while_it_stays(office: House, check: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """A state that the screens agree with; tried again where the office has moved on meanwhile.

    Who is late grows by the minute, and a busy machine takes its time.
    """
    while True:
        state = office.state()
        try:
            check(state)
        except AssertionError:
            if lateness(office.state()) == lateness(state):
                raise
        else:
            return state


def lateness(state: dict[str, Any]) -> tuple[int, int | None]:
    remedies = state["voter_lists"]["remedies"]
    return state["voters"]["not_in_time"], remedies[0]["made"] if remedies else None
