"""Pictures of what is no screen of a day: the first run from an empty folder, and a drill."""

import json
import re
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

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
            made += of_the_code(browser, out, language, server.url)
            newcomer = Newcomer(context, language)
            page = newcomer.open_first_page(server.url)
            newcomer.press(page, "Continue")
            expect(page.get_by_role("alert").filter(visible=True)).to_be_visible()
            take(page, "wizard-refused")
            page.reload()

            def look(name: str) -> None:
                take(page, f"wizard-{name}")
                if name in ASIDE:
                    ASIDE[name](newcomer, page, take)

            newcomer.answer_the_wizard(page, look)
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


def answer_that_the_clock_is_wrong(newcomer: Newcomer, page: Page, take: Camera) -> None:
    wrong = page.locator(".wizard-help summary")
    wrong.click()
    take(page, "wizard-clock-wrong")
    wrong.click()


def type_a_place(newcomer: Newcomer, page: Page, take: Camera) -> None:
    page.get_by_label(newcomer.say("Regency or city in South Kalimantan")).select_option("other")
    page.get_by_label(newcomer.say("Name of the regency or city")).fill("Kabupaten Kutai Barat")
    take(page, "wizard-area-typed")


def come_back_later(newcomer: Newcomer, page: Page, take: Camera) -> None:
    """Somebody goes on with what another has begun."""
    page.goto(page.url.split("#")[0])
    expect(page.locator(".wizard-body .notice")).to_be_visible(timeout=PATIENCE)
    take(page, "wizard-resumed")


def choose_another_day(newcomer: Newcomer, page: Page, take: Camera) -> None:
    page.locator("input[value=date]").check()
    take(page, "wizard-polling-other")


def lose_the_network(newcomer: Newcomer, page: Page, take: Camera) -> None:
    """The server says that its computer is in no network; what is answered stays."""

    def without(route: Route) -> None:
        status = route.fetch().json()
        status["network"]["addresses"] = []
        route.fulfill(json=status)

    address = page.url
    page.route("**/api/setup", without)
    page.reload()
    expect(page.locator(".wizard-body .notice-alert")).to_be_visible(timeout=PATIENCE)
    take(page, "wizard-network-none")
    page.unroute("**/api/setup")
    page.goto(address)
    page.reload()
    expect(page.locator(".wizard-body input[inputmode=url]")).to_have_value(re.compile("^http"))


def find_no_server(newcomer: Newcomer, page: Page, take: Camera) -> None:
    page.route("**/api/setup", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("alert").filter(visible=True)).to_be_visible()
    take(page, "wizard-no-server")
    page.unroute("**/api/setup")
    page.reload()
    expect(page.locator("h1")).not_to_be_empty(timeout=PATIENCE)


def of_the_code(browser: Browser, out: Path, language: str, url: str) -> list[Path]:
    """What another machine is asked for before the wizard opens there."""
    made: list[Path] = []
    context = browser.new_context(locale=LOCALES[language])
    page = context.new_page()

    def as_elsewhere(route: Route) -> None:
        route.fulfill(body=json.dumps({"finished": False, "code_needed": True}))

    page.route("**/api/setup", as_elsewhere)
    page.goto(f"{url}/setup?lang={language}")
    expect(page.get_by_label(re.compile("^(Kode|Code)$"))).to_be_visible(timeout=PATIENCE)
    camera(out, language, WIZARD_SIZES, made)(page, "wizard-code")
    context.close()
    return made


#: What else there is to see at a question, before it is answered.
ASIDE: dict[str, Callable[[Newcomer, Page, Camera], None]] = {
    "area": type_a_place,
    "clock": answer_that_the_clock_is_wrong,
    "hours": come_back_later,
    "polling": choose_another_day,
    "counters": find_no_server,
    "network": lose_the_network,
}


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
            with page.expect_response("**/api/demo"):
                pass  # the drill's warm morning is over, and every clock is right
            for frame, ready in IN_THE_DRILL.items():
                inside = page.frame_locator(f"[data-frame={frame}] iframe")
                expect(inside.locator(ready).first).to_be_visible(timeout=PATIENCE)
            take(page, "demo")
        finally:
            page.close()
            server.stop()
    return made
