"""One connection: what the WSGI server adds to a request, and the access log."""

import logging
import re
from typing import Any

from geventwebsocket.handler import WebSocketHandler

from kiosk.web.headers import Headers

log = logging.getLogger(__name__)
access_log = logging.getLogger("kiosk.access")

IDLE_CONNECTION = 75  # seconds: longer than a screen's poll and a socket's ping
_SECRET = re.compile(r"(/t/|/api/phone/)[^/]+")


class Handler(WebSocketHandler):  # type: ignore[misc]
    """One connection. Adds the address it came in on, and writes the access log."""

    MessageClass = Headers

    def get_environ(self) -> dict[str, Any]:
        environ: dict[str, Any] = super().get_environ()
        environ["kiosk.local_address"] = self._local_address()
        return environ

    def _local_address(self) -> str:
        try:
            address = str(self.socket.getsockname()[0])
        except OSError:
            return ""
        return address.removeprefix("::ffff:")

    def handle(self) -> None:
        self.socket.settimeout(IDLE_CONNECTION)
        super().handle()

    def log_request(self) -> None:
        """method, path without its query and without tokens, status, length, milliseconds.

        Only what was refused: what was done stands in the journal.
        """
        digits = (self.status or b"0")[:3]
        status = int(digits) if digits.isdigit() else 0  # words when the other side has gone
        level = logging.INFO if status >= 400 else logging.DEBUG
        if status < 101 or not access_log.isEnabledFor(level):
            return
        path = _SECRET.sub(r"\1-", (self.path or "").partition("?")[0])
        took = (self.time_finish or 0) - (self.time_start or 0)
        access_log.log(
            level, "method=%s path=%s status=%d bytes=%s ms=%d from=%s",
            self.command, _printable(path), status, self.response_length, took * 1000,
            self.client_address[0] if self.client_address else "-",
        )  # fmt: skip

    @property
    def logger(self) -> logging.Logger:
        return log


def _printable(path: str) -> str:
    return path[:200].encode("ascii", "backslashreplace").decode().replace(" ", "%20")
