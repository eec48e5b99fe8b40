"""The pictures of the documents, taken from the running product.

    .venv/bin/python -m bench.pictures [OUT]

Plays the day of the gallery (tests/browser/story.py) and the first run in Indonesian, and writes a
few small PNGs to OUT (docs/pictures unless told otherwise), each below 150 KB.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from bench.first_run import NEEDS_A_TAP, QUIET_MACHINE, EmptyFolder, Newcomer
from tests.browser import gallery
from tests.live import ROOT

#: Views of the gallery, in the order of its day.
VIEWS = (
    "door-sign-in", "kiosk-many", "counter-called", "counter-park", "counter-absent",
    "counter-transfer", "display-many", "display-suspended", "display-notice", "phone-waiting",
    "supervisor-many", "supervisor-suspended",
)  # fmt: skip
QUESTIONS = ("clock", "polling")
WIDEST, TALLEST, COLOURS = 960, 760, 48  # px, px; enough for flat colours and smooth letters
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
                    page.evaluate("document.fonts.ready")
                    made.append(out / f"first-run-{name}.png")
                    page.screenshot(path=made[-1])

            newcomer.answer_the_wizard(page, look)
            newcomer.open_screen(page, "kiosk")
            display = newcomer.open_screen(page, "display")
            newcomer.rehearse(page, display)
            expect(page.locator("[data-name=display][data-mark=ok]")).to_be_visible()
            page.bring_to_front()
            page.evaluate("scrollTo(0, 0)")
            made.append(out / "first-run-ready.png")
            page.screenshot(path=made[-1])
        finally:
            browser.close()
            server.stop()
    return made


def shrink(source: Path, target: Path) -> None:
    """No larger than a page of a document needs."""
    with Image.open(source) as opened:
        picture = opened.convert("RGB")
    picture.thumbnail((WIDEST, TALLEST), Image.Resampling.LANCZOS)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    assert target.stat().st_size < MOST_BYTES, f"{target}: {target.stat().st_size} bytes"


def main() -> None:
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "pictures"
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder)
        made = of_the_first_run(raw)
        taken = gallery.pictures(raw, VIEWS, ("id",))
        made += [picture for picture in taken if picture.stem.removesuffix("-id") in VIEWS]
        for picture in made:
            shrink(picture, out / f"{picture.stem.removesuffix('-id')}.png")
    size = sum(file.stat().st_size for file in out.glob("*.png"))
    print(f"{len(made)} pictures in {out}, {size // 1000} KB together")


if __name__ == "__main__":
    main()
