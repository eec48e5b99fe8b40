"""Generated days look like those of real offices, and are the same for the same seed."""

import random
from dataclasses import replace

import pytest

from kiosk.domain.office_day import Hours, hours_of
from kiosk.domain.service import CLOSED, DEFAULT_CATALOGUE
from kiosk.domain.settings import default_values, schedule_of
from kiosk.simulator.days import CROWD, SLOT, Town, curve, people_of
from kiosk.simulator.people import Citizen

DAY = "2026-11-27"


def hours(**settings: str) -> Hours:
    return hours_of(DAY, schedule_of(default_values() | {"poll_close": "13:00"} | settings))


def people(count: int = 4000, seed: int = 1, **settings: str) -> list[Citizen]:
    return people_of(hours(**settings), DEFAULT_CATALOGUE, Town(count), random.Random(seed))


def test_the_same_seed_gives_the_same_day_and_another_one_another() -> None:
    assert people(50) == people(50)
    assert people(50) != people(50, seed=2)


def test_in_the_first_five_minutes_people_come_at_three_times_the_mean_rate() -> None:
    today, at = people(), hours()
    after = [citizen for citizen in today if citizen.at >= at.opens]
    first = sum(citizen.at < at.opens + SLOT for citizen in after)

    mean = len(after) / ((at.closes - at.opens) / SLOT)
    assert first / mean == pytest.approx(CROWD, rel=0.2)


def test_the_time_before_noon_is_busier_than_the_end() -> None:
    rates = curve(48)

    assert sum(rates) == pytest.approx(48)
    assert max(rates[1:]) == max(rates[12:36])
    assert rates[-1] < 1


def test_nobody_comes_before_numbers_are_given_or_after_closing() -> None:
    at = hours()

    assert all(at.numbers_from <= citizen.at < at.closes for citizen in people())
    assert any(citizen.at < at.opens for citizen in people())


def test_people_come_by_arrival_and_only_for_what_is_offered() -> None:
    catalogue = [
        replace(service, state=CLOSED) if service.code == "family" else service
        for service in DEFAULT_CATALOGUE
    ]
    today = people_of(hours(), catalogue, Town(500), random.Random(3))

    assert [citizen.at for citizen in today] == sorted(citizen.at for citizen in today)
    assert {c.service for c in today} == {s.code for s in DEFAULT_CATALOGUE} - {"family"}


def test_where_nothing_is_offered_nobody_can_come() -> None:
    with pytest.raises(ValueError, match="no service"):
        people_of(hours(), [], Town(5), random.Random(3))


def test_without_a_poll_nobody_is_a_voter() -> None:
    assert not any(citizen.voter for citizen in people(poll_close=""))
    assert any(citizen.voter for citizen in people())


def test_a_recording_has_the_length_of_each_of_its_steps() -> None:
    recordings = [citizen for citizen in people() if citizen.service == "recording"]

    assert {len(citizen.lengths) for citizen in recordings} == {2}
    assert recordings[0].length(5) == recordings[0].lengths[1]


def test_visits_last_as_long_as_configured_on_average() -> None:
    lengths = [c.lengths[0] for c in people() if c.service == "biodata"]

    assert sum(lengths) / len(lengths) == pytest.approx(300_000, rel=0.08)


def test_some_never_come_when_they_are_called() -> None:
    absent = sum(citizen.walk is None for citizen in people())

    assert 0.03 < absent / 4000 < 0.09
