"""The one writer: durable together, refused together, and back by itself."""

import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from kiosk.commands import calling, catalogue, day, tickets
from kiosk.errors import KioskError, StorageUnavailable
from kiosk.store.connection import open_reader
from kiosk.store.transaction import Transaction
from tests.cast import KIOSK, SUPERVISOR, Cast, staff
from tests.replay import differences, is_chain_whole

#: Every command an office can be asked for, with arguments that would succeed.
COMMANDS: list[tuple[Any, Any, dict[str, Any]]] = [
    (tickets.issue_ticket, KIOSK, {"service": "biodata"}),
    (calling.call_next, staff(1), {"counter": 1}),
    (tickets.cancel_ticket, SUPERVISOR, {"ticket_id": 0}),
    (catalogue.suspend_service, SUPERVISOR, {"code": "family", "cause": "link"}),
    (catalogue.set_setting, SUPERVISOR, {"key": "name", "value": "Kantor"}),
    (day.stop_numbers, SUPERVISOR, {}),
    (day.close_day, SUPERVISOR, {}),
]


@pytest.fixture
def busy(tmp_path: Path) -> Any:
    """An open office with a waiting ticket and a short patience for locks."""
    cast = Cast(tmp_path, busy_timeout=0.05)
    cast.open(1)
    cast.take()
    yield cast
    cast.office.close()


def pages(cast: Cast, count: int | None) -> None:
    """Let the file grow no further than it is (or by `count` pages); None: without bound."""
    connection = cast.office.writer._db.conn
    now = connection.execute("PRAGMA page_count").fetchone()[0]
    limit = 1_000_000_000 if count is None else now + count
    connection.execute(f"PRAGMA max_page_count = {limit}")


@pytest.mark.parametrize(("command", "by", "named"), COMMANDS)
def test_a_locked_file_refuses_every_command_and_changes_nothing(
    busy: Cast, command: Any, by: Any, named: dict[str, Any]
) -> None:
    if named.get("ticket_id") == 0:
        named = {"ticket_id": busy.take()["id"]}
    head = busy.office.writer.head
    other = sqlite3.connect(busy.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StorageUnavailable) as refusal:
        busy.do(command, by, **named)
    other.execute("ROLLBACK")
    other.close()

    assert refusal.value.details == {"reason": "locked"}
    assert busy.office.writer.head == head
    assert busy.office.writer.trouble == "locked"
    busy.do(command, by, **named)
    assert busy.office.writer.trouble is None
    assert differences(busy.path) == []


def test_a_disk_that_fills_up_in_mid_batch_refuses_the_whole_batch(busy: Cast) -> None:
    writer = busy.office.writer
    head = writer.head
    outcomes: list[Any] = []

    class Collect:
        def set(self, outcome: object) -> None:
            outcomes.append(outcome)

        def wait(self) -> object:
            return None

    def take(tx: Transaction) -> Any:
        tx.day = "2026-11-27"
        return tickets.issue_ticket(tx, KIOSK, service="biodata")

    pages(busy, 2)
    writer._run_batch([(take, Collect()) for _ in range(200)])

    assert len(outcomes) == 200
    assert all(isinstance(outcome, StorageUnavailable) for outcome in outcomes)
    assert writer.head == head
    assert writer.trouble == "disk full"
    pages(busy, None)
    number = busy.take()["number"]
    assert number == "A-002"
    assert writer.trouble is None
    assert is_chain_whole(busy.path)
    assert differences(busy.path) == []


def test_service_resumes_by_itself_when_there_is_room_again(busy: Cast) -> None:
    pages(busy, 0)
    refused = 0
    while refused == 0:
        try:
            busy.take()
        except StorageUnavailable:
            refused += 1
    assert busy.office.writer.trouble == "disk full"

    pages(busy, None)
    busy.office.writer._probe()

    assert busy.office.writer.trouble is None


