"""What happened, as the forecast needs it: visits, absences, arrivals, promises put to the test.

Everything takes a sqlite_utils Database; times are UTC ms. A reader calls these about once a
second, so what does not change is kept by the caller, and calls are read on from where one was.
"""

import json
from typing import Any

from kiosk.domain.calibration import Kept
from kiosk.domain.evidence import Visit
from kiosk.domain.policy import MINUTE
from kiosk.domain.ticket import NO_SHOW

PAST_DAYS = 10


def visits(db: Any, day: str) -> list[Visit]:
    """The finished visits of a day. `called` leaves parked time out."""
    rows = db.conn.execute(
        "SELECT v.service, v.counter, t.arrival, v.ended_at, v.seconds FROM visits v"
        " JOIN tickets t ON t.id = v.ticket WHERE v.day = ? AND v.voided = 0",
        (day,),
    )
    return [
        Visit(service, counter, arrival, ended_at - seconds * 1000, ended_at)
        for service, counter, arrival, ended_at, seconds in rows
    ]


def days_before(db: Any, day: str) -> list[str]:
    """The last days with visits, oldest first."""
    rows = db.conn.execute(
        "SELECT DISTINCT day FROM visits WHERE day < ? ORDER BY day DESC LIMIT ?", (day, PAST_DAYS)
    )
    return [row["day"] for row in rows][::-1]


def waits_of_absent(db: Any, day: str) -> list[float]:
    """Minutes that those had waited who did not come when called, as far as they are still out."""
    rows = db.conn.execute(
        "SELECT first_called_at - arrival AS wait FROM tickets"
        " WHERE day = ? AND state = ? AND first_called_at IS NOT NULL",
        (day, NO_SHOW),
    )
    return [row["wait"] / MINUTE for row in rows]


def arrivals(db: Any, day: str) -> list[Any]:
    """(number, priority, deadline, arrival) of all tickets of a day, in order of issue."""
    rows = db.conn.execute(
        "SELECT number, priority, deadline, arrival FROM tickets WHERE day = ? ORDER BY id", (day,)
    )
    return list(rows)


class Promises:
    """The promises of one day, each put to the test when its ticket is called first."""

    def __init__(self, day: str) -> None:
        self.day = day
        self._seq = 0
        self._calls: dict[int, tuple[int, int]] = {}
        self._by_seq: dict[int, int] = {}

    def kept(self, db: Any) -> list[Kept]:
        """All that were tested so far; a call that was undone is no test."""
        self._read_on(db)
        rows = db.conn.execute(
            "SELECT id, arrival, wait_low, wait_high FROM tickets"
            " WHERE day = ? AND wait_low IS NOT NULL",
            (self.day,),
        )
        return [
            Kept(row["wait_low"], row["wait_high"], (call[0] - row["arrival"]) / MINUTE, call[0])
            for row in rows
            if (call := self._calls.get(row["id"])) is not None
        ]

    def _read_on(self, db: Any) -> None:
        rows = db.conn.execute(
            "SELECT seq, at, event, data FROM journal WHERE seq > ? AND day = ?"
            " AND event IN ('ticket_called', 'ticket_recalled', 'undone') ORDER BY seq",
            (self._seq, self.day),
        )
        for row in rows:
            self._seq = row["seq"]
            if row["event"] == "ticket_called":
                ticket = int(next(iter(json.loads(row["data"])["set"]["tickets"])))
                if self._calls.setdefault(ticket, (row["at"], row["seq"]))[1] == row["seq"]:
                    self._by_seq[row["seq"]] = ticket
            elif row["event"] == "undone":
                undone = self._by_seq.pop(json.loads(row["data"])["undone"], None)
                if undone is not None:
                    self._calls.pop(undone)
