"""The speaking mode beyond the ordinary path: the other language, a wrong key, what is not served,
and a server that is gone."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, say
from tests.browser.stand import Stand, busy, held, no_card, phase
from tests.browser.test_guided_kiosk import Listener
from tests.browser.test_kiosk_states import pytestmark as pytestmark

#: A number that is taken at 0 ms and said until 40 s: the page at some moments.
SAID_UNTIL_40_S = """async () => {
  const {Flow} = await import('/static/kiosk/flow.js');
  const flow = new Flow();
  const order = flow.startOrder({service: 'biodata', language: 'id'}, () => 'key');
  flow.finishOrder(order, {service: 'biodata'}, 0);
  const pages = [];
  for (let now = 0; now <= 60000; now += 1000) {
    if (now <= 40000) flow.keepNumber(now);
    flow.tick(now, false);
    if ([31000, 54000, 56000].includes(now)) pages.push(flow.page);
  }
  return pages;
}"""

WHAT_PLAYS = """() => {
  const {play} = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    document.documentElement.dataset.played = this.src;
    return play.call(this);
  };
}"""


def test_a_key_changes_the_language_and_another_that_says_nothing_is_told(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk(clock=True)
    expect(kiosk.locator(".tile").first).to_be_visible()
    said = Listener(kiosk)

    kiosk.keyboard.press("5")
    said.expect("other_language,welcome,ask_service,service:biodata,press:1,")
    kiosk.keyboard.press("NumpadAdd")
    said.expect("other_language,welcome,ask_service,service:biodata,press:1,")
    assert said.languages == {"id", "en"}
    expect(kiosk.locator("html")).to_have_attribute("lang", "en")

    kiosk.keyboard.press("8")
    said.expect("no_choice")
    expect(
        kiosk.get_by_role("heading", name=say("Which service do you need?", "en"))
    ).to_be_visible()


def test_why_a_service_is_not_served_is_said_and_what_else_there_is(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk(clock=True)
    Stand(kiosk).show([busy, no_card], (), ".tile")
    said = Listener(kiosk)

    kiosk.keyboard.press("5")
    said.expect("service:card-printing,not_served,press:2")
    kiosk.clock.fast_forward(1100)
    kiosk.keyboard.press("2")
    said.expect(
        "service:card-printing,not_served,cause_blanks,back_at,time:11.45,ask_staff"
        ",other_service,press:1"
    )
    kiosk.clock.fast_forward(1100)
    kiosk.keyboard.press("1")
    said.expect("ask_service,service:biodata")
    kiosk.clock.fast_forward(1100)
    kiosk.keyboard.press("1")
    said.expect("service:biodata,number:27,ahead,wait,number:35,until,number:50,minutes,bring:")


def test_the_hours_are_said_before_the_counters_open(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk(clock=True)
    stand = Stand(kiosk)

    def hours(snapshot: Any) -> None:
        at = 1_795_664_700_000  # 11.45 WITA
        snapshot["hours"].update(opens=at, numbers_from=at - 30 * 60_000)

    for changes, words in (
        ([phase("before"), hours], "numbers_from,time:11.15,opens_at,time:11.45,service:biodata"),
        ([phase("numbers"), hours], "opens_at,time:11.45,ask_service"),
        ([held, hours], "opens_later,ask_service"),
    ):
        stand.show(changes, (), ".tile")
        said = Listener(kiosk)
        kiosk.keyboard.press("5")
        said.expect(words)


def test_a_number_stays_until_it_has_been_said(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk()
    assert kiosk.evaluate(SAID_UNTIL_40_S) == ["number", "number", "menu"]


def test_a_kiosk_that_is_cut_off_still_says_so(office: House, screens: Screens) -> None:
    screens.bears(NO_ANSWER, "Failed to load resource")
    kiosk = screens.kiosk()
    expect(kiosk.locator(".tile").first).to_be_visible()
    with kiosk.expect_response("**/api/voice/kiosk.wav?*paused*"):
        kiosk.keyboard.press("5")
    kiosk.evaluate(WHAT_PLAYS)

    kiosk.context.set_offline(True)

    expect(kiosk.locator("html")).to_have_attribute("data-played", re.compile("^blob:"))
    kiosk.context.set_offline(False)
