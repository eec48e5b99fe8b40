"""The one writer: a real thread that turns whatever waits into one durable transaction."""

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlite_utils import Database

from kiosk.clock import Clock
from kiosk.errors import KioskError, StorageUnavailable
from kiosk.store import journal
from kiosk.store.connection import BUSY_TIMEOUT, data_version, open_database
from kiosk.store.heads import HeadsFile, is_cut
from kiosk.store.transaction import Transaction

log = logging.getLogger(__name__)

MAX_BATCH = 256
PROBE_INTERVAL = 1.0  # seconds between tries to write again after a failure

Command = Callable[[Transaction], Any]


class Waiter(Protocol):
    """Where one caller waits for its outcome."""

    def set(self, outcome: object) -> None: ...
    def wait(self) -> object: ...


class ThreadWaiter:
    """For unpatched programs: command line, tests, simulator."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._outcome: object = None

    def set(self, outcome: object) -> None:
        self._outcome = outcome
        self._done.set()

    def wait(self) -> object:
        self._done.wait()
        return self._outcome


class Notifier(Protocol):
    """Makes waiters, and hands outcomes and commits from the writer's thread to the callers'."""

    def waiter(self) -> Waiter: ...
    def deliver(
        self, outcomes: list[tuple[Waiter, object]], committed: "Commit | None"
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Commit:
    """What became durable: journal rows (first..last), and when (monotonic ns)."""

    first: int
    last: int
    at_ns: int


class ThreadNotifier:
    """Delivers in the writer's thread."""

    def __init__(self) -> None:
        self.listeners: list[Callable[[Commit], None]] = []

    def waiter(self) -> Waiter:
        return ThreadWaiter()

    def deliver(self, outcomes: list[tuple[Waiter, object]], committed: Commit | None) -> None:
        for waiter, outcome in outcomes:
            waiter.set(outcome)
        if committed:
            for listener in self.listeners:
                listener(committed)


