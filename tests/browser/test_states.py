"""A whole day on every screen, in both languages: each state can be used by everybody.

axe-core finds nothing, text has a contrast of 7:1, and nothing is cut off. The sizes are those of
the screens as they usually are; `--full` checks every size and text twice as large.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import accessibility_faults, overflow_faults
from tests.browser.conftest import SPEAKS_AT_ONCE
from tests.browser.odd_day import ODD_DAY, OddDay
from tests.browser.player import Player
from tests.browser.story import DAY, SCROLLING, SIZES, Scene, View, begin

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(900)]

FULL = bool(os.environ.get("KIOSK_TEST_FULL"))
EVERY_SIZE = ((320, 640), (360, 800), (1366, 768), (1920, 1080), (1080, 1920), (3840, 2160))
#: Sizes at which each screen must hold.
AT_SIZES = {
    "kiosk": SIZES["kiosk"],
    "display": SIZES["display"],
    "counter": ((320, 640), (683, 384), *SIZES["counter"]),
    "supervisor": ((320, 640), (960, 540), *SIZES["supervisor"]),
    "phone": ((320, 640), (360, 800)),
    "door": ((320, 640), (1366, 768)),
}
DESKTOP = (1366, 768)
#: At a desk nothing scrolls but the lists of numbers.
SCROLLS = """(selector) => [...document.querySelectorAll(selector)]
  .filter(({scrollHeight, clientHeight}) => scrollHeight > clientHeight + 1)
  .map(({id, scrollHeight, clientHeight}) => `${id} scrolls: ${scrollHeight} > ${clientHeight}`)"""
#: A counter's columns stand side by side from this size on; on a smaller screen its page scrolls.
LEAST_DESK = (992, 704)


@pytest.fixture(scope="module")
def player(
    chromiums: dict[str, Browser], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Player]:
    story = begin(tmp_path_factory.mktemp("story"))
    with Player(chromiums[SPEAKS_AT_ONCE], story) as made:
        yield made
    story.office.stop()


def faults_at_sizes(view: View, page: Page) -> list[str]:
    """What does not fit, at each size that is checked."""
    scrolls = view.screen in SCROLLING
    faults = []
    for width, height in EVERY_SIZE if FULL else AT_SIZES[view.screen]:
        page.set_viewport_size({"width": width, "height": height})
        if view.screen == "display":
            page.wait_for_timeout(200)  # it fits its sizes a little after the last change
        stacked = view.screen == "counter" and width < LEAST_DESK[0]
        found = overflow_faults(page, scrolls=scrolls or stacked or height < LEAST_DESK[1])
        if view.screen == "counter" and (width, height) == DESKTOP:
            found += page.evaluate(SCROLLS, "#card, #side-panel")
        faults += [f"{width} x {height}: {fault}" for fault in found]
    return faults


def faults_of(player: Player, scenes: tuple[Scene, ...]) -> list[str]:
    faults = []
    for view, language, page in player.play(scenes=scenes):
        found = accessibility_faults(page) + faults_at_sizes(view, page)
        faults += [f"{view.name} ({language}): {fault}" for fault in found]
    return faults


def test_every_state_of_every_screen_can_be_used_by_everybody(player: Player) -> None:
    faults = faults_of(player, DAY)
    assert not faults, "\n".join(faults)


def test_the_states_of_an_odd_day_can_be_used_by_everybody(
    chromiums: dict[str, Browser], tmp_path: Path
) -> None:
    story = OddDay(tmp_path)
    try:
        with Player(chromiums[SPEAKS_AT_ONCE], story) as player:
            faults = faults_of(player, ODD_DAY)
    finally:
        story.stop()
    assert not faults, "\n".join(faults)
