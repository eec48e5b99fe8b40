"""What a display is told beside the calls: own text, own picture, edges, out of order, volume."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.accessibility import assert_nothing_overflows
from tests.browser.conftest import TWELVE
from tests.browser.house import House
from tests.browser.screens import Screens, say

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

HELD = 8_200  # ms, longer than a call stands in large, and than a page of rows stands
MOST_ROWS = 6
HALL = {"viewport": {"width": 1920, "height": 1080}}


@pytest.fixture
def configure(office: House) -> Iterator[Any]:
    """Set up the display; afterwards it is as before."""
    device = next(one["id"] for one in office.state()["devices"] if one["kind"] == "display")
    path = f"/api/devices/{device}/configure"
    yield lambda **config: office.boss.post(path, {"config": config})
    office.boss.post(path, {"config": {"overscan": None, "picture": None}})


def test_nothing_stands_where_the_tv_cuts_off(
    office: House, screens: Screens, configure: Any
) -> None:
    configure(overscan=5)
    for number in range(1, 6):
        office.call_out(number)
    display = screens.display(**HALL)
    expect(display.locator(".recent-row[data-called]").first).to_be_visible()
    display.wait_for_timeout(200)
    assert_nothing_overflows(display)
    outside = display.evaluate(
        """() => [...document.querySelectorAll('.hall *')].filter((element) => {
          const {left, top, right, bottom, width} = element.getBoundingClientRect();
          return width > 0 && element.checkVisibility({visibilityProperty: true})
            && (left < innerWidth * 0.049 || right > innerWidth * 0.951
              || top < innerHeight * 0.049 || bottom > innerHeight * 0.951);
        }).map((element) => element.className)"""
    )
    assert outside == []


def test_the_own_picture_shows_only_while_nobody_is_called(
    office: House, screens: Screens, configure: Any
) -> None:
    picture = Path(office.server.data) / "picture.png"
    Image.new("RGB", (400, 300), "#3a424d").save(picture)
    configure(picture="on")
    display = screens.display(**HALL)
    expect(display.locator("#picture")).to_be_visible()
    office.call_out(1)
    expect(display.locator("#featured[data-state=called]")).to_be_visible()
    expect(display.locator("#picture")).to_be_hidden()
    picture.unlink()


def test_the_office_text_runs_and_calls_out_of_order_are_told(
    office: House, screens: Screens
) -> None:
    office.boss.post("/api/settings", {"key": "ticker_id", "value": "Siapkan Kartu Keluarga."})
    office.at(1, "open")
    office.take()
    later = office.take()
    office.at(1, "call", ticket=later["id"], reason="Perlu bantuan")
    display = screens.display(**HALL)
    expect(display.locator("#featured[data-state=called]")).to_be_visible()
    lines = display.evaluate(
        """async (board) => (await import('/static/display/hall_view.js'))
          .tickerLines(board, board.now, false).map(({text}) => text)""",
        office.board(),
    )
    office.boss.post("/api/settings", {"key": "ticker_id", "value": ""})
    assert "Siapkan Kartu Keluarga." in lines
    assert say("Called out of order today: {count}", count=1) in lines


#: Render two services' waiting in a box so many letters wide, and tell what its cells say.
WAITING_IN = """async (letters) => {
  const {Side} = await import('/static/display/side.js');
  const {waitingItem} = await import('/static/display/outlook.js');
  const box = document.querySelector('#side');
  box.style.width = `${letters}em`;
  const service = (letter, low, high) => ({letter, waiting: 14, state: 'open', wait: {low, high}});
  const items = [service('A', 37, 96), service('B', 52, 105)].map(waitingItem);
  new Side(box).render([{title: 'Waiting', items, table: true}]);
  const rows = [...box.querySelectorAll('tbody tr')];
  return {
    fits: box.scrollWidth <= box.clientWidth,
    texts: rows.map((row) => [...row.children].map((cell) => cell.textContent)),
    edges: [...new Set(rows.map((row) => row.lastChild.getBoundingClientRect().right))],
  };
}"""


def test_a_wait_is_a_column_of_ranges_and_where_they_have_no_room_of_the_least(
    office: House, screens: Screens
) -> None:
    office.at(1, "open")
    display = screens.display(**HALL)
    expect(display.locator("#side .side-block").first).to_be_visible()
    wide, narrow = (display.evaluate(WAITING_IN, letters) for letters in (9, 7))
    assert wide["texts"] == [["A", "14", "37–96"], ["B", "14", "52–105"]]
    assert narrow["texts"] == [["A", "14", "37+"], ["B", "14", "52+"]]
    for found in (wide, narrow):
        assert found["fits"]
        assert len(found["edges"]) == 1


def test_twelve_counters_call_at_once_and_every_call_is_shown(
    stage: House, stage_screens: Screens
) -> None:
    """More calls than rows: each stands in large for its time, then the rows take turns."""
    device = next(one["id"] for one in stage.state()["devices"] if one["kind"] == "display")
    configure = f"/api/devices/{device}/configure"
    stage.boss.post(configure, {"config": {"voice": "off"}})
    for number in range(1, TWELVE + 1):
        stage.at(number, "open")
        stage.take()
    display = stage_screens.display(**HALL, clock=True)
    expect(display.locator("#featured")).to_be_visible()
    numbers = [stage.at(number, "call-next")["number"] for number in range(1, TWELVE + 1)]
    stage.boss.post(configure, {"config": {"voice": None}})

    log = display.locator("#call-log li")
    for given, number in enumerate(numbers, start=1):
        expect(log).to_have_count(given)
        expect(display.locator(".featured-number")).to_have_text(number)
        assert_nothing_overflows(display)
        display.clock.fast_forward(HELD)
        expect(display.locator("#call-log li[data-ended-at]")).to_have_count(given)
    assert log.evaluate_all("(all) => all.map((one) => one.dataset.number)") == numbers

    rows = display.locator(".recent-row[data-called]")
    seen = {str(display.locator(".featured-number").text_content())}
    for _ in range(TWELVE):
        shown = rows.locator(".recent-number").all_text_contents()
        assert 1 < len(shown) <= MOST_ROWS
        seen |= set(shown)
        if len(seen) == TWELVE:
            break
        display.clock.fast_forward(HELD)
        expect(rows.first).not_to_contain_text(shown[0])
    assert seen == set(numbers)
    assert sorted(call["number"] for call in stage.board()["current"]) == sorted(numbers)


#: Cut sentences for so many letters a line.
PIECES = """async ([text, letters]) => {
  const {piecesOf} = await import('/static/display/pages.js');
  return piecesOf(text, (piece) => piece.length <= letters);
}"""


@pytest.mark.parametrize(
    ("text", "letters", "pieces"),
    [
        ("Nomor baru ditutup.", 19, ["Nomor baru ditutup."]),
        (
            "Nomor baru ditutup. Nomor Anda tetap berlaku.",
            20,
            ["Nomor baru ditutup.", "Nomor Anda", "tetap berlaku."],
        ),
        ("TPS tutup 55 menit lagi", 18, ["TPS tutup 55 menit", "lagi"]),
        ("Buka sampai 12.00", 12, ["Buka", "sampai 12.00"]),
        ("Disdukcapil", 5, ["Disdukcapil"]),
    ],
)
def test_a_sentence_without_room_is_cut_where_it_can_still_be_read(
    screens: Screens, text: str, letters: int, pieces: list[str]
) -> None:
    assert screens.display(**HALL).evaluate(PIECES, [text, letters]) == pieces


#: How many columns and pages a list has in a box so many letters wide and so many lines high.
LISTED = """async ([texts, letters, lines]) => {
  const {Side} = await import('/static/display/side.js');
  const box = document.querySelector('#side');
  box.style.cssText = `width: ${letters}em; height: calc(${lines} * 1.1em + var(--pad))`;
  new Side(box).render([{title: 'Waiting', items: texts.map((text) => ({text}))}]);
  const shown = [...box.querySelectorAll('li')];
  return {
    shown: shown.length,
    columns: new Set(shown.map((one) => one.getBoundingClientRect().left)).size,
    fits: box.scrollWidth <= box.clientWidth,
  };
}"""


def test_a_list_has_as_many_columns_as_its_own_entries_leave_room_for(screens: Screens) -> None:
    display = screens.display(**HALL)
    short = [f"{letter} 10" for letter in "ABCDEFR"]
    assert display.evaluate(LISTED, [short, 5.2, 5.2]) == {"shown": 7, "columns": 2, "fits": True}
    numbers = [f"{letter}-012" for letter in "ABCDEFR"]
    assert display.evaluate(LISTED, [numbers, 5.2, 5.2]) == {"shown": 4, "columns": 1, "fits": True}
