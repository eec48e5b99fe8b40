"""The desktop of the machine that the program was started on, if there is one."""

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping

PATIENCE = 10.0  # seconds


def is_there(platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether a browser could be shown to somebody."""
    if platform in ("win32", "darwin"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def open_page(url: str, *, wait: bool = False) -> None:
    """Show a page in the person's browser; `wait` until the browser was asked."""
    asking = threading.Thread(target=webbrowser.open, args=(url,), daemon=True)
    asking.start()
    if wait:
        asking.join(PATIENCE)
