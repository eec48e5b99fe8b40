"""What must hold of every page in every state: axe-core finds nothing, contrast is at least 7:1,
and nothing is cut off, covered or outside the screen.

`assert_accessible(page)` and `assert_nothing_overflows(page)` may be called at any time; both wait
for the fonts and change nothing on the page.
"""

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
#: px, the size that a browser's text has unless its owner sets another, and twice that
USUAL, TWICE = 16, 32
CONTRAST = 7  # also for large text: the halls are bright and the eyes are old

#: Everything that axe runs by itself, and the two rules of WCAG 2.2 that it leaves off.
RUN = """async (contrast) => {
  await document.fonts.ready;
  const ratio = {normal: {expected: contrast}, large: {expected: contrast}};
  const text = {id: 'color-contrast-enhanced', options: {contrastRatio: ratio}};
  axe.configure({checks: [text]});
  const rules = {'color-contrast-enhanced': {enabled: true}, 'target-size': {enabled: true}};
  const {violations} = await axe.run(document, {rules, resultTypes: ['violations']});
  return violations.flatMap(({id, help, nodes}) => nodes.map((node) =>
    `${id}: ${help}: ${node.target.join(' ')}: ${node.failureSummary}`));
}"""

#: In the first a page hears of a new size, after the second it is drawn.
TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"

#: Text outside the screen, outside its own button, or cut by a box that does not scroll.
LOOK_FOR_OVERFLOW = """async (scrolls) => {
  await document.fonts.ready;
  // A line box may stand out of a tight box by the empty room around its letters.
  const most = ({height}) => height * 0.3;
  const found = [];
  const tell = (what, element) => {
    const name = element.tagName.toLowerCase() + (element.id && '#' + element.id)
      + [...element.classList].map((one) => '.' + one).join('');
    found.push(`${what}: ${name}: ${element.textContent.trim().slice(0, 60)}`);
  };
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) tell(`page ${root.scrollWidth} px wide`, root);
  if (!scrolls && root.scrollHeight > innerHeight) tell(`page ${root.scrollHeight} px high`, root);
  const shown = (element) =>
    element.checkVisibility({visibilityProperty: true, opacityProperty: true})
    && !element.closest('.visually-hidden');
  const clipping = (element) => {
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const {overflowX, overflowY} = getComputedStyle(box);
      if (overflowX !== 'visible' || overflowY !== 'visible') return {box, overflowX, overflowY};
    }
    return null;
  };
  const outside = (inner, outer, across, down) =>
    (across && (inner.left < outer.left - 1 || inner.right > outer.right + 1))
    || (down && (inner.top < outer.top - most(inner) || inner.bottom > outer.bottom + most(inner)));
  const screen = {left: 0, top: 0, right: innerWidth, bottom: innerHeight};
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !shown(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const rects = [...range.getClientRects()].filter(({width}) => width > 0);
    const clip = clipping(element);
    const scrolled = clip && /auto|scroll/.test(clip.overflowY);
    const button = element.closest('button, a.button, kbd, option, td, th');
    for (const rect of rects) {
      if (clip) {
        const edge = clip.box.getBoundingClientRect();
        const across = !/auto|scroll/.test(clip.overflowX);
        if (outside(rect, edge, across, !scrolled)) tell('cut', element);
      }
      if (outside(rect, screen, true, !scrolls && !scrolled)) tell('off the screen', element);
      if (button && outside(rect, button.getBoundingClientRect(), true, true)) {
        tell('outside its button', element);
      }
    }
  }
  return [...new Set(found)];
}"""


@cache
def _axe() -> str:
    assert AXE.exists(), "axe-core is not installed: `python3 run.py test` installs it"
    return AXE.read_text(encoding="utf-8")


def accessibility_faults(page: Page) -> list[str]:
    """All that axe-core finds on the page as it stands, one line each."""
    # Evaluated, not added as a script: the pages' policy allows no foreign script.
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_axe())
    faults: list[str] = page.evaluate(RUN, CONTRAST)
    return faults


def assert_accessible(page: Page) -> None:
    """axe-core finds nothing, and every text has a contrast of at least 7:1 on its ground."""
    faults = accessibility_faults(page)
    assert not faults, "\n".join([page.url, *faults])


def overflow_faults(page: Page, *, scrolls: bool = False) -> list[str]:
    """What is cut off or outside, one line each; `scrolls`: the page may be longer."""
    page.evaluate(TWO_FRAMES)
    faults: list[str] = page.evaluate(LOOK_FOR_OVERFLOW, scrolls)
    return faults


def set_letters(page: Page, size: int) -> None:
    """The size of text that the owner of the browser has set, in px."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
    session.detach()


def assert_nothing_overflows(page: Page, *, scrolls: bool = False) -> None:
    """Nothing is cut off or outside of the screen; only a page that `scrolls` may be longer."""
    faults = overflow_faults(page, scrolls=scrolls)
    assert not faults, "\n".join([f"{page.url} at {page.viewport_size}", *faults])
