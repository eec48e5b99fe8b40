"""Opens the screens, each like a machine of its own, and listens to what their browsers say."""

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect

from kiosk.messages import catalogue, translate
from tests.browser.house import House
from tests.live import Client

#: What Chromium itself says when a request gets no answer.
NO_ANSWER = r"net::ERR_|WebSocket connection to"


def say(text: str, language: str = "id", **named: object) -> str:
    """A text of the screens in one language; it has to be one of them."""
    assert text in catalogue("id"), f"no screen says {text!r}"
    return translate(text, language).format(**named)


def refusal(status: int) -> str:
    """What Chromium itself says when the server refuses something."""
    return f"responded with a status of {status}"


def press(counter: Page, key: str) -> None:
    """A key of a counter, once its last command is answered: before that it does nothing."""
    expect(counter.locator("#card[aria-busy]")).to_have_count(0)
    counter.keyboard.press(key)


class Screens:
    """`complaints` are all errors that the browser met; a test that causes some `bears` them."""

    def __init__(self, browser: Browser, office: House) -> None:
        self._browser = browser
        self._office = office
        self._contexts: list[BrowserContext] = []
        self._borne: list[str] = []
        self._complaints: list[str] = []

    def kiosk(self, *, at_language: str = "id", **options: Any) -> Page:
        """A touch screen, 1280 x 800 unless `viewport` says something else."""
        touch: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "has_touch": True}
        return self.open(
            f"/kiosk?lang={at_language}", {"device": self._office.kiosk}, **(touch | options)
        )

    def display(self, **options: Any) -> Page:
        return self.open("/display", {"device": self._office.display}, **options)

    def counter(self, number: int, **options: Any) -> Page:
        return self.open("/counter", session_of(self._office.desks[number]), **options)

    def supervisor(self, section: str = "overview", **options: Any) -> Page:
        return self.open(f"/supervisor#{section}", session_of(self._office.boss), **options)

    def preview(self) -> Page:
        return self.open("/preview", session_of(self._office.boss))

    def phone(self, token: str, **options: Any) -> Page:
        small: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
        return self.open(f"/t/{token}", {}, **(small | options))

    def open(
        self,
        path: str,
        cookies: dict[str, str],
        *,
        at: str | None = None,
        clock: bool = False,
        **options: Any,
    ) -> Page:
        """A page in a browser of its own.

        at     another address of the server than its own
        clock  the test moves the page's clock
        """
        base = at or self._office.url
        options = {"viewport": {"width": 1366, "height": 768}, "locale": "id-ID"} | options
        context = self._browser.new_context(**options)
        self._contexts.append(context)
        context.add_cookies(
            [{"name": name, "value": value, "url": base} for name, value in cookies.items()]
        )
        context.on("console", self._listen)
        context.on("weberror", lambda error: self._complaints.append(str(error.error)))
        page = context.new_page()
        if clock:
            page.clock.install()
        page.goto(base + path, wait_until="domcontentloaded")
        return page

    def bears(self, *expressions: str) -> None:
        """Errors of the browser that this test causes on purpose."""
        self._borne += expressions

    @property
    def complaints(self) -> list[str]:
        return [
            text
            for text in self._complaints
            if "Content Security Policy" in text
            or not any(re.search(expression, text) for expression in self._borne)
        ]

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._complaints.append(f"{message.text} ({message.location.get('url')})")


def session_of(client: Client) -> dict[str, str]:
    """The session's cookie of somebody who has signed in."""
    name, value = client.headers["Cookie"].split("=", 1)
    return {name: value}
