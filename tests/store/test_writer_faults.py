"""What goes wrong around the writer: the heads file, a listener, the end, a hand at the journal."""

import errno
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import verify
from kiosk.commands import alarms, catalogue, print_work, printers
from kiosk.domain.actor import CLOCK
from kiosk.errors import KioskError, StorageUnavailable
from kiosk.office import Office
from kiosk.store import journal
from kiosk.store.transaction import Transaction
from kiosk.store.writer import Commit, ThreadNotifier
from tests.cast import SUPERVISOR, WORKER, Cast
from tests.replay import is_chain_whole


@pytest.fixture
def cast(tmp_path: Path) -> Any:
    made = Cast(tmp_path)
    made.open(1)
    made.take()
    yield made
    made.office.close()


def heads_of(cast: Cast) -> Path:
    return cast.path.with_name(cast.path.name + ".heads")


def outcome_of(work: Callable[[], Any]) -> Any:
    """What `work` returns or raises in a thread of its own; fails when it does not come back."""
    outcome: list[Any] = []

    def run() -> None:
        try:
            outcome.append(work())
        except KioskError as error:
            outcome.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(10)
    assert outcome, "nobody answered"
    return outcome[0]


# --- the heads file ----------------------------------------------------------------------------


def test_a_heads_file_that_cannot_be_written_is_trouble_until_it_can(cast: Cast) -> None:
    heads, writer = heads_of(cast), cast.office.writer
    whole = heads.read_bytes()
    heads.unlink()
    heads.mkdir()
    cast.take()
    cast.office.tick()
    writer._probe()
    in_between = writer.trouble
    heads.rmdir()
    heads.write_bytes(whole)
    writer._probe()

    assert in_between == "heads file: Is a directory"
    assert writer.trouble is None
    assert heads.read_text().splitlines()[-1].split()[0] == str(writer.head.seq)
    assert is_chain_whole(cast.path)


def test_a_heads_file_that_cannot_be_read_at_the_start_is_trouble_and_no_crash(
    cast: Cast,
) -> None:
    cast.office.close()
    heads_of(cast).unlink()
    heads_of(cast).mkdir()
    office = cast.start()
    trouble = office.writer.trouble
    heads_of(cast).rmdir()
    number = cast.take()["number"]

    assert trouble == "heads file: Is a directory"
    assert number == "A-002"
    assert office.writer.trouble is None


def test_a_line_that_a_power_cut_tore_is_no_sign_of_a_cut_journal(cast: Cast) -> None:
    cast.office.close()
    with heads_of(cast).open("ab") as file:
        file.write(b"12")
    cast.start()
    cast.take()
    cast.office.close()
    office = cast.start()

    assert not office.writer.journal_cut
    assert verify(cast.path).ok


