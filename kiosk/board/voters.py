"""The voters: who will be in time, who probably not, and what would help."""

from functools import cached_property
from typing import Any

from kiosk.board.reading import Reading
from kiosk.domain import policy, remedy
from kiosk.domain import ticket as states
from kiosk.domain.counter import CLOSED, OPEN
from kiosk.domain.office_day import BEFORE, NUMBERS
from kiosk.domain.remedy import MINUTE, Bay, Place
from kiosk.domain.ticket import Ticket

#: How long before the last minute for biodata somebody set aside is an alarm.
WARN_BEFORE = 10 * MINUTE


class Voters:
    """What the screens say of the voters, from one reading."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @cached_property
    def _bays(self) -> list[Bay]:
        """The open counters; one that serves is free when its service's expected time is over.

        Until the office opens those that are still closed are reckoned with from then on: nobody
        who waits at the door is too late because no counter is open yet.
        """
        held = {t.counter: t for t in self._reading.in_states(*states.IN_HAND)}
        expected, now = self._reading.situation.expected, self._reading.now
        day, bays = self._reading.day, []
        opens = day.opens if day and day.phase in (BEFORE, NUMBERS) else None
        for counter in self._reading.counters:
            if counter.state != OPEN:
                if opens is not None:
                    bays.append(Bay(counter.number, counter.service_set, max(now, opens)))
                continue
            free_at = now
            if (ticket := held.get(counter.number)) is not None and ticket.called_at is not None:
                begun = ticket.first_called_at or ticket.called_at
                free_at = max(now, begun + expected[ticket.service] * policy.SECOND)
            bays.append(Bay(counter.number, counter.service_set, free_at, counter.closes_at))
        return bays

    @cached_property
    def places(self) -> list[Place]:
        situation = self._reading.situation
        return remedy.outlook(situation.waiting, self._bays, situation.expected, situation.now)

    @property
    def late(self) -> list[Place]:
        return [place for place in self.places if place.start is None]

    @cached_property
    def is_red(self) -> bool:
        """Somebody will not be in time, or is close to it by the policy's own red test."""
        situation = self._reading.situation
        return bool(self.late or policy.at_risk(situation, policy.RED_MARGIN_S, policy.RED_SPREAD))

    def summary(self) -> dict[str, Any]:
        """What every counter is told. `next` is the latest start (ms) of the first in time."""
        in_time = [place.latest for place in self.places if place.start is not None]
        return {
            "waiting": len(self.places),
            "not_in_time": len(self.late),
            "next": min(in_time, default=None),
            "red": self.is_red,
        }

    def lists(self) -> dict[str, Any]:
        """What the supervisor sees; times in ms."""
        return {
            "in_time": [self._place(place) for place in self.places if place.start is not None],
            "not_in_time": [self._place(place) for place in self.late],
            "remedies": self._remedies(),
            "aside": [self._aside(ticket) for ticket in self._set_aside],
        }

    def alarms(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        if self.late:
            details: dict[str, Any] = {"count": len(self.late), "of": len(self.places)}
            found.append({"code": "voters_not_in_time", "details": details})
            found += [{"code": "voters_remedy", "details": best} for best in self._remedies()[:1]]
        now = self._reading.now
        for aside in map(self._aside, self._set_aside):
            until = aside["biodata_until"]
            if until is not None and until - WARN_BEFORE <= now <= until:
                details = {"number": aside["number"], "until": until}
                found.append({"code": "biodata_last_minute", "details": details})
        return found

    def _place(self, place: Place) -> dict[str, Any]:
        return {
            "id": place.ticket,
            "number": self._reading.waiting[place.ticket].number,
            "service": place.service,
            "start_before": place.latest,
            "start": place.start,
        }

    def _remedies(self) -> list[dict[str, Any]]:
        if not self.late:
            return []
        situation, reading = self._reading.situation, self._reading
        found = remedy.remedies(situation.waiting, self._bays, situation.expected, situation.now)
        closed = [counter.number for counter in reading.counters if counter.state == CLOSED]
        return [
            {
                "service": one.service,
                "counters": one.counters,
                "until": one.until,
                "made": one.made,
                "of": one.of,
                "could_open": closed,
                "could_switch": [
                    counter.number
                    for counter in reading.counters
                    if counter.state == OPEN and not counter.serves(one.service)
                ],
            }
            for one in found
        ]

    @cached_property
    def _set_aside(self) -> list[Ticket]:
        """Voters that no counter calls now: parked (waiting for PRR, ...) or suspended."""
        aside = self._reading.in_states(states.PARKED, states.SUSPENDED)
        return [ticket for ticket in aside if ticket.voter]

    def _aside(self, ticket: Ticket) -> dict[str, Any]:
        reading = self._reading
        assert ticket.deadline is not None
        biodata = reading.services.get(reading.settings["biodata_service"])
        until = None
        if biodata is not None and biodata.code != ticket.service:
            until = ticket.deadline - biodata.expected * policy.SECOND
        return {
            "id": ticket.id,
            "number": ticket.number,
            "service": ticket.service,
            "state": ticket.state,
            "cause": ticket.cause,
            "due_back": ticket.due_back,
            "deadline": ticket.deadline,
            "biodata_until": until,
        }
