"""The print worker: claims jobs from the server and brings them to paper.

The server alone writes the queue of jobs; the worker claims and reports. A job is announced as
`sending` before its first byte goes out, so that after a crash it is never sent again unmarked.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.domain.paper import FAILED, PRINTED
from kiosk.printing.lane import Lane, Pause, facts_of, until_heard
from kiosk.printing.layout import layout
from kiosk.printing.links import Patience
from kiosk.printing.office_link import Job, OfficeLink, Refused, Report, Unreachable
from kiosk.printing.paper import PAPERS
from kiosk.printing.preview_folder import PreviewFolder

log = logging.getLogger(__name__)

CLAIM_LIMIT = 20
CLAIM_WAIT_SECONDS = 20
BACKOFF = (0.5, 1.0, 2.0, 4.0, 5.0)
FINISH_SECONDS = 12.0
"""Longer than a ticket takes at worst: connect, status, write and probe."""


class Spool:
    """Claims in the calling thread, prints in one thread a printer, draws previews in between."""

    def __init__(
        self,
        connect: Callable[[], OfficeLink],
        data: Path,
        pause: Pause | None = None,
        patience: Patience | None = None,
    ) -> None:
        """`connect` gives each thread its own link; `data` is the office's data folder."""
        self._stopped = threading.Event()
        self._connect, self._pause = connect, pause or self._stopped.wait
        self._patience = patience or Patience()
        self._office = connect()
        self._lanes: dict[int, Lane] = {}
        self._folder = PreviewFolder(data / "preview")

    def run(self) -> None:
        """Work until `stop()`."""
        failures = 0
        while not self._stopped.is_set():
            try:
                jobs = self._office.claim(CLAIM_LIMIT, CLAIM_WAIT_SECONDS)
            except (Unreachable, Refused) as error:
                log.warning("no jobs: %s", error)
                self._pause(BACKOFF[min(failures, len(BACKOFF) - 1)])
                failures += 1
            else:
                failures = 0
                self._take(jobs)

    def stop(self) -> None:
        """Let the tickets in hand come to their end; from any thread."""
        self._stopped.set()
        lanes, deadline = list(self._lanes.values()), time.monotonic() + FINISH_SECONDS
        for lane in lanes:
            lane.finish()
        for lane in lanes:
            lane.join(max(0.0, deadline - time.monotonic()))

    def _take(self, jobs: Sequence[Job]) -> None:
        previews = []
        for job in jobs:
            if job.printer.kind == "preview":
                previews.append(job)
            else:
                self._lane(job.printer.id).add(job)
        if previews:
            reports = [self._preview(job) for job in previews]
            self._folder.prune()
            until_heard(lambda: self._office.report_all(reports), self._pause)

    def _lane(self, printer: int) -> Lane:
        if printer not in self._lanes:
            self._lanes[printer] = Lane(self._connect(), self._pause, self._patience)
        return self._lanes[printer]

    def _preview(self, job: Job) -> Report:
        from kiosk.printing import preview  # Pillow is large: only where pictures are drawn

        try:
            paper = PAPERS[job.printer.width_mm]
            self._folder.save(job.id, preview.render(layout(facts_of(job), paper), paper))
        except (ValueError, LookupError, OSError) as error:
            log.warning("job=%d no preview: %s", job.id, error)
            return Report(job.id, FAILED, str(error))
        return Report(job.id, PRINTED)
