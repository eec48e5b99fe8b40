"""The questions of polling day: every path to a number, in at most four taps."""

import json
import re
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from kiosk.domain.ticket import spoken_code
from tests.browser.accessibility import assert_accessible, assert_nothing_overflows
from tests.browser.house import House
from tests.browser.screens import Screens, refusal, say

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
        #: What the snapshot says of this kiosk otherwise than the server.
        self.kiosk: dict[str, str] = {}
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
        snapshot["kiosk"].update(self.kiosk)
        route.fulfill(status=200, content_type="application/json", body=json.dumps(snapshot))


def tap(kiosk: Page, button: Locator) -> None:
    """A calm tap: a second one at the same place at once would be taken for a shaking finger."""
    expect(button).to_be_visible()
    kiosk.clock.fast_forward(1100)
    button.tap()


def labelled(kiosk: Page, text: str, language: str = "id", **named: Any) -> Locator:
    words = kiosk.get_by_text(say(text, language, **named), exact=True)
    return kiosk.get_by_role("button").filter(has=words)


def answer(kiosk: Page, text: str, language: str = "id", **named: Any) -> None:
    tap(kiosk, labelled(kiosk, text, language, **named))


def by_keyboard(kiosk: Page, button: Locator) -> None:
    """Tab to a button and press Enter, as from a keyboard without a screen to touch."""
    expect(button).to_be_visible()
    kiosk.clock.fast_forward(1100)
    for _ in range(20):
        if button.evaluate("(element) => element === document.activeElement"):
            break
        kiosk.keyboard.press("Tab")
    expect(button).to_be_focused()
    kiosk.keyboard.press("Enter")


class Listener:
    """Hears what the kiosk says, in the words of its speaking mode."""

    def __init__(self, kiosk: Page) -> None:
        self._kiosk = kiosk
        self._said: list[str] = []
        self.languages: set[str] = set()
        kiosk.on("request", self._hear)

    def _hear(self, request: Request) -> None:
        if "/api/voice/kiosk.wav" in request.url:
            query = parse_qs(urlsplit(request.url).query)
            self._said += query["say"]
            self.languages.add(*query["language"])

    def expect(self, words: str) -> None:
        """Something is said now that holds these words; what was said before is forgotten."""
        for _ in range(400):
            if any(words in said for said in self._said):
                self._said.clear()
                return
            self._kiosk.wait_for_timeout(50)
        raise AssertionError(f"{words} not among {self._said}")


def to_the_ways(kiosk: Page, recorded: str, language: str = "id") -> None:
    """Three taps."""
    answer(kiosk, "To vote today", language)
    answer(kiosk, recorded, language)
    answer(kiosk, "{minutes} minutes", language, minutes=45)
    expect(kiosk.locator(".way-take").first).to_be_visible()


def kiosk_in(screens: Screens, language: str) -> Page:
    kiosk = screens.kiosk(at_language=language, clock=True)
    kiosk.set_default_timeout(10_000)
    expect(kiosk.locator(".tiles .vote")).to_be_visible()
    return kiosk


def check_ticket(office: House, service: str) -> Any:
    """One voter waits, for this service; then nobody any more."""
    lines = [(code, line) for code, line in office.state()["waiting"].items() if line]
    ((code, (ticket,)),) = lines
    assert code == service
    assert ticket["voter"]
    office.boss.post(f"/api/tickets/{ticket['id']}/cancel")
    return ticket


def only_ticket(office: House) -> Any:
    ((ticket,),) = [line for line in office.state()["waiting"].values() if line]
    return ticket


