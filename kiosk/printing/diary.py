"""A worker's own durable record of what it began and how that ended: one small file a printer.

The server may be away, and the worker may be killed. What is written here is told when both are
back, and no job that may be on paper is ever begun again. The file is locked as long as a worker
has it, so that a printer has one worker a machine.
"""

import os
import sqlite3
import time
from pathlib import Path

from kiosk.domain.paper import ON_PAPER, SENDING, UNCONFIRMED
from kiosk.printing.office_link import Report

KEPT = 500
LOST = "worker lost"

_TABLES = """
CREATE TABLE IF NOT EXISTS worker (id TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, job INTEGER NOT NULL, sha256 TEXT NOT NULL,
    state TEXT NOT NULL, error TEXT, length_mm INTEGER, told INTEGER NOT NULL,
    UNIQUE (job, sha256)
);
"""


class Taken(Exception):
    """Another worker on this machine has this printer."""


class Diary:
    """`worker` is this worker's name, new each time; `before` the one that had the file last."""

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        """Raises Taken, sqlite3.Error."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.worker = os.urandom(8).hex()
        self._db = sqlite3.connect(path, isolation_level=None, timeout=0.2)
        self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        try:
            self._db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise Taken(str(error)) from error
        for statement in filter(None, map(str.strip, _TABLES.split(";"))):
            self._db.execute(statement)
        row = self._db.execute("SELECT id FROM worker").fetchone()
        self.before: str | None = row[0] if row else None
        self._db.execute("DELETE FROM worker")
        self._db.execute("INSERT INTO worker VALUES (?)", (self.worker,))
        self._db.execute(
            "UPDATE jobs SET state = ?, error = ?, told = 0 WHERE state = ?",
            (UNCONFIRMED, LOST, SENDING),
        )
        self._db.execute("COMMIT")

    @classmethod
    def wait_for(cls, path: Path, seconds: float, *, durable: bool = True) -> "Diary":
        """The diary, when the worker that has it is gone. Raises Taken after so long."""
        until = time.monotonic() + seconds
        while True:
            try:
                return cls(path, durable=durable)
            except Taken:
                if time.monotonic() > until:
                    raise

    def begin(self, job: int, sha256: str, length_mm: int) -> None:
        """Its first byte is about to go out."""
        self._write(job, sha256, SENDING, None, length_mm, told=True)

    def end(self, job: int, sha256: str, state: str, error: str | None, length_mm: int = 0) -> None:
        """How it ended; to be told."""
        self._write(job, sha256, state, error, length_mm, told=False)

    def _write(
        self, job: int, sha256: str, state: str, error: str | None, length_mm: int, *, told: bool
    ) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO jobs (job, sha256, state, error, length_mm, told)"
            " VALUES (?,?,?,?,?,?)",
            (job, sha256, state, error, length_mm, int(told)),
        )

    def remind(self, job: int, sha256: str) -> bool:
        """Whether this very ticket may be on paper already; then its end is told again."""
        cursor = self._db.execute(
            "UPDATE jobs SET told = 0 WHERE job = ? AND sha256 = ? AND state IN (?, ?, ?)",
            (job, sha256, *ON_PAPER),
        )
        return cursor.rowcount > 0

    def untold(self) -> list[Report]:
        """What the server does not know yet, the oldest first."""
        rows = self._db.execute(
            "SELECT job, state, error, sha256, length_mm FROM jobs WHERE told = 0"
            " ORDER BY number LIMIT 100"
        )
        return [
            Report(job, state, error, sha256 or None, length_mm=length_mm or None)
            for job, state, error, sha256, length_mm in rows
        ]

    def heard(self, reports: list[Report]) -> None:
        """The server has answered to these."""
        if not reports:
            return
        self._db.execute("BEGIN")
        for report in reports:
            self._db.execute(
                "UPDATE jobs SET told = 1 WHERE job = ? AND sha256 = ? AND state = ?",
                (report.job, report.sha256 or "", report.state),
            )
        self._db.execute(
            "DELETE FROM jobs WHERE told = 1 AND number < (SELECT max(number) FROM jobs) - ?",
            (KEPT,),
        )
        self._db.execute("COMMIT")

    def close(self) -> None:
        self._db.close()
