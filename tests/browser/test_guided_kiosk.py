"""The questions of polling day: every path to a number, in at most four taps."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.house import House
from tests.browser.screens import Screens, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: "Already recorded?" -> the button, and the services whose numbers it leads to.
PATHS = {
    "yes": ("Yes, recorded", ["card-printing"]),
    "lost": ("Yes, but the card is lost or damaged", ["lost-card"]),
    "no": ("No, never", ["recording", "recording-biodata"]),
    "unsure": ("Not sure", ["recording", "recording-biodata"]),
}
MINUTE = 60_000


@pytest.fixture
def polling_day(office: House) -> Iterator[None]:
    """The polls are open until midnight."""
    office.boss.post("/api/settings", {"key": "poll_close", "value": "24:00"})
    yield
    office.boss.post("/api/settings", {"key": "poll_close", "value": "none"})


class Oracle:
    """Answers the kiosk's questions about time; `classes` by service, for all others none."""

    def __init__(self, kiosk: Page) -> None:
        self.classes: dict[str, str | None] = {}
        self.asked: list[str] = []
        kiosk.route("**/api/forecast?*", self._foretell)
        kiosk.route("**/api/kiosk", self._announce)

    def _foretell(self, route: Route) -> None:
        self.asked.append(route.request.url.split("?")[1])
        service = route.request.url.split("service=")[1].split("&")[0]
        known = self.classes.get(service)
        at = 1_795_664_700_000  # 11.45 WITA
        route.fulfill(
            json={
                "service": service,
                "wait": {"low": 30, "high": 50} if known else None,
                "done": {"low": at, "high": at + 20 * MINUTE} if known else None,
                "latest_start": at,
                "class": known,
                "people_ahead": 9,
                "calibrated": known is not None,
            }
        )

    def _announce(self, route: Route) -> None:
        """Let the snapshot say that this server forecasts."""
        answer = route.fetch()
        if answer.status != 200:
            route.fulfill(response=answer)
            return
        snapshot = answer.json()
        for service in snapshot["services"]:
            service["wait"] = None
        route.fulfill(status=200, content_type="application/json", body=json.dumps(snapshot))


def tap(kiosk: Page, button: Locator) -> None:
    """A calm tap: a second one at the same place at once would be taken for a shaking finger."""
    expect(button).to_be_visible()
    kiosk.clock.fast_forward(1100)
    button.tap()


def answer(kiosk: Page, text: str, language: str = "id", **named: Any) -> None:
    button = kiosk.get_by_role("button").filter(
        has=kiosk.get_by_text(say(text, language, **named), exact=True)
    )
    tap(kiosk, button)


def to_the_ways(kiosk: Page, recorded: str, language: str = "id") -> None:
    """Three taps."""
    answer(kiosk, "Yes, to vote today", language)
    answer(kiosk, recorded, language)
    answer(kiosk, "{minutes} minutes", language, minutes=45)
    expect(kiosk.locator(".way-take").first).to_be_visible()


def kiosk_in(screens: Screens, language: str) -> Page:
    kiosk = screens.kiosk(at_language=language, clock=True)
    kiosk.set_default_timeout(10_000)
    expect(kiosk.locator(".answer").first).to_be_visible()
    return kiosk


def only_ticket(office: House) -> Any:
    ((ticket,),) = [line for line in office.state()["waiting"].values() if line]
    return ticket


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("recorded", PATHS)
def test_four_taps_take_the_right_number(
    office: House, screens: Screens, polling_day: None, recorded: str, language: str
) -> None:
    text, services = PATHS[recorded]
    kiosk = kiosk_in(screens, language)
    for place, service in enumerate(services):
        to_the_ways(kiosk, text, language)
        takes = kiosk.locator(".way-take")
        expect(takes).to_have_count(len(services))
        tap(kiosk, takes.nth(place))
        expect(kiosk.locator(".the-number")).to_be_visible()

        (line,) = [(code, line) for code, line in office.state()["waiting"].items() if line]
        assert line[0] == service
        assert line[1][0]["voter"]
        office.boss.post(f"/api/tickets/{line[1][0]['id']}/cancel")
        tap(kiosk, kiosk.locator(".body-number .choice"))


