"""The tones that a screen plays, noted instead of heard."""

import time

from playwright.sync_api import Page

PATIENCE = 40  # s
_NOTE = """() => {
  const start = OscillatorNode.prototype.start;
  window.tones = [];
  OscillatorNode.prototype.start = function (...when) {
    window.tones.push(this.frequency.value);
    return start.apply(this, when);
  };
}"""


def note_tones(page: Page) -> None:
    """Note every tone that is played from now on."""
    page.evaluate(_NOTE)


def tones_after(page: Page, count: int) -> list[float]:
    """The tones (hertz) noted, once there are so many.

    The page forbids what `wait_for_function` does.
    """
    until = time.monotonic() + PATIENCE
    while page.evaluate("window.tones.length") < count:
        assert time.monotonic() < until, page.evaluate("window.tones")
        page.wait_for_timeout(100)
    tones: list[float] = page.evaluate("window.tones")
    return tones
