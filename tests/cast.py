"""The cast: an office with a clock that tests move, three counters and their people."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.clock import Clock
from kiosk.commands import calling, counter, day, setup, tickets
from kiosk.domain.actor import Actor
from kiosk.office import Office

ZONE = "Asia/Makassar"
SUPERVISOR = Actor("Penyelia", "supervisor", "server")
KIOSK = Actor("Mesin 1", "kiosk", "kiosk:1")
WORKER = Actor("print", "agent", "agent:0")


def local(text: str) -> int:
    """`2026-11-27 08:00` in the office's zone, as UTC ms."""
    moment = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE))
    return int(moment.timestamp() * 1000)


class FakeTime:
    """Wall clock and monotonic clock in ms, moved by hand, together or apart."""

    def __init__(self, at: int) -> None:
        self.wall_at = at
        self.monotonic_at = 0

    def wall(self) -> int:
        return self.wall_at

    def monotonic(self) -> int:
        return self.monotonic_at

    def forward(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        elapsed = int((hours * 3600 + minutes * 60 + seconds) * 1000)
        self.wall_at += elapsed
        self.monotonic_at += elapsed

    def set_wall(self, at: int) -> None:
        self.wall_at = at


def staff(number: int) -> Actor:
    return Actor(f"Petugas {number}", "counter", f"counter:{number}", counter=number)


class Cast:
    """An office of three counters that serve everything, on 27 November, polls until 13.00."""

    def __init__(
        self,
        folder: Path,
        *,
        at: str = "2026-11-27 08:00",
        counters: int = 3,
        settings: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        self.time = FakeTime(local(at))
        self.path = folder / "office.db"
        options = {"threaded": False, "synchronous": "OFF"} | options
        self.options = options
        self.office = self.start()
        self.do(
            setup.initialise,
            SUPERVISOR,
            settings={"name": "Disdukcapil Uji", "poll_close": "13:00"} | (settings or {}),
            counter_count=counters,
        )

    def start(self) -> Office:
        """Another Office over the same file, as after a restart."""
        self.office = Office(
            self.path, clock=Clock(self.time.wall, self.time.monotonic), **self.options
        )
        return self.office

    def do(self, command: Any, by: Actor, **named: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.office.do(command, by, **named)
        return answer

    def take(self, service: str = "biodata", *, key: str | None = None, **named: Any) -> Any:
        """Take a number at the kiosk; returns the ticket's view."""
        by = replace(KIOSK, key=key)
        return self.do(tickets.issue_ticket, by, service=service, **named)["ticket"]

    def open(self, *numbers: int, services: list[str] | None = None) -> None:
        """Open the day and these counters."""
        self.do(day.open_day, SUPERVISOR)
        for number in numbers:
            self.do(counter.open_counter, staff(number), counter=number, services_served=services)

    def call(self, number: int) -> Any:
        return self.do(calling.call_next, staff(number), counter=number)["ticket"]

    def at(self, number: int, command: Any, **named: Any) -> Any:
        """Let the operator of a counter do something there; returns the answer."""
        return self.do(command, staff(number), counter=number, **named)