@pytest.mark.parametrize("language", ["id", "en"])
def test_four_taps_take_the_right_number(
    office: House, screens: Screens, polling_day: None, language: str
) -> None:
    kiosk = kiosk_in(screens, language)
    for text, services in PATHS.values():
        for place, service in enumerate(services):
            to_the_ways(kiosk, text, language)
            takes = kiosk.locator(".way-take")
            expect(takes).to_have_count(len(services))
            tap(kiosk, takes.nth(place))
            expect(kiosk.locator(".the-number")).to_be_visible()

            check_ticket(office, service)
            tap(kiosk, kiosk.locator(".body-number .choice"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_keyboard_alone_takes_every_number(
    office: House, screens: Screens, polling_day: None, language: str
) -> None:
    kiosk = kiosk_in(screens, language)
    for text, services in PATHS.values():
        for place, service in enumerate(services):
            for label in ("To vote today", text, "I do not know"):
                by_keyboard(kiosk, labelled(kiosk, label, language))
            by_keyboard(kiosk, kiosk.locator(".way-take").nth(place))
            expect(kiosk.locator(".the-number")).to_be_visible()

            check_ticket(office, service)
            by_keyboard(kiosk, kiosk.locator(".body-number .choice"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_speaking_mode_alone_takes_every_number(
    office: House, screens: Screens, polling_day: None, language: str
) -> None:
    kiosk = kiosk_in(screens, language)
    said = Listener(kiosk)
    for answered, (_, services) in enumerate(PATHS.values(), start=1):
        for place, service in enumerate(services):
            kiosk.clock.fast_forward(1100)
            kiosk.keyboard.press("5")
            said.expect("ask_service,ask_voting,press:1,service:biodata,press:2,")
            kiosk.keyboard.press("1")
            said.expect("ask_recorded,")
            kiosk.keyboard.press(str(answered))
            said.expect("ask_travel,number:15,minutes,press:1,")
            kiosk.keyboard.press("6")
            said.expect(
                f"kpps,bring:{services[0]},service:{services[0]},nobody_ahead"
                ",take,press:1,take_priority,press:2"
            )
            kiosk.keyboard.press(str(2 * place + 1))
            expect(kiosk.locator(".the-number")).to_be_visible()

            ticket = check_ticket(office, service)
            number = f"your_number,ticket:{ticket['number']}"
            said.expect(f"{number},{number},nobody_ahead")
            kiosk.keyboard.press("1")
            expect(kiosk.locator("[data-key]")).to_have_count(0)
    assert {language} == said.languages


def test_the_speaking_mode_repeats_goes_back_and_calls_staff(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    said = Listener(kiosk)
    answer(kiosk, "Listen")
    said.expect("welcome,ask_service,ask_voting")
    kiosk.keyboard.press("2")
    said.expect("service:biodata,nobody_ahead,")
    kiosk.keyboard.press("0")
    said.expect("service:biodata,nobody_ahead,")
    kiosk.keyboard.press("*")
    said.expect("ask_service,ask_voting")
    kiosk.keyboard.press("9")
    said.expect("staff_called")
    expect(kiosk.locator(".tile[data-key='2']")).to_be_visible()
    assert len(office.state()["help"]) == 1

    answer(kiosk, "Listen")
    expect(kiosk.locator("[data-key]")).to_have_count(0)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_keypad_alone_takes_an_ordinary_number_and_hears_what_to_bring(
    office: House, screens: Screens, language: str
) -> None:
    kiosk = screens.kiosk(at_language=language, clock=True)
    expect(kiosk.locator(".tile").first).to_be_visible()
    said = Listener(kiosk)
    kiosk.keyboard.press("Numpad5")
    said.expect("welcome,ask_service,service:biodata,press:1,")
    kiosk.keyboard.press("Numpad3")
    said.expect("service:recording,nobody_ahead,bring:recording,take,press:1,take_priority,press:2")
    kiosk.keyboard.press("Numpad1")
    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^C-"))

    ticket = only_ticket(office)
    number = f"your_number,ticket:{ticket['number']}"
    said.expect(f"{number},{number},nobody_ahead")
    assert said.languages == {language}


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_keyboard_alone_takes_an_ordinary_number(
    office: House, screens: Screens, language: str
) -> None:
    kiosk = screens.kiosk(at_language=language, clock=True)
    by_keyboard(kiosk, kiosk.locator(".tile").nth(4))
    by_keyboard(kiosk, labelled(kiosk, "Take a number", language))
    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^E-"))


@pytest.mark.parametrize("language", ["id", "en"])
def test_whoever_missed_the_call_comes_back_by_keypad_alone(
    office: House, screens: Screens, language: str
) -> None:
    kiosk = screens.kiosk(at_language=language, clock=True)
    expect(kiosk.locator(".tile").first).to_be_visible()
    said = Listener(kiosk)
    ticket = office.call_out(1)
    for key, value in (("no_show_calls", "1"), ("no_show_after_seconds", "0")):
        office.boss.post("/api/settings", {"key": key, "value": value})
    office.at(1, "no-show")
    code = spoken_code(ticket["trace"])
    wrong = f"{(int(code) + 1) % 10_000:04d}"
    letters = ",".join(f"letter:{letter},press:{key}" for key, letter in enumerate("ABCDEFR", 1))

    kiosk.keyboard.press("5")
    said.expect("i_am_back,press:7")
    kiosk.keyboard.press("7")
    said.expect(f"type_letter,{letters}")
    kiosk.keyboard.press("1")
    said.expect("type_digits")
    kiosk.keyboard.press("9")
    said.expect("number:9")
    kiosk.keyboard.press("*")
    said.expect("deleted")
    kiosk.keyboard.press("Enter")
    said.expect("type_digits")
    kiosk.keyboard.type(ticket["number"][2:])
    kiosk.keyboard.press("NumpadEnter")
    said.expect(f"ticket:{ticket['number']},type_code")
    screens.bears(refusal(404))
    kiosk.keyboard.type(wrong)
    said.expect(f"not_match,ticket:{ticket['number']},type_code")
    kiosk.keyboard.type(code)
    said.expect(f"ticket:{ticket['number']},waiting_again,listen,done,press:1")

    assert office.waiting() == [ticket["number"]]
    for key, value in (("no_show_calls", "3"), ("no_show_after_seconds", "90")):
        office.boss.post("/api/settings", {"key": key, "value": value})


def test_the_page_and_the_server_reckon_the_same_code(office: House, screens: Screens) -> None:
    kiosk = screens.kiosk()
    said = Listener(kiosk)
    kiosk.locator(".tile").first.press("Enter")
    kiosk.keyboard.press("5")
    said.expect("welcome,service:biodata")
    with kiosk.expect_response("**/api/tickets") as taken:
        labelled(kiosk, "Take a number", "id").press("Enter")
    code = spoken_code(taken.value.json()["ticket"]["trace"])
    said.expect(f"return_code,code:{code}")
    expect(kiosk.locator(".number-facts")).to_contain_text(code)


def test_the_speaking_mode_can_be_stopped_and_ends_when_nobody_is_there(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk(clock=True)
    expect(kiosk.locator(".tile").first).to_be_visible()
    said = Listener(kiosk)
    kiosk.keyboard.press("5")
    said.expect("welcome,ask_service")
    kiosk.keyboard.press("*")
    said.expect("goodbye")
    expect(kiosk.locator("[data-key]")).to_have_count(0)

    # Also where no sound comes.
    screens.bears(refusal(404))
    kiosk = screens.kiosk(clock=True)
    expect(kiosk.locator(".tile").first).to_be_visible()
    kiosk.route("**/api/voice/kiosk.wav?*", lambda route: route.fulfill(status=404))
    kiosk.keyboard.press("5")
    expect(kiosk.locator(".tile[data-key='1']")).to_be_visible()
    kiosk.keyboard.press("1")
    expect(kiosk.locator("h1")).to_contain_text("Biodata")
    begun = kiosk.locator("h1").filter(has_text=say("Which service do you need?"))
    for _ in range(6):
        kiosk.clock.run_for(20_000)
    expect(begun).to_be_visible()
    expect(kiosk.locator("[data-key]")).to_have_count(0)
    assert office.waiting() == []


def test_what_is_said_is_heard(office: House, screens: Screens, polling_day: None) -> None:
    kiosk = kiosk_in(screens, "id")
    with kiosk.expect_response(re.compile("/api/voice/kiosk.wav")) as heard:
        kiosk.keyboard.press("0")

    assert heard.value.status == 200
    assert heard.value.headers["content-type"] == "audio/wav"


def test_somebody_who_asks_is_fetched_and_that_is_forgotten(
    office: House, screens: Screens
) -> None:
    kiosk = screens.kiosk()
    kiosk.locator(".tile").first.press("Enter")
    fetch = kiosk.get_by_role("button", name=say("Staff come and fetch me"))
    fetch.press("Enter")
    expect(fetch).to_have_attribute("aria-pressed", "true")
    labelled(kiosk, "Take a number", "id").press("Enter")
    expect(kiosk.locator(".number-fetch")).to_be_visible()
    assert only_ticket(office)["fetch"]

    office.at(1, "open")
    office.at(1, "call-next")
    counter = screens.counter(1)
    expect(counter.locator("#card")).to_contain_text(say("Fetch this person"))
    office.at(1, "start")
    office.at(1, "finish")
    expect(counter.locator("#card")).not_to_contain_text(say("Fetch this person"))


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
    expect(kiosk.locator(".tile").nth(1)).to_contain_text(say("Suspended"))
    expect(kiosk.locator(".head")).to_contain_text(say("KTP-el blanks have run out"))

    to_the_ways(kiosk, "Yes, recorded")
    expect(kiosk.locator(".head")).to_contain_text(say("KTP-el blanks have run out"))
    tap(kiosk, kiosk.locator(".way-take"))

    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^A-"))


def test_an_ordinary_number_takes_two_taps_on_polling_day_too(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    expect(kiosk.locator(".tile")).to_have_count(6)
    tap(kiosk, kiosk.locator(".tile").last)
    expect(kiosk.locator(".choices .vote")).to_be_hidden()
    answer(kiosk, "Take a number")

    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^F-"))
    assert not only_ticket(office)["voter"]


@pytest.mark.parametrize(
    ("tile", "question", "service"),
    [(0, "No, never", "recording"), (1, None, "card-printing"), (2, None, "recording")],
    ids=["biodata", "card printing", "recording"],
)
def test_a_voter_who_chose_the_document_is_still_asked(
    office: House,
    screens: Screens,
    polling_day: None,
    tile: int,
    question: str | None,
    service: str,
) -> None:
    kiosk = kiosk_in(screens, "id")
    tap(kiosk, kiosk.locator(".tile").nth(tile))
    tap(kiosk, kiosk.locator(".choices .vote"))
    if question is not None:
        answer(kiosk, question)
    answer(kiosk, "I do not know")
    tap(kiosk, kiosk.locator(".way-take").first)

    expect(kiosk.locator(".the-number")).to_be_visible()
    check_ticket(office, service)


def test_whoever_goes_back_from_a_voters_questions_is_no_voter(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    tap(kiosk, kiosk.locator(".tile").nth(1))
    tap(kiosk, kiosk.locator(".choices .vote"))
    answer(kiosk, "Back")
    answer(kiosk, "Take a number")

    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^B-"))
    assert not only_ticket(office)["voter"]


def test_the_question_ends_when_the_polls_close(
    office: House, screens: Screens, polling_day: None
) -> None:
    kiosk = kiosk_in(screens, "id")
    answer(kiosk, "To vote today")
    expect(kiosk.get_by_role("button", name=say("No, never"))).to_be_visible()

    office.boss.post("/api/settings", {"key": "poll_close", "value": "00:01"})

    expect(kiosk.locator(".tile").first).to_be_visible()
    expect(kiosk.locator(".head")).to_contain_text(
        say("The polling stations have closed at {time}.", time="00.01")
    )


@pytest.mark.parametrize("language", ["id", "en"])
def test_too_late_is_not_refused(
    office: House, screens: Screens, polling_day: None, language: str
) -> None:
    kiosk = kiosk_in(screens, language)
    oracle = Oracle(kiosk)
    oracle.classes = {"card-printing": "late", "biodata": "late"}
    oracle.kiosk = {"paper": "ok"}
    kiosk.route("**/api/tickets/*/paper", lambda route: route.fulfill(json={"state": "fault"}))
    kiosk.reload()
    to_the_ways(kiosk, "Yes, recorded", language)
    before = office.state()["seq"]

    answer(kiosk, "Information slip", language)

    code = kiosk.locator(".slip-code")
    expect(code).to_have_text(re.compile("[0-9A-Z]{8}$"))
    for text in ("What you can still do", "What counts at the TPS is decided by KPPS."):
        expect(kiosk.locator(".slip-still")).to_contain_text(say(text, language))
    since = office.boss.get(f"/api/events?after={before}&limit=1000")["events"]
    (slip,) = [event["data"] for event in since if event["event"] == "slip_given"]
    assert slip["service"] == "card-printing"
    assert_accessible(kiosk)
    assert_nothing_overflows(kiosk)
    eventually(lambda: any(page["number"] == "" for page in printed_pages(office)))

    again = kiosk.get_by_role("button", name=say("No paper came out?", language))
    with kiosk.expect_response("**/reprint") as asked:
        tap(kiosk, again)
    assert asked.value.status == 200
    expect(again).to_be_hidden()
    events = [event["event"] for event in office.boss.get(f"/api/events?after={before}")["events"]]
    assert events == ["slip_given", "slip_reprinted"]

    answer(kiosk, "Still take a number", language)
    tap(kiosk, kiosk.locator(".way-take").first)
    expect(kiosk.locator(".the-number")).to_have_text(re.compile("^B-"))


def printed_pages(office: House) -> Any:
    """What the preview printer has drawn, the newest first; a slip has no number."""
    return office.boss.get("/api/preview")["items"]


def eventually(is_so: Callable[[], bool]) -> None:
    """The print worker is another process."""
    until = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_somebody_who_missed_the_call_comes_back_with_number_and_code(
    office: House, screens: Screens
) -> None:
    ticket = office.call_out(1)
    for key, value in (("no_show_calls", "1"), ("no_show_after_seconds", "0")):
        office.boss.post("/api/settings", {"key": key, "value": value})
    office.at(1, "no-show")
    kiosk = screens.kiosk(clock=True)
    kiosk.get_by_role("button", name=say("I am back")).press("Enter")
    expect(kiosk.locator(".pad-key").first).to_have_text("A")

    kiosk.keyboard.type(ticket["number"].replace("-", ""))
    kiosk.get_by_role("button", name=say("Next")).press("Enter")
    expect(kiosk.locator(".head")).to_contain_text(ticket["number"])
    kiosk.keyboard.type(ticket["trace"])
    kiosk.clock.fast_forward(1100)
    kiosk.get_by_role("button", name=say("I am here")).press("Enter")

    expect(kiosk.locator(".head")).to_contain_text(
        say("Number {number} is waiting again.", number=ticket["number"])
    )
    assert office.waiting() == [ticket["number"]]
    for key, value in (("no_show_calls", "3"), ("no_show_after_seconds", "90")):
        office.boss.post("/api/settings", {"key": key, "value": value})