def test_a_heads_line_is_written_whole_or_is_trouble(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    room = [20]

    def nearly_full(descriptor: int, data: bytes) -> int:
        if room[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(descriptor, data[: room[0]])
        room[0] -= written
        return written

    monkeypatch.setattr(os, "write", nearly_full)
    cast.take()
    full = cast.office.writer.trouble
    room[0] = 1_000_000
    cast.take()

    assert full == "heads file: No space left on device"
    assert cast.office.writer.trouble is None
    assert verify(cast.path).ok


def test_a_commit_of_another_program_during_the_start_is_no_sign_of_a_cut_journal(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_head = journal.read_head

    def just_before_a_commit(db: Any) -> Any:
        head = read_head(db)
        monkeypatch.undo()
        cast.take()
        return head

    monkeypatch.setattr(journal, "read_head", just_before_a_commit)
    tool = Office(cast.path, clock=cast.office.clock, threaded=False)
    cut = tool.writer.journal_cut
    tool.close()

    assert not cut


# --- the thread --------------------------------------------------------------------------------


def test_a_listener_that_fails_does_not_end_the_writer(tmp_path: Path) -> None:
    notifier = ThreadNotifier()
    cast = Cast(tmp_path, threaded=True, notifier=notifier)

    def fails(commit: Commit) -> None:
        raise RuntimeError("the hub is gone")

    notifier.listeners.append(fails)
    cast.take()

    assert outcome_of(cast.take)["number"] == "A-002"
    cast.office.close()


def test_after_the_end_everybody_is_refused_and_nobody_waits_for_ever(tmp_path: Path) -> None:
    cast = Cast(tmp_path, threaded=True)
    begun, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> str:
        begun.set()
        go_on.wait(10)
        return "done"

    first: list[Any] = []
    thread = threading.Thread(target=lambda: first.append(cast.office.writer.submit(slow)))
    thread.start()
    begun.wait(10)
    closing = threading.Thread(target=cast.office.close)
    closing.start()
    while not cast.office.writer._closed:
        pass
    late = outcome_of(cast.take)
    go_on.set()
    closing.join(10)
    thread.join(10)

    assert first == ["done"]
    assert isinstance(late, StorageUnavailable)
    assert late.details == {"reason": "closing"}
    assert isinstance(outcome_of(cast.take), StorageUnavailable)


def test_a_fault_that_is_not_sqlites_refuses_the_batch_and_the_writer_goes_on(cast: Cast) -> None:
    writer, head = cast.office.writer, cast.office.writer.head
    now = cast.office.clock.now

    def broken() -> int:
        raise OSError("no clock")

    cast.office.clock.now = broken  # type: ignore[method-assign]
    with pytest.raises(StorageUnavailable):
        writer.submit(lambda tx: None)
    cast.office.clock.now = now  # type: ignore[method-assign]

    assert writer.head == head
    assert cast.take()["number"] == "A-002"


# --- the file ----------------------------------------------------------------------------------


@pytest.mark.parametrize("seq", [1, "(SELECT max(seq) FROM journal)"])
def test_a_journal_row_is_never_replaced(cast: Cast, seq: object) -> None:
    connection = sqlite3.connect(cast.path)

    with pytest.raises(sqlite3.IntegrityError, match="insert-only"):
        connection.execute(
            "INSERT OR REPLACE INTO journal SELECT seq, at, day, event, 'x', device, data, hash"
            f" FROM journal WHERE seq = {seq}"
        )
    connection.close()


def test_a_file_that_became_read_only_refuses_and_service_resumes(cast: Cast) -> None:
    connection = cast.office.writer._db.conn
    connection.execute("PRAGMA query_only = ON")

    with pytest.raises(StorageUnavailable) as refusal:
        cast.take()
    connection.execute("PRAGMA query_only = OFF")

    assert refusal.value.details == {"reason": "read-only"}
    assert cast.take()["number"] == "A-002"
    assert cast.office.writer.trouble is None


@pytest.mark.parametrize("error", [sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL])
def test_a_commit_that_fails_is_refused_and_leaves_nothing(cast: Cast, error: int) -> None:
    writer = cast.office.writer
    head = writer.head

    class Failing:
        """The connection, whose next COMMIT does not reach the disk."""

        def __init__(self, connection: Any) -> None:
            self.connection = connection

        def __getattr__(self, name: str) -> Any:
            return getattr(self.connection, name)

        def execute(self, sql: str, *parameters: Any) -> Any:
            if sql == "COMMIT":
                failure = sqlite3.OperationalError("disk")
                failure.sqlite_errorcode = error
                raise failure
            return self.connection.execute(sql, *parameters)

    real = writer._db.conn
    writer._db.conn = Failing(real)
    with pytest.raises(StorageUnavailable):
        cast.take()
    writer._db.conn = real

    assert not real.in_transaction
    assert writer.head == head
    assert cast.take()["number"] == "A-002"
    assert is_chain_whole(cast.path)


@pytest.mark.parametrize("table", ["print_jobs", "tickets"])
def test_claiming_jobs_and_pacing_do_not_read_all_that_ever_was(cast: Cast, table: str) -> None:
    cast.do(catalogue.set_setting, SUPERVISOR, key="pacing", value="on")
    statements: list[str] = []
    cast.do(
        printers.put_printer, SUPERVISOR, name="P", kind="network", address="127.0.0.1:1",
        status="dle_eot",
    )  # fmt: skip
    cast.take()  # what is remembered is remembered again
    connection = cast.office.writer._db.conn
    connection.set_trace_callback(statements.append)
    cast.take()
    cast.do(print_work.claim_print_jobs, WORKER, printer=2, worker="one", state="ok", limit=5)
    cast.do(alarms.watch_printers, CLOCK)
    connection.set_trace_callback(None)
    scans = [
        (statement, row["detail"])
        for statement in statements
        if statement.startswith(("SELECT", "UPDATE", "DELETE"))
        for row in connection.execute("EXPLAIN QUERY PLAN " + statement)
        if row["detail"].startswith(f"SCAN {table}")
        # These two hold only what is open.
        and not row["detail"].endswith(("print_jobs_open", "print_jobs_unsettled"))
    ]

    assert scans == []
