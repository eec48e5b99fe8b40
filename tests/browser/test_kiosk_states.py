"""States of the kiosk that a day seldom shows: each can be used by everybody, at every size."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import accessibility_faults, overflow_faults
from tests.browser.house import House
from tests.browser.screens import NO_ANSWER, Screens, refusal, say
from tests.browser.stand import (
    ALL_AT_ONCE,
    Change,
    Stand,
    Tap,
    busy,
    doubt,
    held,
    no_card,
    no_service,
    paper,
    phase,
    service,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser"), pytest.mark.timeout(300)]

SIZES = ((320, 640), (1280, 800), (1366, 768), (1920, 1080), (1080, 1920))


@pytest.fixture
def polling_day(office: House) -> Iterator[None]:
    """The polls are open until midnight."""
    office.boss.post("/api/settings", {"key": "poll_close", "value": "24:00"})
    yield
    office.boss.post("/api/settings", {"key": "poll_close", "value": "none"})


FIRST, VOTE = ("tile", ""), ("button", "To vote today")
LATE = (VOTE, ("button", "No, never"), ("button", "I do not know"))
CARD = ("tile", "Cetak KTP-el")
LARGE, LISTEN = ("button", "Large text"), ("button", "Listen")
#: name -> (changes of the snapshot, taps, what must then be seen)
STATES: dict[str, tuple[list[Change], tuple[Tap, ...], str]] = {
    "before opening": ([phase("before")], (), ".tile[data-off]"),
    "numbers only": ([phase("numbers")], (), ".message"),
    "held": ([held], (), ".message"),
    "serving out": ([phase("serving_out")], (), ".tile[data-off]"),
    "closed": ([phase("closed")], (), ".tile[data-off]"),
    "clock in doubt": ([doubt], (), ".message"),
    "fault of the file": ([lambda s: s.update(trouble="disk_full")], (), ".message"),
    "no service": ([no_service], (), ".head"),
    "out of paper": ([paper("out")], (), ".message"),
    "printer fault": ([paper("fault")], (), ".message"),
    "busy": ([busy], (), ".tile-wait"),
    "busy, large": ([busy], (LARGE,), ".tile-wait"),
    "recording suspended": (
        [service(2, state="suspended", cause="recording_set", expected_back=1_795_664_700_000)],
        (),
        ".message",
    ),
    "biodata instead": (
        [service(1, state="biodata_instead", cause="blanks", instead="biodata")],
        (CARD,),
        ".choices .button-primary",
    ),
    "card printing suspended": ([no_card], (CARD,), ".choices"),
    "a service before opening": ([phase("before")], (FIRST,), ".choices"),
    "all at once": (ALL_AT_ONCE, (), ".vote"),
    "all at once, large": (ALL_AT_ONCE, (LARGE,), ".vote"),
    "two ways, late": ([busy], LATE, ".slip"),
    "two ways, late, large": ([busy], (LARGE, *LATE), ".slip"),
    "speaking": ([busy], (LISTEN,), "[data-key]"),
    "high contrast": ([busy], (("button", "High contrast"),), ".tile-wait"),
    "number, no printer": ([paper("none")], (FIRST, ("button", "Take a number")), ".qr"),
    "number, paper fault": ([paper("ok")], (FIRST, ("button", "Take a number")), ".notice"),
}


def faults_of(stand: Stand) -> list[str]:
    found = accessibility_faults(stand.page)
    for width, height in SIZES:
        stand.page.set_viewport_size({"width": width, "height": height})
        found += [
            f"{width} x {height}: {fault}"
            for fault in overflow_faults(stand.page, scrolls=height < 700)
        ]
    return found


def test_every_state_of_the_kiosk_can_be_used_by_everybody(
    office: House, screens: Screens, polling_day: None
) -> None:
    stand = Stand(screens.kiosk())
    faults = []

    for name, (changes, taps, seen) in STATES.items():
        stand.show(changes, taps, seen)
        faults += [f"{name}: {fault}" for fault in faults_of(stand)]
        stand.page.get_by_role("button", name="English").press("Enter")
        expect(stand.page.locator("html")).to_have_attribute("lang", "en")
        faults += [f"{name} (en): {fault}" for fault in faults_of(stand)]

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


def test_a_kiosk_whose_scripts_do_not_come_says_where_to_go(
    office: House, screens: Screens
) -> None:
    screens.bears("net::ERR_FAILED")
    kiosk = screens.kiosk()
    expect(kiosk.locator(".tile").first).to_be_visible()
    kiosk.route("**/static/kiosk/kiosk.js*", lambda route: route.abort())

    kiosk.reload()

    expect(kiosk.get_by_role("heading", name=say("Connecting…"))).to_be_visible()
    expect(kiosk.get_by_text(say("If this stays, please go to the staff."))).to_be_visible()


def test_paper_that_does_not_come_is_told_within_five_seconds_and_reprinted_once(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk()
    stand = Stand(kiosk)
    stand.show([paper("ok")], (FIRST, ("button", "Take a number")), ".the-number")

    expect(kiosk.locator(".number-paper")).to_have_text(
        say("Photograph or write down this number and its code."), timeout=5000
    )
    again = kiosk.get_by_role("button", name=say("No paper came out?"))
    with kiosk.expect_response("**/reprint") as asked:
        again.press("Enter")
    assert asked.value.status == 200
    expect(again).to_be_hidden()
    assert len(office.waiting()) == 1


def test_a_service_that_is_suspended_says_why_and_leads_on(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk()
    Stand(kiosk).show([no_card], (CARD,), ".message")

    expect(kiosk.locator(".head .message:visible")).to_contain_text(
        say("Please choose another service or go to the staff.")
    )
    expect(kiosk.get_by_role("button", name=say("Take a number"), exact=True)).to_be_hidden()
    kiosk.get_by_role("button", name=say("Choose another service")).press("Enter")
    expect(kiosk.get_by_role("heading", name=say("Which service do you need?"))).to_be_visible()


def test_no_message_is_left_out_when_there_are_many(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = screens.kiosk(clock=True)
    stand = Stand(kiosk)

    for taps in ((), (LARGE,)):
        stand.show(ALL_AT_ONCE, taps, ".vote")
        expect(kiosk.locator(".head .message:visible")).to_have_count(4)
        more = kiosk.get_by_role("button", name=say("More services"))
        seen: set[str] = set()
        for _ in range(3):
            seen.update(kiosk.locator(".tile .tile-letter").all_text_contents())
            kiosk.clock.fast_forward(1100)
            more.press("Enter")
        assert seen == set("ABCDEF")


def test_the_name_of_the_card_is_never_broken(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = screens.kiosk()
    Stand(kiosk).show([], (VOTE,), ".answer")

    for width in (320, 700, 900, 1100, 1280):
        kiosk.set_viewport_size({"width": width, "height": 800})
        lines = kiosk.locator(".answer .whole").evaluate_all(
            "words => words.map((word) => word.getClientRects().length)"
        )
        assert lines == [1]
