"""A recorded office day through the drill's machinery, as fast as possible."""

import json
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.audit.verify import verify
from kiosk.office import Office
from kiosk.simulator.drill import Drill
from kiosk.simulator.recorded import Record, RecordedDay, in_order
from kiosk.simulator.trial import FILE
from kiosk.store.connection import open_reader

DAY = date(2026, 11, 27)


def replay(record: Record, check: bool = True) -> dict[str, Any]:
    """Play it and look at what the office's own journal says of it.

    `tickets`, `calls`: how many there were; `twice`, `disorder`: calls that were made twice, or out
    of order within their queue; `refused`: by code; `findings`: of the proof of the journal.
    """
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="office-day-") as folder:
        path = Path(folder) / FILE
        drill = Drill(path, DAY, speed=60, programme=RecordedDay(record))
        office = Office(path, clock=drill.clock, synchronous="OFF", threaded=False)
        with closing(office):
            drill.furnish(office)
            while drill.day == DAY:
                if drill.advance():
                    assert drill.next_at is not None, "the day does not end"
                    drill.time.move_to(drill.next_at)
        played = time.perf_counter() - begun
        with closing(open_reader(path)) as reader:
            issued = reader.conn.execute("SELECT count(*) FROM tickets").fetchone()[0]
            calls = [
                json.loads(row["data"])["number"]
                for row in reader.conn.execute(
                    "SELECT data FROM journal WHERE event = 'ticket_called' ORDER BY seq"
                )
            ]
        findings = [finding.sentence for finding in verify(path).findings] if check else []
    order = in_order([(number[0], int(number[2:])) for number in calls])
    return {
        "tickets": issued,
        "calls": len(calls),
        **order,
        "refused": drill.refused,
        "findings": findings,
        "seconds": round(played, 1),
    }


def lines(facts: dict[str, Any]) -> list[str]:
    """For people."""
    refused = ", ".join(f"{code} {n}" for code, n in facts["refused"].items()) or "nothing"
    return [
        f"{facts['tickets']} numbers, {facts['calls']} calls in {facts['seconds']} s;"
        f" called twice: {facts['twice']}; out of order: {facts['disorder']}; refused: {refused}",
        "proof of the journal: " + ("; ".join(facts["findings"]) or "everything fits"),
    ]
