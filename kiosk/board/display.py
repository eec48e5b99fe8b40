"""The hall's display: who is called where, and what is closed."""

import json
from typing import Any

from kiosk.board.reading import Reading
from kiosk.domain import volumes
from kiosk.domain.ticket import CALLED, NO_SHOW, PARKED, SUSPENDED
from kiosk.store import hall, journal, rehearsals, tickets

LAST_CALLS = 20
LAST_NOTICES = 5


def display(reading: Reading) -> dict[str, Any]:
    called, values = reading.in_states(CALLED), reading.settings
    return {
        "counters": [_counter(reading, counter) for counter in reading.counters],
        "calls": calls(reading),
        "current": [
            {
                "number": ticket.number,
                "counter": ticket.counter,
                "called_at": ticket.called_at,
                "calls": ticket.calls,
            }
            for ticket in called
        ],
        "out_of_order": out_of_order(reading),
        "ticker": {"id": values["ticker_id"], "en": values["ticker_en"]},
        "volumes": [list(step) for step in volumes.parse(values["volume_by_hour"])],
        "parked": [ticket.number for ticket in reading.in_states(PARKED)],
        "suspended": [ticket.number for ticket in reading.in_states(SUSPENDED)],
        "absent": [ticket.number for ticket in reading.in_states(NO_SHOW)],
        "rehearsal": rehearsals.last(reading.db),
        "notices": [
            {"id": notice["id"], "code": notice["code"], "at": notice["at"]}
            for notice in hall.notices(reading.db, LAST_NOTICES)
        ],
    }


def _counter(reading: Reading, counter: Any) -> dict[str, Any]:
    held = tickets.find(reading.db, counter.ticket) if counter.ticket is not None else None
    return {
        "number": counter.number,
        "state": counter.state,
        "ticket": held.number if held else None,
        "ticket_state": held.state if held else None,
        "zone": counter.zone,
    }


def out_of_order(reading: Reading) -> int:
    """Calls of today that staff made by hand, against the rule, undone ones left out."""
    undone: set[int] = set()
    count = 0
    for row in journal.calls_of_open_segment(reading.db):
        data = json.loads(row["data"])
        if row["event"] == "undone":
            undone.add(data["undone"])
        elif data.get("rule") == "by_hand" and row["seq"] not in undone:
            count += 1
    return count


def calls(reading: Reading) -> list[dict[str, Any]]:
    """The last calls and recalls, newest first. An undone call is left out."""
    undone: set[int] = set()
    result: list[dict[str, Any]] = []
    for row in journal.calls_of_open_segment(reading.db):
        data = json.loads(row["data"])
        if row["event"] == "undone":
            undone.add(data["undone"])
            continue
        key, *_ = data["set"]["tickets"]
        ticket = tickets.find(reading.db, int(key))
        # One that waits again as if it had never been called is left out as well.
        if row["seq"] in undone or ticket is None or ticket.called_at is None:
            continue
        result.append(
            {
                "id": row["seq"],
                "number": data["number"],
                "counter": data["counter"],
                "at": row["at"],
                "nth": data.get("nth", 1),
                "state": ticket.state,
            }
        )
        if len(result) == LAST_CALLS:
            break
    return result
