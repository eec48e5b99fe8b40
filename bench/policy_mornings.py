"""What the policy does on simulated polling mornings: the table of docs/policy.md.

    python bench/policy_mornings.py FOLDER [--seeds N] [--check]

FOLDER holds mornings.py, the module that makes and replays the mornings and brings the policies
compared with (first come, voters first, 3:1). Printed per cell: share of the possible voters in
time; mean wait of ordinary people; p95 wait of priority people, in minutes.

slack is shown twice. "slack" expects of each service what that service took today, as the office
does. "slack, one e" expects of every service what the whole office took today: the two can differ
only where there are several services, and there this one is nearer to the design's table. With
--check the exit status is 1 if, as printed, a cell of either is further from that table than 0.005
or 5 minutes.
"""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.slack_morning import SlackMorning

LIMITS = (0.005, 5, 5)

Cell = tuple[float, float, float]

DESIGN: dict[str, tuple[str, Cell]] = {
    "busy": ("busy", (0.998, 66, 31)),
    "over": ("over", (0.999, 151, 64)),
    "rush": ("rush", (0.997, 178, 61)),
    "slower": ("service 40 % slower", (0.996, 284, 254)),
    "early": ("one counter closes at 11", (0.998, 169, 78)),
    "unequal": ("three services, unequal counters", (0.995, 163, 140)),
    "late": ("late voters, far TPS", (0.985, 78, 62)),
}
"""Scenario of the mornings -> its name in the table, and the design's cell for slack."""


def _cell(mornings: Any, scenario: str, factory: Callable[[], Any], seeds: range) -> Cell:
    result = mornings.score(scenario, factory, seeds)
    return result["of_possible"], result["ordinary"][0], result["priority"][1]


def _text(cell: Cell) -> str:
    share, ordinary, priority = cell
    return f"{share:.3f}; {ordinary:.0f}; {priority:.0f}".removeprefix("0")


def _differs(cell: Cell, design: Cell) -> bool:
    """Compares what is printed: the design gives three decimals and whole minutes."""
    printed = (round(cell[0], 3), round(cell[1]), round(cell[2]))
    tiny = 1e-9  # .995 - .990 is a little more than .005 in binary
    return any(
        abs(a - b) > limit + tiny for a, b, limit in zip(printed, design, LIMITS, strict=True)
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of mornings.py")
    parser.add_argument("--seeds", type=int, default=16, help="mornings per scenario (16)")
    parser.add_argument("--check", action="store_true", help="compare slack with the design")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.folder))
    mornings = importlib.import_module("mornings")
    columns: dict[str, Callable[[], Any]] = {
        "first come": mornings.fcfs,
        "voters first": mornings.voters_first,
        "3:1": mornings.three_to_one,
        "**slack**": lambda: SlackMorning(mornings, one_e=False),
        "slack, one e": lambda: SlackMorning(mornings, one_e=True),
    }
    print("| | " + " | ".join(columns) + " |")
    print("|---" * (len(columns) + 1) + "|")
    failures = []
    for scenario, (label, design) in DESIGN.items():
        cells = [_cell(mornings, scenario, f, range(options.seeds)) for f in columns.values()]
        print(f"| {label} | " + " | ".join(map(_text, cells)) + " |", flush=True)
        failures += [
            f"{label}: slack {_text(cell)}, design {_text(design)}"
            for cell in cells[-2:]
            if _differs(cell, design)
        ]
    if options.check:
        print("\n".join(failures) or "slack: every cell within the limits of the design's table")
    return 1 if options.check and failures else 0


if __name__ == "__main__":
    sys.exit(main())
