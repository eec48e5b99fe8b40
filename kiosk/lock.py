"""One server for one data folder: a lock file that also says where the server listens."""

import json
import os
import sys
from pathlib import Path
from typing import Any

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

#: On Windows a locked part of a file cannot be read: the lock lies far behind the text.
_FAR = 1 << 20


class AlreadyServed(Exception):
    """Another process has the lock; `port` is where it listens, None if it did not say yet."""

    def __init__(self, port: int | None) -> None:
        self.port = port
        super().__init__(f"port {port}")


class ServerLock:
    """Held from `take()` until the process ends or `release()`."""

    def __init__(self, data: Path) -> None:
        self._path = data / "server.lock"
        self._file: Any = None

    def take(self) -> None:
        """Raises AlreadyServed."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o640)
        file = os.fdopen(descriptor, "r+", encoding="utf-8")
        try:
            _lock(file.fileno())
        except OSError:
            port = _port_in(file.read())
            file.close()
            raise AlreadyServed(port) from None
        file.truncate(0)
        self._file = file

    def say(self, port: int) -> None:
        """Note where this process listens, for a second start that comes too late."""
        self._file.seek(0)
        self._file.write(json.dumps({"port": port, "pid": os.getpid()}))
        self._file.truncate()
        self._file.flush()

    def release(self) -> None:
        if self._file is not None:
            self._file.truncate(0)
            self._file.close()
            self._file = None


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _port_in(text: str) -> int | None:
    try:
        return int(json.loads(text)["port"])
    except (ValueError, KeyError, TypeError):
        return None
