"""States that an ordinary day does not have, as a second play in an office of its own.

The opening is held, biodata is given instead of cards, the paper is out, a counter is refused or
taken over, a desk has no counter; each section of the supervisor, each form of the counter, and the
pages to print.
"""

from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.house import House
from tests.browser.screens import session_of
from tests.browser.stage import StageServer
from tests.browser.story import Scene, Story, View, keys, tap_service
from tests.browser.test_doors import SECTIONS
from tests.live import PIN
from tests.simulators import printer as simulated
from tests.simulators.printer import PrinterSimulator

BEGINS = "2026-11-27 07:35"
COUNTERS = 4
PAPER = "Pintu utara"


class OddDay(Story):
    """Also with a printer and a reception desk. `stop` ends them."""

    def __init__(self, folder: Path) -> None:
        server = StageServer(folder, begins=BEGINS, counters=COUNTERS)
        super().__init__(server, House(folder, server, COUNTERS))
        self._open = ExitStack()
        self._open.callback(self.office.stop)
        self.printer = self._open.enter_context(PrinterSimulator())
        staff = {"label": "Meja depan", "role": "reception", "pin": PIN}
        self.office.boss.post("/api/staff", staff)
        self.reception = server.session("Meja depan")

    def cookies(self, view: View) -> dict[str, str]:
        return session_of(self.reception) if view.who == "reception" else super().cookies(view)

    def stop(self) -> None:
        self._open.close()


def held(story: Story) -> None:
    """The hour has come, but the supervisor keeps the office from opening."""
    story.phone("early", story.office.take("biodata"))
    story.office.boss.post("/api/day/hold")
    story.server.until("08:00")


def at_work(story: Story) -> None:
    """One is called and one served, some wait, one counter has nobody to call."""
    office = story.office
    office.boss.post("/api/day/open")
    for service in ("biodata", "card-printing", "recording", "family") * 2:
        card = office.take(service)
        if service == "card-printing":
            story.phone("card", card)
    for number in (1, 2):
        office.at(number, "open")
        office.at(number, "call-next")
    office.at(1, "start")
    office.at(3, "open", services=["information"])


def instead(story: Story) -> None:
    """No card blanks: who waits for a card gets biodata, or waits for another day."""
    change = {"state": "biodata_instead", "cause": "blanks"}
    story.office.boss.post("/api/services/card-printing/state", change)


def crowded(story: Story) -> None:
    """All that can stand on a counter at once: a notice, a call for help, a deadline, an undo."""
    office = story.office
    office.at(1, "finish")
    office.take("recording", voter=True, travel_minutes=45, priority=True, fetch=True)
    story.server.forward(minutes=3 * 60 + 10)
    office.machine.post("/api/help", {"kind": "help"})
    office.boss.post("/api/notices", {"notice": "pause"})
    office.at(1, "call-next")
    office.at(1, "start")


def taken_over(story: Story) -> None:
    story.office.boss.post("/api/counters/1/take-over")


def out_of_paper(story: Story) -> None:
    assert isinstance(story, OddDay)
    boss = story.office.boss
    boss.post("/api/printers", {"name": "Gambar", "kind": "preview"})
    address = {"kind": "network", "address": story.printer.address, "status": "dle_eot"}
    story.printer.status = simulated.OUT_OF_PAPER
    boss.post("/api/printers", {"name": PAPER} | address)
    story.printer.wait_for_look()


def too_late(page: Page, language: str) -> None:
    """A closing time that is over already: the server refuses it."""
    keys("k")(page, language)
    page.locator("#side-panel input[type=text]").fill("06.00")
    page.keyboard.press("Enter")


def forms(who: str, *named: tuple[str, str, str]) -> tuple[View, ...]:
    """Views of a counter after a key: name, key, what is visible then."""
    return tuple(
        View(f"counter-{name}", "counter", ready, who=who, act=keys(key), fresh=True)
        for name, key, ready in named
    )


CARD, SIDE = "#card-panel", "#side-panel"
ODD_DAY: tuple[Scene, ...] = (
    Scene(
        "held",
        held,
        (
            View("kiosk-held", "kiosk", ".message"),
            View("display-held", "display", "#featured .featured-title"),
            View("counter-held", "counter", "#card"),
            View("phone-held", "phone", ".headline", path="early"),
            View("supervisor-held", "supervisor", ".steps"),
        ),
    ),
    Scene(
        "work",
        at_work,
        (
            *forms("counter-1", ("closing", "k", SIDE), ("hand-over", "h", SIDE)),
            *forms("counter-1", ("cancel", "x", SIDE), ("notices", "m", SIDE)),
            *forms("counter-2", ("change", "e", SIDE), ("transfer-called", "t", CARD)),
            View("counter-refused", "counter", ".panel .notice", who="counter-3", act=too_late),
            *forms("counter-3", ("close", "k", SIDE)),
            View("counter-reception", "counter", "#card[data-mode=none]", who="reception"),
            *(
                View(f"supervisor-{name}", "supervisor", "#main h1", f"/supervisor#{name}")
                for name in SECTIONS
                if name != "overview"
            ),
        ),
    ),
    Scene(
        "instead",
        instead,
        (
            View("kiosk-instead", "kiosk", ".message", act=tap_service("B"), fresh=True),
            View("display-instead", "display", "#featured[data-state]"),
            View("counter-instead", "counter", "#card[data-mode=serving]"),
            View("phone-instead", "phone", ".headline", path="card"),
        ),
    ),
    Scene(
        "crowded",
        crowded,
        (View("counter-crowded", "counter", "[data-action=undo]", fresh=True),),
    ),
    Scene(
        "taken",
        taken_over,
        (View("counter-taken", "counter", "#card[data-mode=taken]", fresh=True),),
    ),
    Scene(
        "paper",
        out_of_paper,
        (
            View("supervisor-paper", "supervisor", ".alarm"),
            View("supervisor-paper-printing", "supervisor", "#main h1", "/supervisor#printing"),
            View("kiosk-paper", "kiosk", ".message", fresh=True),
            View("door-preview", "door", "main h1", "/preview", who="supervisor"),
            View("door-ready", "door", "main h1", "/setup/ready", who="supervisor"),
            View("door-poster", "door", ".poster h1", "/poster"),
        ),
    ),
)
