"""Paper: printers, the print worker's jobs, and pictures of the newest tickets."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from flask import Response, send_file

from kiosk.commands import ROLES, Answer, paper
from kiosk.domain.actor import STAFF_ROLES
from kiosk.domain.paper import PRINTER_KINDS, REPORTABLE
from kiosk.errors import NotFound
from kiosk.web.routes import Call, Route
from kiosk.web.wire import Body, Id, OptionalText, Text

AGAIN_AFTER = 0.05
"""Seconds: under load, jobs are claimed in heaps."""


class Claim(Body):
    limit: Annotated[int, msgspec.Meta(ge=1, le=100)] = 20
    wait_seconds: Annotated[int, msgspec.Meta(ge=0, le=30)] = 0


class Report(Body):
    state: Literal[REPORTABLE]  # type: ignore[valid-type]
    error: OptionalText | None = None
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None


class ReportOf(Report, kw_only=True):
    id: Id


class Reports(Body):
    reports: Annotated[list[ReportOf], msgspec.Meta(max_length=200)]


class PutPrinter(Body):
    name: Text
    kind: Literal[PRINTER_KINDS]  # type: ignore[valid-type]
    address: OptionalText = ""
    width_mm: Literal[58, 80] = 80
    profile: OptionalText = ""
    status: OptionalText = "none"
    cutter: bool = True
    active: bool = True
    printer: Id | None = None


def _claim(call: Call) -> Answer:
    """Waits for the first job up to wait_seconds, so that a worker need not ask again and again."""
    by, body, site = call.caller().actor(), call.body, call.site
    until = site.monotonic() + body.wait_seconds * 1000
    while True:
        answer = call.do(paper.claim_print_jobs, by, limit=body.limit)
        left = (until - site.monotonic()) / 1000
        if answer["jobs"] or left <= 0 or not site.next_change(left, AGAIN_AFTER):
            return answer


def _report(call: Call) -> Answer:
    by = call.caller().actor(call.key)
    reports = [_said(call.body) | {"id": call.path["job_id"]}]
    return call.do(paper.report_print_jobs, by, reports=reports)


def _report_all(call: Call) -> Answer:
    by = call.caller().actor(call.key)
    return call.do(paper.report_print_jobs, by, reports=[_said(r) for r in call.body.reports])


def _said(report: Report) -> dict[str, Any]:
    return msgspec.structs.asdict(report)


def _previews(call: Call) -> Answer:
    drawn = {int(p.stem) for p in _folder(call).glob("*.png") if p.stem.isdigit()}
    jobs = call.site.board.print_jobs(sorted(drawn))
    return {"items": [job | {"url": f"/preview/{job['id']}.png"} for job in jobs]}


def _preview(call: Call) -> Response:
    path = _folder(call) / f"{call.path['job_id']}.png"
    if not path.is_file():
        raise NotFound()
    response = send_file(path, mimetype="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


def _folder(call: Call) -> Path:
    return call.site.config.data / "preview"


_STAFF = frozenset(STAFF_ROLES)

ROUTES = (
    Route("POST", "/api/printers", "Add a printer or change one", PutPrinter, paper.put_printer),
    Route("POST", "/api/print-jobs/claim", "Jobs for a print worker, with a lease", Claim,
          handler=_claim, roles=ROLES["claim_print_jobs"]),
    Route("POST", "/api/print-jobs/<id:job_id>/report", "What became of a job", Report,
          handler=_report, roles=ROLES["report_print_jobs"]),
    Route("POST", "/api/print-jobs/report", "What became of several jobs", Reports,
          handler=_report_all, roles=ROLES["report_print_jobs"]),
    Route("GET", "/api/preview", "Print jobs that have a picture, newest first",
          handler=_previews, roles=_STAFF),
    Route("GET", "/preview/<id:job_id>.png", "Picture of a ticket", handler=_preview,
          roles=_STAFF, media="image/png"),
)  # fmt: skip
