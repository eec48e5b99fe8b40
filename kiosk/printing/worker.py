"""The print worker: one process for one printer. It takes the printer's jobs, one after the other,
brings them to paper, and looks at the printer in between, on one connection at a time.

The server alone writes the queue of jobs; the worker claims and reports. A job is announced as
`sending`, with its bytes, before the first one goes out, and noted in the worker's own diary, so
that after a crash of either side it is never sent again unmarked.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, fields

from kiosk.domain.paper import FAILED, QUEUED
from kiosk.printing.diary import Diary
from kiosk.printing.links import TransportError
from kiosk.printing.office_link import Job, OfficeLink, Refused, Turn, Unreachable
from kiosk.printing.press import Press, Sheet
from kiosk.printing.printer import Printer
from kiosk.printing.status import Gauge
from kiosk.printing.transport import Reading

log = logging.getLogger(__name__)

GONE = "unknown_printer"
"""The server's word when this printer is not ours any more."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds between two looks at the printer: while it is well, while it is not, and to see a
    better reading once more; and the pauses while the server does not answer."""

    well: float = 5.0
    unwell: float = 2.0
    doubt: float = 1.0
    server: float = 0.5
    server_longest: float = 5.0

    def times(self, factor: float) -> "Pace":
        """All of it longer or shorter."""
        return Pace(*(getattr(self, field.name) * factor for field in fields(self)))


class Worker:
    """`make_press` makes the press for the printer as it is set up now; `link` is this thread's."""

    def __init__(
        self,
        link: OfficeLink,
        printer: int,
        diary: Diary,
        make_press: Callable[[Printer], Press],
        pace: Pace | None = None,
    ) -> None:
        self._link, self._printer, self._diary = link, printer, diary
        self._make_press, self._pace = make_press, pace or Pace()
        self._stopped = threading.Event()
        self._known: Printer | None = None
        self._press: Press | None = None
        self._gauge = Gauge()
        self._reading: Reading | None = None
        self._look_at = 0.0
        self._failures = 0
        self._is_waiting = False
        #: When it last went round, monotonic seconds: one that hangs is found by this.
        self.alive_at = time.monotonic()

    def run(self) -> None:
        """Work until `stop()`, or until the printer is not ours any more."""
        while not self._stopped.is_set():
            self.alive_at = time.monotonic()
            try:
                self._go_round()
            except Unreachable as error:
                self._wait_for_server(error)
            except Refused as error:
                if error.code == GONE:
                    log.info("printer=%d is not ours any more", self._printer)
                    break
                self._wait_for_server(error)
        self._leave()

    def stop(self) -> None:
        """Let the job in hand come to its end; from any thread. Returns at once."""
        self._stopped.set()
        if self._is_waiting:
            self._link.hang_up()

    def _go_round(self) -> None:
        if self._press is not None and time.monotonic() >= self._look_at:
            self._note(self._press.look())
        turn = self._ask_for_work()
        self._failures = 0
        if turn.printer != self._known:
            self._known, self._press = turn.printer, self._make_press(turn.printer)
            self._gauge, self._look_at = Gauge(), 0.0
        press = self._press
        assert press is not None
        for job in turn.jobs:
            self._do(job, press)
        if turn.jobs:
            press.tidy()
        elif not self._gauge.is_ready:
            self._stopped.wait(max(0.0, self._look_at - time.monotonic()))

    def _ask_for_work(self) -> Turn:
        reports = self._diary.untold()
        reading, self._reading = self._reading, None
        is_ready = self._gauge.is_ready
        left = self._look_at - time.monotonic()
        try:
            self._is_waiting = True
            if self._stopped.is_set():
                raise Unreachable("ending")
            turn = self._link.claim(
                self._printer,
                self._diary.worker,
                after=self._diary.before,
                limit=self._press.limit if is_ready and self._press else 0,
                wait_seconds=max(0.05, left) if is_ready and self._press else 0,
                state=self._gauge.state if reading else None,
                answers=reading.answers if reading else b"",
                reports=reports,
            )
        except (Unreachable, Refused):
            self._reading = reading
            raise
        finally:
            self._is_waiting = False
        self._diary.heard(reports)
        return turn

    def _note(self, reading: Reading) -> None:
        """A fresh look at the printer."""
        self._gauge.note(reading.state)
        self._reading = reading
        pace = self._pace
        pause = pace.doubt if self._gauge.is_in_doubt else pace.well
        if not self._gauge.is_ready:
            pause = pace.doubt if self._gauge.is_in_doubt else pace.unwell
        self._look_at = time.monotonic() + pause

    def _do(self, job: Job, press: Press) -> None:
        """Bring one job to its end, and write that down."""
        sheet = Sheet(b"", 0)
        state, error = FAILED, None
        try:
            sheet = press.render(job)
            if self._diary.remind(job.id, sheet.sha256):
                log.warning("job=%d printer=%d was brought before", job.id, self._printer)
                return
            delivery = press.bring(job, sheet, lambda: self._announce(job, sheet))
            state, error = delivery.state, delivery.error
            if delivery.reading is not None:
                self._note(delivery.reading)
            else:
                self._look_at = 0.0
        except Refused as refused:
            # Expired, cancelled, somebody else's: without the server's word nothing is sent.
            log.warning("job=%d not sent: %s", job.id, refused)
            return
        except Unreachable as unreachable:
            state, error = QUEUED, f"no word of the server: {unreachable}"
        except TransportError as fault:
            state, error = FAILED if fault.permanent else QUEUED, str(fault)
            self._note(Reading(fault.reading, fault.answers))
        except (ValueError, LookupError, OSError) as mistake:
            state, error = FAILED, str(mistake) or type(mistake).__name__
        level = logging.WARNING if error else logging.INFO
        log.log(level, "job=%d printer=%d %s %s", job.id, self._printer, state, error or "")
        self._diary.end(job.id, sheet.sha256, state, error, sheet.length_mm)

    def _announce(self, job: Job, sheet: Sheet) -> None:
        self._link.announce(
            self._printer, self._diary.worker, job.id, sheet.content, sheet.sha256, sheet.length_mm
        )
        self._diary.begin(job.id, sheet.sha256, sheet.length_mm)

    def _wait_for_server(self, error: Exception) -> None:
        longest = self._pace.server_longest
        pause = min(longest, self._pace.server * 2 ** min(self._failures, 10))
        self._failures += 1
        log.warning("printer=%d no work: %s", self._printer, error)
        self._stopped.wait(pause)

    def _leave(self) -> None:
        """Say the last things, if anybody listens; else the diary keeps them."""
        try:
            reports = self._diary.untold()
            if reports:
                self._link.claim(self._printer, self._diary.worker, limit=0, reports=reports)
                self._diary.heard(reports)
            self._link.leave(self._printer, self._diary.worker)
        except (Unreachable, Refused) as error:
            log.info("printer=%d left without a word: %s", self._printer, error)
        self._link.close()
        self._diary.close()
