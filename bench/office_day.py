"""A recorded office day on the screens of a drill: is every call shown once, in order, and is the
memory flat?

    python bench/office_day.py FOLDER [--speed 60] [--minutes N] [--json FILE]

FOLDER holds office_day.csv and office_day_queues.csv. Serves a drill that plays them, opens its
page with all screens in a Chromium without a window, and reads what the display's own log says.
At the end the log is compared with the journal: the same calls, each once, in the order in which
they were made. Memory is the proportional set size of the server with its print worker, and of the
browser with this script. --minutes ends it earlier (real minutes). Exit status 1 if a call is
missing, doubled or out of order, or if the server logged an error. Needs the test tools
(`run.py test`).
"""

import argparse
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
SAMPLE_EVERY = 20.0  # seconds
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--autoplay-policy=no-user-gesture-required")  # fmt: skip
LOG = """() => [...document.querySelectorAll('#call-log li')].map((li) => ({
    id: Number(li.dataset.id), number: li.dataset.number, counter: Number(li.dataset.counter),
    spoken: Boolean(li.dataset.spokenAt), ended: Boolean(li.dataset.endedAt)}))"""
HEAP = "() => performance.memory ? performance.memory.usedJSHeapSize : 0"


def pss_of_tree(root: int) -> int:
    """KB of a process and all that it started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(entry.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        parents.setdefault(parent, []).append(int(entry.parent.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        waiting += parents.get(process, [])
        try:
            text = Path(f"/proc/{process}/smaps_rollup").read_text()
        except OSError:
            continue
        found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
        total += int(found[1]) if found else 0
    return total


def made(database: Path) -> list[tuple[int, str]]:
    """Calls and recalls as journalled: entry and number."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        rows = db.execute(
            "SELECT seq, data FROM journal WHERE event IN ('ticket_called', 'ticket_recalled')"
            " ORDER BY seq"
        ).fetchall()
    return [(seq, json.loads(data)["number"]) for seq, data in rows]


class Watched:
    """The drill's server and the page on which its screens run."""

    def __init__(self, folder: Path, data: Path, speed: int, log: Path) -> None:
        self.data = data
        self._log = log
        with log.open("wb") as output:
            self.server = subprocess.Popen(
                [sys.executable, "-m", "kiosk.cli", "serve", "--demo", "--speed", str(speed),
                 "--office-day", str(folder), "--port", "0", "--data", str(data)],
                cwd=ROOT, stdout=subprocess.PIPE, stderr=output, text=True,
                env={**os.environ, "PYTHONUNBUFFERED": "1"},
            )  # fmt: skip
        assert self.server.stdout is not None
        found = re.search(r"http://localhost:\d+", self.server.stdout.readline())
        if not found:
            raise SystemExit(log.read_text()[-2000:])
        self.url = found[0]

    def stop(self) -> list[str]:
        """The errors that the server logged."""
        self.server.send_signal(signal.SIGTERM)
        self.server.wait(30)
        lines = self._log.read_text(errors="replace").splitlines()
        return [line for line in lines if " ERROR " in line or line.startswith("Traceback")]


def display_of(page: Page) -> Frame:
    element = page.wait_for_selector("[data-frame=display] iframe")
    assert element is not None
    frame = element.content_frame()
    assert frame is not None
    return frame


def watch(watched: Watched, page: Page, most: float) -> tuple[list[Any], list[Any]]:
    """Until the day is closed and the last call is shown: the display's log, and the samples."""
    begun, shown = time.monotonic(), -1
    samples: list[dict[str, Any]] = []
    while True:
        page.wait_for_timeout(SAMPLE_EVERY * 1000)
        state = page.evaluate("fetch('/health').then((answer) => answer.json())")
        log = display_of(page).evaluate(LOG)
        real = made(watched.data / "office.db")
        server, everything = pss_of_tree(watched.server.pid), pss_of_tree(os.getpid())
        samples.append(
            {
                "seconds": round(time.monotonic() - begun),
                "calls": len(real),
                "shown": len(log),
                "server_mb": round(server / 1024, 1),
                "browser_mb": round((everything - server) / 1024, 1),
                "display_heap_mb": round(display_of(page).evaluate(HEAP) / 2**20, 1),
            }
        )
        print(" ".join(f"{name}={value}" for name, value in samples[-1].items()), flush=True)
        over = state["phase"] == "closed" or time.monotonic() - begun > most
        if over and (len(log) >= len(real) or len(log) == shown):
            return log, samples
        shown = len(log)


def judge(log: Sequence[Any], real: Sequence[tuple[int, str]]) -> dict[str, Any]:
    ids = [entry["id"] for entry in log]
    wanted = [seq for seq, _ in real]
    first = wanted.index(ids[0]) if ids and ids[0] in wanted else 0
    return {
        "made": len(wanted),
        "shown": len(ids),
        "missing": len(set(wanted[first:]) - set(ids)),
        "before_the_page": first,
        "twice": sum(n > 1 for n in Counter(ids).values()),
        "disorder": sum(a > b for a, b in pairwise(ids)),
        "spoken": sum(entry["spoken"] for entry in log),
        "ended": sum(entry["ended"] for entry in log),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints samples and the verdict. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--speed", type=int, choices=(1, 10, 60), default=60)
    parser.add_argument("--minutes", type=float, default=600.0)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    path = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium")
    if not path:
        parser.error("no Chromium: install it, or name it in KIOSK_TEST_BROWSER")
    complaints: list[str] = []
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        watched = Watched(
            options.folder.resolve(), folder / "data", options.speed, folder / "server.log"
        )
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{watched.url}/demo")
        log, samples = watch(watched, page, options.minutes * 60)
        real = made(watched.data / "office.db")
        browser.close()
        errors = watched.stop()
    verdict = judge(log, real) | {"server_errors": errors[:5], "page_errors": complaints[:5]}
    print(json.dumps(verdict))
    if options.json:
        options.json.write_text(json.dumps({"verdict": verdict, "samples": samples}, indent=1))
    wrong = ("missing", "twice", "disorder", "server_errors", "page_errors")
    return 1 if any(verdict[name] for name in wrong) else 0


if __name__ == "__main__":
    sys.exit(main())
