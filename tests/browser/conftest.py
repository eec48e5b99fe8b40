"""A real browser in front of a real server. One of each serves all tests of this folder."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.cable import Cable
from tests.browser.house import House
from tests.browser.screens import Screens
from tests.browser.stage import StageServer

TWELVE = 12  # counters of the stage: more than a display has rows
PATIENCE = 20_000  # ms, for what has no limit of its own
QUIET_MACHINE = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
)
SPEAKS_AT_ONCE = "--autoplay-policy=no-user-gesture-required"
NEEDS_A_TAP = "--autoplay-policy=document-user-activation-required"


@pytest.fixture(scope="package")
def chromiums() -> Iterator[dict[str, Browser]]:
    """Browsers by how they treat sound, each started when it is first asked for."""
    path = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium")
    assert path, "no Chromium: install it, or name it in KIOSK_TEST_BROWSER"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:

        class Chromiums(dict[str, Browser]):
            def __missing__(self, policy: str) -> Browser:
                self[policy] = playwright.chromium.launch(
                    executable_path=path, args=[*QUIET_MACHINE, policy]
                )
                return self[policy]

        browsers = Chromiums()
        yield browsers
        for browser in browsers.values():
            browser.close()


@pytest.fixture(scope="package")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    made = House(tmp_path_factory.mktemp("house"))
    yield made
    made.stop()


@pytest.fixture
def office(house: House) -> House:
    """The office as in the morning: open, and nobody there."""
    house.tidy()
    return house


def _opened(browser: Browser, office: House) -> Iterator[Screens]:
    """Opens screens; afterwards, no browser may have complained of anything."""
    opened = Screens(browser, office)
    yield opened
    complaints = opened.complaints
    opened.close()
    assert complaints == []


@pytest.fixture
def screens(chromiums: dict[str, Browser], office: House) -> Iterator[Screens]:
    """Opens screens of the office."""
    yield from _opened(chromiums[SPEAKS_AT_ONCE], office)


@pytest.fixture
def silent_screens(chromiums: dict[str, Browser], office: House) -> Iterator[Screens]:
    """The same in a browser that makes no sound before somebody has touched the page."""
    yield from _opened(chromiums[NEEDS_A_TAP], office)


@pytest.fixture(scope="package")
def stage_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("stage")
    server = StageServer(folder, begins="2026-11-27 08:30", counters=TWELVE)
    made = House(folder, server, TWELVE)
    yield made
    made.stop()


@pytest.fixture
def stage(stage_house: House) -> House:
    """An office of twelve counters whose clock a test moves forward, by minutes."""
    stage_house.tidy()
    return stage_house


@pytest.fixture
def stage_screens(chromiums: dict[str, Browser], stage: House) -> Iterator[Screens]:
    """Opens screens of the stage."""
    yield from _opened(chromiums[SPEAKS_AT_ONCE], stage)


@pytest.fixture
def cable(office: House) -> Iterator[Cable]:
    """Between a screen and the server."""
    made = Cable(office.server.port)
    yield made
    made.close()
