"""Many mornings at once, in as many processes as there are processors."""

import multiprocessing
import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from kiosk.simulator.bars import Verdict, judge
from kiosk.simulator.mornings import REFERENCES, Cell, Played, play, summarise

ENOUGH = 30
"""Mornings of each kind from which on they are judged."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What to play: `folder` holds mornings.py."""

    folder: Path
    scenarios: tuple[str, ...]
    policies: tuple[str, ...]
    seeds: tuple[int, ...]
    check: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`cells`: by scenario and policy; `calls`: by rule, for the office's own policies; `findings`:
    what the proof of the journals found, with the morning's name; `seconds`: of the whole run."""

    wish: Wish
    cells: dict[str, dict[str, Cell]]
    calls: dict[str, dict[str, Counter[str]]]
    entries: int
    findings: list[str]
    seconds: float
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Nothing was found in the journals and every bar is met."""
        return not self.findings and all(verdict.met for verdict in self.verdicts)

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": self.ok,
            "seeds": [self.wish.seeds[0], self.wish.seeds[-1]],
            "mornings": len(self.wish.seeds),
            "verified": self.wish.check,
            "entries": self.entries,
            "seconds": round(self.seconds, 1),
            "scenarios": {
                scenario: {
                    policy: asdict(cell) | {"calls": dict(self.calls[scenario][policy])}
                    for policy, cell in cells.items()
                }
                for scenario, cells in self.cells.items()
            },
            "bars": [asdict(verdict) for verdict in self.verdicts],
            "findings": self.findings,
        }


def run(wish: Wish, workers: int | None = None, said: Callable[[str], None] = print) -> Outcome:
    """Play everything. `said` gets a line whenever a scenario is done."""
    begun = time.monotonic()
    played: dict[tuple[str, str], list[Played]] = defaultdict(list)
    left = Counter({scenario: len(wish.seeds) * len(wish.policies) for scenario in wish.scenarios})
    for morning in _all(wish, workers or os.cpu_count() or 1):
        played[morning.scenario, morning.policy].append(morning)
        left[morning.scenario] -= 1
        if not left[morning.scenario]:
            said(f"{morning.scenario}: done after {time.monotonic() - begun:.0f} s")
    cells: dict[str, dict[str, Cell]] = defaultdict(dict)
    calls: dict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for scenario in wish.scenarios:
        for policy in wish.policies:
            mornings = sorted(played[scenario, policy], key=lambda p: p.seed)
            cells[scenario][policy] = summarise(mornings)
            calls[scenario][policy] = sum((p.calls for p in mornings), Counter())
    everything = [morning for mornings in played.values() for morning in mornings]
    return Outcome(
        wish,
        dict(cells),
        dict(calls),
        sum(p.entries for p in everything),
        [f"{p.scenario} {p.seed} {p.policy}: {text}" for p in everything for text in p.findings],
        time.monotonic() - begun,
        _verdicts(wish, cells),
    )


def _verdicts(wish: Wish, cells: Mapping[str, Mapping[str, Cell]]) -> list[Verdict]:
    """The bars are about means: a few mornings say nothing of them."""
    if len(wish.seeds) < ENOUGH:
        return []
    return [verdict for scenario in wish.scenarios for verdict in judge(scenario, cells[scenario])]


def _all(wish: Wish, workers: int) -> Iterator[Played]:
    tasks = [
        (wish.folder, scenario, seed, policy, wish.check and policy not in REFERENCES)
        for scenario in wish.scenarios
        for seed in wish.seeds
        for policy in wish.policies
    ]
    if workers == 1 or len(tasks) == 1:
        yield from map(_play, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context) as pool:
        for done in as_completed([pool.submit(_play, task) for task in tasks]):
            yield done.result()


def _play(task: tuple[Path, str, int, str, bool]) -> Played:
    folder, scenario, seed, policy, check = task
    return play(folder, scenario, seed, policy, check=check)


def lines(outcome: Outcome) -> Sequence[str]:
    """The table, the bars and the proof, for people."""
    policies = outcome.wish.policies
    head = "".join(f"{policy:>24}" for policy in policies)
    text = [
        "share of the possible voters in time; mean wait of ordinary people;"
        " p95 wait of priority people (minutes)",
        f"{'':10}{head}",
    ]
    for scenario, cells in outcome.cells.items():
        row = "".join(f"{cell_text(cells[policy]):>24}" for policy in policies)
        text.append(f"{scenario:10}{row}")
    text += [verdict.sentence for verdict in outcome.verdicts]
    if len(outcome.wish.seeds) < ENOUGH:
        text.append(f"not judged: that takes {ENOUGH} mornings of each kind")
    if outcome.wish.check:
        word = "; ".join(outcome.findings) or "everything fits"
        text.append(f"proof of {outcome.entries} journal entries: {word}")
    mornings = len(outcome.wish.seeds) * len(outcome.cells) * len(policies)
    text.append(f"{mornings} mornings in {outcome.seconds:.0f} s")
    return text


def cell_text(cell: Cell) -> str:
    """`.998; 66; 31`"""
    share = f"{cell.share:.3f}".removeprefix("0")
    return f"{share}; {cell.mean['ordinary']:.0f}; {cell.p95['priority']:.0f}"
