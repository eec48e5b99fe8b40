"""A kiosk whose server says what a test wants: faults and full houses need no waiting for.

The server's answers are changed on their way to the page.
"""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Error, Page, Route, expect

from tests.browser.screens import say

MINUTE = 60_000
Change = Callable[[Any], None]
#: A tap: ("button", its English text), ("tile", a part of its text) or ("key", its character).
Tap = tuple[str, str]


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


def services(count: int) -> Change:
    """So many services in the list, over and over the same."""

    def change(snapshot: Any) -> None:
        unlisted = [one for one in snapshot["services"] if one["code"] in snapshot["unlisted"]]
        listed = [one for one in snapshot["services"] if one not in unlisted]
        again = [
            {**listed[place % len(listed)], "code": f"again-{place}"}
            for place in range(len(listed), count)
        ]
        snapshot["services"] = [*listed[:count], *again, *unlisted]

    return change


def notice(snapshot: Any) -> None:
    text = "Blangko KTP-el habis. Biodata tetap dilayani."
    snapshot.update(notice={"text": {"id": text, "en": text}})


def no_card(snapshot: Any) -> None:
    for one in snapshot["services"]:
        if one["code"] == "card-printing":
            one.update(state="suspended", cause="blanks", expected_back=1_795_664_700_000)


def no_network(snapshot: Any) -> None:
    for one in snapshot["services"]:
        if one["code"] == "recording":
            one.update(state="suspended", cause="link", expected_back=None)


def held(snapshot: Any) -> None:
    snapshot.update(phase="numbers", held=True)


#: The opening is held, the paper is out, two services are suspended, and a notice says so.
ALL_AT_ONCE: list[Change] = [busy, held, paper("out"), no_card, no_network, notice]


#: The changed answers count as newer than all that the server says by itself.
LATER = 1_000_000
IS_LATER = "(seq) => Number(document.documentElement.dataset.seq) >= seq"


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
        snapshot["seq"] += LATER
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

    def show(self, changes: list[Change], taps: tuple[Tap, ...], seen: str) -> None:
        self.page.set_viewport_size({"width": 1280, "height": 800})
        self.changes = changes
        self.page.reload(wait_until="domcontentloaded")
        self.page.wait_for_function(IS_LATER, arg=LATER)
        for kind, text in taps:
            if kind == "tile":
                self.page.locator(".tile").filter(has_text=text).first.press("Enter")
            elif kind == "key":
                self.page.locator(".pad-key").get_by_text(text, exact=True).first.press("Enter")
            else:
                words = self.page.get_by_text(say(text), exact=True)
                self.page.get_by_role("button").filter(has=words).first.press("Enter")
        expect(self.page.locator(seen).first).to_be_attached()
