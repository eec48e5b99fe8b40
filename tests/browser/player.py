"""Shows the views of the story in a browser: one page a screen and language, used over and over."""

from collections.abc import Iterator
from types import TracebackType

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.story import DAY, SIZES, Scene, Story, View

LANGUAGES = ("id", "en")
LOST_WITHIN = 30_000  # ms; how fast is another test's question
LOCALES = {"id": "id-ID", "en": "en-US"}

#: The browsers' clocks go with the play's, so that no screen counts as wrong.
AHEAD = """(() => {
  const now = Date.now.bind(Date);
  const began = now();
  Date.now = () => now() + %d;
})();"""


class Player:
    """`play` goes through the day; `show` brings one view up in one language."""

    def __init__(self, browser: Browser, story: Story, languages: tuple[str, ...] = LANGUAGES):
        self.story = story
        self.languages = languages
        self._browser = browser
        self._pages: dict[tuple[str, str, str], Page] = {}

    def __enter__(self) -> "Player":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for page in self._pages.values():
            page.context.close()
        self._pages.clear()

    def play(
        self, names: tuple[str, ...] = ("",), scenes: tuple[Scene, ...] = DAY
    ) -> Iterator[tuple[View, str, Page]]:
        """Each view of the day in each language, in its state and at its first size.

        names: only views whose name begins so.
        """
        for scene in scenes:
            self.story.office.hang_up()  # the server has closed what was idle for long
            scene.arrange(self.story)
            for view in (view for view in scene.views if view.name.startswith(names)):
                for language in self.languages:
                    yield view, language, self.show(view, language)

    def show(self, view: View, language: str) -> Page:
        """The page of a view, in its state."""
        page = self._page(view, language)
        context = page.context
        address = f"{self.story.office.url}{view.address(self.story)}?lang={language}"
        if view.fresh or page.url != address:
            page.goto(address, wait_until="domcontentloaded")
        page.set_viewport_size(dict(zip(("width", "height"), SIZES[view.screen][0], strict=True)))
        if view.offline:
            expect(page.locator(FIRST_SIGN[view.screen]).first).to_be_visible()
            context.set_offline(True)
        if view.act.__name__ != "nothing":
            expect(page.locator(FIRST_SIGN[view.screen]).first).to_be_visible()
            view.act(page, language)
        there = expect(page.locator(view.ready).filter(visible=True).first)
        there.to_be_visible(timeout=LOST_WITHIN if view.offline else None)
        page.evaluate("document.fonts.ready.then(() => true)")
        if view.offline:
            self._plug_in_later(view, language, context)
        return page

    def _plug_in_later(self, view: View, language: str, context: BrowserContext) -> None:
        """The page keeps what it shows; the next view gets a new one with a network."""
        self._pages.pop((view.screen, view.who, language))
        self._pages[view.name, view.who, language] = context.pages[0]

    def _page(self, view: View, language: str) -> Page:
        key = (view.screen, view.who, language)
        if key not in self._pages:
            width, height = SIZES[view.screen][0]
            context = self._browser.new_context(
                viewport={"width": width, "height": height},
                locale=LOCALES[language],
                has_touch=view.screen in ("kiosk", "phone"),
                reduced_motion="reduce",
            )
            cookies = self.story.cookies(view)
            url = self.story.office.url
            context.add_cookies(
                [{"name": name, "value": value, "url": url} for name, value in cookies.items()]
            )
            context.add_init_script(AHEAD % self.story.server.ahead)
            self._pages[key] = context.new_page()
        return self._pages[key]


#: What each screen has when it has started.
FIRST_SIGN = {
    "kiosk": ".tile:visible, .answer:visible",
    "display": "#featured",
    "counter": "#card[data-mode]",
    "supervisor": "main h1, main h2",
    "phone": ".headline",
    "door": "h1",
}
