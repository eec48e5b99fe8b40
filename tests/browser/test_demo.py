"""The page of a drill: four real screens side by side, moving, and a place for the newcomer."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.accessibility import (
    TWICE,
    USUAL,
    assert_accessible,
    assert_nothing_overflows,
    set_letters,
)
from tests.browser.conftest import SPEAKS_AT_ONCE
from tests.live_drill import DrillServer

pytestmark = pytest.mark.browser

FRAMES = ("display", "counter", "kiosk", "phone")
TAKE = """async () => {
    const csrf = document.querySelector('meta[name="csrf"]').content;
    const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': csrf,
                     'Idempotency-Key': crypto.randomUUID()};
    const body = JSON.stringify({service: 'family'});
    const answer = await fetch('/api/tickets', {method: 'POST', headers, body});
    return (await answer.json()).ticket;
}"""
#: Whether the paper of a ticket has come out, asked for ten seconds.
PAPER = """async (id) => {
    for (let tries = 0; tries < 50; tries += 1) {
        const {state} = await (await fetch(`/api/tickets/${id}/paper`)).json();
        if (state === 'printed') return state;
        await new Promise((resolve) => setTimeout(resolve, 200));
    }
}"""
NUMBER = re.compile(r"^[A-Z]-\d{3}$")
SHOWN = "#call-log li[data-number='{number}'][data-counter='{counter}']"


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrillServer]:
    served = DrillServer(tmp_path_factory.mktemp("drill") / "data", "--speed", "1")
    yield served
    served.stop()


@pytest.fixture
def page(chromiums: dict[str, Browser], drill: DrillServer) -> Iterator[Page]:
    context = chromiums[SPEAKS_AT_ONCE].new_context(
        viewport={"width": 1366, "height": 768}, locale="id-ID"
    )
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("pageerror", lambda error: complaints.append(str(error)))

    def listen(said: ConsoleMessage) -> None:
        # A phone's frame is replaced by that of another number while its socket is busy.
        if said.type in ("error", "warning") and "received after close" not in said.text:
            complaints.append(said.text)

    opened.on("console", listen)
    opened.goto(f"http://localhost:{drill.port}/demo")
    yield opened
    context.close()
    assert complaints == []


def test_all_screens_stand_side_by_side_and_say_that_it_is_a_drill(page: Page) -> None:
    expect(page.locator("#drill-band")).to_contain_text("LATIHAN")
    for name in FRAMES:
        inside = page.frame_locator(f"[data-frame={name}] iframe")
        mark = "#drill" if name == "display" else "#drill-band"
        expect(inside.locator(mark)).to_contain_text("LATIHAN")
        box = page.locator(f"[data-frame={name}] iframe").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 1366
        assert box["y"] + box["height"] <= 768
        assert box["width"] > 200


def test_the_office_moves_by_itself_and_faster_when_asked(page: Page) -> None:
    display = page.frame_locator("[data-frame=display] iframe")
    page.get_by_role("button", name="60×").click()
    expect(page.get_by_role("button", name="60×")).to_have_attribute("aria-pressed", "true")
    calls = display.locator("#call-log li[data-spoken-at][data-ended-at]")
    expect(calls.nth(4)).to_be_attached(timeout=40_000)
    page.get_by_role("button", name="1×", exact=True).click()
    expect(page.get_by_role("button", name="1×", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )


def test_the_newcomer_takes_a_number_sees_it_on_the_phone_and_calls_somebody(page: Page) -> None:
    kiosk = page.frame_locator("[data-frame=kiosk] iframe")
    expect(kiosk.locator("button").first).to_be_visible()
    inside = page.locator("[data-frame=kiosk] iframe").element_handle().content_frame()
    assert inside is not None
    ticket = inside.evaluate(TAKE)
    number = ticket["number"]
    assert inside.evaluate(PAPER, ticket["id"]) == "printed"
    phone = page.frame_locator("[data-frame=phone] iframe")
    expect(phone.get_by_text(number, exact=True).first).to_be_visible()

    counter = page.frame_locator("[data-frame=counter] iframe")
    expect(counter.locator("#bar")).to_contain_text("5")
    counter.get_by_role("button", name="Panggil berikutnya").click()
    called = counter.locator(".card-number")
    expect(called).to_have_text(NUMBER)
    display = page.frame_locator("[data-frame=display] iframe")
    entry = display.locator(SHOWN.format(number=called.inner_text(), counter=5))
    expect(entry).to_be_attached(timeout=60_000)
    counter.get_by_role("button", name="Mulai layani").click()
    counter.get_by_role("button", name="Selesai").first.click()


def test_each_screen_can_be_opened_alone_at_its_real_size(page: Page) -> None:
    for name in FRAMES:
        frame = page.locator(f"[data-frame={name}] iframe")
        expect(frame).to_be_visible()
        address = frame.get_attribute("src")
        link = page.locator(f".drill-{name}").get_by_role("link", name="Buka sendiri")
        expect(link).to_have_attribute("href", str(address))
    with page.context.expect_page() as opened:
        page.locator(".drill-counter").get_by_role("link", name="Buka sendiri").click()
    expect(opened.value.locator("#card[data-mode]")).to_be_visible()


def test_the_mark_of_a_drill_leaves_every_screen_whole(page: Page, drill: DrillServer) -> None:
    expect(page.frame_locator("[data-frame=display] iframe").locator("#drill")).to_be_visible()
    assert_nothing_overflows(page)  # its frames are looked at one by one
    for width, height in ((683, 384), (960, 540), (360, 800), (320, 640)):
        page.set_viewport_size({"width": width, "height": height})
        assert_nothing_overflows(page, scrolls=True)
    set_letters(page, TWICE)
    for width, height in ((1366, 768), (360, 800)):
        page.set_viewport_size({"width": width, "height": height})
        assert_nothing_overflows(page, scrolls=True)
    set_letters(page, USUAL)
    for path, width, height in (
        ("/kiosk", 1080, 1920),
        ("/kiosk", 1366, 768),
        ("/counter", 1366, 768),
        ("/display", 1920, 1080),
        ("/", 360, 800),
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"http://localhost:{drill.port}{path}")
        mark = "#drill" if path == "/display" else "#drill-band"
        expect(page.locator(mark)).to_be_visible()
        expect(page.locator("button, time, a").first).to_be_attached()
        assert_nothing_overflows(page, scrolls=path == "/")
        assert_accessible(page)
