"""Lighthouse on kiosk, display and phone, with a real server and people in the line.

    .venv/bin/python -m bench.lighthouse [--json]

Fetches Lighthouse 12 with npm into .setup/lighthouse (ignored, no part of the product) when it is
not there; uses this machine's node and Chromium. The phone is measured as Lighthouse's own mobile
preset does (slow 4G, processor slowed 4 times), the display as the desktop preset does, the kiosk
as that with a processor slowed 4 times: both stand in the office's network. The kiosk is measured
like the phone too, and the phone in the office's network, on its Wi-Fi.
Prints scores, first paint and what is loaded.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.house import House
from tests.live import ROOT

VERSION = "12.8.2"
FOLDER = ROOT / ".setup" / "lighthouse"
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
DESKTOP = ("--preset=desktop",)
SLOW_DESKTOP = (*DESKTOP, "--throttling.cpuSlowdownMultiplier=4")
WIFI = ("--throttling.rttMs=40", "--throttling.throughputKbps=10240")
WHAT = ("score", "accessibility", "first_paint_ms", "largest_paint_ms", "script_kb", "total_kb")


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.lighthouse", description=__doc__)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    install()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            for number in range(1, 4):
                house.call_out(number)
                if number > 1:
                    house.at(number, "start")
            mine = house.take()
            results = {
                "kiosk": measure(f"{house.url}/kiosk", house.kiosk, SLOW_DESKTOP),
                "display": measure(f"{house.url}/display", house.display, DESKTOP),
                "kiosk, slow 4G": measure(f"{house.url}/kiosk", house.kiosk, ()),
                "phone": measure(f"{house.url}/t/{mine['token']}", None, ()),
                "phone, Wi-Fi": measure(f"{house.url}/t/{mine['token']}", None, WIFI),
            }
        finally:
            house.stop()
    if options.json:
        print(json.dumps(results, indent=2))
        return
    print(f"{'':14}" + "".join(f"{name:>18}" for name in WHAT))
    for screen, found in results.items():
        print(f"{screen:14}" + "".join(f"{found[name]:>18}" for name in WHAT))
        for fault in found["faults"]:
            print(f"{'':14}  {fault}")


def install() -> None:
    """Bring Lighthouse into its own folder, once."""
    if (FOLDER / "node_modules" / "lighthouse" / "package.json").exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    # Without a prefix npm would look upwards and add it to the project's own packages.
    npm = ["npm", "install", "--prefix", str(FOLDER), "--ignore-scripts", f"lighthouse@{VERSION}"]
    subprocess.run(npm, cwd=FOLDER, check=True, stdout=subprocess.DEVNULL)


def measure(url: str, token: str | None, options: tuple[str, ...]) -> dict[str, Any]:
    """One page: scores of 100, milliseconds, kilobytes as they went over the wire."""
    command = [
        "node", str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"), url,
        "--quiet", "--output=json", "--output-path=stdout", f"--chrome-flags={FLAGS}",
        "--only-categories=performance,accessibility", *options,
    ]  # fmt: skip
    if token:
        command.append("--extra-headers=" + json.dumps({"Cookie": f"device={token}"}))
    chrome = os.environ.get("KIOSK_TEST_BROWSER") or shutil.which("chromium") or ""
    done = subprocess.run(
        command, env={**os.environ, "CHROME_PATH": chrome}, stdout=subprocess.PIPE, check=True
    )
    report = json.loads(done.stdout)
    audits, groups = report["audits"], report["categories"]
    items = audits["resource-summary"]["details"]["items"] if "resource-summary" in audits else []
    if not items:
        items = _by_type(audits["network-requests"]["details"]["items"])
    sizes = {item["resourceType"]: item["transferSize"] / 1024 for item in items}
    faults = [
        f"{name}: {audits[ref['id']]['title']}"
        for name, group in groups.items()
        for ref in group["auditRefs"]
        if ref["weight"] and (audits[ref["id"]]["score"] or 0) < 0.9
    ]
    return {
        "score": round(groups["performance"]["score"] * 100),
        "accessibility": round(groups["accessibility"]["score"] * 100),
        "first_paint_ms": round(audits["first-contentful-paint"]["numericValue"]),
        "largest_paint_ms": round(audits["largest-contentful-paint"]["numericValue"]),
        "script_kb": round(sizes.get("script", 0)),
        "total_kb": round(sizes.get("total", 0)),
        "faults": faults,
    }


def _by_type(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sizes: dict[str, float] = {}
    for request in requests:
        for kind in (request.get("resourceType", "Other").lower(), "total"):
            sizes[kind] = sizes.get(kind, 0) + (request.get("transferSize") or 0)
    return [{"resourceType": kind, "transferSize": size} for kind, size in sizes.items()]


if __name__ == "__main__":
    main()
