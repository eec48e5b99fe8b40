"""What a worker does with a job: it is rendered, and a press makes paper or a picture of it."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from kiosk.domain.paper import LAYOUT_VERSION, OK, PRINTED, SLIP, UNCONFIRMED
from kiosk.printing import escpos, selftest, slip, transport
from kiosk.printing.layout import TicketFacts, layout
from kiosk.printing.links import Patience
from kiosk.printing.office_link import Job
from kiosk.printing.paper import PAPERS, Instruction, Paper, length_mm
from kiosk.printing.preview_folder import PreviewFolder
from kiosk.printing.printer import Printer
from kiosk.printing.transport import Delivery, Reading

Announce = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A job as it goes out: the bytes, and the paper they take."""

    content: bytes
    length_mm: int

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


class Press(Protocol):
    """Where jobs end; `limit` is how many are taken at once."""

    limit: int

    def look(self) -> Reading:
        """How it is."""

    def render(self, job: Job) -> Sheet:
        """Raises ValueError if it cannot be printed by us."""

    def bring(self, job: Job, sheet: Sheet, announce: Announce) -> Delivery:
        """Calls `announce` before anything of it can be seen. Raises TransportError while nothing
        was, and what `announce` raises."""

    def tidy(self) -> None:
        """After all that was taken at once."""


class PaperPress:
    """A real printer."""

    limit = 1

    def __init__(self, printer: Printer, patience: Patience) -> None:
        self._printer, self._patience = printer, patience
        self._is_torn = False

    def look(self) -> Reading:
        return transport.look(self._printer, self._patience)

    def render(self, job: Job) -> Sheet:
        if job.ticket is not None:
            return Sheet(job.ticket, job.length_mm or 0)
        printer = self._printer
        paper = escpos.paper_of(printer.width_mm, printer.profile)
        instructions = instructions_of(job, printer, paper)
        content = escpos.render(instructions, printer.profile, printer.cutter)
        return Sheet(content, round(length_mm(instructions, paper)))

    def bring(self, job: Job, sheet: Sheet, announce: Announce) -> Delivery:
        delivery = transport.send(
            self._printer,
            sheet.content,
            announce,
            self._patience,
            job=job.id,
            separate=self._is_torn,
        )
        self._is_torn = delivery.state == UNCONFIRMED
        return delivery

    def tidy(self) -> None:
        pass


class PreviewPress:
    """Pictures for offices without a printer: `<folder>/<job id>.png`."""

    limit = 20

    def __init__(self, printer: Printer, folder: Path) -> None:
        self._printer = printer
        self._folder = PreviewFolder(folder)

    def look(self) -> Reading:
        return Reading(OK)

    def render(self, job: Job) -> Sheet:
        from kiosk.printing import preview  # Pillow is large: only where pictures are drawn

        paper = PAPERS[self._printer.width_mm]
        instructions = instructions_of(job, self._printer, paper)
        return Sheet(preview.render(instructions, paper), 0)

    def bring(self, job: Job, sheet: Sheet, announce: Announce) -> Delivery:
        self._folder.save(job.id, sheet.content)
        return Delivery(PRINTED)

    def tidy(self) -> None:
        self._folder.prune()


def instructions_of(job: Job, printer: Printer, paper: Paper) -> tuple[Instruction, ...]:
    """What stands on the job's paper. Raises ValueError if its facts are not for this version."""
    if job.layout_version != LAYOUT_VERSION:
        raise ValueError(f"made for layout {job.layout_version}, this is {LAYOUT_VERSION}")
    facts: Any = json.loads(job.facts) if isinstance(job.facts, str) else job.facts
    if isinstance(facts, Mapping) and "document" in facts:
        if facts["document"] == SLIP:
            return slip.layout(facts, paper)
        return selftest.layout(facts, printer, paper)
    return layout(TicketFacts.from_json(facts), paper)
