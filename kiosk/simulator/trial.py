"""Offices made for one simulation: a file of their own, a time at hand, no durable writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.clock import SimulatedTime
from kiosk.commands import catalogue
from kiosk.domain.actor import SYSTEM, Actor
from kiosk.domain.service import DEFAULT_CATALOGUE
from kiosk.office import Office
from kiosk.setting_up import Beginnings, set_up

SIMULATOR = Actor("simulator", SYSTEM, "simulator")
FILE = "office.db"

_KNOWN = {service.letter: service.code for service in DEFAULT_CATALOGUE}


@dataclass(frozen=True, slots=True)
class Queue:
    """One service of a simulated office: its letter, name, configured seconds and target minutes.

    It takes the place of the default catalogue's service with this letter.
    """

    letter: str
    name: str
    expected: int = 300
    target: int = 60

    @property
    def code(self) -> str:
        return _KNOWN.get(self.letter, f"queue-{self.letter.lower()}")


def moment(day: str, minutes: float, zone: str) -> int:
    """UTC ms of so many minutes after local midnight, in whole ms."""
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    return round(midnight.timestamp() * 1000 + minutes * 60_000)


def make_office(
    folder: Path,
    time: SimulatedTime,
    settings: Mapping[str, str],
    queues: Sequence[Queue],
    counters: int,
) -> Office:
    """A new office with these services. Its writes need not survive a power cut."""
    office = Office(folder / FILE, clock=time.clock(), synchronous="OFF", threaded=False)
    set_up(office, Beginnings(dict(settings), counters))
    for queue in queues:
        put_queue(office, queue)
    return office


def put_queue(office: Office, queue: Queue) -> None:
    """Offer a queue, with one step."""
    office.do(
        catalogue.put_service,
        SIMULATOR,
        code=queue.code,
        letter=queue.letter,
        name_id=queue.name,
        expected_seconds=queue.expected,
        target_minutes=queue.target,
        journey=[],
    )
