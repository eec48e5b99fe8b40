"""A process beside the server that is started again when it dies."""

import logging
import os
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import gevent

from kiosk.errors import KioskError

log = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds
STEADY = 30.0  # seconds: one that lived so long begins again with the shortest pause
PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)
END_SECONDS = 10.0


class Child:
    """Runs `command` with `secrets` in its environment. Its standard input closes with us.

    `before` is called each time before it starts: what its predecessor left is put right there.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        secrets: Mapping[str, str],
        before: Callable[[], object],
    ) -> None:
        self._before = before
        self._name = name
        self._command = list(command)
        self._secrets = dict(secrets)
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper: Any = None

    def start(self) -> None:
        """Start it and keep it running."""
        self._keeper = gevent.spawn(self._keep)

    def stop(self) -> None:
        """Close its standard input, which asks it to end, and see that it does."""
        if self._keeper is not None:
            self._keeper.kill()
        process = self._process
        if process is None or process.poll() is not None:
            return
        assert process.stdin is not None
        process.stdin.close()
        until = time.monotonic() + END_SECONDS
        while process.poll() is None and time.monotonic() < until:
            gevent.sleep(0.02)  # the server still listens to its last words
        if process.poll() is None:
            process.kill()
            process.wait()

    def _keep(self) -> None:
        failures = 0
        while True:
            began = time.monotonic()
            try:
                self._before()
            except KioskError as error:
                log.warning("event=child_waits name=%s reason=%s", self._name, error.code)
                gevent.sleep(PAUSES[0])
                continue
            self._process = process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, env={**os.environ, **self._secrets}
            )
            while process.poll() is None:
                gevent.sleep(LOOK_EVERY)
            assert process.stdin is not None
            process.stdin.close()
            lived = time.monotonic() - began
            failures = 0 if lived > STEADY else failures + 1
            pause = PAUSES[min(failures, len(PAUSES) - 1)]
            log.warning(
                "event=child_ended name=%s status=%s again_in=%d",
                self._name, process.returncode, pause,
            )  # fmt: skip
            gevent.sleep(pause)
