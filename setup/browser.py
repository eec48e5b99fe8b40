"""Chromium for the browser tests: found on this machine, else installed."""

import os
import shutil

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


def _find() -> str | None:
    if chosen := os.environ.get("KIOSK_TEST_BROWSER"):
        return chosen
    return next((path for name in NAMES if (path := shutil.which(name))), None)