class Writer:
    """Runs commands one after the other; each in a savepoint, each batch in one transaction.

    A refused command leaves no trace: savepoint, head and caches go back together. When SQLite
    itself fails (disk full, locked) every command of the batch is refused with StorageUnavailable,
    the state is read again from the file, and `trouble` says why until a write works again.

    threaded=False runs each command at once in the caller's thread (simulator).
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        notifier: Notifier | None = None,
        synchronous: str = "FULL",
        busy_timeout: float = BUSY_TIMEOUT,
        threaded: bool = True,
    ) -> None:
        self.path = path
        self.clock = clock
        self.notifier: Notifier = notifier or ThreadNotifier()
        self.trouble: str | None = None
        self._heads = HeadsFile(path)
        self._db: Database = open_database(path, synchronous=synchronous, busy_timeout=busy_timeout)
        self._version = -1
        # Read before the journal: no line can then be newer than the journal seen here.
        lines = self._read_heads()
        self._head = journal.read_head(self._db)
        self._cache: dict[str, Any] = {}
        self.clock.not_before(self._head.at)
        self.journal_cut = is_cut(self._db, self._head, lines)
        self._noted = self._head.seq if self.journal_cut else 0
        self._note_head()
        self._queue: queue.SimpleQueue[tuple[Command, Waiter] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False
        self._closing = threading.Lock()
        if threaded:
            self._thread = threading.Thread(target=self._loop, name="writer", daemon=True)
            self._thread.start()

    def submit(self, command: Command) -> Any:
        """Run a command and wait until its outcome is durable.

        Returns what the command returned. Raises its KioskError, StorageUnavailable when the file
        cannot be written, or whatever bug it met; in each of these cases nothing was changed.
        """
        waiter: Waiter = self.notifier.waiter() if self._thread else ThreadWaiter()
        with self._closing:
            if self._closed:
                raise StorageUnavailable(reason="closing")
            if self._thread:
                self._queue.put((command, waiter))
        if not self._thread:
            self._run_batch([(command, waiter)])
        outcome = waiter.wait()
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    def close(self) -> None:
        """Finish what waits and refuse what comes later."""
        with self._closing:
            self._closed = True
        if self._thread:
            self._queue.put(None)
            self._thread.join()
        self._db.close()

    @property
    def head(self) -> journal.Head:
        return self._head

    def _loop(self) -> None:
        while True:
            try:
                first = self._queue.get(timeout=PROBE_INTERVAL if self.trouble else None)
            except queue.Empty:
                self._probe()
                continue
            batch = [first]
            while len(batch) < MAX_BATCH and not self._queue.empty():
                batch.append(self._queue.get())
            stop = None in batch
            try:
                self._run_batch([item for item in batch if item is not None])
            except Exception:
                # Whoever was to be told cannot be told any more; the next ones can.
                log.exception("event=delivery_failed")
            if stop:
                return

    def _run_batch(self, batch: list[tuple[Command, Waiter]]) -> None:
        if not batch:
            return
        first = self._head.seq + 1
        outcomes: list[tuple[Waiter, object]] = []
        try:
            self._begin()
            first = self._head.seq + 1
            for command, waiter in batch:
                outcomes.append((waiter, self._run_one(command)))
            self._db.conn.execute("COMMIT")
        except Exception as error:  # noqa: BLE001 - the worker loop; `_fail` logs it
            # Whatever it was: nothing of this batch may stand, and nobody may wait for ever.
            self._fail(error)
            reason = _reason(error)
            self.notifier.deliver([(w, StorageUnavailable(reason=reason)) for _, w in batch], None)
            return
        committed = None
        if self._head.seq >= first:
            committed = Commit(first, self._head.seq, time.monotonic_ns())
        self._note_head()
        self.notifier.deliver(outcomes, committed)

    def _begin(self) -> None:
        self._db.conn.execute("BEGIN IMMEDIATE")
        version = data_version(self._db)
        if version != self._version:
            self._version = version
            self._cache.clear()
            self._head = journal.read_head(self._db)
            self.clock.not_before(self._head.at)

    def _run_one(self, command: Command) -> object:
        """The command's result or its error as a value. A lost transaction is raised."""
        connection, head = self._db.conn, self._head
        now = max(self.clock.now(), head.at)
        tx = Transaction(self._db, head, now, self._cache)
        connection.execute("SAVEPOINT command")
        try:
            result = command(tx)
            if tx.has_unrecorded_changes():
                raise AssertionError("a journalled table was changed without a journal row")
        except Exception as error:
            if isinstance(error, sqlite3.Error) and (
                not connection.in_transaction or _is_storage_failure(error)
            ):
                raise
            connection.execute("ROLLBACK TO command")
            connection.execute("RELEASE command")
            self._cache.clear()
            if not isinstance(error, KioskError):
                log.exception("event=command_failed")
            return error
        connection.execute("RELEASE command")
        self._head = tx.head
        return result

    def _fail(self, error: Exception) -> None:
        """Leave no open transaction and no stale memory behind."""
        self.trouble = _reason(error)
        unforeseen = None if isinstance(error, sqlite3.Error) else error
        log.error("event=storage_unavailable reason=%s", self.trouble, exc_info=unforeseen)
        try:
            if self._db.conn.in_transaction:
                self._db.conn.execute("ROLLBACK")
            self._head = journal.read_head(self._db)
        except sqlite3.Error:
            log.exception("event=storage_unreadable")
        self._cache.clear()
        self._version = -1

    def _probe(self) -> None:
        """Try one small durable write, so that service resumes by itself."""
        try:
            self._db.conn.execute("BEGIN IMMEDIATE")
            self._db.conn.execute(
                "INSERT OR REPLACE INTO probe (id, at) VALUES (1, ?)", (self.clock.now(),)
            )
            self._db.conn.execute("COMMIT")
        except sqlite3.Error as error:
            self._fail(error)
            return
        self._note_head()
        if self.trouble is None:
            log.info("event=storage_available")

    def _read_heads(self) -> list[journal.Head]:
        try:
            return self._heads.last_lines()
        except OSError as error:
            log.error("event=heads_file_not_read error=%s", error.strerror)
            return []

    def _note_head(self) -> None:
        """After a commit: with the head noted too, all is well."""
        trouble = None
        try:
            if self._noted != self._head.seq:
                self._heads.append(self._head)
                self._noted = self._head.seq
        except OSError as error:
            trouble = f"heads file: {error.strerror}"
            log.error("event=heads_file_not_written error=%s", error.strerror)
        self.trouble = trouble


def _is_storage_failure(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_NOTADB,
    )


def _reason(error: Exception) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    names = {
        sqlite3.SQLITE_FULL: "disk full",
        sqlite3.SQLITE_BUSY: "locked",
        sqlite3.SQLITE_LOCKED: "locked",
        sqlite3.SQLITE_IOERR: "input/output error",
        sqlite3.SQLITE_READONLY: "read-only",
    }
    return names.get((code or 0) & 0xFF, str(error))
