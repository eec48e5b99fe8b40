"""Honest days are proven, whatever people did; the check stands alone and can trace a paper."""

import ast
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import verify as audit
from kiosk.audit.verify import trace, verify
from kiosk.commands import calling, catalogue, day, passing, tickets
from tests.cast import SUPERVISOR, Cast
from tests.simulators.busy_day import BusyDay, run_past_the_keeping_time

ROOT = Path(audit.__file__).parents[2]


@pytest.mark.parametrize("seed", range(1, 7))
def test_a_busy_day_is_proven(tmp_path: Path, seed: int) -> None:
    path = BusyDay(tmp_path, seed, closes="20:00").run(400).close()

    report = verify(path)

    assert report.findings == []
    assert report.checked["calls"] > 30
    with sqlite3.connect(path) as db:
        called = (
            "event = 'ticket_called' AND data NOT LIKE '%by_hand%' AND data NOT LIKE '%resumed%'"
        )
        counts = {
            "rows": db.execute("SELECT count(*) FROM journal").fetchone()[0],
            "calls": db.execute(f"SELECT count(*) FROM journal WHERE {called}").fetchone()[0],
            "tickets": db.execute("SELECT count(*) FROM tickets").fetchone()[0],
        }
    assert report.checked == counts


def test_an_empty_office_is_proven(cast: Cast) -> None:
    assert verify(cast.path).ok


@pytest.mark.parametrize("rule", ["after_5", "after_3", "last"])
def test_a_return_is_proven_under_every_rule(tmp_path: Path, rule: str) -> None:
    cast = Cast(tmp_path, settings={"return_rule": rule})
    cast.open(1)
    late = cast.take()["id"]
    cast.call(1)
    for _ in range(2):
        cast.time.forward(seconds=60)
        cast.at(1, calling.recall)
    cast.at(1, calling.no_show)
    for _ in range(8):
        cast.take()
    cast.do(tickets.return_ticket, SUPERVISOR, ticket_id=late)

    called = []
    for _ in range(9):
        called.append(cast.call(1)["id"])
        cast.at(1, calling.start)
        cast.at(1, passing.finish)

    assert called.index(late) == {"after_5": 5, "after_3": 3, "last": 8}[rule]
    assert verify(cast.path).findings == []


def test_a_call_by_hand_is_told_but_is_no_fault(cast: Cast) -> None:
    cast.open(1)
    first, second = cast.take(), cast.take()
    cast.do(calling.call_ticket, SUPERVISOR, counter=1, ticket_id=second["id"], reason="unwell")

    report = verify(cast.path)

    assert report.ok
    (note,) = report.notes
    assert note.kind == "by_hand"
    for words in (second["number"], "counter 1", "unwell", "Penyelia", first["number"]):
        assert words in note.sentence


def test_it_reads_beside_a_working_office(tmp_path: Path) -> None:
    cast = Cast(tmp_path, threaded=True)
    cast.open(1, 2)
    stop, reports = threading.Event(), []

    def check() -> None:
        while not stop.is_set():
            reports.append(verify(cast.path))

    checker = threading.Thread(target=check)
    checker.start()
    for _ in range(60):
        cast.take()
        cast.call(1)
        cast.at(1, calling.start)
        cast.at(1, passing.finish)
    stop.set()
    checker.join()
    cast.office.close()

    assert [finding for report in reports for finding in report.findings] == []


def test_days_that_were_dropped_leave_a_chain_that_goes_on(tmp_path: Path) -> None:
    path = run_past_the_keeping_time(tmp_path)

    report = verify(path)

    assert report.findings == []
    assert "purged" in [note.kind for note in report.notes]


def test_a_line_torn_by_a_power_cut_is_no_fault(cast: Cast) -> None:
    heads = cast.path.with_name(cast.path.name + ".heads")
    heads.write_text(heads.read_text() + "4 0123ab")
    cast.open(1)
    cast.take()

    assert verify(cast.path).findings == []


# --- the paper ---


def paper_of(ticket: Any) -> tuple[str, str]:
    return ticket["number"], ticket["trace"]


