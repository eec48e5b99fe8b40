"""What a drill plays: days with generated people, one after the other."""

import random
from collections.abc import Mapping
from contextlib import suppress
from typing import Protocol

from kiosk.domain.office_day import Hours
from kiosk.domain.service import DEFAULT_CATALOGUE
from kiosk.errors import KioskError
from kiosk.office import Office
from kiosk.setting_up import DEFAULT_SETTINGS
from kiosk.simulator.days import Town, people_of
from kiosk.simulator.people import Habits
from kiosk.simulator.rehearsal import journeys_of
from kiosk.simulator.simulation import Simulation


class Programme(Protocol):
    """`staffed`: the counters with simulated staff, from 1; the one after them is the visitor's.

    `warm_up`: ms after opening at which somebody first looks. `repeats`: a day is followed by the
    next morning, else by nothing.
    """

    settings: Mapping[str, str]
    journeys: Mapping[str, int]
    habits: Habits
    staffed: int
    warm_up: int
    repeats: bool

    def prepare(self, office: Office) -> None:
        """Give the office that was just set up what this programme needs."""

    def begin(self, people: Simulation, hours: Hours, source: random.Random) -> None:
        """Enter a day's events."""


class LivelyDays:
    """Polling days as in a busy office, staffed so that a line forms and dissolves."""

    settings: Mapping[str, str] = DEFAULT_SETTINGS
    journeys: Mapping[str, int] = journeys_of(DEFAULT_CATALOGUE)
    habits = Habits(breath=25_000, look_every=10_000, park_share=0.05)
    staffed = 4
    warm_up = 50 * 60_000
    repeats = True
    town = Town(people=210)

    def prepare(self, office: Office) -> None:
        """The default office is all it needs."""

    def begin(self, people: Simulation, hours: Hours, source: random.Random) -> None:
        people.expect(people_of(hours, DEFAULT_CATALOGUE, self.town, source))
        people.agenda.enter(hours.opens, lambda: self._open_counters(people))

    def _open_counters(self, people: Simulation) -> None:
        for number in range(1, self.staffed + 1):
            with suppress(KioskError):
                people.staff(number, None)
