"""Every state of every screen, as one day of an office that is played from morning to closing.

A `Scene` puts the office into a state through the API, as its people would; its `View`s say which
screens to look at then, and what a person does there first. The gallery makes a picture of each
view, the tests check each view, in both languages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.house import House
from tests.browser.screens import say, session_of
from tests.browser.stage import StageServer

COUNTERS = 12
BEGINS = "2026-11-27 06:40"

#: Width and height in CSS pixels of each screen as it usually is.
SIZES: dict[str, tuple[tuple[int, int], ...]] = {
    "kiosk": ((1280, 800), (1080, 1920)),
    "display": ((1920, 1080), (1080, 1920)),
    "counter": ((1366, 768),),
    "supervisor": ((1366, 768),),
    "phone": ((360, 800),),
    "door": ((1366, 768), (360, 800)),
}
#: Screens whose page may be longer than the screen.
SCROLLING = frozenset({"phone", "supervisor", "door"})

Deed = Callable[[Page, str], None]


def nothing(page: Page, language: str) -> None:
    """Only look."""


@dataclass(frozen=True)
class View:
    """One screen in one state.

    ready: a selector that is visible when the screen has reached the state. who: whose session or
    device the browser has. act: what a person does there first. fresh: load the page anew, because
    an earlier view has left it elsewhere. offline: without a network.
    """

    name: str
    screen: str
    ready: str
    path: str = ""
    who: str = ""
    act: Deed = nothing
    fresh: bool = False
    offline: bool = False

    def address(self, story: "Story") -> str:
        return story.tokens.get(self.path, self.path) or f"/{self.screen}"


@dataclass(frozen=True)
class Scene:
    """`arrange` does what happens in the office; then the `views` are looked at."""

    name: str
    arrange: Callable[["Story"], None]
    views: tuple[View, ...]


@dataclass
class Story:
    """The office of the play; `tokens` names what views refer to (a phone's address)."""

    server: StageServer
    office: House
    tokens: dict[str, str] = field(default_factory=dict)

    def cookies(self, view: View) -> dict[str, str]:
        """Whose browser it is."""
        who = view.who or view.screen
        if who == "kiosk":
            return {"device": self.office.kiosk}
        if who == "display":
            return {"device": self.office.display}
        if who == "counter":
            return session_of(self.office.desks[1])
        if who.startswith("counter-"):
            return session_of(self.office.desks[int(who.removeprefix("counter-"))])
        return session_of(self.office.boss) if who == "supervisor" else {}

    def phone(self, name: str, ticket: Any) -> None:
        self.tokens[name] = f"/t/{ticket['token']}"


def begin(folder: Path) -> Story:
    """An office at twenty to seven, with nobody in it but its people."""
    server = StageServer(folder, begins=BEGINS, counters=COUNTERS)
    return Story(server, House(folder, server, COUNTERS))


# --- what a person does at a screen ---------------------------------------------------------------


def tap(*texts: str) -> Deed:
    """One button after the other, by its text in English."""

    def deed(page: Page, language: str) -> None:
        for text in texts:
            words = page.get_by_text(say(text, language), exact=True)
            button = page.get_by_role("button").filter(has=words, visible=True)
            button.first.press("Enter")

    return deed


def tap_service(letter: str, *texts: str) -> Deed:
    """The tile of a service's letter, then buttons."""

    def deed(page: Page, language: str) -> None:
        tile = page.locator(".tile").filter(has=page.locator(f".tile-letter:text-is('{letter}')"))
        tile.press("Enter")
        tap(*texts)(page, language)

    return deed


def keys(*pressed: str) -> Deed:
    """Keys of a counter, each when the last is answered."""

    def deed(page: Page, language: str) -> None:
        for key in pressed:
            expect(page.locator("#card[aria-busy]")).to_have_count(0)
            page.keyboard.press(key)

    return deed


# --- the day --------------------------------------------------------------------------------------


def early(story: Story) -> None:
    """Nobody has come; the office opens at eight."""


def numbers(story: Story) -> None:
    """Numbers are given, calling has not begun."""
    story.server.until("07:41")
    story.phone("early", story.office.take("biodata"))


def opened(story: Story) -> None:
    """The hour has come; the first number was given back, so nobody waits."""
    boss = story.office.boss
    for line in story.office.state()["waiting"].values():
        for ticket in line:
            boss.post(f"/api/tickets/{ticket['id']}/cancel")
    story.server.until("08:00")


def first(story: Story) -> None:
    """One counter is open, one person waits."""
    story.office.at(1, "open")
    story.phone("first", story.office.take("biodata"))


def first_call(story: Story) -> None:
    story.office.at(1, "call-next")


def first_served(story: Story) -> None:
    story.office.at(1, "start")


def first_parked(story: Story) -> None:
    """Papers are missing: the number is put aside and called back later."""
    story.office.at(1, "park", cause="documents", due_back_minutes=15, owner="counter")


def absent(story: Story) -> None:
    """Called three times, nobody came; the counter goes on with the next."""
    office, server = story.office, story.server
    story.phone("absent", office.take("recording"))
    office.take("biodata")
    office.at(1, "call-next")
    for _ in range(2):
        server.forward(seconds=60)
        office.at(1, "recall")
    server.forward(seconds=60)
    office.at(1, "no-show")


def many(story: Story) -> None:
    """A full hall: twelve counters, fifty people, among them voters and priority."""
    office, server = story.office, story.server
    services = [service["code"] for service in office.state()["services"]]
    for number in range(2, COUNTERS + 1):
        office.at(number, "open")
    for step in range(64):
        body: dict[str, Any] = {"service": services[step % len(services)]}
        if step % 4 == 1:
            body |= {"voter": True, "travel_minutes": 15 + step % 40}
        if step % 9 == 5:
            body |= {"priority": True}
        ticket = office.take(**body)
        if step % 8 == 3:
            server.forward(seconds=50)
    story.phone("waiting", ticket)
    for number in range(1, COUNTERS + 1):
        office.at(number, "call-next")
        if number % 2:
            office.at(number, "start")
        server.forward(seconds=9)
    office.at(3, "park", cause="prr", due_back_minutes=10, owner="service")
    office.at(5, "finish", outcome="card_later", blanks=1)
    office.at(5, "call-next")


def stopped(story: Story) -> None:
    """The card blanks have run out, the link is down, and the staff say so."""
    boss = story.office.boss
    story.phone("suspended", story.office.take("card-printing"))
    back = story.server.now() + 45 * 60_000
    boss.post("/api/services/card-printing/suspend", {"cause": "blanks", "expected_back": back})
    boss.post("/api/services/recording/suspend", {"cause": "link"})


def paused(story: Story) -> None:
    """A notice over the whole hall."""
    story.server.forward(seconds=90)  # the calls of before are given by now
    story.office.boss.post("/api/notices", {"notice": "pause"})


def going_on(story: Story) -> None:
    office = story.office
    office.boss.post("/api/notices/end")
    for code in ("card-printing", "recording"):
        office.boss.post(f"/api/services/{code}/restore")
    story.server.forward(seconds=90)  # that they go on is said by now


def help_wanted(story: Story) -> None:
    """Somebody at the kiosk calls for staff."""
    story.office.machine.post("/api/help", {"kind": "help"})


def serving_out(story: Story) -> None:
    story.office.boss.post("/api/day/stop-numbers")


def closed(story: Story) -> None:
    story.office.boss.post("/api/day/close")


DAY: tuple[Scene, ...] = (
    Scene(
        "before",
        early,
        (
            View("kiosk-before-opening", "kiosk", ".kiosk h1"),
            View("display-before-opening", "display", "#featured .featured-title"),
            View("counter-before-opening", "counter", "#card-panel"),
            View("supervisor-before-opening", "supervisor", ".steps li:nth-child(1)[aria-current]"),
            View("door-home", "door", "main h1", path="/"),
            View("door-sign-in", "door", "main h1", path="/signin"),
            View("door-pair", "door", "main h1", path="/pair"),
            View("door-unknown", "door", "main h1", path="/nowhere"),
            View("phone-find", "phone", "#find", path="/n"),
            View("door-ticket-unknown", "door", "main h1", path="/t/nowhere"),
        ),
    ),
    Scene(
        "numbers",
        numbers,
        (
            View("kiosk-numbers-only", "kiosk", ".tile:not([data-off])"),
            View("display-numbers-only", "display", "#hall[data-phase=numbers]", fresh=True),
            View("phone-before-opening", "phone", ".headline", path="early"),
            View("counter-numbers-only", "counter", "#card-panel"),
        ),
    ),
    Scene(
        "empty",
        opened,
        (
            View("kiosk-empty", "kiosk", ".tile:not([data-off])"),
            View("display-empty", "display", "#hall[data-phase=open]"),
            View("phone-cancelled", "phone", ".headline", path="early"),
            View("counter-closed", "counter", "#card[data-mode=closed] #card-panel"),
            View("counter-empty", "counter", "#card[data-mode=free]", act=keys("Enter")),
            View("supervisor-empty", "supervisor", ".steps li:nth-child(3)[aria-current]"),
        ),
    ),
    Scene(
        "first",
        first,
        (
            View("counter-first-waiting", "counter", "[data-action=call-next]"),
            View("phone-next", "phone", ".headline", path="first"),
        ),
    ),
    Scene(
        "first-call",
        first_call,
        (
            View("display-first-call", "display", "#featured[data-state=called]"),
            View("counter-called", "counter", "#card[data-mode=called]"),
            View("phone-called", "phone", ".status[data-tone=call]", path="first"),
        ),
    ),
    Scene(
        "first-served",
        first_served,
        (
            View("display-first-served", "display", "#featured[data-state=serving]"),
            View("counter-serving", "counter", "#card[data-mode=serving]"),
            View("phone-serving", "phone", ".headline", path="first"),
            View("counter-park", "counter", "#card-panel", act=keys("p"), fresh=True),
            View("counter-transfer", "counter", "#card-panel", act=keys("t"), fresh=True),
            View("counter-give-number", "counter", "#side-panel", act=keys("a"), fresh=True),
            View("counter-keys", "counter", "#side-panel", act=keys("?"), fresh=True),
        ),
    ),
    Scene(
        "parked",
        first_parked,
        (
            View("display-parked", "display", "#featured"),
            View("counter-parked", "counter", "[data-action=resume]", fresh=True),
            View("phone-parked", "phone", ".headline", path="first"),
        ),
    ),
    Scene(
        "absent",
        absent,
        (
            View("display-absent", "display", "#featured"),
            View("counter-absent", "counter", "[data-action=undo]"),
            View("phone-absent", "phone", ".status[data-tone=alert]", path="absent"),
            View("kiosk-return", "kiosk", ".pad-key", act=tap("I am back")),
        ),
    ),
    Scene(
        "many",
        many,
        (
            View("kiosk-many", "kiosk", ".tile:not([data-off])", fresh=True),
            View("kiosk-service", "kiosk", ".bring", act=tap_service("A"), fresh=True),
            View(
                "kiosk-recorded",
                "kiosk",
                ".answer",
                act=tap("To vote today"),
                fresh=True,
            ),
            View(
                "kiosk-ways",
                "kiosk",
                ".way-take",
                act=tap("To vote today", "No, never", "I do not know"),
                fresh=True,
            ),
            View(
                "kiosk-number",
                "kiosk",
                ".the-number",
                act=tap_service("F", "Take a number"),
                fresh=True,
            ),
            View("display-many", "display", ".recent-row[data-called]"),
            View("counter-many", "counter", "#card[data-mode=serving]"),
            View("phone-waiting", "phone", ".headline", path="waiting"),
            View("supervisor-many", "supervisor", ".figures .number"),
        ),
    ),
    Scene(
        "stopped",
        stopped,
        (
            View("kiosk-suspended", "kiosk", ".message", fresh=True),
            View("kiosk-service-suspended", "kiosk", ".message", act=tap_service("C"), fresh=True),
            View("display-suspended", "display", "#featured[data-state]"),
            View("counter-suspended", "counter", "#card[data-mode=serving]"),
            View("phone-suspended", "phone", ".status[data-tone=alert]", path="suspended"),
            View("supervisor-suspended", "supervisor", ".alarm"),
        ),
    ),
    Scene(
        "paused",
        paused,
        (
            View("display-notice", "display", "#notice:not([hidden])", fresh=True),
            View("kiosk-notice", "kiosk", ".message", fresh=True),
            View("counter-notice", "counter", "[data-part=strip]"),
            View("phone-notice", "phone", ".notice", path="waiting"),
        ),
    ),
    Scene(
        "help",
        help_wanted,
        (View("counter-help", "counter", "[data-part=help]"),),
    ),
    Scene(
        "offline",
        going_on,
        (
            View("kiosk-offline", "kiosk", ".tile[data-off]", offline=True, fresh=True),
            View("display-offline", "display", "#hall[data-offline]", offline=True, fresh=True),
            View("counter-offline", "counter", "[data-part=strip]", offline=True),
            View("phone-offline", "phone", ".notice-alert", path="waiting", offline=True),
            View("supervisor-offline", "supervisor", ".band", offline=True),
        ),
    ),
    Scene(
        "serving-out",
        serving_out,
        (
            View("kiosk-serving-out", "kiosk", ".kiosk h1", fresh=True),
            View("display-serving-out", "display", "#hall[data-phase=serving_out]", fresh=True),
            View("counter-serving-out", "counter", "[data-part=strip]", fresh=True),
        ),
    ),
    Scene(
        "closed",
        closed,
        (
            View("kiosk-closed", "kiosk", ".kiosk h1", fresh=True),
            View("display-closed", "display", "#hall[data-phase=closed]"),
            View("counter-day-closed", "counter", "#card"),
            View("phone-expired", "phone", ".headline", path="waiting", fresh=True),
            View("supervisor-closed", "supervisor", ".steps li:nth-child(5)[aria-current]"),
        ),
    ),
)
