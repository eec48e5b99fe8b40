"""Two starts at once: the second waits until the first has prepared the folder."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setup.words import say

WAITING = "Another start is preparing this folder, waiting for it ..."

if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _wait_for_lock(file: int) -> None:
        while True:
            try:
                return msvcrt.locking(file, msvcrt.LK_LOCK, 1)  # gives up after 10 s
            except OSError:
                continue
else:
    import fcntl

    def _try_to_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _wait_for_lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Hold the folder's set-up lock; the system frees it however the process ends."""
    folder = root / ".setup"
    folder.mkdir(exist_ok=True)
    file = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        os.set_inheritable(file, True)
        try:
            _try_to_lock(file)
        except OSError:
            print(say(WAITING), file=sys.stderr)
            _wait_for_lock(file)
        yield
    finally:
        os.close(file)
