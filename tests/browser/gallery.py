"""A picture of every state of every screen in both languages, and a sheet of all of them.

    .venv/bin/python -m tests.browser.gallery OUT [NAME ...]

sets up an office from an empty folder (wizard), looks at a drill (demo), plays the story of a day
(tests/browser/story.py) and of an odd one (odd_day.py) on a real server, and writes
OUT/<view>-<language>.png, the second usual size of a screen as OUT/<view>-<language>-2.png, and
OUT/sheet-<screen>.png. NAME: only views whose name begins so.
"""

import argparse
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.beginnings import of_the_drill, of_the_first_run
from tests.browser.conftest import NEEDS_A_TAP, QUIET_MACHINE, SPEAKS_AT_ONCE
from tests.browser.more_views import MORE, paper_scenes
from tests.browser.odd_day import ODD_DAY, OddDay
from tests.browser.player import LANGUAGES, Player, wait_until_still
from tests.browser.story import DAY, SIZES, Scene, View, begin

THUMB = 420  # px, the wider side in a sheet
LABEL = 22
COLUMNS = 4


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.browser.gallery", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    made = pictures(options.out, tuple(options.names), tuple(options.language or LANGUAGES))
    for screen in sorted({path.name.split("-")[0] for path in made}):
        group = [path for path in made if path.name.startswith(f"{screen}-")]
        sheet(group, options.out / f"sheet-{screen}.png")
    print(f"{len(made)} pictures in {options.out}")


def whole_day() -> tuple[Scene, ...]:
    """The story with the further views of each of its scenes."""
    day = [replace(scene, views=scene.views + MORE.get(scene.name, ())) for scene in DAY]
    after = next(place for place, scene in enumerate(day, 1) if scene.name == "many")
    return (*day[:after], *paper_scenes(), *day[after:])


def pictures(out: Path, names: tuple[str, ...], languages: tuple[str, ...]) -> list[Path]:
    """Take the pictures of the views whose name begins as one of `names`; of all without any."""
    path = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium")
    expect.set_options(timeout=15_000)
    made = []

    def wanted(beginning: str) -> bool:
        return not names or any(
            name.startswith(beginning) or beginning.startswith(name) for name in names
        )

    with sync_playwright() as playwright:
        launch = playwright.chromium.launch
        for beginning, policy, take in (
            ("wizard", NEEDS_A_TAP, of_the_first_run),
            ("demo", SPEAKS_AT_ONCE, of_the_drill),
        ):
            if not wanted(beginning):
                continue
            browser = playwright.chromium.launch(
                executable_path=path, args=[*QUIET_MACHINE, policy]
            )
            for language in languages:
                made += take(browser, out, language)
            browser.close()
        if not names or any(not name.startswith(("wizard", "demo")) for name in names):
            browser = launch(executable_path=path, args=[*QUIET_MACHINE, SPEAKS_AT_ONCE])
            made += of_the_day(browser, out, names, languages)
            made += of_the_odd_day(browser, out, names, languages)
            browser.close()
    return made


def of_the_day(
    browser: Browser, out: Path, names: tuple[str, ...], languages: tuple[str, ...]
) -> list[Path]:
    """Play the day and take the pictures."""
    with tempfile.TemporaryDirectory() as folder:
        story = begin(Path(folder))
        try:
            with Player(browser, story, languages) as player:
                return of_the_play(player, whole_day(), out, names)
        finally:
            story.office.stop()


def of_the_odd_day(
    browser: Browser, out: Path, names: tuple[str, ...], languages: tuple[str, ...]
) -> list[Path]:
    """The same for what an ordinary day does not have: SCREEN-odd-*."""
    scenes = [
        replace(scene, views=tuple(replace(view, name=odd_name(view)) for view in scene.views))
        for scene in ODD_DAY
    ]
    with tempfile.TemporaryDirectory() as folder:
        story = OddDay(Path(folder))
        try:
            with Player(browser, story, languages) as player:
                return of_the_play(player, tuple(scenes), out, names)
        finally:
            story.stop()


def odd_name(view: View) -> str:
    return f"{view.screen}-odd-{view.name.removeprefix(f'{view.screen}-')}"


def of_the_play(
    player: Player, scenes: tuple[Scene, ...], out: Path, names: tuple[str, ...]
) -> list[Path]:
    """A picture of each view at each size."""
    made = []
    for view, language, page in player.play(names or ("",), scenes):
        for index, (width, height) in enumerate(SIZES[view.screen]):
            page.set_viewport_size({"width": width, "height": height})
            wait_until_still(page)
            made.append(out / f"{view.name}-{language}{f'-{index + 1}' if index else ''}.png")
            page.screenshot(path=made[-1])
    return made


def sheet(pictures: list[Path], target: Path) -> None:
    """All pictures in small, with their names."""
    cell = THUMB + 12
    rows = -(-len(pictures) // COLUMNS)
    paper = Image.new("RGB", (COLUMNS * cell, rows * (cell + LABEL)), "#d8dce2")
    pen = ImageDraw.Draw(paper)
    for place, path in enumerate(pictures):
        left, top = place % COLUMNS * cell, place // COLUMNS * (cell + LABEL)
        with Image.open(path) as picture:
            picture.thumbnail((THUMB, THUMB))
            paper.paste(picture, (left + 6, top + LABEL))
        pen.text((left + 6, top + 5), path.stem, fill="#14181f")
    paper.save(target)


if __name__ == "__main__":
    main()
