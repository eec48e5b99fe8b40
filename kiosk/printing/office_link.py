"""How a print worker talks to the server: it claims jobs and reports what became of them."""

import http.client
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kiosk.printing.printer import Printer

ANSWER_SECONDS = 10.0


class Unreachable(Exception):
    """The server gave no answer, or is in trouble itself: try again later."""


class Refused(Exception):
    """The server's answer is no, and will stay no."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed print job; `facts` as TicketFacts.from_json() takes them."""

    id: int
    printer: Printer
    facts: str | Mapping[str, Any]
    layout_version: int

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Job":
        printer = Printer.from_json(given["printer"])
        return cls(int(given["id"]), printer, given["facts"], given["layout_version"])


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a job: `state` is one of domain.paper.REPORTABLE."""

    job: int
    state: str
    error: str | None = None
    sha256: str | None = None

    def to_json(self) -> dict[str, object]:
        fields: dict[str, object] = {
            "state": self.state,
            "error": self.error,
            "sha256": self.sha256,
        }
        return {name: value for name, value in fields.items() if value is not None}


class OfficeLink:
    """One connection, kept open between requests; for one thread."""

    def __init__(self, url: str, token: str) -> None:
        """`url` http://host:port, `token` the worker's. Raises ValueError for another scheme."""
        address = urlsplit(url)
        if address.scheme != "http" or address.hostname is None:
            raise ValueError(f"not an http address: {url}")
        self._connection = http.client.HTTPConnection(address.hostname, address.port)
        self._authorization = f"Bearer {token}"

    def claim(self, limit: int, wait_seconds: int) -> list[Job]:
        """Up to `limit` jobs, oldest first; the server waits so long for the first one."""
        body = {"limit": limit, "wait_seconds": wait_seconds}
        answer = self._post("/api/print-jobs/claim", body, wait_seconds + ANSWER_SECONDS)
        return [Job.from_json(job) for job in answer["jobs"]]

    def report(self, report: Report) -> None:
        self._post(f"/api/print-jobs/{report.job}/report", report.to_json())

    def report_all(self, reports: Sequence[Report]) -> None:
        listed = [{"id": report.job} | report.to_json() for report in reports]
        self._post("/api/print-jobs/report", {"reports": listed})

    def _post(self, path: str, body: object, seconds: float = ANSWER_SECONDS) -> dict[str, Any]:
        """Raises Unreachable or Refused. The key makes it safe to ask again on a new connection
        when the server has meanwhile closed the old one."""
        headers = {
            "Authorization": self._authorization,
            "Content-Type": "application/json",
            "Idempotency-Key": os.urandom(16).hex(),
        }
        content = json.dumps(body).encode()
        reused = self._connection.sock is not None
        try:
            try:
                status, text = self._exchange(path, content, headers, seconds)
            except ConnectionError:
                if not reused:
                    raise
                status, text = self._exchange(path, content, headers, seconds)
            answer = json.loads(text) if status < 300 else {}
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise Unreachable(f"{path}: {error!r}") from error
        if status >= 500 or status == 429:
            raise Unreachable(f"{path}: status {status}")
        if status >= 300:
            raise Refused(f"{path}: status {status}")
        return dict(answer)

    def _exchange(
        self, path: str, content: bytes, headers: Mapping[str, str], seconds: float
    ) -> tuple[int, bytes]:
        self._connection.timeout = seconds
        if self._connection.sock is not None:
            self._connection.sock.settimeout(seconds)
        try:
            self._connection.request("POST", path, content, dict(headers))
            response = self._connection.getresponse()
            return response.status, response.read()
        except ConnectionError:
            self._connection.close()
            raise
