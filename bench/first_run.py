"""From an empty folder to the first printed ticket and the first spoken call, counted in steps.

    .venv/bin/python -m bench.first_run [--language id] [--pace 1] [--browser /usr/bin/chromium]

Starts `run.py` on an empty folder of its own and drives a real browser as a newcomer would at the
server: the wizard, a kiosk and a display on this computer, the rehearsal, and then a real number
that is taken at the kiosk, printed as a picture, called at a counter and spoken. Each press, choice
and filled field is one step, done at the given pace (seconds each). Prints Markdown for
docs/benchmarks.md; exits 1 when it took more than 40 steps or 2 minutes.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from kiosk.messages import translate
from tests.live import ROOT, free_port

MOST_STEPS = 40
MOST_SECONDS = 120
PATIENCE = 30_000  # ms
QUIET_MACHINE = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")
#: As a browser is when nobody has configured it: sound only after a tap.
NEEDS_A_TAP = "--autoplay-policy=document-user-activation-required"
QUESTIONS = (
    "name", "area", "zone", "clock", "hours", "polling", "supervisor", "deputy", "counters",
    "paper", "network",
)  # fmt: skip
PIN, DEPUTYS_PIN = "270924", "481516"


class Newcomer:
    """Somebody at the server. `steps` are what they did, with the seconds since the beginning."""

    def __init__(self, context: BrowserContext, language: str, pace: float = 0) -> None:
        self.context = context
        self.language = language
        self.steps: list[tuple[str, float]] = []
        self._pace = pace
        self._begun = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def say(self, text: str) -> str:
        return translate(text, self.language)

    def do(self, what: str, act: Callable[[], Any]) -> Any:
        """One step."""
        begun = time.monotonic()
        result = act()
        time.sleep(max(0.0, self._pace - (time.monotonic() - begun)))
        self.steps.append((what, self.seconds))
        return result

    def open_first_page(self, url: str) -> Page:
        """The page that run.py opens, or whose address it prints."""
        page = self.context.new_page()
        page.set_default_timeout(PATIENCE)
        self.do("open the address", lambda: page.goto(f"{url}/setup?lang={self.language}"))
        return page

    def press(self, page: Page, name: str, what: str | None = None) -> None:
        button = page.get_by_role("button", name=self.say(name), exact=True)
        self.do(what or f"press {name!r}", lambda: button.click())

    def fill(self, page: Page, label: str, value: str, *, exact: bool = True) -> None:
        field = page.get_by_label(self.say(label), exact=exact)
        self.do(f"fill in {label!r}", lambda: field.fill(value))

    def go_on(self, page: Page, button: str = "Continue") -> None:
        """Press the button of a question, and wait for the next question."""
        title = str(page.locator("h1").text_content())
        self.press(page, button, f"{button!r} at {title!r}")
        expect(page.locator("h1")).not_to_have_text(title, timeout=PATIENCE)

    def answer_the_wizard(
        self, page: Page, look: Callable[[str], None] = lambda name: None
    ) -> None:
        """All questions; `look(name)` is called at each before it is answered."""
        asked = iter(QUESTIONS)

        def question() -> None:
            name = next(asked)
            page.wait_for_url(f"**#{name}")
            look(name)

        question()
        self.fill(page, "Office name", "Disdukcapil Kota Banjarbaru")
        self.go_on(page)
        question()
        place = page.get_by_label(self.say("Regency or city in South Kalimantan"))
        self.do("choose the city", lambda: place.select_option("Kota Banjarbaru"))
        self.go_on(page)
        question()
        self.go_on(page)
        question()
        self.go_on(page, "Yes, it is right")
        question()
        self.go_on(page)
        question()
        tomorrow = page.locator("input[value=tomorrow]")
        self.do("choose polling day: tomorrow", lambda: tomorrow.check())
        self.go_on(page)
        for pin in (PIN, DEPUTYS_PIN):
            question()
            self.fill(page, "PIN", pin)
            self.fill(page, "PIN once more", pin)
            self.go_on(page)
        for _ in ("counters", "paper", "network"):
            question()
            self.go_on(page)
        page.wait_for_url("**#check")
        look("check")
        self.press(page, "Set up the office")
        page.wait_for_url("**/setup/ready?*")
        expect(page.locator("h1")).not_to_be_empty(timeout=PATIENCE)

    def open_screen(self, page: Page, kind: str) -> Page:
        """A screen on this computer, paired by its button on the last page."""
        button = page.locator(f"[data-kind={kind}]").get_by_role("link")
        with self.context.expect_page() as opened:
            self.do(f"open the {kind}", lambda: button.click())
        screen = opened.value
        screen.set_default_timeout(PATIENCE)
        screen.wait_for_url(f"**/{kind}")
        return screen

    def rehearse(self, page: Page, display: Page) -> None:
        """One call and one ticket outside the real day."""
        tap = display.locator("#sound-tap")
        expect(tap).to_be_visible(timeout=PATIENCE)
        self.do("tap the display to turn its sound on", lambda: tap.click())
        self.press(page, "Try one number")
        for name in ("sound", "paper"):
            mark = page.locator(f"[data-name={name}][data-mark=ok]")
            expect(mark).to_be_visible(timeout=PATIENCE)

    def serve_the_first(self, page: Page, kiosk: Page, display: Page) -> str:
        """A real number: taken, printed, called and spoken. Returns it."""
        away = page.get_by_role("link", name=self.say("To the supervisor's page"))
        self.do("go to the supervisor's page", lambda: away.click())
        page.wait_for_url("**/supervisor")
        health = self.context.request.get(page.url.split("/supervisor")[0] + "/health")
        if health.json()["phase"] != "open":  # at this hour it is not open by itself
            words = "|".join(self.say(text) for text in ("Open now", "Open again"))
            opening = page.get_by_role("button", name=re.compile(f"^({words})$"))
            self.do("open the office", lambda: opening.click())
            self.press(page, "Yes, open", "confirm")
        tile = kiosk.get_by_role("button", name=re.compile("Kartu Keluarga|Family card"))
        expect(tile).to_be_enabled(timeout=PATIENCE)
        self.do("kiosk: choose a service", lambda: tile.click())
        with kiosk.expect_response("**/api/tickets") as answered:
            # The kiosk begins in Indonesian, whatever the browser prefers.
            take = kiosk.get_by_role("button", name=translate("Take a number", "id"), exact=True)
            self.do("press 'Take a number'", lambda: take.click())
        number: str = answered.value.json()["ticket"]["number"]
        counter = self.context.new_page()
        counter.set_default_timeout(PATIENCE)
        address = page.url.split("/supervisor")[0] + "/signin?next=/counter"
        self.do("counter: open the address", lambda: counter.goto(address))
        self.fill(counter, "Label", self.say("Supervisor"))
        self.fill(counter, "PIN", PIN)
        self.fill(counter, "Counter number", "1", exact=False)
        self.press(counter, "Sign in")
        counter.wait_for_url("**/counter")
        expect(counter.locator("#card-panel")).to_be_visible(timeout=PATIENCE)
        self.do("counter: Enter opens it", lambda: counter.keyboard.press("Enter"))
        call = counter.locator("[data-action=call-next]")
        expect(call).to_be_visible(timeout=PATIENCE)
        self.do("counter: call next", lambda: call.click())
        spoken = display.locator(f"#call-log li[data-number='{number}'][data-spoken-at]")
        expect(spoken).to_have_count(1, timeout=PATIENCE)
        return number


class EmptyFolder:
    """`run.py` started on an empty folder."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "run.py", "--data", str(self.data), "--port", str(self.port)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = [self.process.stdout.readline() for _ in range(3)]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(15)
        assert self.process.stdout is not None
        self.process.stdout.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--language", choices=("id", "en"), default="id")
    parser.add_argument("--pace", type=float, default=1.0, help="seconds a step")
    parser.add_argument("--browser", default=shutil.which("chromium"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = EmptyFolder(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=chosen.browser, args=[*QUIET_MACHINE, NEEDS_A_TAP]
        )
        try:
            context = browser.new_context(
                viewport={"width": 1366, "height": 768}, locale=chosen.language
            )
            newcomer = Newcomer(context, chosen.language, chosen.pace)
            page = newcomer.open_first_page(server.url)
            newcomer.answer_the_wizard(page)
            kiosk = newcomer.open_screen(page, "kiosk")
            display = newcomer.open_screen(page, "display")
            newcomer.rehearse(page, display)
            drilled = len(newcomer.steps), newcomer.seconds
            number = newcomer.serve_the_first(page, kiosk, display)
            drawn = list((server.data / "preview").glob("*.png"))
        finally:
            browser.close()
            server.stop()
    print("| step | what | after |\n|---|---|---|")
    for nth, (what, seconds) in enumerate(newcomer.steps, 1):
        print(f"| {nth} | {what} | {seconds:.0f} s |")
    print(f"\nRehearsal printed and spoken after {drilled[0]} steps and {drilled[1]:.0f} s;")
    print(f"{number} printed ({len(drawn)} pictures) and spoken after {len(newcomer.steps)} steps")
    print(f"and {newcomer.seconds:.0f} s, one step each {chosen.pace:g} s.")
    return int(len(newcomer.steps) > MOST_STEPS or newcomer.seconds > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
