"""What the gallery shows besides the states of the story: every section of the supervisor's page,
its forms, and small screens. The tests look at these pages in files of their own.
"""

from dataclasses import replace

from playwright.sync_api import Page, expect

from tests.browser.screens import say
from tests.browser.story import Deed, Scene, Story, View, keys, tap_service
from tests.simulators.printer import PrinterSimulator

SECTIONS = {
    "overview": ".figures .number",
    "queue": ".table tbody tr",
    "voters": ".voters > *",
    "services": ".table tbody tr",
    "counters": ".table tbody tr",
    "staff": ".table tbody tr",
    "printing": ".table tbody tr",
    "devices": ".table tbody tr",
    "notices": "li",
    "settings": ".setting",
    "journal": ".table tbody tr",
}
DOOR = "main h1"
TURNS = 60_000  # ms, for all pages of a list


def press(*texts: str) -> Deed:
    """One button after the other, the first of that name, by its text in English."""

    def deed(page: Page, language: str) -> None:
        for text in texts:
            page.get_by_role("button", name=say(text, language), exact=True).first.click()

    return deed


def unfold(text: str) -> Deed:
    """Open a part that is folded away."""

    def deed(page: Page, language: str) -> None:
        page.get_by_text(say(text, language), exact=True).click()

    return deed


def until_shown(text: str) -> Deed:
    """Wait for a text that takes its turn."""

    def deed(page: Page, language: str) -> None:
        expect(page.get_by_text(say(text, language), exact=True).first).to_be_visible(timeout=TURNS)

    return deed


def section(name: str, ready: str = "", what: str = "", act: Deed | None = None) -> View:
    """One section, drawn anew."""
    end = f"-{what}" if what else ""
    path = f"/supervisor#{name}"
    ready = f"#main {ready or SECTIONS[name]}"
    if act is None:
        return View(f"supervisor-{name}{end}", "supervisor", ready, path=path, fresh=True)
    return View(f"supervisor-{name}{end}", "supervisor", ready, path=path, fresh=True, act=act)


def at_counter(name: str, key: str) -> View:
    """A panel of counter 1, on a page of its own, so that no view of the story meets it."""
    return View(f"counter-{name}", "counter", ".panel", who="counter-1", act=keys(key), fresh=True)


# --- a while with paper ---------------------------------------------------------------------------


class PaperHour:
    """The kiosk has a printer for a while, in which time is not moved: late jobs would expire."""

    def __init__(self) -> None:
        self._machine = PrinterSimulator()
        self._printer = {"name": "Printer pintu", "kind": "network", "status": "dle_eot"}
        self._printer["address"] = self._machine.address
        self._number = 0

    def begin(self, story: Story) -> None:
        """Three more people take their numbers, on paper."""
        boss = story.office.boss
        self._number = boss.post("/api/printers", self._printer)["printer"]["id"]
        self._configure(story, self._number)
        self._machine.wait_for_look()
        for service in ("biodata", "recording", "family"):
            story.office.take(service)
        self._machine.wait_for(3)

    def end(self, story: Story) -> None:
        """No printer any more."""
        self._configure(story, None)
        gone = {**self._printer, "printer": self._number, "active": False}
        story.office.boss.post("/api/printers", gone)
        self._machine.switch_off()

    def _configure(self, story: Story, number: int | None) -> None:
        devices = story.office.state()["devices"]
        kiosk = next(device["id"] for device in devices if device["kind"] == "kiosk")
        path = f"/api/devices/{kiosk}/configure"
        story.office.boss.post(path, {"config": {"printer": number}})


def paper_scenes() -> tuple[Scene, ...]:
    """For a full hall in which everything is as it should be."""
    hour = PaperHour()
    views = (
        View("supervisor-ordinary", "supervisor", ".figures .number", path="/supervisor#overview"),
        View(
            "kiosk-paper", "kiosk", ".the-number", act=tap_service("F", "Take a number"), fresh=True
        ),
        *(section(name) for name in SECTIONS if name != "overview"),
        section("services", ".panel form", "suspend", press("Suspend")),
        section("services", ".panel form", "edit", press("Edit")),
        section("devices", ".fold form", "new", unfold("Pair a new device")),
    )
    return Scene("paper", hour.begin, views), Scene("no-paper", hour.end, ())


#: By the scene of the story that they belong to.
MORE: dict[str, tuple[View, ...]] = {
    "before": (
        View("door-poster", "door", ".poster h1", path="/poster"),
        View("door-preview-empty", "door", DOOR, path="/preview", who="supervisor"),
        section("queue", what="empty", ready=".empty"),
    ),
    "parked": (at_counter("desk", "k"),),
    "first-served": (at_counter("hand-over", "h"),),
    "many": (
        View("door-preview", "door", ".tickets img", path="/preview", who="supervisor"),
    ),
    "stopped": (
        View("display-held", "display", "#side", act=until_shown("Held")),
        section("services", what="suspended"), section("printing", "h2", "suspended"),
    ),
    "serving-out": (
        View("supervisor-serving-out", "supervisor", ".steps li:nth-child(4)[aria-current]"),
        replace(section("overview", ".chips", act=press("Close the day")), name="supervisor-close"),
    ),
    "closed": (section("voters", what="closed"),),
}  # fmt: skip
