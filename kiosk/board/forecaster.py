"""Keeps the office's forecast fresh, outside the writer: by a thread of its own, or by hand."""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.board.facts import facts
from kiosk.board.reading import Reading
from kiosk.clock import Clock
from kiosk.domain import calibration, evidence
from kiosk.domain.calibration import Forecast
from kiosk.domain.outlook import look_ahead
from kiosk.domain.pace import Pace
from kiosk.store import history
from kiosk.store.connection import data_version, open_reader

log = logging.getLogger(__name__)

EVERY = 1.0
"""Seconds between two tables at least ..."""

IDLE = 10.0
"""... and at most, also when nothing has happened: time passes."""


class Forecaster:
    """Makes forecasts of one office's file and hands each to `deliver`, None when there is no day.

    Use it from one thread, or `start()` its own.
    """

    def __init__(
        self, path: Path, clock: Clock, deliver: Callable[[Forecast | None], None]
    ) -> None:
        self._db = open_reader(path)
        self._clock = clock
        self._deliver = deliver
        self._promises = history.Promises("")
        self._past: list[dict[str, Pace]] = []
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def refresh(self) -> None:
        """Make the forecast as of now."""
        self._db.conn.execute("BEGIN")
        try:
            forecast = self._forecast(
                Reading(self._db, self._clock.now(), self._clock.state(), None)
            )
        finally:
            self._db.conn.execute("COMMIT")
        self._deliver(forecast)

    def _forecast(self, reading: Reading) -> Forecast | None:
        day = reading.day
        if day is None:
            return None
        if self._promises.day != day.day:
            self._promises = history.Promises(day.day)
            self._past = [
                evidence.paces_of_day(evidence.turns(history.visits(self._db, past)))
                for past in history.days_before(self._db, day.day)
            ]
        known = facts(reading, day, self._past)
        past_calls: dict[str, float] = {}
        for past in self._past:
            for code, pace in past.items():
                past_calls[code] = past_calls.get(code, 0.0) + pace.calls
        kept = self._promises.kept(self._db)
        return Forecast(
            facts=known,
            outlook=look_ahead(known),
            known=calibration.known_services(known, past_calls),
            trusted=calibration.is_trusted(kept, reading.now),
            score=calibration.score(kept),
        )

    def start(self) -> None:
        """Refresh from a thread of its own from now on."""
        self._thread = threading.Thread(target=self._loop, name="forecaster", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread and close the file; once more does nothing."""
        if self._stopped.is_set():
            return
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()
        self._db.close()

    def _loop(self) -> None:
        seen, made = -1, 0.0
        while not self._stopped.wait(EVERY):
            try:
                version = data_version(self._db)
                if version == seen and time.monotonic() - made < IDLE:
                    continue
                self.refresh()
                seen, made = version, time.monotonic()
            except sqlite3.Error as error:
                log.warning("event=forecast_failed reason=%s", error)
            except Exception:
                log.exception("event=forecast_failed")
