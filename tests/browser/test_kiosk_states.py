"""States of the kiosk that a day seldom shows: each can be used by everybody, at every size.

The server's answers are changed on their way to the page, so that a fault needs no waiting for.
"""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.browser.accessibility import accessibility_faults, overflow_faults
from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, refusal, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

SIZES = ((320, 640), (1280, 800), (1366, 768), (1920, 1080), (1080, 1920))
MINUTE = 60_000
Change = Callable[[Any], None]


@pytest.fixture
def polling_day(office: House) -> Iterator[None]:
    """The polls are open until midnight."""
    office.boss.post("/api/settings", {"key": "poll_close", "value": "24:00"})
    yield
    office.boss.post("/api/settings", {"key": "poll_close", "value": "none"})


def phase(name: str) -> Change:
    return lambda snapshot: snapshot.update(phase=name)


def paper(state: str) -> Change:
    return lambda snapshot: snapshot["kiosk"].update(paper=state)


def service(place: int, **fields: Any) -> Change:
    return lambda snapshot: snapshot["services"][place].update(fields)


def busy(snapshot: Any) -> None:
    for one in snapshot["services"]:
        one.update(waiting=27, wait={"low": 35, "high": 50})


def doubt(snapshot: Any) -> None:
    snapshot["clock"]["in_doubt"] = True


def no_service(snapshot: Any) -> None:
    snapshot.update(services=[], guide={})


OTHER, FIRST, YES = (
    ("button", "No, another service"),
    ("tile", ""),
    ("button", "Yes, to vote today"),
)
LATE = (YES, ("button", "No, never"), ("button", "I do not know"))
LARGE, LISTEN = ("button", "Large text"), ("button", "Listen")
#: name -> (changes of the snapshot, taps, what must then be seen)
STATES: dict[str, tuple[list[Change], tuple[tuple[str, str], ...], str]] = {
    "before opening": ([phase("before")], (), ".tile[data-off]"),
    "numbers only": ([phase("numbers")], (), ".message"),
    "held": ([phase("numbers"), lambda s: s.update(held=True)], (), ".message"),
    "serving out": ([phase("serving_out")], (), ".tile[data-off]"),
    "closed": ([phase("closed")], (), ".tile[data-off]"),
    "clock in doubt": ([doubt], (), ".message"),
    "fault of the file": ([lambda s: s.update(trouble="disk_full")], (), ".message"),
    "no service": ([no_service], (OTHER,), ".back"),
    "out of paper": ([paper("out")], (), ".message"),
    "printer fault": ([paper("fault")], (OTHER,), ".message"),
    "busy": ([busy], (OTHER,), ".tile-wait"),
    "busy, large": ([busy], (LARGE, OTHER), ".tile-wait"),
    "recording suspended": (
        [service(2, state="suspended", cause="recording_set", expected_back=1_795_664_700_000)],
        (),
        ".message",
    ),
    "biodata instead": (
        [service(1, state="biodata_instead", cause="blanks", instead="biodata")],
        (OTHER, ("tile", "B")),
        ".choices .button-primary",
    ),
    "two ways, late": ([busy], LATE, ".slip"),
    "two ways, late, large": ([busy], (LARGE, *LATE), ".slip"),
    "speaking": ([busy], (LISTEN,), "[data-key]"),
    "high contrast": ([busy], (("button", "High contrast"), OTHER), ".tile-wait"),
    "number, no printer": ([paper("none")], (OTHER, FIRST, ("button", "Take a number")), ".qr"),
    "number, paper fault": ([paper("ok")], (OTHER, FIRST, ("button", "Take a number")), ".notice"),
}


class Stand:
    """A kiosk whose server says what the test wants."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.changes: list[Change] = []
        page.set_default_timeout(10_000)
        page.route("**/api/kiosk", self._snapshot)
        page.route("**/api/forecast?*", self._forecast)
        page.route("**/api/tickets/*/paper", lambda route: route.fulfill(json={"state": "fault"}))

    def _snapshot(self, route: Route) -> None:
        try:
            answer = route.fetch()
            snapshot = answer.json() if answer.status == 200 else None
        except Error:
            return  # the page was loaded anew meanwhile
        if snapshot is None:
            route.fulfill(response=answer)
            return
        for one in snapshot["services"]:
            one["wait"] = None
        for change in self.changes:
            change(snapshot)
        route.fulfill(status=200, content_type="application/json", body=json.dumps(snapshot))

    def _forecast(self, route: Route) -> None:
        at = 1_795_664_700_000
        route.fulfill(
            json={
                "wait": {"low": 30, "high": 50},
                "done": {"low": at, "high": at + 20 * MINUTE},
                "class": "late",
                "people_ahead": 27,
                "calibrated": True,
            }
        )

    def show(self, changes: list[Change], taps: tuple[tuple[str, str], ...], seen: str) -> None:
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.changes = changes
        self.page.reload(wait_until="domcontentloaded")
        for kind, text in taps:
            if kind == "tile":
                self.page.locator(".tile").filter(has_text=text).first.press("Enter")
            else:
                words = self.page.get_by_text(say(text), exact=True)
                self.page.get_by_role("button").filter(has=words).first.press("Enter")
        expect(self.page.locator(seen).first).to_be_attached()

    def faults(self) -> list[str]:
        found = accessibility_faults(self.page)
        for width, height in SIZES:
            self.page.set_viewport_size({"width": width, "height": height})
            found += [
                f"{width} x {height}: {fault}"
                for fault in overflow_faults(self.page, scrolls=height < 700)
            ]
        return found


def test_every_state_of_the_kiosk_can_be_used_by_everybody(
    office: House, screens: Screens, polling_day: None
) -> None:
    stand = Stand(screens.kiosk())
    faults = []

    for name, (changes, taps, seen) in STATES.items():
        stand.show(changes, taps, seen)
        faults += [f"{name}: {fault}" for fault in stand.faults()]
        stand.page.get_by_role("button", name="English").press("Enter")
        expect(stand.page.locator("html")).to_have_attribute("lang", "en")
        faults += [f"{name} (en): {fault}" for fault in stand.faults()]

    assert not faults, "\n".join(faults)


def test_a_kiosk_without_a_network_says_so_and_where_to_go(office: House, screens: Screens) -> None:
    screens.bears(NO_ANSWER, refusal(503))
    kiosk = screens.kiosk()
    expect(kiosk.locator(".tile").first).to_be_visible()

    kiosk.context.set_offline(True)

    expect(kiosk.locator(".head")).to_contain_text(
        say("Numbers cannot be taken here now. Please go to the staff.")
    )
    assert accessibility_faults(kiosk) == []
    assert overflow_faults(kiosk) == []
    kiosk.context.set_offline(False)
    expect(kiosk.get_by_role("heading", name=say("Which service do you need?"))).to_be_visible()


def test_paper_that_does_not_come_is_told_within_five_seconds_and_reprinted_once(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk()
    stand = Stand(kiosk)
    stand.show([paper("ok")], (FIRST, ("button", "Take a number")), ".the-number")

    expect(kiosk.locator(".number-paper")).to_have_text(
        say("Photograph or write down this number."), timeout=5000
    )
    again = kiosk.get_by_role("button", name=say("No paper came out?"))
    with kiosk.expect_response("**/reprint") as asked:
        again.press("Enter")
    assert asked.value.status == 200
    expect(again).to_be_hidden()
    assert len(office.waiting()) == 1
