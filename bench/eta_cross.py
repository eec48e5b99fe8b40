"""Cross-validation of the forecast's constants over the offices of recorded queue days.

    python3 bench/eta_cross.py FOLDER

FOLDER holds bench_eta.py and its recordings. For each office in turn the constants of pace.py and
forecast.py in kiosk/domain are chosen on the other offices, from the grid below, and judged on this
one: so what is printed as "left out, together" is what to expect of offices that nobody has seen.
The first lines are the constants as they stand in the product, judged on all. Standard library
only; about seven minutes.
"""

import csv
import importlib
import itertools
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench import eta_adapter
from kiosk.domain import forecast, pace

GRID: dict[str, tuple[float, ...]] = {
    "PRIOR_CALLS": (6.0, 12.0, 24.0),
    "HALF_LIFE": (80.0, 160.0, 320.0),
    "PATIENCE": (90.0, 120.0, 160.0),
    "OWN_CALL": (0.6, 0.8, 1.0),
    "CALL_SPREAD": (0.6, 0.8),
}

Day = list[tuple[str, float, float, float, float]]


@dataclass(slots=True)
class Errors:
    """Sums over forecasts of one phase ("arr" at arrival, "per" every five minutes)."""

    absolute: list[float] = field(default_factory=list)
    wait: float = 0.0
    signed: float = 0.0
    covered: int = 0

    def add(self, truth: float, middle: float, low: float, high: float) -> None:
        self.absolute.append(abs(middle - truth))
        self.wait += truth
        self.signed += middle - truth
        self.covered += low <= truth <= high

    def merge(self, other: "Errors") -> None:
        self.absolute += other.absolute
        self.wait += other.wait
        self.signed += other.signed
        self.covered += other.covered

    @property
    def relative(self) -> float:
        return sum(self.absolute) / self.wait

    @property
    def bias(self) -> float:
        return self.signed / len(self.absolute)

    def __str__(self) -> str:
        count = len(self.absolute)
        middle = sorted(self.absolute)[count // 2]
        return (
            f"n {count:6d}  rel {self.relative:.3f}  median {middle:.2f}  "
            f"bias {self.bias:+.2f}  coverage {self.covered / count:.3f}"
        )


Score = dict[str, Errors]


def _recordings(folder: Path, bench_eta: Any) -> dict[str, list[list[tuple[dict[str, str], Any]]]]:
    """Office -> its queues -> (row of the index, day) in order of date."""
    queues: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    with (folder / "index.csv").open() as file:
        for row in csv.DictReader(file):
            if row["split"] == "shared":
                queues[row["office"], row["id"]].append(row)
    offices: dict[str, list[list[tuple[dict[str, str], Any]]]] = defaultdict(list)
    for (office, _), rows in queues.items():
        rows.sort(key=lambda row: row["date"])
        offices[office].append([(row, bench_eta.load_day(str(folder), row)) for row in rows])
    return offices


def _score(queues: list[list[tuple[dict[str, str], Any]]], bench_eta: Any) -> Score:
    score = {"arr": Errors(), "per": Errors()}

    def sink(
        _name: str, phase: str, truth: float, forecast: Any, _ticket: int, _ahead: int
    ) -> None:
        score[phase].add(truth, *forecast)

    for days in queues:
        forecaster = eta_adapter.Forecaster(days[0][0])
        for row, day in days:
            bench_eta.load_day = lambda _folder, _row, day=day: day
            bench_eta.replay("", row, {"product": forecaster}, sink)
    return score


def _loss(scores: list[Score]) -> float:
    """What the choice minimises: both relative errors, and a bias beyond half a minute."""
    total = _sum(scores)
    bias = max(0.0, abs(total["arr"].bias) - 0.5)
    return total["arr"].relative + total["per"].relative + 0.02 * bias


def _sum(scores: list[Score]) -> Score:
    total = {"arr": Errors(), "per": Errors()}
    for score in scores:
        for phase, errors in score.items():
            total[phase].merge(errors)
    return total


def _show(label: str, score: Score) -> None:
    for phase, errors in score.items():
        print(f"{label:20s} {phase}  {errors}", flush=True)


def main(folder: Path) -> None:
    """Prints the table."""
    sys.path.insert(0, str(folder))
    bench_eta = importlib.import_module("bench_eta")
    offices = _recordings(folder, bench_eta)
    _show("as in the product", _sum([_score(q, bench_eta) for q in offices.values()]))
    tried: dict[tuple[float, ...], dict[str, Score]] = {}
    for values in itertools.product(*GRID.values()):
        for name, value in zip(GRID, values, strict=True):
            setattr(pace if hasattr(pace, name) else forecast, name, value)
        tried[values] = {office: _score(q, bench_eta) for office, q in offices.items()}
    left_out = []
    for office in offices:
        best = min(tried, key=lambda v: _loss([s for o, s in tried[v].items() if o != office]))
        _show(f"{office} {best}", tried[best][office])
        left_out.append(tried[best][office])
    _show("left out, together", _sum(left_out))
    best = min(tried, key=lambda v: _loss(list(tried[v].values())))
    _show(f"best of all {best}", _sum(list(tried[best].values())))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
