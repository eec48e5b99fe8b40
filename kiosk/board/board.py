"""The board: reads the file and answers snapshots; it never writes."""

import json
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kiosk.board import desk, display, kiosk, paper, phone, prospects, supervisor
from kiosk.board.common import common
from kiosk.board.reading import Reading
from kiosk.clock import Clock
from kiosk.domain.calibration import Forecast
from kiosk.domain.outlook import Kind
from kiosk.errors import UnknownTicket
from kiosk.store import journal, print_jobs, printers, set_up_answers, tickets
from kiosk.store.connection import data_version, open_reader

Snapshot = dict[str, Any]

REMEMBER = 1000  # ms

#: Facts of a journal row that a device may see: nothing about priority or staff.
PUBLIC_FACTS = ("number", "service", "counter", "nth", "notice")


class Board:
    """Snapshots for the screens, each a JSON-able dict with the journal's `seq`.

    `trouble` tells why the file cannot be written now, or None; `forecast` is the newest one. One
    board a thread.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        trouble: Callable[[], str | None] = lambda: None,
        forecast: Callable[[], Forecast | None] = lambda: None,
    ) -> None:
        self._db = open_reader(path)
        self._clock = clock
        self._trouble = trouble
        self._forecast = forecast
        self._kept: tuple[int, Reading] | None = None

    def version(self) -> int:
        """Changes whenever anybody has committed; cheap enough to ask twice a second."""
        return data_version(self._db)

    def seq(self) -> int:
        return journal.read_head(self._db).seq

    def display(self) -> Snapshot:
        with self._reading() as reading:
            return common(reading) | display.display(reading)

    def kiosk(self) -> Snapshot:
        with self._reading() as reading:
            papers = paper.paper_of_kiosks(reading)
            return common(reading) | kiosk.kiosk(reading) | {"papers": papers}

    def desk(self) -> Snapshot:
        with self._reading() as reading:
            return common(reading) | desk.desk(reading)

    def supervisor(self) -> Snapshot:
        with self._reading() as reading:
            return common(reading) | desk.desk(reading) | supervisor.supervisor(reading)

    def phone(self, token: str) -> Snapshot:
        """One ticket by its token. Raises UnknownTicket."""
        with self._reading() as reading:
            found = tickets.by_token(reading.db, token)
            if found is None:
                raise UnknownTicket()
            return common(reading) | phone.phone(reading, found)

    def phones(self, service: str) -> Snapshot:
        """What the room of a service's phones shares: numbers only."""
        with self._reading() as reading:
            return {"seq": reading.seq} | phone.room(reading, service)

    def forecast(self, kind: Kind) -> Snapshot:
        """What a newcomer of this kind has to expect. Raises UnknownService."""
        with self._reading() as reading:
            return prospects.newcomer(reading, kind)

    def events(self, after: int, limit: int, *, full: bool) -> Snapshot:
        """Journal rows after a seq. `full` gives the rows as journalled (supervisor only)."""
        with self._reading() as reading:
            rows = journal.read_after(reading.db, after, limit)
            return {
                "seq": reading.seq,
                "events": [_whole(row) if full else _public(row) for row in rows],
            }

    def print_jobs(self, jobs: list[int]) -> list[dict[str, Any]]:
        """{id, number, at} of those of these print jobs that are known, newest first."""
        return print_jobs.with_numbers(self._db, jobs)

    def is_print_job_waiting(self, printer: int) -> bool:
        """Whether a worker of this printer would be given something. Cheap."""
        return print_jobs.is_any_waiting(self._db, printer)

    def agent_printers(self, agent: int | None) -> list[dict[str, Any]]:
        """The printers in use that an agent (device id) serves; None: this server's own."""
        return [p for p in printers.load(self._db) if p["active"] and p["agent"] == agent]

    def printer_health(self, printer: int) -> Snapshot:
        """Raises UnknownPrinter."""
        with self._reading() as reading:
            return {"seq": reading.seq} | paper.health(reading, printer)

    def alarm_history(self, limit: int) -> list[dict[str, Any]]:
        """Alarms about paper, the newest first."""
        with self._reading() as reading:
            return paper.alarm_history(reading, limit)

    def ticket_paper(self, ticket: int, device: str) -> Snapshot:
        """What became of the paper of a ticket, or of a slip, that this device gave.

        Raises UnknownTicket.
        """
        with self._reading() as reading:
            found = tickets.find(reading.db, ticket)
            giver = found.issued_by if found else print_jobs.giver_of_slip(reading.db, ticket)
            if giver != device:
                raise UnknownTicket()
            return {
                "state": paper.paper_of_ticket(reading, ticket),
                "copies": print_jobs.copies(reading.db, ticket),
            }

    def set_up_answers(self) -> dict[str, str]:
        """What was answered in the wizard so far."""
        return set_up_answers.load(self._db)

    def first_values(self) -> dict[str, str]:
        """What a question of the wizard begins with: every setting, and how many counters."""
        with self._reading() as reading:
            values: dict[str, str] = reading.settings
            return values | {"counters": str(len(reading.counters))}

    def health(self) -> Snapshot:
        """{version of the data, day, phase}; the web adds its own."""
        with self._reading() as reading:
            day = reading.day
            return {
                "seq": reading.seq,
                "day": day.day if day else None,
                "phase": day.phase if day else None,
            }

    @contextmanager
    def _reading(self) -> Any:
        self._db.conn.execute("BEGIN")
        try:
            yield self._current(self._clock.now())
        finally:
            self._db.conn.execute("COMMIT")

    def _current(self, now: int) -> Reading:
        """What was read a moment ago, as long as nobody has committed: the screens' views share it.

        The order of calling depends on the time too, so it is thought about again each second.
        """
        version, kept = data_version(self._db), self._kept
        if kept is None or kept[0] != version or not 0 <= now - kept[1].now < REMEMBER:
            reading = Reading(self._db, now, self._clock.state(), self._trouble())
            kept = self._kept = version, reading
        kept[1].trouble = self._trouble()
        kept[1].forecast = self._forecast()
        return kept[1]

    def close(self) -> None:
        self._db.close()


def _whole(row: Any) -> dict[str, Any]:
    return {**dict(row), "data": json.loads(row["data"])}


def _public(row: Any) -> dict[str, Any]:
    data = json.loads(row["data"])
    facts = {name: data[name] for name in PUBLIC_FACTS if name in data}
    return {"seq": row["seq"], "at": row["at"], "event": row["event"], **facts}
