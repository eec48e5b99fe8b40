"""The server's side of print jobs, as small as it can be: it hands out, it listens, it may fail."""

import contextlib
import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

from kiosk.domain.paper import LAYOUT_VERSION
from kiosk.printing.layout import TicketFacts
from kiosk.printing.printer import Printer

TOKEN = "print worker"
OPEN_TO = {
    "queued": (),
    "claimed": ("sending", "printed", "failed", "queued"),
    "sending": ("printed", "sent", "unconfirmed", "failed", "queued"),
}


class PrintServer:
    """Jobs by id in `jobs`, each with its `state`, `error` and `sha256`; `history` lists the
    reports (id, state) in the order in which they were accepted.

    `failing`: so many requests from now on get a 503; `unheard`: so many are carried out, and the
    connection breaks before the answer. `forget(job)` puts a claimed job back, as
    when its lease has run out; `expire(job)` ends it. `batches` are the sizes of common reports,
    `claims` counts the requests for jobs.
    """

    def __init__(self) -> None:
        self.jobs: dict[int, dict[str, Any]] = {}
        self.history: list[tuple[int, str]] = []
        self.batches: list[int] = []
        self.failing = 0
        self.unheard = 0
        self.claims = 0
        self.changed = threading.Condition()
        self._answers: dict[str, tuple[int, dict[str, Any]]] = {}
        self._closing = False
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True).start()

    def add(self, ticket: TicketFacts, printer: Printer, **changes: object) -> int:
        """Queue a job; returns its id."""
        with self.changed:
            job = len(self.jobs) + 1
            self.jobs[job] = {
                "id": job,
                "ticket": job,
                "copy_no": ticket.copy_no,
                "facts": ticket.to_json(),
                "layout_version": LAYOUT_VERSION,
                "printer": {name: getattr(printer, name) for name in Printer.__slots__},
                "attempts": 0,
                "state": "queued",
                "error": None,
                "sha256": None,
            } | changes
            self.changed.notify_all()
            return job

    def state(self, job: int) -> str:
        with self.changed:
            return str(self.jobs[job]["state"])

    def wait_for(self, condition: Callable[[], bool], seconds: float = 60) -> None:
        """Raises AssertionError if the condition does not come true."""
        with self.changed:
            assert self.changed.wait_for(condition, seconds), self.history

    def wait_until(self, job: int, *states: str) -> None:
        self.wait_for(lambda: self.jobs[job]["state"] in states)

    def forget(self, job: int) -> None:
        with self.changed:
            self.jobs[job]["state"] = "queued"
            self.changed.notify_all()

    def expire(self, job: int) -> None:
        with self.changed:
            self.jobs[job]["state"] = "expired"

    def answer(self, path: str, body: dict[str, Any], key: str) -> tuple[int, dict[str, Any]]:
        with self.changed:
            if self.failing:
                self.failing -= 1
                return 503, {}
            if key in self._answers:
                return self._answers[key]
            answer = self._answer(path.strip("/").split("/"), body)
            if answer[0] == 200:
                self._answers[key] = answer
            self.changed.notify_all()
            return answer

    def _answer(self, path: list[str], body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        match path:
            case ["api", "print-jobs", "claim"]:
                return 200, {"jobs": self._claim(body), "seq": len(self.history)}
            case ["api", "print-jobs", "report"]:
                self.batches.append(len(body["reports"]))
                accepted = [self._report(int(r["id"]), r) for r in body["reports"]]
                return (200 if all(accepted) else 409), {}
            case ["api", "print-jobs", job, "report"]:
                return (200 if self._report(int(job), body) else 409), {}
            case _:
                return 404, {}

    def _claim(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        def queued() -> list[dict[str, Any]]:
            return [job for job in self.jobs.values() if job["state"] == "queued"]

        self.claims += 1
        self.changed.notify_all()
        self.changed.wait_for(lambda: self._closing or queued(), body["wait_seconds"])
        claimed = queued()[: body["limit"]]
        for job in claimed:
            job["state"] = "claimed"
            job["attempts"] += 1
        return claimed

    def _report(self, job: int, report: dict[str, Any]) -> bool:
        row = self.jobs[job]
        if report["state"] not in OPEN_TO.get(row["state"], ()):
            return False
        row.update({name: report[name] for name in ("state", "error", "sha256") if name in report})
        self.history.append((job, report["state"]))
        return True

    def __enter__(self) -> "PrintServer":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self.changed:
            self._closing = True
            self.changed.notify_all()
        self._http.shutdown()
        self._http.server_close()


def _handler(server: PrintServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status, answer = server.answer(self.path, body, self.headers["Idempotency-Key"])
            if self.headers["Authorization"] != f"Bearer {TOKEN}":
                status = 401
            if server.unheard:
                server.unheard -= 1
                self.close_connection = True
                return
            content = json.dumps(answer).encode()
            with contextlib.suppress(ConnectionError):  # a killed worker does not listen any more
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    return Handler
