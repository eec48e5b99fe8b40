"""What is refused or left untouched, and that nothing is written then."""

import re
from pathlib import Path
from typing import Any

import pytest

from kiosk import errors
from kiosk.audit.verify import verify
from kiosk.commands import catalogue, counter, day, hall, tickets
from kiosk.domain.help import KINDS
from kiosk.store import claims
from kiosk.store.connection import open_reader
from tests.cast import KIOSK, SUPERVISOR, Cast, local, staff

NIGHT = {"opens": "20:00", "closes": "02:00", "poll_close": ""}


def entries(cast: Cast) -> int:
    reader = open_reader(cast.path)
    try:
        return int(reader.conn.execute("SELECT max(seq) FROM journal").fetchone()[0])
    finally:
        reader.close()


@pytest.fixture
def cast(tmp_path: Path) -> Cast:
    return Cast(tmp_path)


# --- closing a day -----------------------------------------------------------------------------


def test_closing_after_the_night_has_ended_does_not_shut_the_day_to_come(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 23:00", settings=NIGHT)
    cast.open(1)
    cast.take()
    cast.time.set_wall(local("2026-11-28 04:30"))
    cast.time.monotonic_at += 5_400_000 + 4 * 3_600_000

    with pytest.raises(errors.DayNotBegun) as refusal:
        cast.do(day.close_day, SUPERVISOR)

    assert refusal.value.details == {"day": "2026-11-28"}
    cast.time.forward(hours=16)
    assert cast.do(day.open_day, SUPERVISOR)["phase"] == "open"
    assert cast.take()["number"] == "A-001"
    assert verify(cast.path).ok


def test_the_night_itself_is_closed_after_midnight(tmp_path: Path) -> None:
    cast = Cast(tmp_path, at="2026-11-27 23:00", settings=NIGHT)
    cast.open(1)
    number = cast.take()["number"]
    cast.time.forward(hours=4)

    closed = cast.do(day.close_day, SUPERVISOR)

    assert closed == {
        "day": "2026-11-27", "phase": "closed", "held": False, "expired": [number],
        "seq": closed["seq"],
    }  # fmt: skip


# --- reclassifying -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "same",
    [
        {},
        {"service": "biodata"},
        {"priority": False},
        {"voter": True},
        {"travel_minutes": 30},
        {"service": "biodata", "priority": False, "voter": True, "travel_minutes": 30},
    ],
)
def test_reclassifying_into_what_it_is_already_is_refused(cast: Cast, same: dict[str, Any]) -> None:
    cast.open(1)
    cast.take(voter=True, travel_minutes=30)
    called = cast.call(1)
    before = entries(cast)

    with pytest.raises(errors.NothingChanged):
        cast.do(tickets.reclassify_ticket, staff(1), ticket_id=called["id"], reason="salah", **same)

    assert entries(cast) == before
    assert cast.at(1, counter.open_counter)["ticket"]["number"] == called["number"]


def test_of_many_only_those_are_reclassified_that_differ(cast: Cast) -> None:
    cast.open(1)
    first, second = cast.take(), cast.take(priority=True)
    before = entries(cast)

    answer = cast.do(
        tickets.reclassify_tickets, SUPERVISOR, ticket_ids=[first["id"], second["id"]],
        priority=True, reason="lansia",
    )  # fmt: skip

    assert [ticket["priority"] for ticket in answer["tickets"]] == [True, True]
    assert entries(cast) == before + 1
    with pytest.raises(errors.NothingChanged):
        cast.do(
            tickets.reclassify_tickets, SUPERVISOR, ticket_ids=[first["id"], second["id"]],
            priority=True, reason="lansia",
        )  # fmt: skip


def test_many_who_are_moved_for_the_offices_sake_have_claimed_nothing_wrong(cast: Cast) -> None:
    cast.open(1)
    moved = [cast.take("card-printing", voter=True)["id"] for _ in range(2)]
    looked_at = cast.take("card-printing", voter=True)["id"]

    cast.do(
        tickets.reclassify_tickets, SUPERVISOR, ticket_ids=moved, service="biodata",
        reason="blangko habis",
    )  # fmt: skip
    cast.do(
        tickets.reclassify_ticket, SUPERVISOR, ticket_id=looked_at, service="biodata",
        reason="salah pilih",
    )  # fmt: skip

    reader = open_reader(cast.path)
    assert claims.account(reader, "2026-11-27") == {
        "made": 3, "confirmed": 0, "corrected": 1, "open": 2,
    }  # fmt: skip
    reader.close()


# --- moments that nobody can mean --------------------------------------------------------------


@pytest.mark.parametrize("command", [counter.plan_closing, counter.open_counter])
@pytest.mark.parametrize(
    "closes_at", [10**15, local("2026-11-28 00:01"), local("2026-11-27 07:59")]
)
def test_a_counter_closes_within_the_day(cast: Cast, command: Any, closes_at: int) -> None:
    cast.open(1)
    with pytest.raises(errors.Invalid) as refusal:
        cast.at(1, command, closes_at=closes_at)
    assert refusal.value.details["field"] == "closes_at"
    midnight = local("2026-11-28 00:00")
    assert cast.at(1, command, closes_at=midnight)["seq"]


def test_a_service_comes_back_within_a_year(cast: Cast) -> None:
    with pytest.raises(errors.Invalid) as refusal:
        cast.do(
            catalogue.set_service_state, SUPERVISOR, code="biodata", state="suspended",
            cause="link", expected_back=10**15,
        )  # fmt: skip
    assert refusal.value.details["field"] == "expected_back"


# --- calls for help ----------------------------------------------------------------------------


def test_help_is_called_for_what_is_known_only(cast: Cast) -> None:
    with pytest.raises(errors.Invalid):
        cast.do(hall.call_help, KIOSK, kind="anything")
    for kind in KINDS:
        number = cast.do(hall.call_help, KIOSK, kind=kind)["help"]["id"]
        cast.do(hall.answer_help, SUPERVISOR, help_id=number)


def test_every_page_of_the_kiosk_may_call_for_help() -> None:
    flow = Path("static/kiosk/flow.js").read_text(encoding="utf-8")

    pages = set(re.findall(r"(?:#go\(|page = )'(\w+)'", flow))
    assert pages >= {"menu", "number"}
    assert pages <= set(KINDS)
