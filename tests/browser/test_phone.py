"""A ticket on its holder's phone: by the QR code, or by what is typed from the paper."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.accessibility import TWICE, overflow_faults, set_letters
from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, refusal, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL = {"viewport": {"width": 360, "height": 800}, "has_touch": True}


def hears(phone: Page, change: Callable[[Any], None]) -> None:
    """The phone's next news differ so from what the server says."""

    def tell(route: Route) -> None:
        snapshot = route.fetch(headers={**route.request.headers, "if-none-match": ""}).json()
        change(snapshot)
        route.fulfill(status=200, content_type="application/json", body=json.dumps(snapshot))

    phone.route("**/api/phone/*", tell)
    phone.evaluate("window.dispatchEvent(new Event('online'))")


def test_number_and_code_typed_lead_to_the_ticket(office: House, screens: Screens) -> None:
    screens.bears(refusal(404))
    ticket = office.take()
    phone = screens.open("/n", {}, **SMALL)
    number, code = (phone.get_by_label(say(text)) for text in ("Number", "Code"))
    show = phone.get_by_role("button", name=say("Show my number"))

    number.fill("antre")
    code.fill(ticket["trace"])
    show.tap()
    expect(phone.get_by_role("alert")).to_have_text(
        say("A number is a letter and three digits, such as A-012.")
    )
    number.fill(ticket["number"].replace("-", "").lower())
    code.fill("00000000")
    show.tap()
    expect(phone.get_by_role("alert")).to_have_text(say("Number and code do not match."))
    code.fill(ticket["trace"].lower())
    show.tap()
    expect(phone.locator("h1")).to_have_text(ticket["number"])
    expect(phone.locator(".headline")).to_have_text(say("You are next"))


def test_one_sentence_says_why_others_went_first(office: House, screens: Screens) -> None:
    office.at(1, "open")
    phone = screens.phone(office.take()["token"])
    expect(phone.locator(".headline")).to_have_text(say("You are next"))
    why = phone.get_by_text(
        say(
            "Some who came later were called first, because their time runs out earlier"
            " or the law gives them priority."
        )
    )
    expect(why).to_be_hidden()

    office.take(priority=True)
    office.at(1, "call-next")
    expect(why).to_be_visible()


def test_cancelling_is_asked_once_more_and_can_be_left(office: House, screens: Screens) -> None:
    ticket = office.take()
    phone = screens.phone(ticket["token"], **SMALL)
    phone.get_by_role("button", name=say("Cancel my number")).tap()
    phone.get_by_role("button", name=say("No, keep it")).tap()
    expect(phone.get_by_role("button", name=say("Cancel my number"))).to_be_visible()
    assert office.waiting() == [ticket["number"]]


def test_a_phone_says_that_the_opening_is_held_and_what_is_given_instead(
    office: House, screens: Screens
) -> None:
    phone = screens.phone(office.take()["token"])
    expect(phone.locator(".headline")).to_have_text(say("You are next"))

    hears(phone, lambda snapshot: snapshot.update(phase="numbers", held=True))
    expect(phone.locator(".detail")).to_have_text(
        say("The counters open later than planned. Please wait for the announcement.")
    )

    def no_blanks(snapshot: Any) -> None:
        for one in snapshot["services"]:
            one.update(state="biodata_instead", cause="blanks")

    hears(phone, no_blanks)
    cause = say("KTP-el blanks have run out")
    expect(phone.locator(".chance").first).to_have_text(
        say("Biodata instead: {cause}", cause=cause)
    )


def test_who_is_being_served_is_not_told_to_wait_for_a_call(
    office: House, screens: Screens
) -> None:
    phone = screens.phone(office.take()["token"])
    expect(phone.locator(".keep")).to_be_visible()

    office.at(1, "open")
    office.at(1, "call-next")
    office.at(1, "start")

    expect(phone.locator(".headline")).to_have_text(say("You are being served"))
    expect(phone.locator(".keep")).to_be_hidden()
    expect(phone.get_by_text(say("Code if you miss your call: {code}", code=""))).to_be_hidden()


def test_a_phone_changes_its_language_without_a_network_too(
    office: House, screens: Screens
) -> None:
    screens.bears(NO_ANSWER)
    ticket = office.take()
    phone = screens.phone(ticket["token"], **SMALL)
    expect(phone.locator(".headline")).to_have_text(say("You are next"))
    phone.context.set_offline(True)
    expect(phone.get_by_role("status").first).to_be_visible()

    phone.get_by_role("button", name="English").press("Enter")
    expect(phone.locator(".headline")).to_have_text("You are next")
    expect(phone.locator(".keep")).to_have_text(
        "Keep this screen on, and keep watching the display."
    )
    expect(phone.get_by_role("button", name="Bahasa Indonesia")).to_be_visible()
    phone.context.set_offline(False)


def test_a_call_fits_the_smallest_phone_with_letters_twice_as_large(
    office: House, screens: Screens
) -> None:
    ticket = office.take()
    office.at(1, "open")
    office.at(1, "call-next")
    phone = screens.phone(ticket["token"], viewport={"width": 320, "height": 640})
    set_letters(phone, TWICE)

    for language in ("id", "en"):
        phone.goto(f"{office.url}/t/{ticket['token']}?lang={language}")
        expect(phone.locator(".status[data-tone=call]")).to_be_visible()
        assert overflow_faults(phone, scrolls=True) == []
