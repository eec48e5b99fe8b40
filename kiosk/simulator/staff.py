"""A simulated counter: calls, waits, serves, passes on, as a member of staff does with two keys."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from kiosk.commands import calling, counter, passing
from kiosk.domain.actor import COUNTER, Actor
from kiosk.errors import AbsenceNotProven, Closed, CounterClosed, KioskError, QueueEmpty

if TYPE_CHECKING:
    from kiosk.simulator.simulation import Simulation

SECOND = 1_000
START_AGAIN = 5 * SECOND  # after somebody else changed what was in hand
WAIT_TO_GIVE_UP = 10 * SECOND  # called often enough, but not long enough ago


class Desk:
    """One staffed counter of a simulation.

    `closes_at` (ms): when it closes, known to everybody from the beginning.
    """

    def __init__(self, simulation: "Simulation", number: int, closes_at: int | None) -> None:
        self.number = number
        self.is_idle = False
        self._world = simulation
        self._closes_at = closes_at
        self._by = Actor(f"Loket {number}", COUNTER, f"counter:{number}", number)
        self._ticket: dict[str, Any] = {}
        self._is_watching = False

    def open(self, services: list[str] | None) -> None:
        """Open with these services (None: those it always has) and look at the line."""
        self._do(counter.open_counter, services_served=services, closes_at=self._closes_at)
        if self._closes_at is not None:
            self._in(self._closes_at - self._world.now(), self._close_if_idle)
        self.is_idle = True
        self._in(0, self.look)

    def look(self) -> None:
        """Call somebody, if the hand is empty and somebody waits."""
        if not self.is_idle or self._is_over():
            return
        self.is_idle = False
        try:
            answer = self._do(calling.call_next)
        except (QueueEmpty, Closed):
            self._rest()
            return
        self._called(answer["ticket"])

    def _called(self, ticket: dict[str, Any]) -> None:
        self._ticket = ticket
        citizen = self._world.citizen_of(ticket)
        if citizen.walk is not None:
            self._in(citizen.walk, self._start)
        else:
            self._in(self._world.habits.recall_every, self._call_again)

    def _call_again(self) -> None:
        """Again until the office's rule lets the number go."""
        try:
            self._do(calling.no_show)
        except AbsenceNotProven as refusal:
            if refusal.details["calls_missing"]:
                self._do(calling.recall)
                self._in(self._world.habits.recall_every, self._call_again)
            else:
                self._in(WAIT_TO_GIVE_UP, self._call_again)
            return
        self._world.was_absent(self._ticket["id"])
        self._free()

    def _start(self) -> None:
        self._do(calling.start)
        minutes = self._world.minutes_aside(self._ticket)
        following = self._end if minutes is None else partial(self._park, minutes)
        self._in(self._world.length_of(self._ticket), following)

    def _park(self, minutes: int) -> None:
        self._do(passing.park, cause="prr", due_back_minutes=minutes)
        self._world.set_aside(self._ticket, minutes)
        self._free()

    def _end(self) -> None:
        """The step is done: on with the journey, or finish and call the next in one breath."""
        if self._world.steps_left(self._ticket):
            self._pass_on()
            return
        breath = self._world.habits.breath
        goes_on = not breath and not self._is_over(close=False)
        answer = self._do(passing.finish, then_call_next=goes_on)
        following = answer.get("next")
        if following:
            self._called(following)
        elif goes_on:
            self._rest()
        else:
            self._free()

    def _pass_on(self) -> None:
        answer = self._do(passing.next_step)
        self._world.step_done(self._ticket)
        if answer["ticket"]["state"] == "serving":
            self._in(self._world.length_of(self._ticket), self._end)
        else:
            self._world.wake()
            self._free()

    def _free(self) -> None:
        self.is_idle = True
        self._in(self._world.habits.breath, self.look)

    def _rest(self) -> None:
        """Nobody waits."""
        self.is_idle = True
        every = self._world.habits.look_every
        if every is not None and not self._is_watching:
            self._is_watching = True
            self._in(every, self._look_again)

    def _look_again(self) -> None:
        self._is_watching = False
        self.look()

    def _close_if_idle(self) -> None:
        if self.is_idle:
            self._is_over()

    def _is_over(self, *, close: bool = True) -> bool:
        """Whether this counter's time is over; then it is closed."""
        if self._closes_at is None or self._world.now() < self._closes_at:
            return False
        if close:
            self.is_idle = False
            self._do(counter.close_counter)
        return True

    def _do(self, command: Callable[..., Any], **named: Any) -> dict[str, Any]:
        return self._world.do(command, self._by, counter=self.number, **named)

    def _in(self, delay: int, action: Callable[[], None]) -> None:
        self._world.agenda.enter(
            self._world.now() + delay, partial(self._act, action), rank=self.number
        )

    def _act(self, action: Callable[[], None]) -> None:
        try:
            action()
        except (CounterClosed, Closed):
            self.is_idle = False  # the counter's day is over
        except KioskError as refusal:
            # Somebody else (a supervisor, a person trying things) changed what was in hand.
            self._world.refused[refusal.code] += 1
            for command in (calling.start, passing.finish):
                with suppress(KioskError):
                    self._do(command)
            self.is_idle = True
            self._in(START_AGAIN, self.look)
