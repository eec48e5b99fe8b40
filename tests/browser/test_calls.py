"""What the display shows and says: every call, one at a time, in order."""

import re
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from playwright.sync_api import Page, Request, Route, expect

from kiosk.voice.announcement import clips_for_call
from kiosk.voice.wav import BUNDLED_CLIPS, VoiceLibrary
from tests.browser.house import COUNTERS, House
from tests.browser.screens import NO_ANSWER, Screens, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HELD = 8_000  # ms, each call in large
SET = 500  # ms by which the log's clock may be set meanwhile
SMALL = {"viewport": {"width": 1280, "height": 720}}
CALL_VOICE = re.compile(r"/api/voice/calls/(\d+)\.wav$")

#: Notes, beside the page's own log, what stands in large and since when.
WITNESS = """() => {
  const box = document.querySelector('#featured');
  const text = (part) => box.querySelector(part).textContent;
  window.seen = [];
  const look = () => {
    if (box.dataset.state !== 'called') return;
    const what = `${text('.featured-number')} ${text('.featured-counter')}`;
    if (window.seen.at(-1)?.what !== what) window.seen.push({what, at: performance.now()});
  };
  new MutationObserver(look).observe(box, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  look();
}"""


def call_log(display: Page) -> list[dict[str, str]]:
    """The display's own log of what it gave, oldest first."""
    entries: list[dict[str, str]] = display.evaluate(
        "[...document.querySelectorAll('#call-log li')].map((entry) => ({...entry.dataset}))"
    )
    return entries


def spoken_by(display: Page) -> list[int]:
    """A list that fills with the calls whose sound the display asks for."""
    asked: list[int] = []

    def note(request: Request) -> None:
        if found := CALL_VOICE.search(request.url):
            asked.append(int(found[1]))

    display.on("request", note)
    return asked


def blocked_sound(request: Request) -> bool:
    """Whether the display reports that its browser lets no sound through."""
    return request.url.endswith("/api/heartbeat") and "sound_blocked" in str(request.post_data)


def call_at_once(office: House) -> list[Any]:
    """Every counter calls at the same moment; returns the calls in their order."""
    for number in range(1, COUNTERS + 1):
        office.at(number, "open")
        office.take()
    gate = Barrier(COUNTERS)

    def call(number: int) -> None:
        gate.wait()
        office.at(number, "call-next")

    with ThreadPoolExecutor(COUNTERS) as counters:
        list(counters.map(call, range(1, COUNTERS + 1)))
    calls: list[Any] = office.board()["calls"][:COUNTERS][::-1]
    return calls


@pytest.mark.timeout(180)
def test_five_calls_in_one_second_and_a_recall_are_each_shown_and_spoken(
    office: House, screens: Screens
) -> None:
    display = screens.display(**SMALL)
    expect(display.locator("#featured")).to_be_visible()
    display.evaluate(WITNESS)
    asked = spoken_by(display)

    calls = call_at_once(office)

    assert calls[-1]["at"] - calls[0]["at"] < HELD, "faster than they can be shown"
    assert sorted(call["counter"] for call in calls) == [1, 2, 3, 4, 5]
    expect(display.locator("#call-log li[data-ended-at]")).to_have_count(5, timeout=100_000)
    log = call_log(display)
    assert [int(entry["id"]) for entry in log] == [call["id"] for call in calls] == asked
    for entry, call in zip(log, calls, strict=True):
        assert (entry["number"], int(entry["counter"])) == (call["number"], call["counter"])
        assert int(entry["endedAt"]) - int(entry["shownAt"]) >= HELD - SET
        assert int(entry["shownAt"]) <= int(entry["spokenAt"]) <= int(entry["endedAt"])
    for before, after in pairwise(log):
        assert int(after["shownAt"]) >= int(before["endedAt"]), "one at a time"

    seen = display.evaluate("window.seen")
    assert [one["what"] for one in seen] == [f"{c['number']} {c['counter']}" for c in calls]
    for before, after in pairwise(seen):
        assert after["at"] - before["at"] >= HELD

    library = VoiceLibrary(BUNDLED_CLIPS, office.server.data / "voice" / "id")
    for call in calls:
        sound = display.request.get(f"{office.url}/api/voice/calls/{call['id']}.wav").body()
        assert sound == library.join(clips_for_call(call["number"], call["counter"]))

    again = calls[0]
    office.at(again["counter"], "recall")
    expect(display.locator("#call-log li[data-spoken-at]")).to_have_count(6)
    recalled = call_log(display)[-1]
    assert (recalled["number"], int(recalled["counter"])) == (again["number"], again["counter"])
    assert asked[-1] == int(recalled["id"]) > calls[-1]["id"]
    expect(display.locator(".featured-number")).to_have_text(again["number"])


def test_a_failed_sound_is_shown_and_reported_and_the_next_is_spoken(
    office: House, screens: Screens
) -> None:
    display = screens.display(**SMALL, clock=True)
    screens.bears(NO_ANSWER)
    expect(display.locator("#featured")).to_be_visible()
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
        else:
            lost.append(route.request.url)
            route.abort()

    display.route(CALL_VOICE, lose_the_first)
    first = office.call_out(1)
    expect(display.locator("#sound-fault")).to_be_visible()
    expect(display.locator("#sound-fault time")).to_have_text(re.compile(r"\d\d\.\d\d"))
    expect(display.locator(".featured-number")).to_have_text(first["number"])
    second = office.call_out(2)
    display.clock.fast_forward(HELD)

    expect(display.locator(f"li[data-number='{second['number']}'][data-spoken-at]")).to_have_count(
        1
    )
    assert "spokenAt" not in call_log(display)[0]
    (device,) = [one for one in office.state()["devices"] if one["name"] == "Layar 1"]
    assert device["fault"] == "sound_unavailable"
    supervisor = screens.supervisor("devices")
    fault = say("fault: {fault}", fault="sound_unavailable")
    expect(supervisor.get_by_role("row").filter(has_text="Layar 1")).to_contain_text(fault)


def test_a_browser_that_blocks_sound_asks_for_one_tap(
    office: House, silent_screens: Screens
) -> None:
    display = silent_screens.display(**SMALL)
    tap = display.locator("#sound-tap")
    # The browser takes a test's look at the page for a touch: so first only the server is asked.
    with display.expect_request(blocked_sound):
        office.call_out(1)
    expect(tap).to_be_visible()
    assert "spokenAt" not in call_log(display)[0]

    tap.click()

    expect(tap).to_be_hidden()
    expect(display.locator("#call-log li[data-spoken-at]")).to_have_count(1)
