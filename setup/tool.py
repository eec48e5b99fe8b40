"""Runs foreign programs; the failure of one (venv, pip, npm) becomes a sentence."""

import contextlib
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from setup.failure import SetupFailed, explain


def run_tool(
    command: Sequence[str | Path],
    *,
    root: Path,
    what: str,
    lock: str,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> None:
    """Run `command` in `folder` (default: `root`), its output kept in .setup/log.

    Raises SetupFailed with one sentence when it cannot be started or its exit status is not 0.
    """
    log = root / ".setup" / "log"
    try:
        # close_fds=False: the child inherits the lock of setup/lock.py, so an orphan whose parent
        # was killed still keeps the next start waiting. Python opens all other files as private.
        done = subprocess.run(
            command,
            cwd=folder or root,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            close_fds=False,
        )
    except OSError as error:
        raise SetupFailed(f"{command[0]} could not be started: {error}.") from error
    with contextlib.suppress(OSError), log.open("a", encoding="utf-8") as file:
        file.write(f"$ {' '.join(map(str, command))}\n{done.stdout}\n")
    if done.returncode:
        raise SetupFailed(explain(done.stdout, what=what, lock=lock, root=root, log=log))


def run_in_front(
    command: Sequence[str],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    stdout: int | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program that has the terminal to itself: Ctrl-C is its own business, not ours."""
    signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN, which the child would inherit
    sys.stdout.flush()
    return subprocess.run(command, cwd=folder, env=environment, stdout=stdout, encoding="utf-8")
