"""Physical sizes, measured on the page in millimetres of the screen."""

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.screens import Screens, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: A rounding error of the browser's layout, in millimetres.
HAIR = 0.05
TILE = (90, 30)  # mm, width and height
TARGET = 20  # mm
GAP = 5  # mm
TEXT = 5  # mm, capitals
NUMBER = 25  # mm
RECENT = 51  # mm

#: Every button's place, and the smallest and the largest text, in millimetres.
MEASURE = """() => {
  const ruler = document.createElement('div');
  ruler.style.cssText = 'position:absolute;visibility:hidden;width:calc(100 * var(--mm))';
  document.body.append(ruler);
  const mm = ruler.getBoundingClientRect().width / 100;
  ruler.remove();
  const pen = document.createElement('canvas').getContext('2d');
  const capital = (element) => {
    const {fontWeight, fontSize, fontFamily} = getComputedStyle(element);
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    return pen.measureText('H').actualBoundingBoxAscent / mm;
  };
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const buttons = [...document.querySelectorAll('button')].filter(shown).map((button) => {
    const {left, top, width, height} = button.getBoundingClientRect();
    return {
      kind: button.className, text: button.textContent,
      left: left / mm, top: top / mm, width: width / mm, height: height / mm,
    };
  });
  const texts = [...document.querySelectorAll('body *')]
    .filter((element) => shown(element) && !element.closest('.visually-hidden')
      && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))
    .map((element) => ({text: element.textContent, capital: capital(element)}));
  const {innerHeight, innerWidth} = window;
  return {buttons, texts, width: innerWidth / mm, height: innerHeight / mm};
}"""


@pytest.fixture
def configure(office: House) -> Iterator[Callable[..., None]]:
    """Tell a device how large its screen is and from where it is read."""
    ids = {device["kind"]: device["id"] for device in office.state()["devices"]}
    keys = ("screen_height_mm", "viewing_distance_m")

    def set_up(kind: str, **config: int | None) -> None:
        office.boss.post(f"/api/devices/{ids[kind]}/configure", {"config": config})

    yield set_up
    for kind in ("kiosk", "display"):
        set_up(kind, **dict.fromkeys(keys))


@pytest.fixture
def polling_day(office: House) -> Iterator[None]:
    """The polls are open until midnight."""
    office.boss.post("/api/settings", {"key": "poll_close", "value": "24:00"})
    yield
    office.boss.post("/api/settings", {"key": "poll_close", "value": "none"})


def check_targets(found: Any) -> None:
    """Every button can be hit, and none touches another or leaves the screen."""
    for button in found["buttons"]:
        assert button["width"] >= TARGET - HAIR, button
        assert button["height"] >= TARGET - HAIR, button
        assert button["left"] >= 0, button
        assert button["left"] + button["width"] <= found["width"] + HAIR, button
        assert button["top"] + button["height"] <= found["height"] + HAIR, button
    for one, other in combinations(found["buttons"], 2):
        assert gap(one, other) >= GAP - HAIR, (one, other)
    for text in found["texts"]:
        assert text["capital"] >= TEXT - HAIR, text


def check_choices(found: Any, count: int) -> None:
    """The buttons that decide something are as large as promised."""
    large = [b for b in found["buttons"] if "tile" in b["kind"] or "choice" in b["kind"]]
    assert len(large) == count
    for button in large:
        assert button["width"] >= TILE[0] - HAIR, button
        assert button["height"] >= TILE[1] - HAIR, button


def gap(one: Any, other: Any) -> float:
    """The distance of two boxes along the axis that separates them; negative if they overlap."""
    across = max(one["left"], other["left"]) - min(right(one), right(other))
    down = max(one["top"], other["top"]) - min(bottom(one), bottom(other))
    return float(max(across, down))


def right(box: Any) -> float:
    return float(box["left"] + box["width"])


def bottom(box: Any) -> float:
    return float(box["top"] + box["height"])


def measure(page: Page) -> Any:
    page.evaluate("document.fonts.ready.then(() => true)")
    return page.evaluate(MEASURE)


