"""Paper: printers, their workers' jobs, alarms, and pictures of the newest tickets."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from flask import Response, send_file

from kiosk.commands import ROLES, Answer, alarms, print_work, printers
from kiosk.domain.actor import KIOSK, STAFF_ROLES
from kiosk.domain.paper import (
    PRINTER_KINDS,
    PRINTER_STATES,
    PROBES,
    REPORTABLE,
    STATUS_ABILITIES,
)
from kiosk.errors import NotFound
from kiosk.web.routes import Call, Route
from kiosk.web.wire import Body, Id, Nothing, OptionalText, Text

WORKER = r"^[0-9A-Za-z._-]{1,64}$"
Worker = Annotated[str, msgspec.Meta(pattern=WORKER)]
Hash = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Millimetres = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class Report(Body):
    """`bytes` is base64."""

    id: Id
    state: Literal[REPORTABLE]  # type: ignore[valid-type]
    error: OptionalText | None = None
    sha256: Hash | None = None
    bytes: Annotated[str, msgspec.Meta(max_length=60_000, pattern="^[0-9A-Za-z+/=]*$")] | None = (
        None
    )
    length_mm: Millimetres | None = None


Reports = Annotated[list[Report], msgspec.Meta(max_length=200)]


class Claim(Body):
    printer: Id
    worker: Worker
    after: Worker | None = None
    limit: Annotated[int, msgspec.Meta(ge=0, le=100)] = 1
    wait_seconds: Annotated[float, msgspec.Meta(ge=0, le=30)] = 0
    state: Literal[PRINTER_STATES] | None = None  # type: ignore[valid-type]
    answer: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{0,128}$")] = ""
    reports: Reports = msgspec.field(default_factory=list)


class ReportJobs(Body):
    printer: Id
    worker: Worker
    reports: Reports


class Leave(Body):
    printer: Id
    worker: Worker


class PutPrinter(Body):
    name: Text
    kind: Literal[PRINTER_KINDS]  # type: ignore[valid-type]
    address: OptionalText = ""
    width_mm: Literal[58, 80] = 80
    profile: OptionalText = ""
    status: Literal[STATUS_ABILITIES] = "none"  # type: ignore[valid-type]
    probe: Literal[PROBES] = "gsr"  # type: ignore[valid-type]
    cutter: bool = True
    active: bool = True
    agent: Id | None = None
    roll_mm: Millimetres | None = None
    printer: Id | None = None


class PrintTest(Body):
    kind: Literal[printers.TESTS] = "test"  # type: ignore[valid-type]


class ChangeRoll(Body):
    roll_mm: Millimetres | None = None


class Settle(Body):
    came_out: bool


def _claim(call: Call) -> Answer:
    """Waits for the first job up to wait_seconds, so that a worker need not ask again and again."""
    by, body, site = call.caller().actor(), call.body, call.site
    until = site.monotonic() + body.wait_seconds * 1000
    reports = [_said(report) for report in body.reports]
    turn = {"printer": body.printer, "worker": body.worker}
    answer = call.do(
        print_work.claim_print_jobs, by, **turn, after=body.after, limit=body.limit,
        state=body.state, answer=body.answer, reports=reports,
    )  # fmt: skip
    if reports or body.state:
        site.nudge()  # something may have gone to another printer
    while body.limit and not answer["jobs"]:
        left = (until - site.monotonic()) / 1000
        if left <= 0:
            break
        if site.board.is_print_job_waiting(body.printer):
            answer = call.do(print_work.claim_print_jobs, by, **turn, limit=body.limit)
        elif not site.next_change(left, 0):
            break
    return answer


def _report_jobs(call: Call) -> Answer:
    by, body = call.caller().actor(), call.body
    reports = [_said(report) for report in body.reports]
    answer = call.do(
        print_work.report_print_jobs, by, printer=body.printer, worker=body.worker, reports=reports
    )
    call.site.nudge()
    return answer


def _said(report: Report) -> dict[str, Any]:
    return msgspec.structs.asdict(report)


def _agent_printers(call: Call) -> Answer:
    """Whom the agent keeps workers for."""
    device = call.reader().device
    return {"printers": call.site.board.agent_printers(device)}


def _print_test(call: Call) -> Answer:
    by, printer = call.caller().actor(call.key), call.path["printer"]
    answer = call.do(printers.print_test, by, printer=printer, kind=call.body.kind)
    call.site.nudge()  # no row of the journal wakes the worker
    return answer


def _printer_health(call: Call) -> Answer:
    return call.site.board.printer_health(call.path["printer"])


def _alarm_history(call: Call) -> Answer:
    return {"alarms": call.site.board.alarm_history(200)}


def _ticket_paper(call: Call) -> Answer:
    """What the kiosk says of the paper of a number that it gave."""
    place = call.reader().place
    return call.site.board.ticket_paper(call.path["ticket_id"], place)


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
    Route("POST", "/api/printers", "Add a printer or change one", PutPrinter,
          printers.put_printer),
    Route("POST", "/api/printers/<id:printer>/test", "Print a page without a number", PrintTest,
          handler=_print_test, roles=ROLES["print_test"]),
    Route("POST", "/api/printers/<id:printer>/roll", "A new roll is in", ChangeRoll,
          printers.change_roll),
    Route("GET", "/api/printers/<id:printer>/health", "How a printer is and what it did last",
          handler=_printer_health, roles=_STAFF),
    Route("POST", "/api/print-jobs/<id:job_id>/settle", "It came out, or a copy is needed", Settle,
          printers.settle_print_job),
    Route("POST", "/api/alarms/<id:alarm>/acknowledge", "Somebody takes care of it", Nothing,
          alarms.acknowledge_alarm),
    Route("GET", "/api/alarms", "Alarms about paper, newest first", handler=_alarm_history,
          roles=_STAFF),
    Route("GET", "/api/agent/printers", "The printers that an agent serves",
          handler=_agent_printers, roles=ROLES["claim_print_jobs"]),
    Route("POST", "/api/print-jobs/claim", "A worker's turn: what it says, and its next jobs",
          Claim, handler=_claim, roles=ROLES["claim_print_jobs"]),
    Route("POST", "/api/print-jobs/report", "What became of jobs", ReportJobs,
          handler=_report_jobs, roles=ROLES["report_print_jobs"]),
    Route("POST", "/api/print-jobs/leave", "A worker ends in order", Leave,
          print_work.leave_printer),
    Route("GET", "/api/tickets/<id:ticket_id>/paper", "What became of a ticket's paper",
          handler=_ticket_paper, roles=frozenset({KIOSK})),
    Route("GET", "/api/preview", "Print jobs that have a picture, newest first",
          handler=_previews, roles=_STAFF),
    Route("GET", "/preview/<id:job_id>.png", "Picture of a ticket", handler=_preview,
          roles=_STAFF, media="image/png"),
)  # fmt: skip
