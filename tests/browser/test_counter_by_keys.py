"""A counter with the keyboard alone, through whole citizens and odd moments."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.house import House
from tests.browser.screens import Screens, press, refusal, say
from tests.browser.test_counter import legal, offered
from tests.browser.tones import note_tones, tones_after
from tests.live import Refused

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

DIALOGS = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true]"
TURN = 8_100  # ms that a display shows a page of its lists
PAGES = 12  # more than its lists ever have here
ARRIVAL = [660]  # hertz
#: Buttons that are not about the ticket in hand.
ALWAYS = {"undo", "keys", "issue", "notices"}


@pytest.fixture
def desk(stage: House, stage_screens: Screens) -> Iterator[Page]:
    """The screen of counter 1. No browser's dialog may ever come up."""
    page = stage_screens.counter(1)
    dialogs: list[str] = []

    def note(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    expect(page.locator("#card[data-mode]")).to_be_visible()
    yield page
    assert dialogs == []


def mode(desk: Page, name: str) -> None:
    expect(desk.locator("#card")).to_have_attribute("data-mode", name)


def number_at(desk: Page) -> str:
    return str(desk.locator(".card-number").text_content())


def test_two_keys_a_citizen_and_no_dialog(stage: House, desk: Page) -> None:
    came = [stage.take()["number"] for _ in range(3)]
    press(desk, "Enter")
    mode(desk, "free")
    press(desk, "Space")  # the first call; from now on it comes with finishing
    served = []
    for citizen in range(3):
        mode(desk, "called")
        served.append(number_at(desk))
        assert stage.state()["counters"]["1"]["ticket"]["state"] == "called"
        press(desk, "Enter")
        mode(desk, "serving")
        assert desk.locator(DIALOGS).count() == 0
        assert number_at(desk) == served[-1]
        press(desk, "Space" if citizen < 2 else "s")
    mode(desk, "free")
    assert served == came
    assert stage.waiting() == []
    done = {
        ticket["number"]: ticket["outcome"] for ticket in stage.desks[1].get("/api/desk")["recent"]
    }
    assert [done[number] for number in came] == ["done"] * 3


def test_who_comes_to_an_empty_line_is_heard_once_and_counted_in_the_title(
    stage: House, desk: Page
) -> None:
    press(desk, "Enter")
    mode(desk, "free")
    expect(desk).to_have_title(say("Counter {number}", number=1))
    note_tones(desk)
    for count in (1, 2):
        stage.take()
        expect(desk).to_have_title(say("({count}) Counter {number}", count=count, number=1))
    assert tones_after(desk, 1) == ARRIVAL
    for left in (1, 0):
        press(desk, "Space")
        mode(desk, "called")
        title = say("({count}) Counter {number}", count=left, number=1)
        expect(desk).to_have_title(title if left else say("Counter {number}", number=1))
        press(desk, "Enter")
        mode(desk, "serving")
        press(desk, "s")
        mode(desk, "free")
    assert tones_after(desk, 1) == ARRIVAL
    stage.take()
    assert tones_after(desk, 2) == ARRIVAL * 2


def test_who_comes_to_an_empty_line_is_heard_while_another_is_served(
    stage: House, desk: Page
) -> None:
    stage.take()
    press(desk, "Enter")
    mode(desk, "free")
    note_tones(desk)
    press(desk, "Space")
    mode(desk, "called")
    press(desk, "u")  # one's own deed: the line is not empty any more, but that is no news
    mode(desk, "free")
    press(desk, "Space")
    mode(desk, "called")
    press(desk, "Enter")
    mode(desk, "serving")
    stage.take()
    assert tones_after(desk, 1) == ARRIVAL


def test_a_step_is_taken_back_within_a_minute_and_not_after_it(
    stage: House, stage_screens: Screens
) -> None:
    stage.at(1, "open")
    ticket = stage.take()
    desk = stage_screens.counter(1, clock=True)
    mode(desk, "free")
    undo = desk.locator("[data-action=undo]")

    press(desk, "Space")
    mode(desk, "called")
    stage.server.forward(seconds=50)
    desk.clock.fast_forward(50_000)
    expect(undo).to_be_visible()
    press(desk, "u")
    mode(desk, "free")
    assert stage.waiting() == [ticket["number"]]

    press(desk, "Space")
    mode(desk, "called")
    expect(undo).to_be_visible()
    stage.server.forward(seconds=61)
    desk.clock.fast_forward(61_000)
    expect(undo).to_have_count(0)
    press(desk, "u")
    mode(desk, "called")
    with pytest.raises(Refused) as refused:
        stage.at(1, "undo")
    assert refused.value.status == 409
    assert stage.state()["counters"]["1"]["ticket"]["number"] == ticket["number"]


def test_in_each_state_the_card_offers_what_is_legal_and_nothing_else(
    stage: House, stage_screens: Screens
) -> None:
    for _ in range(3):
        stage.take()
    desk = stage_screens.counter(1, clock=True)

    def pass_by(seconds: int) -> None:
        stage.server.forward(seconds=seconds)
        desk.clock.fast_forward(seconds * 1000)

    def shows(*commands: str) -> None:
        """These and no others, and the server would carry out each of them."""
        expected = set(commands)
        for command in commands:
            button = desk.locator(f"#card [data-action={command}]")
            expect(
                button.or_(desk.locator(f"#card [data-action^={command}-]")).first
            ).to_be_visible()
        assert offered(desk) - ALWAYS == expected
        assert expected <= legal(stage, 1)

    mode(desk, "closed")
    press(desk, "Escape")
    shows("open")
    press(desk, "Enter")
    press(desk, "Enter")
    mode(desk, "free")
    shows("call-next")
    press(desk, "Space")
    mode(desk, "called")
    in_hand = ("transfer", "reclassify", "cancel", "reprint")
    shows("start", *in_hand)
    for call in (2, 3):
        pass_by(45)
        shows("start", "recall", *in_hand)
        press(desk, "r")
        expect(desk.locator(".card-facts")).to_contain_text(say("Call no. {count}", count=call))
    pass_by(11)
    shows("start", "recall", "no-show", *in_hand)
    press(desk, "n")
    mode(desk, "free")
    shows("call-next")
    press(desk, "Space")
    mode(desk, "called")
    press(desk, "Enter")
    mode(desk, "serving")
    shows("finish", "park", "transfer", "cancel", "reprint")
    press(desk, "j")
    mode(desk, "free")
    shows("call-next", "resume")
    stage.boss.post("/api/counters/1/take-over")
    mode(desk, "taken")
    shows("take-over")


def test_an_absent_number_stays_on_the_display_while_the_counter_goes_on(
    stage: House, desk: Page, stage_screens: Screens
) -> None:
    absent, second = stage.take()["number"], stage.take()["number"]
    stage.at(1, "open")
    stage.at(1, "call-next")
    for _ in range(2):
        stage.server.forward(seconds=46)
        stage.at(1, "recall")
    display = stage_screens.display(viewport={"width": 1920, "height": 1080}, clock=True)
    expect(display.locator("#featured")).to_contain_text(absent)
    desk.reload()
    mode(desk, "called")

    press(desk, "n")
    mode(desk, "free")
    press(desk, "Space")
    mode(desk, "called")
    assert number_at(desk) == second
    press(desk, "Enter")
    mode(desk, "serving")
    press(desk, "s")
    mode(desk, "free")

    expect(desk.locator("#lists")).to_contain_text(absent)
    assert stage.board()["absent"] == [absent]
    kept = display.locator("#side section", has_text=say("Absent"))
    for _ in range(PAGES):  # of the lists at the side; they take turns
        if kept.count():
            break
        display.clock.fast_forward(TURN)
    expect(kept).to_contain_text(absent)


def test_a_key_held_down_is_one_press(stage: House, desk: Page) -> None:
    for _ in range(3):
        stage.take()
    press(desk, "Escape")
    mode(desk, "closed")

    def hold(key: str) -> None:
        expect(desk.locator("#card[aria-busy]")).to_have_count(0)
        for _ in range(12):  # the browser marks all but the first as repeated
            desk.keyboard.down(key)
        desk.keyboard.up(key)

    hold("Enter")  # opens the form, and does not send it
    expect(desk.locator("#card-panel")).to_be_visible()
    mode(desk, "closed")
    press(desk, "Enter")
    mode(desk, "free")
    hold("Space")
    mode(desk, "called")
    hold("Enter")
    mode(desk, "serving")
    hold("Space")  # the next one is called, and neither served nor finished
    mode(desk, "called")
    press(desk, "Enter")
    mode(desk, "serving")
    press(desk, "s")
    mode(desk, "free")
    press(desk, "k")
    desk.get_by_role("button", name=say("Close counter")).focus()
    hold("Enter")  # closed, and not opened again by the form that comes up then
    mode(desk, "closed")
    expect(desk.locator("#card-panel")).to_be_visible()
    assert stage.state()["counters"]["1"]["state"] == "closed"


def test_enter_sends_a_form_from_each_of_its_fields(stage: House, stage_screens: Screens) -> None:
    stage_screens.bears(refusal(409))
    stage.call_out(1)
    desk = stage_screens.counter(1)
    mode(desk, "called")
    press(desk, "e")
    side = desk.locator("#side-panel")
    expect(side.locator("select").first).to_be_focused()
    press(desk, "Enter")
    expect(side.locator(".field-fault")).to_have_text(say("A reason is needed."))
    expect(side.locator("input[type=text]")).to_be_focused()
    desk.keyboard.type("salah pilih")
    press(desk, "Enter")
    expect(side.locator(".notice-alert")).to_have_text(
        say("It is so already: nothing was changed.")
    )
