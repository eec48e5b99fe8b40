"""How soon each screen says that the line is lost, and how soon after its return all is right.

    .venv/bin/python -m bench.lost_line [--rounds 10] [--json]

Puts kiosk, display, counter, supervisor and phone on one cable in a Chromium without a window,
pulls it out (what is connected stays connected and falls silent), lets the office go on, and plugs
it in again after so many seconds as --out says. Prints the middle and the worst of the rounds in
milliseconds. Exit status 1 when a screen misses a limit: 5 s to say so, 2 s to be right. Needs the
test tools (`run.py test`).
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.browser.cable import Cable
from tests.browser.conftest import QUIET_MACHINE, SPEAKS_AT_ONCE
from tests.browser.house import House
from tests.browser.outage import Outage
from tests.browser.screens import Screens

LIMITS = {"lost": 5_000, "right": 2_000}  # ms
PATIENCE = 30_000  # ms, after which a round is given up

Times = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.lost_line", description=__doc__)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--out", type=float, default=10, help="seconds without a line")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    times: Times = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium")
        arguments = [*QUIET_MACHINE, SPEAKS_AT_ONCE]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        house = House(Path(folder))
        try:
            for _ in range(options.rounds):
                house.tidy()
                play(browser, house, options.out, times)
        finally:
            house.stop()
            browser.close()
    show(times, options.json)
    sys.exit(any(max(found) > limit_of(what) for what, found in times.items()))


def play(browser: Browser, house: House, out: float, times: Times) -> None:
    """One round; adds to `times`."""
    screens, cable = Screens(browser, house), Cable(house.server.port)
    try:
        outage = Outage(house, screens, cable)
        outage.pull()
        pulled = time.monotonic()
        waiting = set(outage.pages)
        while waiting:
            for screen in sorted(waiting):
                if outage.bands[screen].is_visible():
                    times[f"{screen}: lost"].append(since(pulled))
                    waiting.discard(screen)
            if since(pulled) > PATIENCE:
                sys.exit(f"never said to be lost: {waiting}")
        outage.go_on()
        time.sleep(max(0.0, out - since(pulled) / 1000))
        outage.plug()
        back = time.monotonic()
        for screen in outage.pages:
            outage.expect_right(screen, lambda: PATIENCE)
        times["all: right"].append(since(back))
    finally:
        screens.close()
        cable.close()


def since(moment: float) -> float:
    """Milliseconds."""
    return (time.monotonic() - moment) * 1000


def show(times: Times, as_json: bool) -> None:
    if as_json:
        print(json.dumps(times))
        return
    print(f"{'milliseconds':18}{'middle':>8}{'worst':>8}{'limit':>8}")
    for what, found in sorted(times.items()):
        print(f"{what:18}{median(found):>8.0f}{max(found):>8.0f}{limit_of(what):>8}")


def limit_of(what: str) -> int:
    return LIMITS[what.rpartition(" ")[2]]


if __name__ == "__main__":
    main()
