"""How an agent and its print workers talk to the server: they claim jobs and report on them."""

import base64
import http.client
import json
import socket
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from kiosk.domain.paper import SENDING
from kiosk.printing.printer import Printer

ANSWER_SECONDS = 10.0


class Unreachable(Exception):
    """The server gave no answer, or is in trouble itself: try again later."""


class Refused(Exception):
    """The server's answer is no, and will stay no. `code` is the server's word for why."""

    def __init__(self, message: str, code: str = "") -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed print job; `facts` as the layouts take them; kind: ticket, reprint, test, selftest.

    `ticket` are its bytes if it was rendered for this printer before, `length_mm` their paper.
    """

    id: int
    kind: str
    facts: str | Mapping[str, Any]
    layout_version: int
    ticket: bytes | None = None
    length_mm: int | None = None

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Job":
        ticket = given.get("bytes")
        return cls(
            int(given["id"]),
            given["kind"],
            given["facts"],
            given["layout_version"],
            base64.b64decode(ticket) if ticket else None,
            given.get("length_mm"),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a job: `state` is one of domain.paper.REPORTABLE."""

    job: int
    state: str
    error: str | None = None
    sha256: str | None = None
    ticket: bytes | None = None
    length_mm: int | None = None

    def to_json(self) -> dict[str, object]:
        fields: dict[str, object] = {
            "id": self.job,
            "state": self.state,
            "error": _short(self.error),
            "sha256": self.sha256,
            "bytes": base64.b64encode(self.ticket).decode() if self.ticket is not None else None,
            "length_mm": self.length_mm,
        }
        return {name: value for name, value in fields.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Turn:
    """What the server answers when a worker asks for work."""

    jobs: list[Job]
    printer: Printer


class OfficeLink:
    """One connection, kept open between requests; for one thread."""

    def __init__(self, url: str, token: str) -> None:
        """`url` http[s]://host[:port]. Raises ValueError for another scheme."""
        address = urlsplit(url)
        kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
        if address.scheme not in kinds or address.hostname is None:
            raise ValueError(f"not an address of a server, such as http://192.168.1.10:8017: {url}")
        self._connection = kinds[address.scheme](address.hostname, address.port)
        self._authorization = f"Bearer {token}"
        self._hung_up = False

    def printers(self) -> list[Printer]:
        """The printers that this agent serves."""
        return [
            Printer.from_json(row) for row in self._ask("GET", "/api/agent/printers")["printers"]
        ]

    def heartbeat(self) -> None:
        self._ask("POST", "/api/heartbeat", {})

    def claim(
        self,
        printer: int,
        worker: str,
        *,
        after: str | None = None,
        limit: int = 1,
        wait_seconds: float = 0,
        state: str | None = None,
        answers: bytes = b"",
        reports: Sequence[Report] = (),
    ) -> Turn:
        """One turn: how the printer is, what became of jobs, and up to `limit` new ones, the oldest
        first; the server waits so long for the first one."""
        body: dict[str, object] = {
            "printer": printer,
            "worker": worker,
            "limit": limit,
            "wait_seconds": wait_seconds,
            "reports": [report.to_json() for report in reports],
        }
        if after:
            body["after"] = after
        if state:
            body |= {"state": state, "answer": answers.hex()}
        answer = self._ask("POST", "/api/print-jobs/claim", body, wait_seconds + ANSWER_SECONDS)
        jobs = [Job.from_json(job) for job in answer["jobs"]]
        return Turn(jobs, Printer.from_json(answer["printer"]))

    def announce(
        self, printer: int, worker: str, job: int, ticket: bytes, sha256: str, length_mm: int
    ) -> None:
        """A job's bytes are about to go out. Raises Refused when it is not to be printed."""
        report = Report(job, SENDING, None, sha256, ticket, length_mm)
        body = {"printer": printer, "worker": worker, "reports": [report.to_json()]}
        self._ask("POST", "/api/print-jobs/report", body)

    def leave(self, printer: int, worker: str) -> None:
        """Nobody works this printer any more."""
        self._ask("POST", "/api/print-jobs/leave", {"printer": printer, "worker": worker})

    def hang_up(self) -> None:
        """Let whoever waits for an answer get an Unreachable; from any thread."""
        self._hung_up = True
        waiting = self._connection.sock
        if waiting is not None:
            with suppress(OSError):
                waiting.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._connection.close()

    def _ask(
        self, method: str, path: str, body: object = None, seconds: float = ANSWER_SECONDS
    ) -> dict[str, Any]:
        """Raises Unreachable or Refused. What a worker says may be said twice, so a request is made
        again when the server has meanwhile closed the old connection."""
        headers = {"Authorization": self._authorization, "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        reused = self._connection.sock is not None
        try:
            try:
                status, text = self._exchange(method, path, content, headers, seconds)
            except ConnectionError:
                if not reused or self._hung_up:
                    raise
                status, text = self._exchange(method, path, content, headers, seconds)
            answer = json.loads(text) if text else {}
        except (OSError, http.client.HTTPException, ValueError) as error:
            self._connection.close()
            raise Unreachable(f"{path}: {error!r}") from error
        if status >= 500 or status == 429:
            raise Unreachable(f"{path}: status {status}")
        if status >= 300:
            code = str(answer.get("code", ""))
            raise Refused(f"{path}: status {status} {code}", code)
        return dict(answer)

    def _exchange(
        self,
        method: str,
        path: str,
        content: bytes | None,
        headers: Mapping[str, str],
        seconds: float,
    ) -> tuple[int, bytes]:
        self._connection.timeout = seconds
        if self._connection.sock is not None:
            self._connection.sock.settimeout(seconds)
        try:
            self._connection.request(method, path, content, dict(headers))
            response = self._connection.getresponse()
            return response.status, response.read()
        except ConnectionError:
            self._connection.close()
            raise


def _short(text: str | None) -> str | None:
    """What the server takes: 200 letters, no control characters."""
    return None if text is None else "".join(c if c >= " " else " " for c in text)[:200]
