"""One consistent look at the file: what several parts of a snapshot share is read once."""

from functools import cached_property
from typing import Any

from kiosk.clock import ClockState
from kiosk.domain import policy
from kiosk.domain.calibration import Forecast
from kiosk.domain.counter import Counter
from kiosk.domain.office_day import Day
from kiosk.domain.outlook import Kind, Prospect
from kiosk.domain.policy import Reason, Situation
from kiosk.domain.service import Service
from kiosk.domain.ticket import Ticket
from kiosk.store import counters, days, journal, line, services, settings, tickets


class Reading:
    """Valid while its read transaction is open. `now` is UTC ms, `db` a sqlite_utils Database."""

    def __init__(
        self,
        db: Any,
        now: int,
        clock: ClockState,
        trouble: str | None,
        forecast: Forecast | None = None,
    ) -> None:
        self.db = db
        self.now = now
        self.clock = clock
        self.trouble = trouble
        self.forecast = forecast

    @cached_property
    def seq(self) -> int:
        return journal.read_head(self.db).seq

    @cached_property
    def day(self) -> Day | None:
        return days.load_last(self.db)

    @cached_property
    def settings(self) -> dict[str, str]:
        return settings.load(self.db)

    @property
    def is_drill(self) -> bool:
        """Whether nothing of this office is real."""
        return self.settings["drill"] == "on"

    @cached_property
    def services(self) -> dict[str, Service]:
        return services.load(self.db)

    @cached_property
    def counters(self) -> list[Counter]:
        return counters.load(self.db)

    @cached_property
    def waiting_counts(self) -> dict[str, int]:
        rows = self.db.conn.execute(
            "SELECT service, count(*) AS n FROM tickets WHERE state = 'waiting' GROUP BY service"
        )
        return {row["service"]: row["n"] for row in rows}

    @cached_property
    def waiting(self) -> dict[int, Ticket]:
        return {ticket.id: ticket for ticket in tickets.waiting(self.db)}

    @cached_property
    def fetched(self) -> set[int]:
        """Tickets of people whom staff fetch."""
        return tickets.fetched(self.db)

    @cached_property
    def situation(self) -> Situation:
        return line.situation(
            self.db,
            now=self.now,
            day=self.day.day if self.day else "",
            risk_calls=self.day.risk_calls if self.day else 0,
            services=self.services,
            waiting=self.waiting.values(),
            counters=self.counters,
        )

    @cached_property
    def reasons(self) -> dict[int, Reason]:
        """Why each waiting ticket stands where it stands, in calling order."""
        return policy.reasons(self.settings["policy"], self.situation)

    @cached_property
    def ahead(self) -> dict[int, int]:
        """How many would be called before each waiting ticket at the counters it may go to."""
        pools: dict[str, frozenset[str]] = {}
        before: dict[str, int] = dict.fromkeys(self.services, 0)
        result = {}
        for ticket_id in self.reasons:
            service = self.waiting[ticket_id].service
            if service not in pools:
                pools[service] = line.companions(service, self.counters)
            result[ticket_id] = sum(before.get(code, 0) for code in pools[service])
            before[service] = before.get(service, 0) + 1
        return result

    def newcomer(self, kind: Kind) -> Prospect | None:
        """What a newcomer has to expect, if it may be told."""
        return self.forecast.newcomer(kind, self.now) if self.forecast else None

    def prospect(self, ticket: Ticket) -> Prospect | None:
        """What somebody who waits has to expect from now on, if it may be told."""
        if self.forecast is None:
            return None
        return self.forecast.ticket(ticket.id, ticket.service, self.now)

    def in_states(self, *states: str) -> list[Ticket]:
        day = self.day.day if self.day else ""
        return tickets.in_states(self.db, *states, day=day)
