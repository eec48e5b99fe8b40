"""Everything to touch at the kiosk lies where hands reach it, and few touches are needed.

Between 800 and 1200 mm above the floor, from a wheelchair and standing: the lower two thirds of the
screen, and at most 400 mm above its lower edge, which is mounted at 800 mm.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import overflow_faults
from tests.browser.house import House
from tests.browser.screens import Screens, refusal, say
from tests.browser.stand import (
    ALL_AT_ONCE,
    Change,
    Stand,
    Tap,
    busy,
    no_card,
    no_network,
    notice,
    paper,
    services,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

#: 15.6 inches, an old square screen, 21.5 inches upright.
SIZES = ((1280, 800), (1024, 768), (1080, 1920))
LOWER_EDGE = 800  # mm above the floor
REACH = 1200  # mm above the floor
HAIR = 0.05  # mm, a rounding error of the browser's layout

#: What can be touched and the screen, in millimetres, once the page has settled.
TARGETS = """async () => {
  await document.fonts.ready;
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  const ruler = document.createElement('div');
  ruler.style.cssText = 'position:absolute;visibility:hidden;width:calc(100 * var(--mm))';
  document.body.append(ruler);
  const mm = ruler.getBoundingClientRect().width / 100;
  ruler.remove();
  const targets = [...document.querySelectorAll('a, button')]
    .filter((one) => one.checkVisibility() && !one.closest('[inert]'))
    .map((one) => {
      const {top, bottom} = one.getBoundingClientRect();
      return {text: one.textContent, top: top / mm, bottom: bottom / mm};
    });
  return {targets, height: innerHeight / mm};
}"""

VOTE, FIRST, TAKE = ("button", "To vote today"), ("tile", ""), ("button", "Take a number")
UNKNOWN, SLIP = ("button", "I do not know"), ("button", "Information slip")
LISTEN, CONTRAST = ("button", "Listen"), ("button", "High contrast")


A_001: tuple[Tap, ...] = (*(("key", key) for key in "A001"), ("button", "Next"))

#: name -> (polling day, changes of the snapshot, taps, what must then be seen)
PAGES: dict[str, tuple[bool, list[Change], tuple[Tap, ...], str]] = {
    "one service": (False, [services(1)], (), ".tile"),
    "six services": (False, [busy], (), ".tile"),
    "nine services": (False, [busy, services(9)], (), ".tile-more"),
    "service": (False, [busy], (FIRST,), ".choices"),
    "number": (False, [paper("ok")], (FIRST, TAKE), ".the-number"),
    "polls, one service": (True, [services(1)], (), ".vote"),
    "polls, four services": (True, [busy, services(4)], (), ".vote"),
    "polls, six services": (True, [busy], (), ".vote"),
    "polls, nine services": (True, [busy, services(9), paper("out"), notice], (), ".vote"),
    "polls, interrupted": (True, [busy, no_card, no_network, notice], (), ".vote"),
    "interrupted, no paper": (True, [no_card, no_network, notice, paper("out")], (), ".vote"),
    "all at once": (True, ALL_AT_ONCE, (), ".vote"),
    "all at once, nine services": (False, [services(9), *ALL_AT_ONCE], (), ".tile-more"),
    "nine services, interrupted": (False, [busy, services(9), no_card, no_network], (), ".tile"),
    "polls, speaking": (True, [busy, paper("fault")], (LISTEN,), "[data-key]"),
    "polls, high contrast": (True, [busy], (CONTRAST,), ".vote"),
    "polls, service": (True, [busy], (FIRST,), ".choices .vote"),
    "recorded": (True, [], (VOTE,), ".answer"),
    "travel": (True, [], (VOTE, ("button", "No, never")), ".travels"),
    "two ways": (True, [busy], (VOTE, ("button", "No, never"), UNKNOWN), ".slip"),
    "two ways, card": (True, [busy], (VOTE, ("button", "Yes, recorded"), UNKNOWN), ".slip"),
    "one way": (True, [busy, no_card], (VOTE, ("button", "Yes, recorded"), UNKNOWN), ".slip"),
    "slip": (True, [paper("ok")], (VOTE, ("button", "No, never"), UNKNOWN, SLIP), ".slip-code"),
    "return, code": (False, [], (("button", "I am back"), *A_001), ".pad-key"),
    "return": (False, [], (("button", "I am back"),), ".pad-key"),
}


@pytest.fixture
def polls(office: House) -> Iterator[Any]:
    """Opens the polls until midnight, or says that nobody votes today."""

    def set_to(voting: bool) -> None:
        close = "24:00" if voting else "none"
        office.boss.post("/api/settings", {"key": "poll_close", "value": close})

    yield set_to
    set_to(False)


def out_of_reach(page: Page) -> list[str]:
    """Each target above the band or outside the screen, and whatever is cut off."""
    found = page.evaluate(TARGETS)
    height = found["height"]
    assert found["targets"]
    return overflow_faults(page) + [
        f"{target['text']!r} reaches {LOWER_EDGE + height - target['top']:.1f} mm above the floor,"
        f" {target['top'] / height:.1%} from the top"
        for target in found["targets"]
        if target["top"] < height / 3 - HAIR
        or LOWER_EDGE + height - target["top"] > REACH + HAIR
        or target["bottom"] > height + HAIR
    ]


def everywhere(page: Page) -> list[str]:
    found = []
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} x {height}: {fault}" for fault in out_of_reach(page)]
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_hands_reach_every_target_of_every_page(
    office: House, screens: Screens, polls: Any, language: str
) -> None:
    stand = Stand(screens.kiosk(at_language="id"))
    page, faults = stand.page, []
    for name, (voting, changes, taps, seen) in PAGES.items():
        polls(voting)
        stand.show(changes, taps, seen)
        if language == "en":
            page.locator(".bar-language").press("Enter")
            expect(page.locator("html")).to_have_attribute("lang", "en")
        faults += [f"{name}: {fault}" for fault in everywhere(page)]
        page.locator(".bar-text").press("Enter")
        expect(page.locator("html")).to_have_attribute("data-text", "large")
        faults += [f"{name}, large text: {fault}" for fault in everywhere(page)]
    assert not faults, "\n".join(faults)


def test_hands_reach_what_asks_whether_somebody_is_there_and_what_tries_again(
    office: House, screens: Screens
) -> None:
    screens.bears(refusal(503))
    kiosk = screens.kiosk(clock=True)
    kiosk.route("**/api/tickets", lambda route: route.fulfill(status=503, json={"detail": ""}))
    kiosk.locator(".tile").first.press("Enter")
    kiosk.get_by_role("button", name=say("Take a number"), exact=True).press("Enter")
    expect(kiosk.get_by_role("button", name=say("Try again"))).to_be_visible()
    assert everywhere(kiosk) == []

    kiosk.clock.fast_forward(61_000)
    expect(kiosk.get_by_role("alertdialog")).to_be_visible()
    kiosk.clock.resume()
    assert everywhere(kiosk) == []


@pytest.mark.parametrize("height_mm", [708, 952], ids=["32 inch upright", "43 inch upright"])
def test_on_a_tall_screen_hands_reach_everything(
    office: House, screens: Screens, polls: Any, height_mm: int
) -> None:
    (kiosk_id,) = [one["id"] for one in office.state()["devices"] if one["kind"] == "kiosk"]
    configure = f"/api/devices/{kiosk_id}/configure"
    office.boss.post(configure, {"config": {"screen_height_mm": height_mm}})
    try:
        polls(True)
        kiosk = screens.kiosk(viewport={"width": 1080, "height": 1920})
        expect(kiosk.locator(".tiles .vote")).to_be_visible()
        assert out_of_reach(kiosk) == []
        kiosk.locator(".tile").first.press("Enter")
        expect(kiosk.locator(".choices .vote")).to_be_visible()
        assert out_of_reach(kiosk) == []
    finally:
        office.boss.post(configure, {"config": {"screen_height_mm": None}})