def test_priority_is_an_equal_button_and_no_reason_is_asked(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    to_the_ways(kiosk, "Yes, recorded")

    tap(kiosk, kiosk.locator(".way-priority"))

    expect(kiosk.locator(".the-number")).to_be_visible()
    assert office.boss.get("/api/supervisor")["today"]["waiting"] == 1


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_time_is_told_before_the_number_is_taken(
    office: House, screens: Screens, polling_day: None, language: str
) -> None:
    kiosk = kiosk_in(screens, language)
    oracle = Oracle(kiosk)
    oracle.classes = {"card-printing": "on_time"}
    kiosk.reload()
    to_the_ways(kiosk, "Yes, recorded", language)

    way = kiosk.locator(".way")
    expect(way).to_have_count(1)
    expect(way).to_have_attribute("data-class", "on_time")
    expect(way).to_contain_text(say("In time", language))
    times = {"id": ("11.45", "12.05"), "en": ("11:45", "12:05")}[language]
    estimate = say(
        "Estimate: document ready at about {low}-{high}.", language, low=times[0], high=times[1]
    )
    expect(way).to_contain_text(estimate)
    expect(kiosk.locator("main")).to_contain_text(
        say(
            "This is an estimate, not a guarantee. What counts at the TPS is decided by KPPS.",
            language,
        )
    )
    assert oracle.asked[0] == "service=card-printing&voter=1&travel_minutes=45"


def test_biodata_stands_beside_a_card_that_would_hardly_be_in_time(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    oracle = Oracle(kiosk)
    oracle.classes = {"card-printing": "late", "biodata": "on_time"}
    kiosk.reload()
    to_the_ways(kiosk, "Yes, recorded")

    expect(kiosk.locator(".way")).to_have_count(2)
    expect(kiosk.locator(".way").nth(0)).to_contain_text(say("Probably too late"))
    expect(kiosk.locator(".way").nth(1)).to_contain_text(say("In time"))
    tap(kiosk, kiosk.locator(".way-take").nth(0))
    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^B-"))


def test_an_office_that_cannot_foretell_shows_people_ahead_and_no_minutes(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    Oracle(kiosk)
    kiosk.reload()
    to_the_ways(kiosk, "No, never")

    expect(kiosk.locator(".way").first).to_contain_text(
        say("People ahead of you: {count}", count=9)
    )
    expect(kiosk.locator(".way-verdict:visible")).to_have_count(0)


def test_a_card_that_cannot_be_printed_is_told_before_the_first_tap_and_leads_to_biodata(
    office: House, screens: Screens, polling_day: None
) -> None:
    office.boss.post("/api/services/card-printing/suspend", {"cause": "blanks"})
    kiosk = kiosk_in(screens, "id")
    expect(kiosk.locator(".head")).to_contain_text(say("KTP-el blanks have run out"))

    to_the_ways(kiosk, "Yes, recorded")
    expect(kiosk.locator(".head")).to_contain_text(say("KTP-el blanks have run out"))
    tap(kiosk, kiosk.locator(".way-take"))

    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^A-"))


def test_other_services_are_one_tap_away_and_back(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    answer(kiosk, "No, another service")
    expect(kiosk.locator(".tile")).to_have_count(6)
    answer(kiosk, "Back")
    expect(kiosk.get_by_role("heading", name=say("To vote today?"))).to_be_visible()

    answer(kiosk, "No, another service")
    tap(kiosk, kiosk.locator(".tile").last)
    answer(kiosk, "Take a number")
    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^F-"))
    assert not only_ticket(office)["voter"]


def test_the_question_ends_when_the_polls_close(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    answer(kiosk, "Yes, to vote today")
    expect(kiosk.get_by_role("button", name=say("No, never"))).to_be_visible()

    office.boss.post("/api/settings", {"key": "poll_close", "value": "00:01"})

    expect(kiosk.locator(".tile").first).to_be_visible()
    expect(kiosk.locator(".head")).to_contain_text(
        say("The polling stations have closed at {time}.", time="00.01")
    )
