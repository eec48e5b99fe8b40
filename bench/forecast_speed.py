"""How long a forecast takes: the whole table with 400 waiting, one question, and reading a promise.

    .venv/bin/python -m bench.forecast_speed [--waiting 400]

A polling morning in a temporary folder: six services, five counters with different sets, a hundred
visits done, every second person a voter. "Table" is all of it as the server does once a second
outside the writer: reading the file, running the hall forward, scoring the promises. Exit status 1
when a limit is missed.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.board.board import Board
from kiosk.board.forecaster import Forecaster
from kiosk.clock import Clock
from kiosk.commands import calling, counter, passing, setup, tickets
from kiosk.domain.actor import Actor
from kiosk.domain.outlook import Kind, look_ahead
from kiosk.errors import QueueEmpty
from kiosk.office import Office

SUPERVISOR = Actor("Penyelia", "supervisor", "server")
KIOSK = Actor("Mesin 1", "kiosk", "kiosk:1")
SERVICES = ("biodata", "card-printing", "recording", "lost-card", "family", "information")
SETS = (SERVICES, SERVICES[:3], SERVICES[1:4], SERVICES[3:], SERVICES[:2])
AT = 1_795_741_200_000  # 27 November 2026, 09.00 in Makassar
TRAVELS = (None, 15, None, 30, None, 45, None, 60)

LIMITS = {"table": 50.0, "promise": 0.1}


class Morning:
    """The office, with time that stands still unless it is moved."""

    def __init__(self, folder: Path) -> None:
        self.at = AT
        read = lambda: self.at  # noqa: E731
        self.office = Office(
            folder / "office.db", clock=Clock(read, read), synchronous="OFF", threaded=False
        )
        self.office.do(
            setup.initialise, SUPERVISOR, settings={"poll_close": "13:00"}, counter_count=5
        )
        self.office.tick()
        self.rng = random.Random(5)

    def work(self, visits: int) -> None:
        """So many people come and are served, 30 s after one another."""
        for number, codes in enumerate(SETS, 1):
            self.office.do(
                counter.open_counter, SUPERVISOR, counter=number, services_served=list(codes)
            )
        for _ in range(visits):
            self.take()
            number = self.rng.randint(1, len(SETS))
            self.at += 30_000
            try:
                self.office.do(calling.call_next, SUPERVISOR, counter=number)
            except QueueEmpty:
                continue
            self.office.do(calling.start, SUPERVISOR, counter=number)
            self.at += self.rng.randint(60, 240) * 100
            self.office.do(passing.finish, SUPERVISOR, counter=number)

    def take(self) -> None:
        number = self.rng.randrange(10**6)
        self.office.do(
            tickets.issue_ticket, SUPERVISOR, service=SERVICES[number % len(SERVICES)],
            priority=number % 10 == 0, travel_minutes=TRAVELS[number % len(TRAVELS)],
            override_reason="bench",
        )  # fmt: skip

    def fill(self, waiting: int) -> None:
        for _ in range(waiting):
            self.at += 2_000
            self.take()


def measured(function: Callable[[], object], times: int) -> tuple[float, float]:
    """p50 and worst of so many runs, ms."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        function()
        took.append((time.perf_counter() - began) * 1000)
    took.sort()
    return took[len(took) // 2], took[-1]


def main() -> int:
    """Prints the table. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--waiting", type=int, default=400)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        morning = Morning(Path(folder))
        morning.work(100)
        morning.fill(options.waiting)
        office = morning.office
        made = Forecaster(office.path, office.clock, lambda f: setattr(office, "forecast", f))
        made.refresh()
        forecast = office.forecast
        assert forecast is not None
        board = Board(office.path, office.clock, forecast=lambda: forecast)
        kind = Kind("biodata", False, 30)
        results = {
            "table": measured(made.refresh, 30),
            "of which the hall run forward": measured(lambda: look_ahead(forecast.facts), 30),
            "one question at a kiosk": measured(lambda: board.forecast(kind), 30),
            "promise": measured(lambda: forecast.newcomer(kind, morning.at), 2000),
        }
        waiting = len(forecast.facts.situation.waiting)
        print(f"{waiting} waiting, {len(forecast.outlook.tickets)} of them with a forecast,")
        print(f"{len(forecast.outlook.newcomers)} kinds of newcomers; milliseconds\n")
        print("| what | p50 | worst | limit |\n|---|---|---|---|")
        for name, (middle, worst) in results.items():
            print(f"| {name} | {middle:.3f} | {worst:.3f} | {LIMITS.get(name, '')} |")
        made.stop()
        office.close()
    return int(any(results[name][0] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
