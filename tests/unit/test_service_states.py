"""Open, biodata instead, suspended, closed: what each does to numbers given and to give."""

from pathlib import Path

import pytest

from kiosk import errors
from kiosk.audit.verify import verify
from kiosk.board import Board
from kiosk.commands import calling, catalogue, day, hall, passing, tickets
from kiosk.domain.service import CAUSES, NOTICE_OF_CAUSE
from kiosk.voice.notices import NOTICES
from tests.cast import SUPERVISOR, Cast, local, staff
from tests.replay import differences


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    cast = Cast(tmp_path)
    cast.open(1, 2)
    return cast


def put(cast: Cast, state: str, code: str = "card-printing", **more: object) -> dict[str, object]:
    answer: dict[str, object] = cast.do(
        catalogue.set_service_state, SUPERVISOR, code=code, state=state, **more
    )
    return answer


def said(cast: Cast) -> list[tuple[str, str]]:
    """Notices given so far: code, and who gave it."""
    board = Board(cast.path, cast.office.clock)
    rows = board.events(0, 1000, full=True)["events"]
    board.close()
    return [(r["data"]["notice"], r["actor"]) for r in rows if r["event"] == "notice_sent"]


def tick_for(cast: Cast, minutes: int) -> None:
    """As the server does, but only every ten seconds."""
    for _ in range(minutes * 6):
        cast.time.forward(seconds=10)
        cast.office.tick()


def test_with_biodata_instead_no_numbers_are_given_but_those_that_wait_are_called(
    cast: Cast,
) -> None:
    cast.take("card-printing")
    put(cast, "biodata_instead", cause="blanks")

    with pytest.raises(errors.BiodataInstead):
        cast.take("card-printing")
    assert cast.call(1)["number"] == "B-001"


def test_all_who_wait_are_moved_to_biodata_in_one_go_and_keep_number_and_place(cast: Cast) -> None:
    cast.take("biodata")
    cast.time.forward(minutes=1)
    cards = [cast.take("card-printing")["number"] for _ in range(3)]
    cast.time.forward(minutes=1)
    cast.take("biodata")

    answer = put(cast, "biodata_instead", cause="blanks", move_waiting=True)

    assert answer["moved"] == cards
    called = []
    for _ in range(5):
        called.append(cast.call(1)["number"])
        cast.at(1, calling.start)
        cast.at(1, passing.finish, outcome="biodata_instead")
    assert called == ["A-001", *cards, "A-002"]
    assert verify(cast.path).ok


def test_moving_is_all_or_nothing_when_biodata_itself_is_suspended(cast: Cast) -> None:
    cast.take("card-printing")
    put(cast, "suspended", "biodata", cause="link")
    before = cast.office.writer.head

    with pytest.raises(errors.ServiceSuspended):
        put(cast, "biodata_instead", cause="blanks", move_waiting=True)
    assert cast.office.writer.head == before


def test_a_suspended_service_that_gives_biodata_calls_again_for_those_held_back(
    cast: Cast,
) -> None:
    cast.take("card-printing")
    put(cast, "suspended", cause="link")
    with pytest.raises(errors.QueueEmpty):
        cast.call(1)

    answer = put(cast, "biodata_instead", cause="link")

    assert answer["numbers"] == ["B-001"]
    assert cast.call(1)["number"] == "B-001"
    assert verify(cast.path).ok
    assert differences(cast.path) == []


def test_a_closed_service_gives_no_numbers_and_still_calls_those_given(cast: Cast) -> None:
    cast.take("recording")
    put(cast, "closed", "recording", cause="recording_set")

    with pytest.raises(errors.ServiceClosed):
        cast.take("recording")
    assert cast.call(1)["number"] == "C-001"


def test_a_suspended_ticket_may_leave_for_another_service_in_its_old_place(cast: Cast) -> None:
    held = cast.take("card-printing")
    cast.time.forward(minutes=1)
    cast.take("biodata")
    put(cast, "suspended", cause="blanks")

    cast.do(
        tickets.reclassify_tickets, SUPERVISOR, ticket_ids=[held["id"]], service="biodata",
        reason="blangko habis",
    )  # fmt: skip

    assert cast.call(1)["number"] == held["number"]
    assert verify(cast.path).ok


def test_biodata_cannot_be_given_instead_of_itself_or_where_there_is_none(cast: Cast) -> None:
    with pytest.raises(errors.Invalid):
        put(cast, "biodata_instead", "biodata", cause="blanks")
    cast.do(catalogue.set_setting, SUPERVISOR, key="biodata_service", value="nowhere")
    with pytest.raises(errors.UnknownService):
        put(cast, "biodata_instead", cause="blanks")


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "broken"},
        {"state": "suspended", "cause": "flood"},
        {"state": "suspended", "cause": "link", "expected_back": local("2026-11-27 07:00")},
        {"state": "suspended", "cause": "link", "move_waiting": True},
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    with pytest.raises(errors.Invalid):
        put(cast, **wrong)  # type: ignore[arg-type]


