"""The desktop of the machine that the program was started on, if there is one."""

import os
import sys
import threading
import webbrowser
from collections.abc import Mapping


def is_there(platform: str = sys.platform, variables: Mapping[str, str] = os.environ) -> bool:
    """Whether a browser could be shown to somebody."""
    if platform in ("win32", "darwin"):
        return True
    return bool(variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY"))


def open_page(url: str) -> None:
    """Show a page in the person's browser, without waiting for it."""
    threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()
