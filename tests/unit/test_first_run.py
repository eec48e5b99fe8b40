"""What a first start looks at before anybody answers: the desktop, the network, a false start."""

from pathlib import Path

import pytest

from kiosk import desktop
from kiosk.audit.verify import verify
from kiosk.commands import catalogue, counter, people, setup, tickets
from kiosk.domain.places import KALIMANTAN_SELATAN
from kiosk.errors import CounterBusy, Invalid
from kiosk.setting_up import COMMAND_LINE, forget_false_start, go_on_after, is_lan_wanted
from kiosk.store import set_up_answers
from kiosk.store.connection import open_reader
from kiosk.store.files import DATABASE
from tests.cast import KIOSK, SUPERVISOR, Cast, staff
from tests.replay import differences
from tests.simulators.forger import Forger

AN_HOUR = 3_600_000


@pytest.mark.parametrize(
    ("platform", "variables", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("win32", {}, True),
        ("darwin", {}, True),
    ],
)
def test_a_browser_is_opened_only_where_there_is_a_desktop(
    platform: str, variables: dict[str, str], there: bool
) -> None:
    assert desktop.is_there(platform, variables) is there


def test_thirteen_places_are_offered() -> None:
    assert len(set(KALIMANTAN_SELATAN)) == 13


def test_the_network_is_opened_only_where_somebody_wished_it(tmp_path: Path) -> None:
    assert is_lan_wanted(tmp_path / DATABASE) is False
    (tmp_path / DATABASE).touch()
    assert is_lan_wanted(tmp_path / DATABASE) is False
    (tmp_path / DATABASE).unlink()
    cast = Cast(tmp_path)
    assert is_lan_wanted(cast.path) is False
    cast.do(catalogue.set_setting, SUPERVISOR, key="lan", value="on")
    assert is_lan_wanted(cast.path) is True


def test_an_office_begun_with_a_clock_ahead_is_begun_again(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    told = {"name": "Disdukcapil Tapin", "counters": "6"}
    dated = {"polling_day": "2026-11-28", "poll_close": "13:00"}
    cast.do(setup.keep_set_up_answers, COMMAND_LINE, answers=told | dated)
    cast.office.close()

    found = forget_false_start(tmp_path, cast.time.wall_at - AN_HOUR)

    assert found is not None
    assert (found.aside / DATABASE).exists()
    assert not (tmp_path / DATABASE).exists()
    again = Cast(tmp_path)
    go_on_after(again.office, found)
    reader = open_reader(again.path)
    assert set_up_answers.load(reader) == told  # the date was said by the wrong clock
    reader.close()


def test_a_wizard_whose_polls_close_before_the_office_opens_does_not_end(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    slip = {"opens": "08:00", "closes": "12:00", "polling_day": "2026-11-27", "poll_close": "07:00"}
    boss = setup.NewSupervisor("Penyelia", "-")
    with pytest.raises(Invalid) as refusal:
        cast.do(
            setup.finish_set_up, COMMAND_LINE, settings=slip, counter_count=3,
            supervisors=(boss,), devices=(),
        )  # fmt: skip
    assert refusal.value.details["field"] == "poll_close"
    cast.do(
        setup.finish_set_up, COMMAND_LINE, settings=slip | {"poll_close": "13:00"},
        counter_count=3, supervisors=(boss,), devices=(),
    )  # fmt: skip


@pytest.mark.parametrize("reason", ["the clock is right", "a supervisor", "a ticket", "no office"])
def test_no_other_office_is_ever_put_aside(tmp_path: Path, reason: str) -> None:
    if reason == "no office":
        assert forget_false_start(tmp_path, 0) is None
        return
    cast = Cast(tmp_path)
    now = cast.time.wall_at - AN_HOUR
    if reason == "a supervisor":
        cast.do(people.add_staff, SUPERVISOR, label="B", role="supervisor", pin_hash="-")
    elif reason == "a ticket":
        cast.do(tickets.issue_ticket, KIOSK, service="biodata")
    else:
        now = cast.time.wall_at
    cast.office.close()
    assert forget_false_start(tmp_path, now) is None
    assert (tmp_path / DATABASE).exists()


def test_a_closed_counter_can_be_taken_away_and_is_back_when_added(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    cast.do(catalogue.remove_counter, SUPERVISOR, counter=3)
    cast.do(catalogue.put_counter, SUPERVISOR, counter=3, services_served=["biodata"])
    cast.do(catalogue.remove_counter, SUPERVISOR, counter=2)
    assert differences(cast.path) == []
    assert verify(cast.path).findings == []


def test_a_counter_in_use_and_the_last_one_stay(tmp_path: Path) -> None:
    cast = Cast(tmp_path, counters=2)
    cast.open(1)
    with pytest.raises(CounterBusy):
        cast.do(catalogue.remove_counter, SUPERVISOR, counter=1)
    cast.do(counter.close_counter, staff(1), counter=1)
    cast.do(catalogue.remove_counter, SUPERVISOR, counter=1)
    with pytest.raises(Invalid):
        cast.do(catalogue.remove_counter, SUPERVISOR, counter=2)


def test_the_check_finds_a_counter_taken_away_in_use(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    cast.do(catalogue.remove_counter, SUPERVISOR, counter=3)
    cast.open(1)
    cast.office.close()
    forger = Forger(cast.path)
    gone = forger.write("counter_removed", {"counters": {"1": None}}, counter=1)
    findings = verify(cast.path).findings
    assert [(finding.kind, finding.seq) for finding in findings] == [("transition", gone)]
