"""Who needs text twice as large gets it, on every screen, and nothing is cut off or out of reach.

There are two ways to it: larger letters in the browser's settings, and the browser's zoom, which
halves the room. Kiosk and display are sized in millimetres, so their text follows the screen; they
still have to fit.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import TWICE, USUAL, overflow_faults, set_letters
from tests.browser.house import House
from tests.browser.screens import Screens, session_of
from tests.browser.test_doors import SECTIONS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

#: 1366 x 768 and 1920 x 1080 at a zoom of 200 %.
ZOOMED = ((683, 384), (960, 540))
DESK, PHONE = (1366, 768), (360, 800)


@dataclass(frozen=True)
class Look:
    """A page, whose browser opens it, and what is visible when it is ready."""

    path: str
    who: str
    ready: str
    scrolls: bool = True
    #: its own machine's size, where letters twice as large are expected
    size: tuple[int, int] = DESK
    #: text follows the screen, not the browser's letters
    in_millimetres: bool = False


def looks(ticket: str) -> list[Look]:
    hall = {"scrolls": False, "in_millimetres": True}
    return [
        Look("/counter", "serving", "#card[data-mode=serving]"),
        Look("/counter", "called", "#card[data-mode=called]"),
        Look("/counter", "free", "#card[data-mode=free]"),
        Look("/kiosk", "kiosk", ".tile, .answer", **hall),
        Look("/display", "display", "#featured", **hall),
        Look(f"/t/{ticket}", "nobody", ".headline", size=PHONE),
        Look("/n", "nobody", "h1", size=PHONE),
        Look("/signin", "nobody", "h1", size=PHONE),
        Look("/", "nobody", "h1", size=PHONE),
        Look("/pair", "nobody", "h1", in_millimetres=True),
        Look("/poster", "nobody", "h1", in_millimetres=True),
        Look("/preview", "boss", "h1"),
        *(Look(f"/supervisor#{section}", "boss", "#main > :last-child") for section in SECTIONS),
    ]


def address(look: Look, language: str) -> str:
    path, _, section = look.path.partition("#")
    return f"{path}?lang={language}" + (f"#{section}" if section else "")


def faults_of(page: Page, look: Look, sizes: tuple[tuple[int, int], ...]) -> list[str]:
    found = []
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        if look.path == "/display":
            page.wait_for_timeout(200)  # it fits its sizes a little after the last change
        faults = overflow_faults(page, scrolls=look.scrolls)
        found += [f"{look.path} for {look.who}, {width} x {height}: {fault}" for fault in faults]
    return found


@pytest.mark.parametrize("language", ["id", "en"])
def test_text_twice_as_large_fits_on_every_screen(
    office: House, screens: Screens, language: str
) -> None:
    for number in (1, 2, 3):
        office.call_out(number)
    office.at(1, "start")
    for service in ("biodata", "family", "recording") * 3:
        office.take(service)
    office.at(4, "open")
    mine = office.take()["token"]
    people = {
        "serving": session_of(office.desks[1]),
        "called": session_of(office.desks[2]),
        "free": session_of(office.desks[4]),
        "boss": session_of(office.boss),
        "kiosk": {"device": office.kiosk},
        "display": {"device": office.display},
        "nobody": {},
    }
    browsers = {who: screens.open("/pair", cookies) for who, cookies in people.items()}
    faults = []
    for look in looks(mine):
        page = browsers[look.who]
        set_letters(page, USUAL)
        page.set_viewport_size({"width": look.size[0], "height": look.size[1]})
        page.goto(f"{office.url}{address(look, language)}", wait_until="domcontentloaded")
        expect(page.locator(look.ready).filter(visible=True).first).not_to_be_empty()
        faults += faults_of(page, look, ZOOMED)
        set_letters(page, TWICE)
        faults += [f"letters twice as large: {one}" for one in faults_of(page, look, (look.size,))]
        letters = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert look.in_millimetres or letters >= 2 * 16, look
    assert not faults, "\n".join(faults)
