"""Whatever somebody changes in the stored journal or tables, the check names it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import Finding, Report, verify
from kiosk.store.journal import JOURNALLED
from tests.simulators.busy_day import BusyDay, run_past_the_keeping_time
from tests.simulators.forger import Forger

COLUMNS = ("at", "day", "event", "actor", "device", "data", "hash")


@pytest.fixture(scope="module")
def finished_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a busy day of a few hundred commands; tests copy it."""
    return BusyDay(tmp_path_factory.mktemp("day"), seed=4, closes="20:00").run(400).close()


@pytest.fixture
def forger(finished_day: Path, tmp_path: Path) -> Forger:
    for file in (finished_day, finished_day.with_name(finished_day.name + ".heads")):
        shutil.copy(file, tmp_path)
    return Forger(tmp_path / finished_day.name)


def kinds(report: Report) -> list[str]:
    return [finding.kind for finding in report.findings]


def first(report: Report, kind: str) -> Finding:
    return next(finding for finding in report.findings if finding.kind == kind)


# --- the chain ---


def changed(value: Any) -> Any:
    """The value with its last character another one; of numbers the last digit."""
    if isinstance(value, int):
        return value + 1
    return value[:-1] + chr(ord(value[-1]) ^ 1) if value else "x"


@pytest.mark.parametrize("column", COLUMNS)
def test_a_changed_byte_in_any_entry_is_named(forger: Forger, column: str) -> None:
    last = forger.last()["seq"]

    for seq in (1, last // 2, last):
        (row,) = forger.rows(f"SELECT {column} FROM journal WHERE seq = {seq}")
        with forger.open() as db:
            sql = f"UPDATE journal SET {column} = ? WHERE seq = ?"
            db.execute(sql, (changed(row[0]), seq))
        assert first(verify(forger.path), "chain").seq == seq
        with forger.open() as db:
            db.execute(sql, (row[0], seq))

    assert verify(forger.path).ok


def test_a_byte_that_is_no_text_any_more_is_named(forger: Forger) -> None:
    forger.sql("UPDATE journal SET data = CAST(x'7bff7d' AS TEXT) WHERE seq = 20")

    report = verify(forger.path)

    assert first(report, "chain").seq == first(report, "form").seq == 20


@pytest.mark.parametrize("place", ["first", "middle", "last"])
def test_a_deleted_entry_is_named(forger: Forger, place: str) -> None:
    last = forger.last()["seq"]
    seq = {"first": 1, "middle": last // 2, "last": last}[place]
    forger.sql(f"DELETE FROM journal WHERE seq = {seq}")

    report = verify(forger.path)

    assert first(report, "tail" if place == "last" else "gap").seq == seq


def test_a_cut_tail_is_named_with_its_first_entry(forger: Forger) -> None:
    last = forger.last()["seq"]
    forger.sql(f"DELETE FROM journal WHERE seq > {last - 9}")

    assert first(verify(forger.path), "tail").seq == last - 8


def test_two_swapped_entries_are_named(forger: Forger) -> None:
    forger.sql(
        "UPDATE journal SET seq = 0 WHERE seq = 40",
        "UPDATE journal SET seq = 40 WHERE seq = 41",
        "UPDATE journal SET seq = 41 WHERE seq = 0",
    )

    assert first(verify(forger.path), "chain").seq == 40


def test_a_suffix_sealed_again_shows_in_the_heads_file_alone(forger: Forger) -> None:
    seq = forger.last()["seq"] // 2
    forger.sql(f"UPDATE journal SET actor = 'Petugas 9' WHERE seq = {seq}")
    forger.seal_again()

    report = verify(forger.path)

    assert kinds(report) == ["heads"]
    assert first(report, "heads").seq in range(seq, seq + 3)


def test_without_a_heads_file_the_tail_is_not_proven(forger: Forger) -> None:
    forger.heads.unlink()

    assert kinds(verify(forger.path)) == ["heads_missing"]


def test_another_heads_file_can_be_named(forger: Forger, tmp_path: Path) -> None:
    elsewhere = forger.heads.rename(tmp_path / "noted")

    assert verify(forger.path, elsewhere).ok


@pytest.mark.parametrize("line", ["0 nonsense", f"9999999 {'a' * 64}", f"12 {'a' * 64}"])
def test_a_wrong_line_in_the_heads_file_is_named(forger: Forger, line: str) -> None:
    forger.heads.write_text(f"{line}\n" + forger.heads.read_text())

    assert kinds(verify(forger.path)) == ["tail" if "9999999" in line else "heads"]


def test_time_that_runs_back_is_named(forger: Forger) -> None:
    forger.sql("UPDATE journal SET at = at - 3600000 WHERE seq = 60")
    forger.seal_again(heads=True)

    assert first(verify(forger.path), "order").seq == 60


def test_another_way_of_writing_the_same_is_named(forger: Forger) -> None:
    changes = forger.rows("SELECT seq FROM journal WHERE seq >= 50 AND data LIKE '%\"set\":%'")
    seq = changes[0]["seq"]
    forger.sql(
        f"UPDATE journal SET data = replace(data, '\"set\":', '\"set\": ') WHERE seq = {seq}"
    )
    forger.seal_again(heads=True)

    report = verify(forger.path)

    assert kinds(report) == ["form"]
    assert report.findings[0].seq == seq


def test_a_file_that_is_no_office_is_named(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_bytes(b"no database at all" * 100)

    assert kinds(verify(tmp_path / "office.db")) == ["file"]


# --- the tables ---


@pytest.mark.parametrize("table", JOURNALLED)
def test_every_changed_cell_is_named(forger: Forger, table: str) -> None:
    key = JOURNALLED[table]
    (row,) = forger.rows(f"SELECT * FROM {table} ORDER BY {key} LIMIT 1")
    with forger.open() as db:
        types = {info["name"]: info["type"] for info in db.execute(f"PRAGMA table_info({table})")}
        for column in types.keys() - {key}:
            other = 7 if types[column] == "INTEGER" else "other"
            value = other if row[column] is None else changed(row[column])
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {key} = ?", (value, row[key]))

    findings = verify(forger.path).findings

    assert {(f.kind, f.table, f.key) for f in findings} == {("table", table, str(row[key]))}
    for column in types.keys() - {key}:
        assert sum(f", has {column} " in finding.sentence for finding in findings) == 1


def test_a_changed_cell_is_named_with_the_entry_that_set_it(forger: Forger) -> None:
    (row,) = forger.rows("SELECT id, last_seq FROM tickets WHERE state = 'completed' LIMIT 1")
    forger.sql(f"UPDATE tickets SET state = 'cancelled' WHERE id = {row['id']}")

    assert verify(forger.path).findings[0].seq == row["last_seq"]


@pytest.mark.parametrize("table", JOURNALLED)
def test_a_missing_and_an_extra_row_are_named(forger: Forger, table: str) -> None:
    key = JOURNALLED[table]
    (row,) = forger.rows(f"SELECT max({key}) FROM {table}")
    gone = str(row[0])
    new = "99999" if isinstance(row[0], int) else "zzz"
    forger.sql(f"UPDATE {table} SET {key} = '{new}' WHERE {key} = '{gone}'")

    report = verify(forger.path)

    assert {(f.kind, f.table, f.key) for f in report.findings} == {
        ("table", table, gone),
        ("table", table, new),
    }


def test_dropped_days_that_no_entry_tells_of_are_named(tmp_path: Path) -> None:
    forger = Forger(run_past_the_keeping_time(tmp_path))
    (row,) = forger.rows("SELECT * FROM segments WHERE purged_at IS NULL ORDER BY day LIMIT 1")
    at = forger.last()["at"]
    forger.sql(
        f"UPDATE segments SET purged_at = {at} WHERE day = '{row['day']}'",
        f"DELETE FROM journal WHERE seq <= {row['last_seq']}",
        *(
            f"DELETE FROM {table} WHERE day = '{row['day']}'"
            for table in ("tickets", "visits", "service_days", "days")
        ),
    )

    assert kinds(verify(forger.path)) == ["segment"]


def test_a_changed_seal_of_a_dropped_day_is_named(tmp_path: Path) -> None:
    forger = Forger(run_past_the_keeping_time(tmp_path))
    forger.sql(f"UPDATE segments SET head_hash = '{'a' * 64}' WHERE first_seq = 1")

    assert "segment" in kinds(verify(forger.path))
