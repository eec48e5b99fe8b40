"""What the forecast depends on, from one reading of the file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kiosk.board.reading import Reading
from kiosk.domain import evidence, ticket
from kiosk.domain.evidence import Arrival
from kiosk.domain.office_day import BEFORE, NUMBERS, TPS_MARGIN, Day
from kiosk.domain.outlook import Back, Facts, InHand, Kind, Offer
from kiosk.domain.pace import Pace
from kiosk.domain.policy import MINUTE, OpenCounter
from kiosk.domain.service import OPEN as OFFERED
from kiosk.domain.ticket import Ticket
from kiosk.store import history, line


def facts(reading: Reading, day: Day, past_days: Sequence[Mapping[str, Pace]]) -> Facts:
    """`past_days` by service, oldest first."""
    now, visits = reading.now, history.visits(reading.db, day.day)
    counters = _counters(reading, day)
    configured = {code: one.expected / 60 for code, one in reading.services.items()}
    paces = evidence.paces_now(configured, past_days, evidence.turns(visits), now)
    turns = [paces[code].turn for c in counters for code in c.services if code in paces]
    capacity = len(counters) * len(turns) / sum(turns) if turns else 0.0
    waiting = [*reading.waiting.values(), *reading.in_states(ticket.PARKED, ticket.SUSPENDED)]
    calls = line.calls_today(reading.db, day.day)
    return Facts(
        policy=reading.settings["policy"],
        situation=replace(reading.situation, counters=counters),
        starts=max(now, day.opens) if day.phase in (BEFORE, NUMBERS) else now,
        poll_close=day.poll_close if day.poll_close and now < day.poll_close else None,
        paces=paces,
        offers=_offers(reading),
        leaving=evidence.leaving(
            [(visit.called - visit.arrived) / MINUTE for visit in visits],
            history.waits_of_absent(reading.db, day.day),
        ),
        inflow=evidence.expected_newcomers(
            _arrivals(reading, day),
            now=now, opens=day.opens, until=day.closes if day.takes_numbers else now,
            capacity=capacity,
        ),
        in_hand=_in_hand(reading),
        back=tuple(_back(reading, calls)),
        steps={one.id: one.steps_to_come for one in waiting if one.journey},
        counters=_only_counters(waiting),
        calls_to_go={
            one.id: one.return_after - calls.get(one.service, 0)
            for one in waiting
            if one.return_after is not None
        },
    )  # fmt: skip


def _counters(reading: Reading, day: Day) -> tuple[OpenCounter, ...]:
    """Those that are open; before opening, while none is, all that have services to open with."""
    counters = reading.situation.counters
    if counters or day.phase not in (BEFORE, NUMBERS):
        return counters
    return tuple(OpenCounter(c.number, c.service_set, None) for c in reading.counters if c.services)


def _offers(reading: Reading) -> dict[str, Offer]:
    services = reading.services
    return {
        code: Offer(
            one.target,
            sum(services[s].expected for s in (code, *one.steps_to_come) if s in services),
            one.steps_to_come,
        )
        for code, one in services.items()
        if one.state == OFFERED
    }


def _arrivals(reading: Reading, day: Day) -> list[Arrival]:
    """Today's newcomers as they came: the number's letter says for which service."""
    by_letter = {one.letter: code for code, one in reading.services.items()}
    found = []
    for number, priority, deadline, at in history.arrivals(reading.db, day.day):
        travel = None
        if deadline is not None and day.poll_close is not None:
            travel = max(0, (day.poll_close - TPS_MARGIN - deadline) // MINUTE)
        code = by_letter.get(number.partition("-")[0])
        if code is not None:
            found.append(Arrival(Kind(code, bool(priority), travel), at))
    return found


def _in_hand(reading: Reading) -> dict[int, InHand]:
    held = {}
    for one in reading.in_states(*ticket.IN_HAND):
        if one.counter is not None and one.first_called_at is not None:
            held[one.counter] = InHand(one.service, one.first_called_at, one.steps_to_come)
    return held


def _back(reading: Reading, calls: Mapping[str, int]) -> Iterator[Back]:
    """Parked tickets that are due back, and suspended ones whose service is."""
    for one in reading.in_states(ticket.PARKED, ticket.SUSPENDED):
        service = reading.services.get(one.service)
        resumed = one.state == ticket.PARKED
        at = one.due_back if resumed else service.expected_back if service else None
        if at is not None:
            waiting = line.as_waiting(one, reading.services, calls)
            yield Back(waiting, max(at, reading.now), resumed)


def _only_counters(waiting: Sequence[Ticket]) -> dict[int, int]:
    """Tickets that one counter alone may call."""
    only = {one.id: one.for_counter for one in waiting if one.for_counter is not None}
    for one in waiting:
        if one.state == ticket.PARKED and one.owner and one.owner.startswith("counter:"):
            only[one.id] = int(one.owner.removeprefix("counter:"))
    return only
