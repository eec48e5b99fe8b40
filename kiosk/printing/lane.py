"""One printer's jobs, in order and one at a time, on a thread of their own."""

import hashlib
import logging
import queue
import threading
from collections.abc import Callable

from kiosk.domain.paper import FAILED, LAYOUT_VERSION, QUEUED, SENDING
from kiosk.printing import escpos, transport
from kiosk.printing.layout import TicketFacts, layout
from kiosk.printing.links import Patience, TransportError
from kiosk.printing.office_link import Job, OfficeLink, Refused, Report, Unreachable

log = logging.getLogger(__name__)

FAULT_PAUSES = (0.5, 1.0, 2.0)
"""Seconds before the next try with a printer that took nothing, the last one ever again."""
REPORT_RETRIES = (0.5, 1.0, 2.0, 4.0, 5.0, 5.0, 5.0, 5.0)

Pause = Callable[[float], object]
"""Waits so many seconds; ends early when the worker stops."""


class Lane:
    """Renders, announces, sends and reports. A printer that is stuck holds up only its own lane."""

    def __init__(self, office: OfficeLink, pause: Pause, patience: Patience) -> None:
        self._office, self._pause, self._patience = office, pause, patience
        # By job id, so that one that was given back and claimed again does not lose its place.
        self._jobs: queue.PriorityQueue[tuple[int, Job | None]] = queue.PriorityQueue()
        self._known: set[int] = set()
        self._faults = 0
        self._finishing = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def add(self, job: Job) -> None:
        """Line up a job. One that waits here already is not taken twice: when its lease runs out,
        the server hands it out again."""
        if job.id not in self._known:
            self._known.add(job.id)
            self._jobs.put((job.id, job))

    def finish(self) -> None:
        """Let the job in hand come to its end, and begin no other. Returns at once."""
        self._finishing = True
        self._jobs.put((0, None))

    def join(self, seconds: float) -> None:
        """Wait so long for the end."""
        self._thread.join(seconds)

    def _run(self) -> None:
        while (job := self._jobs.get()[1]) is not None and not self._finishing:
            self._known.discard(job.id)
            try:
                report = self._print(job)
                if report is not None:
                    self._conclude(job, report)
            except Exception:
                log.exception("job=%d given up", job.id)

    def _print(self, job: Job) -> Report | None:
        """Bring it to paper; returns what to report, if anything."""

        def announce() -> None:
            digest = hashlib.sha256(ticket).hexdigest()
            self._office.report(Report(job.id, SENDING, sha256=digest))

        try:
            ticket = render(job)
            delivery = transport.send(job.printer, ticket, announce, self._patience)
        except (Refused, Unreachable) as error:
            # Expired, cancelled, somebody else's, or no server: without its word nothing is sent.
            log.warning("job=%d not sent: %s", job.id, error)
            return None
        except ValueError as error:
            return Report(job.id, FAILED, str(error))
        except TransportError as error:
            return Report(job.id, FAILED if error.permanent else QUEUED, str(error))
        return Report(job.id, delivery.state, delivery.error)

    def _conclude(self, job: Job, report: Report) -> None:
        level = logging.WARNING if report.error else logging.INFO
        log.log(
            level, "job=%d printer=%d %s %s", job.id, job.printer.id, report.state, report.error
        )
        until_heard(lambda: self._office.report(report), self._pause)
        if report.state == QUEUED:
            # Given back, it is handed out again until its time is over.
            self._pause(FAULT_PAUSES[min(self._faults, len(FAULT_PAUSES) - 1)])
            self._faults += 1
        else:
            self._faults = 0


def render(job: Job) -> bytes:
    """The bytes for the job's printer. Raises ValueError if the job cannot be printed by us."""
    facts = facts_of(job)
    paper = escpos.paper_of(job.printer.width_mm, job.printer.profile)
    return escpos.render(layout(facts, paper), job.printer.profile, job.printer.cutter)


def facts_of(job: Job) -> TicketFacts:
    """The frozen facts. Raises ValueError if they were frozen for another layout."""
    if job.layout_version != LAYOUT_VERSION:
        raise ValueError(f"made for layout {job.layout_version}, this is {LAYOUT_VERSION}")
    return TicketFacts.from_json(job.facts)


def until_heard(report: Callable[[], None], pause: Pause) -> None:
    """Report what happened until the server has it. When it refuses, or stays away for long, it
    finds out by itself: the lease runs out, and the job was announced."""
    for wait in REPORT_RETRIES:
        try:
            return report()
        except Refused as error:
            log.warning("report refused: %s", error)
            return None
        except Unreachable as error:
            log.warning("report not heard: %s", error)
            pause(wait)
    return None
