"""Chromium for the browser tests: found on this machine, else installed."""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence

from setup import debian
from setup.failure import SetupFailed

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_or_install() -> str:
    """The path of a Chromium (KIOSK_TEST_BROWSER names another one), or SetupFailed."""
    if path := _find():
        return path
    debian.install("chromium", "The browser tests need Chromium (--no-browser leaves them out)")
    if path := _find():
        return path
    raise SetupFailed("Chromium was installed but is not found: put its folder into PATH.")


def ready_driver(driver: Sequence[str]) -> None:
    """Make sure that the program which drives the browser starts, or raise SetupFailed.

    `driver` is a command that only prints its version. Playwright brings a Node.js of its own,
    which needs a library (libatomic) that a small Debian does not have.
    """
    reason = "The browser tests are driven by a program that lacks a library"
    if re.search(r"libatomic\.so", complaint := _complaint(driver)):
        debian.install("libatomic1", reason)
        complaint = _complaint(driver)
    if complaint:
        raise SetupFailed(
            f"The browser tests cannot be driven (--no-browser leaves them out): {complaint}"
        )


def _complaint(driver: Sequence[str]) -> str:
    """The last line of what a program says that does not start; empty when it does."""
    done = subprocess.run(
        driver,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    lines = done.stdout.strip().splitlines() or [f"exit status {done.returncode}"]
    return lines[-1] if done.returncode else ""


def _find() -> str | None:
    if chosen := os.environ.get("KIOSK_TEST_BROWSER"):
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)
