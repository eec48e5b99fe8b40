"""An office with simulated people: who comes, who serves, and what became of whom."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from kiosk.commands import tickets
from kiosk.domain.actor import CITIZEN, KIOSK, Actor
from kiosk.errors import KioskError
from kiosk.office import Office
from kiosk.simulator.agenda import ARRIVALS, Agenda
from kiosk.simulator.people import TIRELESS, Citizen, Habits
from kiosk.simulator.staff import Desk

MINUTE = 60_000
BACK_AFTER = (4, 15)  # minutes after which somebody comes back

_SOMEBODY = Actor("citizen", CITIZEN, "phone")


class Simulation:
    """People of an agenda in an office. Not thread-safe: one thread runs the agenda.

    `journeys`: how many steps follow the first one of a service, where any do. `stranger` is how
    somebody behaves who is not simulated (a person who tries the kiosk). `refused` counts what the
    office refused, by code.
    """

    def __init__(
        self,
        office: Office,
        *,
        habits: Habits = TIRELESS,
        journeys: Mapping[str, int] | None = None,
        seed: int = 0,
        kiosk: Actor = Actor("Mesin 1", KIOSK, "kiosk:1"),  # noqa: B008 - a frozen value
        stranger: Citizen = Citizen(0, "", (4 * MINUTE,), walk=12_000),  # noqa: B008
    ) -> None:
        self.office = office
        self.agenda = Agenda()
        self.habits = habits
        self.refused: Counter[str] = Counter()
        self.citizens: dict[int, Citizen] = {}
        self.desks: dict[int, Desk] = {}
        self._random = random.Random(seed)
        self._kiosk = kiosk
        self._stranger = stranger
        self._journeys = dict(journeys or {})
        self._steps_left: dict[int, int] = {}
        self._returned: set[int] = set()
        self._aside: set[int] = set()

    # --- who comes ---

    def expect(self, citizens: Iterable[Citizen]) -> None:
        """Let them arrive at their times."""
        for citizen in citizens:
            self.agenda.enter(citizen.at, partial(self._arrive, citizen), rank=ARRIVALS)

    def _arrive(self, citizen: Citizen) -> None:
        try:
            answer = self.do(
                tickets.issue_ticket,
                self._kiosk,
                service=citizen.service,
                priority=citizen.priority,
                voter=citizen.voter,
                travel_minutes=citizen.travel_minutes,
                language=citizen.language,
            )
        except KioskError as refusal:
            self.refused[refusal.code] += 1
            return
        self.citizens[answer["ticket"]["id"]] = citizen
        self.wake()

    def was_absent(self, ticket_id: int) -> None:
        """Half of those who missed their call come back."""
        if self._random.random() < 0.5:
            delay = self._random.randint(*BACK_AFTER) * MINUTE
            self.agenda.enter(self.now() + delay, partial(self._return, ticket_id))

    def _return(self, ticket_id: int) -> None:
        try:
            self.do(tickets.return_ticket, _SOMEBODY, ticket_id=ticket_id)
        except KioskError as refusal:
            self.refused[refusal.code] += 1
            return
        self._returned.add(ticket_id)
        self.wake()

    # --- who serves ---

    def staff(self, number: int, services: list[str] | None, closes_at: int | None = None) -> None:
        """Open a counter with somebody at it, at once. Raises what `open_counter` raises."""
        desk = self.desks[number] = Desk(self, number, closes_at)
        desk.open(services)

    def wake(self) -> None:
        """Somebody waits: idle counters look, in the order of their numbers."""
        for number, desk in self.desks.items():
            if desk.is_idle:
                self.agenda.enter(self.now(), desk.look, rank=number)

    def forget(self) -> None:
        """The day is over: nothing more happens by itself, and nobody is known any more."""
        self.agenda.clear()
        for known in (self.citizens, self.desks, self._steps_left, self._returned, self._aside):
            known.clear()

    # --- what the counters ask ---

    def now(self) -> int:
        return self.office.clock.now()

    def do(self, command: Callable[..., Any], by: Actor, **named: Any) -> dict[str, Any]:
        """One command of the office. Raises what it refuses with."""
        answer: dict[str, Any] = self.office.do(command, by, **named)
        return answer

    def citizen_of(self, ticket: Mapping[str, Any]) -> Citizen:
        """Who holds this ticket: somebody simulated, or a stranger."""
        citizen = self.citizens.get(ticket["id"], self._stranger)
        if ticket["id"] in self._returned and citizen.walk is None:
            return self._stranger
        return citizen

    def steps_left(self, ticket: Mapping[str, Any]) -> int:
        """How many steps follow the one at hand."""
        first = self._journeys.get(ticket["service"], 0)
        return self._steps_left.setdefault(ticket["id"], first)

    def step_done(self, ticket: Mapping[str, Any]) -> None:
        self._steps_left[ticket["id"]] = self.steps_left(ticket) - 1

    def length_of(self, ticket: Mapping[str, Any]) -> int:
        """ms that the step at hand takes now; half of it when it is broken off in the middle."""
        citizen = self.citizen_of(ticket)
        step = max(0, self._journeys.get(citizen.service, 0) - self.steps_left(ticket))
        return citizen.length(step) // (2 if ticket["id"] in self._aside else 1)

    def minutes_aside(self, ticket: Mapping[str, Any]) -> int | None:
        """How long a person is set aside in the middle of the visit; None: not at all.

        Once at most, and in the last step.
        """
        left = self.steps_left(ticket)
        if left or ticket["id"] in self._aside or self._random.random() >= self.habits.park_share:
            return None
        self._aside.add(ticket["id"])
        return self._random.randint(*BACK_AFTER)

    def set_aside(self, ticket: Mapping[str, Any], minutes: int) -> None:
        """Somebody is parked; when the time has come, idle counters look."""
        self.agenda.enter(self.now() + minutes * MINUTE, self.wake)
