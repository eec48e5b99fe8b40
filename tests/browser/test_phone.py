"""A ticket on its holder's phone: by the QR code, or by what is typed from the paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.house import House
from tests.browser.screens import Screens, refusal, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SMALL = {"viewport": {"width": 360, "height": 800}, "has_touch": True}


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
