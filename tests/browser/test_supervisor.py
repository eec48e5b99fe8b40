"""The supervisor's hand reaches every screen."""

import re

import pytest
from playwright.sync_api import Locator, expect

from kiosk.web.snapshots import notice_text
from tests.browser.house import House
from tests.browser.screens import Screens, refusal, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

#: Notes the length of every sound that is played from now on.
HEARD = """() => {
  const start = AudioBufferSourceNode.prototype.start;
  window.heard = [];
  AudioBufferSourceNode.prototype.start = function (...when) {
    window.heard.push(this.buffer.duration);
    return start.apply(this, when);
  };
}"""


def row(table: Locator, text: str) -> Locator:
    """The row of a table that begins with something."""
    return table.get_by_role("row").filter(has_text=text)


def test_a_suspended_service_says_so_on_the_tile(office: House, screens: Screens) -> None:
    supervisor, kiosk = screens.supervisor("services"), screens.kiosk()
    tile = kiosk.locator(".tile", has_text="Perekaman")
    expect(tile).to_contain_text(say("Nobody is waiting"))

    supervisor_row = row(supervisor.locator("#main"), "Perekaman KTP-el")
    supervisor_row.get_by_role("button", name=say("Suspend"), exact=True).click()
    form = supervisor.locator(".panel form")
    form.get_by_label(say("Cause")).select_option("link")
    form.get_by_role("button", name=say("Suspend"), exact=True).click()

    cause = say("Suspended: {cause}", cause=say("the central network (SIAK) is disturbed"))
    expect(tile).to_contain_text(cause)
    tile.tap()
    expect(kiosk.locator(".message", has_text=cause)).to_be_visible()
    expect(kiosk.get_by_role("button", name=say("Take a number"), exact=True)).to_be_hidden()
    supervisor_row.get_by_role("button", name=say("Restore"), exact=True).click()
    expect(kiosk.get_by_role("button", name=say("Take a number"), exact=True)).to_be_visible()


def test_a_day_that_ends_at_midnight_ends_at_24(office: House, screens: Screens) -> None:
    office.boss.post("/api/day/open")
    supervisor, display = screens.supervisor("overview"), screens.display()
    expect(supervisor.locator(".steps li").nth(3)).to_contain_text("24.00")
    expect(supervisor.locator(".steps li").nth(2)).to_contain_text("00.00")
    expect(display.locator("body")).to_contain_text(say("Open until {time}", time="24.00"))


def test_a_notice_fills_the_display_and_is_spoken(office: House, screens: Screens) -> None:
    display, supervisor = screens.display(), screens.supervisor("notices")
    expect(display.locator("#featured")).to_be_visible()
    display.evaluate(HEARD)
    text = notice_text("link_down")
    line = supervisor.get_by_role("listitem").filter(has_text=text["id"])

    with display.expect_request("**/api/voice/notices/link_down.wav"):
        line.get_by_role("button", name=say("Send")).click()

    notice = display.locator("#notice")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(text["id"])
    expect(notice).to_contain_text(text["en"])
    box, screen = notice.bounding_box(), display.viewport_size
    assert box is not None
    assert (box["width"], box["height"]) == (screen["width"], screen["height"])  # type: ignore[index]
    display.wait_for_function("() => window.heard.length === 1 && window.heard[0] > 2")
    supervisor.get_by_role("button", name=say("End the notice")).click()
    expect(notice).to_be_hidden()


def test_closing_the_day_names_the_tickets_that_are_still_open(
    office: House, screens: Screens
) -> None:
    called, waiting = office.call_out(1), office.take("family")
    supervisor, display = screens.supervisor(), screens.display()
    kiosk = screens.kiosk()

    supervisor.get_by_role("button", name=say("Close the day"), exact=True).click()
    chips = supervisor.locator(".chips li")
    expect(chips).to_have_count(2)
    expect(chips.filter(has_text=called["number"])).to_have_count(1)
    expect(chips.filter(has_text=waiting["number"])).to_have_count(1)
    assert office.state()["phase"] == "open"
    supervisor.get_by_role("button", name=say("Yes, close the day")).click()

    expect(supervisor.locator("[aria-current=step]")).to_contain_text(say("Closed"))
    expect(display.locator(".featured-title")).to_have_text(say("Closed for today"))
    expect(kiosk.locator("h1")).to_have_text(say("Service has ended for today."))
    assert office.state()["phase"] == "closed"
    assert office.waiting() == []


