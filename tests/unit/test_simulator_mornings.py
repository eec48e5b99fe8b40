"""Mornings played in a real office: the same people, times and counters, the office's own order."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import verify
from kiosk.simulator import batch
from kiosk.simulator.bars import judge
from kiosk.simulator.mornings import Cell, load_module, play, play_in_office
from kiosk.simulator.trial import FILE
from tests.simulators.forger import Forger

FOLDER = Path(__file__).parents[1] / "simulators" / "small_mornings"


@pytest.fixture
def module() -> Any:
    return load_module(FOLDER)


@pytest.mark.parametrize("scenario", ["plain", "mixed"])
def test_by_arrival_the_office_serves_as_the_replay_does(
    module: Any, tmp_path: Path, scenario: str
) -> None:
    visitors, counters = module.morning(scenario, 3)
    expected = {v.id: at for v, at in module.replay(visitors, counters, module.fcfs())}

    starts, calls, _ = play_in_office(tmp_path, module, visitors, counters, "fifo")

    assert starts == pytest.approx({v: at for v, at in expected.items() if at < 1e9}, abs=0.01)
    assert calls == {"arrival": len(starts)}


def test_a_counter_with_a_planned_closing_calls_nobody_afterwards(
    module: Any, tmp_path: Path
) -> None:
    visitors, counters = module.morning("mixed", 1)
    starts, _, _ = play_in_office(tmp_path, module, visitors, counters, "slack")

    only_there = [v.id for v in visitors if v.service_code == "C"]
    assert any(v in starts for v in only_there)
    assert all(starts[v] < 9 * 60 for v in only_there if v in starts)
    rows = Forger(tmp_path / FILE).rows("SELECT state FROM counters ORDER BY number")
    assert [row["state"] for row in rows] == ["open", "open", "closed"]


@pytest.mark.parametrize("policy", ["slack", "fifo"])
def test_every_call_of_a_morning_is_derived_again_from_its_journal(policy: str) -> None:
    played = play(FOLDER, "mixed", 2, policy, check=True)

    assert played.findings == ()
    assert sum(played.calls.values()) > 40


def test_one_swapped_call_of_a_morning_is_named(module: Any, tmp_path: Path) -> None:
    visitors, counters = module.morning("plain", 2)
    play_in_office(tmp_path, module, visitors, counters, "slack")
    forger = Forger(tmp_path / FILE)
    first, second = forger.rows(
        "SELECT seq, data FROM journal WHERE event = 'ticket_called' ORDER BY seq LIMIT 2 OFFSET 6"
    )

    with forger.open() as db:
        for row, other in ((first, second), (second, first)):
            mine, theirs = json.loads(row["data"]), json.loads(other["data"])
            (ticket,), (stranger,) = mine["set"]["tickets"], theirs["set"]["tickets"]
            text = row["data"].replace(f'"{ticket}":', f'"{stranger}":')
            text = text.replace(f'"ticket":{ticket}', f'"ticket":{stranger}')
            text = text.replace(mine["number"], theirs["number"])
            db.execute("UPDATE journal SET data = ? WHERE seq = ?", (text, row["seq"]))
    forger.seal_again(heads=True)

    report = verify(forger.path)
    (call,) = (finding for finding in report.findings if finding.kind == "call")
    assert call.seq == first["seq"]
    assert json.loads(second["data"])["number"] in call.sentence


def test_the_module_s_own_policies_are_only_compared_with() -> None:
    played = play(FOLDER, "plain", 0, "voters-first", check=True)

    assert played.entries == 0
    assert len(played.waits["ordinary"]) + len(played.waits["voter"]) >= 36


def test_a_run_sums_up_all_its_mornings() -> None:
    wish = batch.Wish(FOLDER, ("plain", "mixed"), ("slack", "voters-first"), (0, 1), check=True)

    outcome = batch.run(wish, workers=1, said=lambda _: None)

    assert outcome.ok
    assert outcome.findings == []
    assert outcome.entries > 400
    mornings = [play(FOLDER, "mixed", seed, "slack") for seed in (0, 1)]
    cell = outcome.cells["mixed"]["slack"]
    assert cell.in_time == sum(morning.in_time for morning in mornings)
    assert cell.share == cell.in_time / sum(morning.possible for morning in mornings)
    assert json.loads(json.dumps(outcome.as_json()))["scenarios"]["mixed"]["slack"]["calls"]
    assert any(line.startswith("mixed") for line in batch.lines(outcome))


def test_a_few_mornings_are_not_judged() -> None:
    wish = batch.Wish(FOLDER, ("plain",), ("slack",), (0,))
    outcome = batch.run(wish, workers=1, said=lambda _: None)

    assert outcome.verdicts == []
    assert any("not judged" in line for line in batch.lines(outcome))


def cell(share: float, ordinary: float, p95: float, in_time: int = 100) -> Cell:
    return Cell(share, in_time, 100, {"ordinary": ordinary}, {"priority": p95})


def test_a_missed_bar_is_said_with_its_numbers() -> None:
    rival = cell(1.0, 100.0, 50.0)

    good = judge("busy", {"slack": cell(0.994, 87.0, 79.0), "voters-first": rival})
    assert [verdict.met for verdict in good] == [True, True, True]

    bad = judge("busy", {"slack": cell(0.992, 89.0, 80.0), "voters-first": rival})
    assert [verdict.met for verdict in bad] == [False, False, False]
    assert "0.992" in bad[0].sentence
    assert "MISSED" in bad[0].sentence


def test_late_voters_must_not_fare_worse_than_when_they_go_first() -> None:
    rival = cell(0.985, 100.0, 50.0, in_time=99)
    verdicts = judge("late", {"slack": cell(0.984, 80.0, 50.0, in_time=98), "voters-first": rival})

    assert [verdict.met for verdict in verdicts] == [True, False, True]
