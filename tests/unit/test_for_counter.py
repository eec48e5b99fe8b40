"""Tickets meant for one counter must not wait for ever, and verify must agree with each row."""

from pathlib import Path

import pytest

from kiosk.audit.verify import verify
from kiosk.commands import calling, catalogue, counter, day, passing
from kiosk.store import counters as counter_store
from kiosk.store.connection import open_reader
from tests.cast import SUPERVISOR, Cast


@pytest.fixture
def passed_to_two(tmp_path: Path) -> Cast:
    """A-001 was passed on to counter 2."""
    cast = Cast(tmp_path)
    cast.open(1, 2)
    cast.take()
    cast.call(1)
    cast.at(1, calling.start)
    cast.at(1, passing.transfer, to_counter=2)
    return cast


def test_suspended_while_its_counter_closes(passed_to_two: Cast) -> None:
    cast = passed_to_two
    cast.do(catalogue.suspend_service, SUPERVISOR, code="biodata", cause="link")
    cast.at(2, counter.close_counter)
    cast.do(catalogue.restore_service, SUPERVISOR, code="biodata")

    assert cast.call(1)["number"] == "A-001"
    assert verify(cast.path).findings == []


def test_its_counter_is_set_to_other_services(passed_to_two: Cast) -> None:
    cast = passed_to_two
    cast.do(catalogue.put_counter, SUPERVISOR, counter=2, services_served=["family"])

    assert cast.call(1)["number"] == "A-001"
    assert verify(cast.path).findings == []


def test_its_counter_opens_again_for_other_services(passed_to_two: Cast) -> None:
    cast = passed_to_two
    cast.at(2, counter.open_counter, services_served=["family"])

    assert cast.call(1)["number"] == "A-001"
    assert verify(cast.path).findings == []


def test_a_new_day_forgets_yesterdays_planned_closings(passed_to_two: Cast) -> None:
    cast = passed_to_two
    cast.at(2, counter.plan_closing, closes_at=cast.office.clock.now() + 3_600_000)
    cast.time.forward(hours=24)
    cast.do(day.open_day, SUPERVISOR)

    reader = open_reader(cast.path)
    closings = [found.closes_at for found in counter_store.load(reader)]
    reader.close()

    assert closings == [None] * 3
    assert verify(cast.path).findings == []