def test_a_refused_command_takes_head_and_counts_back_with_it(busy: Cast) -> None:
    def refuses_late(tx: Transaction, by: Any) -> dict[str, Any]:
        tickets.issue_ticket(tx, KIOSK, service="biodata")
        raise KioskError

    from kiosk.commands import ROLES

    ROLES["refuses_late"] = frozenset({"kiosk"})
    head = busy.office.writer.head

    with pytest.raises(KioskError):
        busy.do(refuses_late, KIOSK)
    del ROLES["refuses_late"]

    assert busy.office.writer.head == head
    assert busy.take()["number"] == "A-002"


def test_a_change_without_a_journal_row_is_a_bug_that_changes_nothing(busy: Cast) -> None:
    def forgets(tx: Transaction, by: Any) -> dict[str, Any]:
        tx.update("days", tx.day, {}, risk_calls=7)
        return {}

    from kiosk.commands import ROLES

    ROLES["forgets"] = frozenset({"kiosk"})

    with pytest.raises(AssertionError):
        busy.do(forgets, KIOSK)
    del ROLES["forgets"]

    assert differences(busy.path) == []


def test_another_program_on_the_same_file_is_seen_before_the_next_command(busy: Cast) -> None:
    from kiosk.clock import Clock
    from kiosk.office import Office

    tool = Office(busy.path, clock=Clock(busy.time.wall, busy.time.monotonic), threaded=False)
    tool.do(catalogue.set_setting, SUPERVISOR, key="name", value="Kantor Lain")
    tool.do(tickets.issue_ticket, KIOSK, service="biodata")

    assert busy.take()["number"] == "A-003"
    tool.close()
    assert is_chain_whole(busy.path)
    assert differences(busy.path) == []


def test_twenty_kiosks_at_once_get_two_thousand_numbers(tmp_path: Path) -> None:
    cast = Cast(tmp_path, threaded=True)
    cast.open(1)
    numbers: list[str] = []

    def kiosk(index: int) -> None:
        for attempt in range(100):
            key = f"{index}-{attempt}"
            first = cast.take(key=key)
            if attempt % 10 == 0:
                assert cast.take(key=key) == first
            numbers.append(first["number"])

    threads = [threading.Thread(target=kiosk, args=(index,)) for index in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(numbers)) == len(numbers) == 2000
    assert "A-1000" in numbers
    cast.office.close()
    assert is_chain_whole(cast.path)


def test_eight_counters_calling_at_once_never_call_the_same_ticket(tmp_path: Path) -> None:
    cast = Cast(tmp_path, counters=8, threaded=True)
    cast.open(*range(1, 9))
    for index in range(400):
        cast.take(travel_minutes=[None, 15, 45][index % 3], priority=index % 10 == 0)
    called: list[int] = []

    def work(number: int) -> None:
        from kiosk.commands import passing

        answer = cast.call(number)
        while answer is not None:
            called.append(answer["id"])
            cast.at(number, calling.start)
            answer = cast.at(number, passing.finish, then_call_next=True)["next"]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(called) == len(set(called)) == 400
    cast.office.close()
    assert differences(cast.path) == []


def test_the_journal_cannot_be_changed_or_deleted(busy: Cast) -> None:
    connection = sqlite3.connect(busy.path)

    for statement in ("UPDATE journal SET at = 0 WHERE seq = 1", "DELETE FROM journal"):
        with pytest.raises(sqlite3.IntegrityError, match="insert-only"):
            connection.execute(statement)
    connection.close()


def test_a_journal_shorter_than_its_heads_file_is_noticed_at_the_start(busy: Cast) -> None:
    last = busy.office.writer.head.seq
    busy.office.close()
    connection = sqlite3.connect(busy.path)
    connection.execute("DROP TRIGGER journal_is_never_deleted")
    connection.execute("DELETE FROM journal WHERE seq = ?", (last,))
    connection.commit()
    connection.close()

    office = busy.start()

    assert office.writer.journal_cut


def test_readers_see_only_what_is_durable(busy: Cast) -> None:
    reader = open_reader(busy.path)

    before = reader.conn.execute("SELECT count(*) FROM tickets").fetchone()[0]
    with pytest.raises(sqlite3.OperationalError):
        reader.conn.execute("DELETE FROM tickets")

    assert before == 1
    reader.close()