@pytest.mark.parametrize(
    ("viewport", "height_mm"),
    [
        ({"width": 1280, "height": 800}, 194),
        ({"width": 1920, "height": 1080}, 268),
        ({"width": 1080, "height": 1920}, 477),
    ],
    ids=["15.6 inch", "21.5 inch", "21.5 inch upright"],
)
def test_a_kiosk_can_be_read_and_hit(
    office: House,
    screens: Screens,
    configure: Callable[..., None],
    viewport: Any,
    height_mm: int,
) -> None:
    configure("kiosk", screen_height_mm=height_mm)
    kiosk = screens.kiosk(viewport=viewport)
    expect(kiosk.locator(".tile").first).to_be_visible()

    menu = measure(kiosk)
    check_targets(menu)
    check_choices(menu, 6)

    kiosk.locator(".tile").first.tap()
    take = kiosk.get_by_role("button", name=say("Take a number"), exact=True)
    expect(take).to_be_visible()
    service = measure(kiosk)
    check_targets(service)
    check_choices(service, 2)

    take.tap()
    expect(kiosk.locator(".the-number")).to_be_visible()
    number = measure(kiosk)
    check_targets(number)
    check_choices(number, 1)
    shown = kiosk.locator(".the-number").text_content()
    (large,) = [text for text in number["texts"] if text["text"] == shown]
    assert large["capital"] >= NUMBER

    kiosk.get_by_role("button", name=say("I am back")).tap()
    expect(kiosk.locator(".pad-key").first).to_be_visible()
    check_targets(measure(kiosk))


@pytest.mark.parametrize("text", ["ordinary", "large"])
def test_a_kiosk_can_be_read_and_hit_on_polling_day(
    office: House, screens: Screens, polling_day: None, text: str
) -> None:
    kiosk = screens.kiosk()
    expect(kiosk.locator(".tiles .vote")).to_be_visible()
    if text == "large":
        kiosk.get_by_role("button", name=say("Large text")).tap()
    home = 6 if text == "large" else 7
    for answer, count in (("To vote today", home), ("No, never", 4), ("I do not know", 6)):
        words = kiosk.get_by_text(say(answer), exact=True)
        button = kiosk.get_by_role("button").filter(has=words)
        expect(button).to_be_visible()
        question = measure(kiosk)
        check_targets(question)
        check_choices(question, count)
        button.press("Enter")

    take = kiosk.locator(".way-take").first
    expect(take).to_be_visible()
    ways = measure(kiosk)
    check_targets(ways)
    check_choices(ways, 4)
    take.press("Enter")
    expect(kiosk.locator(".the-number")).to_be_visible()
    ((ticket,),) = [line for line in office.state()["waiting"].values() if line]
    assert ticket["voter"]


@pytest.mark.parametrize(("height_mm", "distance_m"), [(535, 6), (685, 8)], ids=["43in", "55in"])
def test_a_called_number_can_be_read_from_the_last_row(
    office: House,
    screens: Screens,
    configure: Callable[..., None],
    height_mm: int,
    distance_m: int,
) -> None:
    configure("display", screen_height_mm=height_mm, viewing_distance_m=distance_m)
    first, second = office.call_out(1), office.call_out(2)
    display = screens.display(viewport={"width": 1920, "height": 1080})
    expect(display.locator("#featured[data-state=called]")).to_be_visible()
    expect(display.locator(".recent-row[data-called]")).to_have_count(1)

    found = measure(display)
    heights = {text["text"]: text["capital"] for text in found["texts"]}
    large = str(display.locator(".featured-number").text_content())
    (small,) = {first["number"], second["number"]} - {large}
    assert heights[large] >= distance_m * 1000 / 50 - HAIR
    assert heights[small] >= max(RECENT, distance_m * 1000 / 90) - HAIR
    inside = display.evaluate(
        "document.scrollingElement.scrollHeight <= innerHeight"
        " && document.scrollingElement.scrollWidth <= innerWidth"
    )
    assert inside
