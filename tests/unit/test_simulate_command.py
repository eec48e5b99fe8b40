"""`run.py simulate` by the command line: a folder of mornings, or one day of an office's own."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from kiosk.cli import main
from kiosk.commands import catalogue
from kiosk.store.connection import open_reader
from kiosk.store.journal import read_head
from tests.cast import SUPERVISOR, Cast

MORNINGS = str(Path(__file__).parents[1] / "simulators" / "small_mornings")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["simulate", *arguments])


def answer(*arguments: str, status: int = 0) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def test_a_folder_of_mornings_is_played_under_the_policies_asked_for() -> None:
    outcome = answer(
        MORNINGS, "--seeds", "0-1", "--scenarios", "plain", "--policy", "slack",
        "--policy", "voters-first", "--workers", "1", "--verify",
    )  # fmt: skip

    assert list(outcome["scenarios"]) == ["plain"]
    assert list(outcome["scenarios"]["plain"]) == ["slack", "voters-first"]
    assert (outcome["mornings"], outcome["verified"], outcome["findings"]) == (2, True, [])


def test_what_it_cannot_play_is_said(tmp_path: Path) -> None:
    assert "There is no" in answer(str(tmp_path), status=1)["error"]
    unknown = answer(MORNINGS, "--scenarios", "plain,storm", status=1)["error"]
    assert "storm" in unknown
    assert "plain, mixed" in unknown
    assert answer(MORNINGS, "--seeds", "9-3", status=1)["code"] == "invalid"
    assert run(MORNINGS, "--policy", "dice").exit_code == 2
    assert answer("--day", "tomorrow", "--data", str(tmp_path), status=1)["code"] == "invalid"
    assert answer("--policy", "3:1", "--data", str(tmp_path), status=1)["code"] == "invalid"


def test_without_a_folder_a_day_of_the_default_office_is_played(tmp_path: Path) -> None:
    facts = answer("--people", "60", "--day", "2026-11-27", "--data", str(tmp_path / "none"))

    assert facts["tickets"] == 60
    assert facts["findings"] == []
    assert facts["voters"] > 0
    assert set(facts["states"]) <= {"completed", "no_show"}
    assert sum(service["people"] for service in facts["services"].values()) == 60
    assert not (tmp_path / "none").exists()


def test_the_day_follows_the_office_s_own_settings_and_leaves_its_file_alone(
    tmp_path: Path,
) -> None:
    cast = Cast(tmp_path, counters=2, settings={"poll_close": "", "policy": "fifo"})
    cast.do(
        catalogue.put_service, SUPERVISOR, code="passport", letter="P", name_id="Paspor",
        expected_seconds=120, quota=3,
    )  # fmt: skip
    cast.do(catalogue.put_counter, SUPERVISOR, counter=1, services_served=["passport", "biodata"])
    cast.office.close()
    reader = open_reader(cast.path)
    before = read_head(reader)
    facts = answer("--people", "80", "--day", "2026-12-01", "--data", str(tmp_path))

    assert facts["voters"] == 0
    assert facts["services"]["passport"]["people"] == 3
    assert facts["refused"]["quota_reached"] > 0
    assert list(facts["counters_busy"]) == ["1", "2"]
    assert read_head(reader) == before
    reader.close()
    lines = run("--people", "80", "--data", str(tmp_path)).output
    assert "everything fits" in lines
