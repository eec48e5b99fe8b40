"""Pictures of what is no screen of a day: the first run from an empty folder, and a drill."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from bench.first_run import PATIENCE, EmptyFolder, Newcomer
from tests.browser.player import LOCALES, wait_until_still
from tests.live_drill import DrillServer

WIZARD_SIZES = ((1024, 640), (360, 800))
DRILL_SIZES = ((1366, 768), (1920, 1080), (1080, 1920), (360, 800))
#: What stands in the drill's frames; a call comes last, since it is seen for some seconds only.
IN_THE_DRILL = {
    "kiosk": ".tile",
    "counter": "#card[data-mode]",
    "phone": ".headline",
    "display": "#featured[data-state=called]",
}
Camera = Callable[[Page, str], None]
Sizes = tuple[tuple[int, int], ...]


def camera(
    out: Path, language: str, sizes: tuple[tuple[int, int], ...], made: list[Path]
) -> Camera:
    """Takes a page at each size, and leaves it at the first; `made` gets the files."""

    def take(page: Page, name: str) -> None:
        for index, (width, height) in enumerate(sizes):
            page.set_viewport_size({"width": width, "height": height})
            wait_until_still(page)
            made.append(out / f"{name}-{language}{f'-{index + 1}' if index else ''}.png")
            page.screenshot(path=made[-1])
        page.set_viewport_size({"width": sizes[0][0], "height": sizes[0][1]})

    return take


def of_the_first_run(browser: Browser, out: Path, language: str) -> list[Path]:
    """Each question of the wizard, a refusal, and the page that it ends on: wizard-*.

    browser: one that is silent until somebody has touched the page, as on a new machine.
    """
    made: list[Path] = []
    take = camera(out, language, WIZARD_SIZES, made)
    with tempfile.TemporaryDirectory() as folder:
        server = EmptyFolder(Path(folder))
        context = browser.new_context(locale=LOCALES[language])
        try:
            newcomer = Newcomer(context, language)
            page = newcomer.open_first_page(server.url)
            newcomer.press(page, "Continue")
            expect(page.get_by_role("alert").filter(visible=True)).to_be_visible()
            take(page, "wizard-refused")
            page.reload()
            newcomer.answer_the_wizard(page, lambda name: take(page, f"wizard-{name}"))
            take(page, "wizard-begun")
            newcomer.open_screen(page, "kiosk")
            display = newcomer.open_screen(page, "display")
            newcomer.rehearse(page, display)
            expect(page.locator("[data-name=display][data-mark=ok]")).to_be_visible()
            page.bring_to_front()
            page.evaluate("scrollTo(0, 0)")
            take(page, "wizard-ready")
        finally:
            context.close()
            server.stop()
    return made


def of_the_drill(browser: Browser, out: Path, language: str) -> list[Path]:
    """All screens of a living office on one page, at a moment at which somebody is called: demo."""
    made: list[Path] = []
    take = camera(out, language, DRILL_SIZES, made)
    with tempfile.TemporaryDirectory() as folder:
        server = DrillServer(Path(folder) / "data", "--speed", "10")
        width, height = DRILL_SIZES[0]
        page = browser.new_page(
            viewport={"width": width, "height": height}, locale=LOCALES[language]
        )
        try:
            page.goto(f"http://localhost:{server.port}/demo?lang={language}")
            with page.expect_response("**/api/demo"):
                pass  # the page then knows how late it is, and whose phone to show
            for frame, ready in IN_THE_DRILL.items():
                inside = page.frame_locator(f"[data-frame={frame}] iframe")
                expect(inside.locator(ready).first).to_be_visible(timeout=PATIENCE)
            take(page, "demo")
        finally:
            page.close()
            server.stop()
    return made
