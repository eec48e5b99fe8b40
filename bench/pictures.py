"""The pictures of the documents, taken from the running product.

    .venv/bin/python -m bench.pictures [OUT]

Plays the day of the gallery (tests/browser/story.py), the first run and a drill in Indonesian, and
writes small PNGs to OUT (docs/pictures unless told otherwise), each below 150 KB. A picture there
that is of none of these is taken away.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from bench.first_run import NEEDS_A_TAP, PATIENCE, QUIET_MACHINE, EmptyFolder, Newcomer
from tests.browser import gallery
from tests.browser.conftest import SPEAKS_AT_ONCE
from tests.browser.player import wait_until_still
from tests.live import ROOT
from tests.live_drill import DrillServer

#: Views of the gallery, in the order of its day, and the names of their pictures where they differ.
VIEWS = (
    "door-sign-in", "door-poster", "counter-desk", "counter-called", "counter-park",
    "counter-transfer", "counter-give-number", "counter-hand-over", "counter-absent",
    "kiosk-many", "kiosk-paper", "display-many", "counter-many", "phone-waiting",
    "supervisor-ordinary", "supervisor-queue", "supervisor-staff", "supervisor-devices",
    "supervisor-notices", "supervisor-printing", "supervisor-services-suspend",
    "supervisor-suspended", "display-held", "display-notice",
)  # fmt: skip
UPRIGHT = "-id-2"  # how the gallery names the second usual size of a screen
IN_UPRIGHT = {"kiosk-many": "kiosk-portrait", "display-many": "display-portrait"}
QUESTIONS = ("clock", "polling")
#: What stands in the drill's frames; a call comes last, since it is seen for some seconds only.
IN_THE_DRILL = {
    "kiosk": ".tile",
    "counter": "#card[data-mode]",
    "phone": ".headline",
    "display": "#featured[data-state=called]",
}
WIDEST, TALLEST, COLOURS = 1100, 860, 96  # px, px; enough for flat colours and smooth letters
MOST_BYTES = 150_000


def of_the_first_run(out: Path) -> list[Path]:
    """Some questions of the wizard, and the page that it ends on."""
    made = []
    path = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = EmptyFolder(Path(folder))
        browser = playwright.chromium.launch(
            executable_path=path, args=[*QUIET_MACHINE, NEEDS_A_TAP]
        )
        try:
            context = browser.new_context(viewport={"width": 1024, "height": 640}, locale="id-ID")
            newcomer = Newcomer(context, "id")
            page: Page = newcomer.open_first_page(server.url)

            def look(name: str) -> None:
                if name in QUESTIONS:
                    wait_until_still(page)
                    made.append(out / f"first-run-{name}.png")
                    page.screenshot(path=made[-1])

            newcomer.answer_the_wizard(page, look)
            newcomer.open_screen(page, "kiosk")
            display = newcomer.open_screen(page, "display")
            newcomer.rehearse(page, display)
            expect(page.locator("[data-name=display][data-mark=ok]")).to_be_visible()
            page.bring_to_front()
            page.evaluate("scrollTo(0, 0)")
            wait_until_still(page)
            made.append(out / "first-run-ready.png")
            page.screenshot(path=made[-1])
        finally:
            browser.close()
            server.stop()
    return made


def of_the_drill(out: Path) -> list[Path]:
    """All screens of a living office on one page, at a moment at which somebody is called."""
    path = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium")
    made = out / "demo.png"
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = DrillServer(Path(folder) / "data", "--speed", "10")
        browser = playwright.chromium.launch(
            executable_path=path, args=[*QUIET_MACHINE, SPEAKS_AT_ONCE]
        )
        try:
            page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="id-ID")
            page.goto(f"http://localhost:{server.port}/demo")
            for frame, ready in IN_THE_DRILL.items():
                inside = page.frame_locator(f"[data-frame={frame}] iframe")
                expect(inside.locator(ready).first).to_be_visible(timeout=PATIENCE)
            page.screenshot(path=made)
        finally:
            browser.close()
            server.stop()
    return [made]


def shrink(source: Path, target: Path) -> None:
    """No larger than a page of a document needs."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    # This way keeps rare colours, such as that of a small red mark.
    few = picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    assert target.stat().st_size < MOST_BYTES, f"{target}: {target.stat().st_size} bytes"


def name_of(picture: Path) -> str | None:
    """The name of a picture in the documents; None when it has no place there."""
    view = picture.stem.removesuffix(UPRIGHT).removesuffix("-id")
    if picture.stem.endswith(UPRIGHT):
        return IN_UPRIGHT.get(view)
    return view if view in VIEWS or "-" not in view or view.startswith("first-run") else None


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        made = of_the_drill(raw) + of_the_first_run(raw)
        made += gallery.pictures(raw, VIEWS, ("id",))
        chosen = {picture: name for picture in made if (name := name_of(picture))}
        for picture, name in chosen.items():
            shrink(picture, out / f"{name}.png")
        for old in out.glob("*.png"):
            if old.stem not in chosen.values():
                old.unlink()
    size = sum(file.stat().st_size for file in out.glob("*.png"))
    print(f"{len(chosen)} pictures in {out}, {size // 1000} KB together")


if __name__ == "__main__":
    main()