def test_a_device_is_paired_with_a_code_and_says_when_it_is_revoked(
    office: House, screens: Screens
) -> None:
    screens.bears(refusal(401), "WebSocket connection to")
    supervisor = screens.supervisor("devices")
    supervisor.get_by_text(say("Pair a new device")).click()
    supervisor.get_by_label(say("Kind")).select_option("display")
    supervisor.get_by_label(say("Name"), exact=True).fill("Layar baru")
    supervisor.get_by_role("button", name=say("Make a pairing code")).click()
    box = supervisor.locator(".pairing", has_text="Layar baru")
    code = str(box.locator(".code").text_content()).strip()
    assert re.fullmatch(r"[A-HJ-NP-Z2-9]{7,8}", code)

    screen = screens.open("/pair", {})
    for letter in code:
        screen.get_by_role("button", name=letter, exact=True).click()
    screen.get_by_role("button", name=say("Pair"), exact=True).click()

    screen.wait_for_url("**/display")
    expect(screen.locator(".featured-title")).to_have_text(say("Welcome"))
    device = row(supervisor.locator("#main"), "Layar baru")
    device.get_by_role("button", name=say("Revoke")).click()
    supervisor.locator(".panel").get_by_role("button", name=say("Revoke"), exact=True).click()

    expect(screen.locator(".featured-title")).to_have_text(say("Not paired"))
    expect(screen.locator(".featured-text")).to_have_text(
        say("The supervisor can pair this display.")
    )


#: Codes of services, devices, rules and kinds, as the journal keeps them.
CODES = re.compile(
    r"\b(biodata|card-printing|recording|slack/\d|kiosk:\d|device_id|network|due: )\b|_"
)


def test_the_journal_speaks_of_everything_by_its_name(office: House, screens: Screens) -> None:
    office.call_out(1, "recording")
    office.at(1, "start")
    office.at(1, "park", cause="prr", due_back_minutes=5)
    office.boss.post("/api/services/card-printing/suspend", {"cause": "blanks"})
    office.boss.post("/api/services/card-printing/restore")
    office.boss.post("/api/notices", {"notice": "pause"})
    office.machine.post("/api/help", {"kind": "travel"})
    office.boss.post("/api/settings", {"key": "pacing", "value": "on"})
    office.boss.post("/api/settings", {"key": "pacing", "value": "off"})
    details = screens.supervisor("journal").locator("tbody td.facts")

    expect(details.filter(has_text=say("at the question about the way"))).not_to_have_count(0)
    expect(details.filter(has_text=say("earliest due"))).not_to_have_count(0)
    expect(details.filter(has_text="C Perekaman KTP-el")).not_to_have_count(0)
    newest = details.all_inner_texts()[:14]
    assert [text for text in newest if CODES.search(text)] == []


def test_a_setting_that_does_not_fit_says_what_would(office: House, screens: Screens) -> None:
    screens.bears(refusal(422))
    supervisor = screens.supervisor("settings")
    hour = supervisor.get_by_label(say("Opens at"), exact=True)
    setting = supervisor.locator(".setting", has=hour)
    before = office.state()["settings"]["opens"]["value"]
    hour.fill("8 pagi")
    hour.press("Enter")

    problem = say("Not accepted. It should be: {problem}", problem=say("HH:MM"))
    expect(setting.locator(".problem")).to_have_text(problem)
    assert office.state()["settings"]["opens"]["value"] == before


def test_the_service_given_instead_is_chosen_by_its_name(office: House, screens: Screens) -> None:
    supervisor = screens.supervisor("settings")
    chosen = supervisor.get_by_label(say("Biodata service"), exact=True)
    setting = supervisor.locator(".setting", has=chosen)
    expect(chosen).to_have_value("biodata")
    chosen.select_option(label="F · Informasi dan pengaduan")
    setting.get_by_role("button").click()
    expect(setting).to_contain_text(say("Saved."))
    assert office.state()["settings"]["biodata_service"]["value"] == "information"
    expect(setting).to_contain_text("A · Biodata untuk pemilih")  # what it was delivered as
    office.boss.post("/api/settings", {"key": "biodata_service", "value": "biodata"})
    expect(chosen).to_have_value("biodata")