def test_an_interruption_has_a_cause_and_an_open_service_none(cast: Cast) -> None:
    back = local("2026-11-27 09:00")
    put(cast, "suspended")
    assert service(cast)["cause"] == "other"
    put(cast, "suspended", cause="link", expected_back=back)
    assert (service(cast)["cause"], service(cast)["expected_back"]) == ("link", back)
    put(cast, "open", cause="link", expected_back=back)
    assert (service(cast)["cause"], service(cast)["expected_back"]) == (None, None)


def test_editing_a_service_does_not_end_its_interruption(cast: Cast) -> None:
    put(cast, "biodata_instead", cause="blanks")
    cast.do(
        catalogue.put_service, SUPERVISOR, code="card-printing", letter="B", name_id="Cetak KTP-el"
    )
    assert (service(cast)["state"], service(cast)["cause"]) == ("biodata_instead", "blanks")


def test_the_kiosk_is_told_where_to_lead_and_only_while_that_is_open(cast: Cast) -> None:
    assert service(cast)["instead"] is None
    put(cast, "biodata_instead", cause="blanks")
    assert service(cast)["instead"] == "biodata"
    put(cast, "suspended", "biodata", cause="link")
    assert service(cast)["instead"] is None


def service(cast: Cast, code: str = "card-printing") -> dict[str, object]:
    board = Board(cast.path, cast.office.clock)
    found = {one["code"]: one for one in board.kiosk()["services"]}
    board.close()
    return found[code]


# --- what the hall hears ---


def test_every_cause_has_a_notice_that_exists() -> None:
    assert set(NOTICE_OF_CAUSE) == set(CAUSES)
    assert set(NOTICE_OF_CAUSE.values()) <= set(NOTICES)


def test_an_interruption_is_said_at_once_and_every_ten_minutes_until_it_ends(cast: Cast) -> None:
    put(cast, "suspended", cause="link")
    tick_for(cast, 31)
    put(cast, "open")
    tick_for(cast, 31)

    assert said(cast) == [
        ("link_down", "Penyelia"),
        *[("link_down", "clock")] * 3,
        ("resumed", "Penyelia"),
    ]


def test_several_services_of_one_cause_are_said_once_and_resumed_once(cast: Cast) -> None:
    for code in ("card-printing", "recording", "lost-card"):
        put(cast, "suspended", code, cause="link")
    for code in ("card-printing", "recording", "lost-card"):
        put(cast, "open", code)

    assert said(cast) == [("link_down", "Penyelia"), ("resumed", "Penyelia")]


def test_two_causes_are_both_repeated_one_after_the_other(cast: Cast) -> None:
    put(cast, "biodata_instead", cause="blanks")
    put(cast, "suspended", "recording", cause="link")
    tick_for(cast, 12)

    assert [code for code, by in said(cast) if by == "clock"] == ["blanks_gone", "link_down"]


def notice_shown(cast: Cast) -> str | None:
    board = Board(cast.path, cast.office.clock)
    notice = board.display()["notice"]
    board.close()
    return notice and str(notice["code"])


def test_a_notice_of_an_interruption_ends_by_itself_one_by_hand_does_not(cast: Cast) -> None:
    put(cast, "suspended", cause="link")
    assert notice_shown(cast) == "link_down"
    cast.time.forward(minutes=3)
    assert notice_shown(cast) is None
    cast.do(hall.send_notice, SUPERVISOR, notice="pause")
    cast.time.forward(minutes=30)
    assert notice_shown(cast) == "pause"


def test_no_notice_outlives_the_day(cast: Cast) -> None:
    cast.do(hall.send_notice, SUPERVISOR, notice="pause")
    cast.do(day.close_day, SUPERVISOR)
    assert notice_shown(cast) is None
    cast.do(day.open_day, SUPERVISOR)
    assert notice_shown(cast) is None


def test_nothing_is_said_in_a_closed_office_or_when_the_setting_is_zero(cast: Cast) -> None:
    put(cast, "suspended", cause="link")
    cast.do(catalogue.set_setting, SUPERVISOR, key="notice_repeat_minutes", value="0")
    tick_for(cast, 12)
    cast.do(catalogue.set_setting, SUPERVISOR, key="notice_repeat_minutes", value="10")
    cast.do(day.close_day, SUPERVISOR)
    tick_for(cast, 12)

    assert said(cast) == [("link_down", "Penyelia")]


def test_only_the_supervisor_changes_a_service(cast: Cast) -> None:
    with pytest.raises(errors.Forbidden):
        cast.do(catalogue.set_service_state, staff(1), code="biodata", state="closed")
