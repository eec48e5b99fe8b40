"""Services of the default catalogue that an office does not have are offered and added."""

from pathlib import Path

import pytest

from kiosk import errors
from kiosk.audit.verify import verify
from kiosk.board import Board
from kiosk.commands import catalogue, counter, usual
from kiosk.domain import service
from kiosk.domain.service import DEFAULT_CATALOGUE, usual_services_missing_in
from tests.cast import SUPERVISOR, Cast
from tests.replay import differences

NEW = "recording-biodata"


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """An office that was set up before that service was in the catalogue."""
    with monkeypatch.context() as before:
        shorter = tuple(one for one in DEFAULT_CATALOGUE if one.code != NEW)
        before.setattr("kiosk.commands.setup.DEFAULT_CATALOGUE", shorter)
        return Cast(tmp_path)


def test_a_service_that_came_later_is_added_and_served(earlier: Cast) -> None:
    earlier.do(catalogue.put_counter, SUPERVISOR, counter=3, services_served=["biodata"])

    answer = earlier.do(usual.add_usual_service, SUPERVISOR, code=NEW)

    assert (answer["service"]["letter"], answer["service"]["journey"]) == ("R", "biodata")
    assert answer["counters"] == [1, 2]
    earlier.open(1)
    assert earlier.take(NEW)["number"] == "R-001"
    earlier.at(1, counter.open_counter)
    assert earlier.call(1)["number"] == "R-001"
    assert verify(earlier.path).ok
    assert differences(earlier.path) == []


def test_what_is_there_or_unknown_is_not_added(earlier: Cast) -> None:
    for code in ("biodata", "nothing"):
        with pytest.raises(errors.UnknownService):
            earlier.do(usual.add_usual_service, SUPERVISOR, code=code)


def test_a_letter_in_use_is_replaced_by_the_first_free_one() -> None:
    known = {one.code: one for one in DEFAULT_CATALOGUE if one.code != NEW}
    own = service.Service(
        **{field: getattr(known["family"], field) for field in service.Service.__slots__}
        | {"code": "own", "letter": "R"}
    )
    assert [one.letter for one in usual_services_missing_in(known)] == ["R"]
    assert [one.letter for one in usual_services_missing_in(known | {"own": own})] == ["G"]


def test_what_leads_to_a_service_that_is_not_there_is_not_offered() -> None:
    known = {one.code: one for one in DEFAULT_CATALOGUE if one.code not in (NEW, "biodata")}
    assert [one.code for one in usual_services_missing_in(known)] == ["biodata"]


def test_the_supervisor_is_told_what_is_missing(earlier: Cast) -> None:
    board = Board(earlier.path, earlier.office.clock)
    missing = board.supervisor()["services_missing"]
    board.close()
    assert [one["code"] for one in missing] == [NEW]