def test_a_paper_is_traced_with_its_whole_story(cast: Cast) -> None:
    cast.open(1)
    paper = paper_of(cast.take("family"))
    cast.time.forward(minutes=10)
    cast.take("biodata", travel_minutes=30)
    cast.call(1)
    cast.at(1, calling.start)
    cast.at(1, passing.finish)
    cast.time.forward(minutes=10)
    cast.call(1)
    cast.at(1, calling.start)
    cast.at(1, passing.finish, outcome="card_later")

    report = trace(cast.path, *paper)

    assert report.ok
    story = "\n".join(report.story)
    for words in ("2026-11-27 08:00:00", "family", "counter 1", "08:20:00 called", "card_later"):
        assert words in story
    assert "earliest due" in story
    assert "Of those who came later, called before it: 1 by the rule due" in story


def test_the_code_may_be_read_from_paper_in_any_hand(cast: Cast) -> None:
    cast.open(1)
    number, code = paper_of(cast.take())
    written = f" {code[:4].lower()}-{code[4:]} ".replace("0", "O").replace("1", "l")

    assert trace(cast.path, number.lower(), written).ok


def test_a_paper_of_another_journal_does_not_belong(cast: Cast) -> None:
    cast.open(1)
    number, code = paper_of(cast.take())

    for paper in ((number, "00000000"), ("A-002", code)):
        report = trace(cast.path, *paper)
        assert [finding.kind for finding in report.findings] == ["paper"]
        assert report.story == []


# --- standing alone ---


def run_alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """As on a stick: the one file, an isolated Python, no packages, another folder."""
    script = shutil.copy(audit.__file__, folder / "verify.py")
    command = [sys.executable, "-I", "-S", str(script), *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


def test_the_one_file_works_anywhere(tmp_path: Path, cast: Cast) -> None:
    cast.open(1)
    number, code = paper_of(cast.take())
    stick = tmp_path / "stick"
    stick.mkdir()

    good = run_alone(stick, str(cast.path))
    machine = run_alone(stick, str(cast.path), "--trace", number, code, "--json")
    missing = run_alone(stick, str(tmp_path / "nothing.db"))

    assert (good.returncode, good.stderr) == (0, "")
    assert "Everything fits." in good.stdout
    answer = json.loads(machine.stdout)
    assert answer["ok"] is True
    assert answer["checked"]["tickets"] == 1
    assert answer["findings"] == []
    assert (missing.returncode, missing.stderr) == (1, "")
    assert "nothing.db cannot be read" in missing.stdout


def test_a_public_copy_without_people_and_devices_is_proven(cast: Cast) -> None:
    cast.open(1)
    cast.take()
    recipe = (ROOT / "docs" / "verify.md").read_text().split("<<'END'")[1].split("    END")[0]

    subprocess.run(
        [sys.executable, "-c", textwrap.dedent(recipe)], cwd=cast.path.parent, check=True
    )

    public = cast.path.with_name("public.db")
    assert verify(public, cast.path.with_name(cast.path.name + ".heads")).findings == []
    with sqlite3.connect(public) as db:
        names = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
    assert names.isdisjoint({"staff", "devices", "sessions", "tokens"})


def test_it_uses_the_standard_library_alone() -> None:
    imported: set[str] = set()
    for node in ast.walk(ast.parse(Path(audit.__file__).read_text())):
        if isinstance(node, ast.Import):
            imported.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])

    assert imported <= sys.stdlib_module_names


def test_it_knows_every_event_that_the_office_writes() -> None:
    written = set(day.EVENT_OF_PHASE.values())
    for file in (ROOT / "kiosk").rglob("*.py"):
        written.update(re.findall(r"(?:record|record_deed)\(.*?\"([a-z_]+)\"", file.read_text()))

    assert written - audit.EVENTS == set()
    assert len(written) > 40


def test_it_guards_columns_that_exist(cast: Cast) -> None:
    with sqlite3.connect(cast.path) as db:
        for table, guarded in audit.COLUMNS.items():
            existing = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
            assert set(guarded) <= existing


def test_changing_the_rule_in_the_day_is_proven(cast: Cast) -> None:
    cast.open(1)
    for priority in (False, False, True):
        cast.take(priority=priority)
    by_slack = cast.call(1)["number"]
    cast.at(1, calling.start)
    cast.do(catalogue.set_setting, SUPERVISOR, key="policy", value="fifo")
    by_fifo = cast.at(1, passing.finish, then_call_next=True)["next"]["number"]

    assert (by_slack, by_fifo) == ("A-003", "A-001")
    assert verify(cast.path).findings == []
