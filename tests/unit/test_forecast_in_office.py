"""The forecast in an office: made from the file, promised with the number, kept and scored."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import verify
from kiosk.board import Board
from kiosk.board.forecaster import Forecaster
from kiosk.commands import calling, catalogue, counter, passing, undo
from kiosk.domain.calibration import Kept, is_trusted, score
from kiosk.domain.outlook import Kind
from kiosk.domain.policy import MINUTE
from kiosk.errors import UnknownService
from kiosk.store import tickets as ticket_store
from kiosk.store.connection import open_reader
from tests.cast import SUPERVISOR, Cast, staff


class Office:
    """The cast with a forecaster that is asked by hand."""

    def __init__(self, folder: Path) -> None:
        self.cast = Cast(folder)
        self.cast.open(1)
        office = self.cast.office
        self.forecaster = Forecaster(
            self.cast.path, office.clock, lambda forecast: setattr(office, "forecast", forecast)
        )
        self.board = Board(self.cast.path, office.clock, forecast=lambda: office.forecast)

    def serve(self, people: int = 10, *, minutes: float = 4) -> None:
        """So many come at once and are served one after the other."""
        for _ in range(people):
            self.cast.take()
        for _ in range(people):
            self.serve_next(minutes)

    def serve_next(self, minutes: float = 4) -> None:
        by = staff(1)
        self.cast.do(calling.call_next, by, counter=1)
        self.cast.do(calling.start, by, counter=1)
        self.cast.time.forward(minutes=minutes)
        self.cast.do(passing.finish, by, counter=1)

    def refresh(self) -> Any:
        self.forecaster.refresh()
        return self.cast.office.forecast

    def close(self) -> None:
        self.forecaster.stop()
        self.board.close()
        self.cast.office.close()


@pytest.fixture
def office(tmp_path: Path) -> Any:
    made = Office(tmp_path)
    yield made
    made.close()


def test_a_new_office_tells_people_ahead_and_no_minutes(office: Office) -> None:
    office.cast.take()
    office.refresh()

    assert office.cast.take()["wait"] is None
    answer = office.board.forecast(Kind("biodata"))
    assert (answer["wait"], answer["class"], answer["done"]) == (None, None, None)
    assert answer["people_ahead"] == 2
    assert not answer["calibrated"]


def test_after_some_calls_minutes_are_promised_and_kept_with_the_ticket(office: Office) -> None:
    office.serve()
    for _ in range(5):
        office.cast.take()
    office.refresh()

    promised = office.cast.take()

    assert promised["wait"]["low"] < 20 < promised["wait"]["high"]
    reader = open_reader(office.cast.path)
    row = ticket_store.by_number(reader, "2026-11-27", promised["number"])
    reader.close()
    assert row is not None
    assert {"low": row.wait_low, "high": row.wait_high} == promised["wait"]


def test_the_paper_shows_the_range_in_seconds(office: Office) -> None:
    office.serve()
    office.refresh()
    promised = office.cast.take()

    reader = open_reader(office.cast.path)
    facts = reader.conn.execute(
        "SELECT facts FROM print_jobs WHERE ticket = ?", (promised["id"],)
    ).fetchone()["facts"]
    reader.close()
    assert f'"wait_high":{promised["wait"]["high"] * 60}' in facts.replace(" ", "")


def test_promises_are_scored_when_the_ticket_is_first_called(office: Office) -> None:
    office.serve()
    for _ in range(3):
        office.refresh()
        office.cast.take()
    for _ in range(3):
        office.serve_next()

    result = office.refresh().score

    assert result.scored == 3
    assert result.coverage == 1.0


def test_an_undone_call_is_no_test(office: Office) -> None:
    office.serve()
    office.refresh()
    office.cast.take()
    office.cast.do(calling.call_next, staff(1), counter=1)
    assert office.refresh().score.scored == 1

    office.cast.do(undo.undo, staff(1), counter=1)

    assert office.refresh().score.scored == 0


def test_the_kept_promises_stand_the_audit(office: Office) -> None:
    office.serve()
    office.refresh()
    office.cast.take(travel_minutes=30)
    office.serve_next()

    report = verify.verify(office.cast.path)

    assert report.findings == []


def test_a_table_that_nobody_renewed_is_not_told(office: Office) -> None:
    office.serve()
    office.refresh()
    office.cast.time.forward(minutes=6)

    assert office.cast.take()["wait"] is None


def test_a_closed_counter_takes_the_minutes_away(office: Office) -> None:
    office.serve()
    office.cast.do(counter.close_counter, staff(1), counter=1)
    office.refresh()

    assert office.cast.take()["wait"] is None


def test_a_suspended_service_has_no_minutes_for_newcomers(office: Office) -> None:
    office.serve()
    office.cast.do(catalogue.suspend_service, SUPERVISOR, code="biodata", cause="link")
    office.refresh()

    assert office.board.forecast(Kind("biodata"))["wait"] is None
    assert office.board.forecast(Kind("family"))["wait"] is not None


def test_screens_get_the_waits(office: Office) -> None:
    office.serve()
    for travel in (None, None, 30):
        office.cast.take(travel_minutes=travel)
    office.refresh()

    desk = office.board.desk()
    supervisor = office.board.supervisor()
    biodata = next(s for s in office.board.kiosk()["services"] if s["code"] == "biodata")

    assert biodata["wait"]["low"] <= 12 <= biodata["wait"]["high"]
    waiting = desk["waiting"]["biodata"]
    assert all(entry["wait"] is not None for entry in waiting)
    assert sorted(str(entry["class"]) for entry in waiting) == ["None", "None", "on_time"]
    assert supervisor["forecast"]["calibrated"]


def test_a_voter_is_told_the_class_and_the_latest_start(office: Office) -> None:
    office.serve(20)
    office.refresh()

    near = office.board.forecast(Kind("biodata", False, 30))
    far = office.board.forecast(Kind("biodata", False, 240))

    assert near["class"] == "on_time"
    assert near["latest_start"] == office.board.kiosk()["hours"]["poll_close"] - 40 * MINUTE
    assert near["done"]["low"] < near["done"]["high"]
    assert far["class"] == "late"


def test_after_poll_close_there_are_no_voters(office: Office) -> None:
    office.serve()
    office.cast.time.forward(hours=5)
    office.refresh()

    answer = office.board.forecast(Kind("biodata", False, 30))

    assert (answer["class"], answer["latest_start"]) == (None, None)


def test_an_unknown_service_is_refused(office: Office) -> None:
    with pytest.raises(UnknownService):
        office.board.forecast(Kind("nothing"))


def test_yesterday_makes_today_known(office: Office) -> None:
    office.serve(32)
    office.cast.time.forward(hours=24)
    office.cast.office.tick()
    office.cast.do(counter.open_counter, staff(1), counter=1)

    forecast = office.refresh()

    assert forecast.tells("biodata", office.cast.office.clock.now())
    assert forecast.facts.paces["biodata"].turn < 4.6


def test_broken_promises_silence_the_forecast_until_they_are_old() -> None:
    broken = [Kept(5, 10, 40.0, 100 * MINUTE + n) for n in range(25)]

    assert not is_trusted(broken, 120 * MINUTE)
    assert is_trusted(broken, 200 * MINUTE)
    assert is_trusted(broken[:5], 120 * MINUTE)


def test_a_score_says_how_far_off_and_how_often_right() -> None:
    result = score([Kept(10, 20, 18.0, 0), Kept(10, 20, 30.0, 0)])

    assert (result.scored, result.error, result.coverage) == (2, 9.0, 0.5)
    assert score([]).error is None
