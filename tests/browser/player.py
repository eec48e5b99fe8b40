"""Shows the views of the story in a browser: one page a screen and language, used over and over."""

from collections.abc import Iterator
from types import TracebackType

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.story import DAY, SIZES, Scene, Story, View, nothing

LANGUAGES = ("id", "en")
LOST_WITHIN = 30_000  # ms; how fast is another test's question
LOCALES = {"id": "id-ID", "en": "en-US"}

#: The browsers' clocks go with the play's, so that no screen's clock is wrong: the cookie says how
#: far it is ahead. While the play is being moved, a screen does not tell its time.
AHEAD = """(() => {
  const now = Date.now.bind(Date);
  const send = globalThis.fetch.bind(globalThis);
  const ahead = () => document.cookie.match(/(?:^|; )ahead=(-?[0-9]+)/)?.[1];
  let known = ahead() ?? 0;
  Date.now = () => now() + Number((known = ahead() ?? known));
  globalThis.fetch = (url, options) =>
    url === '/api/heartbeat' && ahead() === undefined
      ? Promise.reject(new Error('the play is being moved'))
      : send(url, options);
})();"""
MOVING = "moving"

#: Up to which row of the journal the screen is drawn.
DRAWN = "(seq) => Number(document.documentElement.dataset.seq) >= seq"
LOOK_AGAIN = "window.dispatchEvent(new Event('pageshow'))"

#: Resolves when nothing has moved for a while: fonts are there, and what fits itself has done so.
STILL = """async (quiet) => {
  await document.fonts.ready;
  const places = () => [...document.body.querySelectorAll('*')]
    .map((element) => element.getBoundingClientRect())
    .map(({x, y, width, height}) => `${x} ${y} ${width} ${height}`).join();
  const frame = () => new Promise(requestAnimationFrame);
  let before = places();
  let since = performance.now();
  while (performance.now() - since < quiet) {
    await frame();
    const after = places();
    if (after !== before) since = performance.now();
    before = after;
  }
}"""
QUIET = 250  # ms; longer than any screen waits before it fits itself to a new size


def wait_until_still(page: Page) -> None:
    """A picture of a page that moves no more."""
    page.evaluate(STILL, QUIET)


class Player:
    """`play` goes through the day; `show` brings one view up in one language."""

    def __init__(self, browser: Browser, story: Story, languages: tuple[str, ...] = LANGUAGES):
        self.story = story
        self.languages = languages
        self._browser = browser
        self._pages: dict[tuple[str, str, str], Page] = {}
        story.server.watchers.append(self._set_clocks)

    def __enter__(self) -> "Player":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.story.server.watchers.remove(self._set_clocks)
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
        """The page of a view, in its state and drawn from what the office knows now."""
        page = self._page(view, language)
        context = page.context
        path, mark, section = view.address(self.story).partition("#")
        address = f"{self.story.office.url}{path}?lang={language}{mark}{section}"
        if view.fresh:  # another section of the same page would not be loaded anew
            page.goto("about:blank")
        if page.url != address:
            page.goto(address, wait_until="domcontentloaded")
        page.set_viewport_size(dict(zip(("width", "height"), SIZES[view.screen][0], strict=True)))
        if self._is_live(view):
            page.evaluate(LOOK_AGAIN)
            seq = self.story.server.anonymous().get("/health")["seq"]
            page.wait_for_function(DRAWN, arg=seq)
        if view.offline:
            context.set_offline(True)
        if view.act is not nothing:
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
            context.add_init_script(AHEAD)
            self._set_clock(context, self.story.server.ahead)
            self._pages[key] = context.new_page()
        return self._pages[key]

    def _set_clocks(self, ahead: int | None) -> None:
        for page in self._pages.values():
            self._set_clock(page.context, ahead)

    def _set_clock(self, context: BrowserContext, ahead: int | None) -> None:
        value = MOVING if ahead is None else str(ahead)
        context.add_cookies([{"name": "ahead", "value": value, "url": self.story.office.url}])

    def _is_live(self, view: View) -> bool:
        """Whether the screen follows the office; a page that only asks something does not."""
        return view.screen in LIVE or view.path in self.story.tokens


LIVE = frozenset({"kiosk", "display", "counter", "supervisor"})

#: What each screen has when it has started.
FIRST_SIGN = {
    "kiosk": ".tile:visible, .answer:visible",
    "display": "#featured",
    "counter": "#card[data-mode]",
    "supervisor": "main h1, main h2",
    "phone": ".headline",
    "door": "h1",
}
