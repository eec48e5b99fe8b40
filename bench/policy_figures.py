"""The table and the plot of docs/policy.md, from the answer of `run.py simulate FOLDER --json`.

    python bench/policy_figures.py FILE.json [--svg docs/policy-mornings.svg]

Prints the table; writes the plot. Standard library only.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

NAMES = {
    "light": "light",
    "busy": "busy",
    "over": "over",
    "rush": "rush",
    "slower": "service 40 % slower",
    "early": "one counter closes at 11",
    "unequal": "three services, unequal counters",
    "late": "late voters, far TPS",
}
COLUMNS = {
    "fifo": "first come (fifo)",
    "voters-first": "voters first",
    "3:1": "3:1",
    "slack": "slack",
}
COLOURS = {"fifo": "#8a6d00", "voters-first": "#931b1b", "3:1": "#6b7280", "slack": "#0b3d91"}
MARKS = {"fifo": "square", "voters-first": "diamond", "3:1": "triangle", "slack": "circle"}

Cells = Mapping[str, Mapping[str, Any]]


def table(scenarios: Mapping[str, Cells]) -> str:
    """Markdown: share in time; mean ordinary wait; p95 priority wait."""
    policies = [name for name in COLUMNS if name in next(iter(scenarios.values()))]
    heads = [f"**{COLUMNS[p]}**" if p == "slack" else COLUMNS[p] for p in policies]
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(policies) + 1) + "|"]
    for scenario, cells in scenarios.items():
        texts = [_cell(cells[policy]) for policy in policies]
        lines.append(f"| {NAMES.get(scenario, scenario)} | " + " | ".join(texts) + " |")
    return "\n".join(lines)


def _cell(cell: Mapping[str, Any]) -> str:
    share = f"{cell['share']:.4f}".removeprefix("0")
    return f"{share}; {cell['mean']['ordinary']:.0f}; {cell['p95']['priority']:.0f}"


PANELS = (
    ("Voters in time, % of the possible", lambda c: 100 * c["share"], 50, 100, 10),
    ("Mean wait of ordinary people, min", lambda c: c["mean"]["ordinary"], 0, 320, 80),
    ("95th percentile of priority people, min", lambda c: c["p95"]["priority"], 0, 280, 70),
)
LEFT, PANEL, GAP, TOP, ROW = 260, 250, 40, 92, 34


def plot(scenarios: Mapping[str, Cells], mornings: int) -> str:
    """An SVG of three panels: one row for each kind of morning, one mark for each policy."""
    policies = [name for name in COLUMNS if name in next(iter(scenarios.values()))]
    width = LEFT + len(PANELS) * (PANEL + GAP)
    height = TOP + ROW * len(scenarios) + 44
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img"'
        ' font-family="Verdana, DejaVu Sans, sans-serif" font-size="13" fill="#14181f">',
        f"<title>{escape(_title(mornings))}</title>",
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_legend(policies),
    ]
    for row, scenario in enumerate(scenarios):
        y = TOP + ROW * row + ROW / 2
        parts.append(_text(LEFT - 12, y + 4, NAMES.get(scenario, scenario), "end"))
    for column, panel in enumerate(PANELS):
        parts += _panel(LEFT + column * (PANEL + GAP), panel, scenarios, policies)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _title(mornings: int) -> str:
    return f"Simulated polling mornings, {mornings} of each kind, by calling policy"


def _legend(policies: Sequence[str]) -> list[str]:
    parts, x = [], LEFT
    for policy in policies:
        parts += [_mark(policy, x, 22), _text(x + 12, 26, COLUMNS[policy])]
        x += 150
    return parts


def _panel(
    x: float, panel: Any, scenarios: Mapping[str, Cells], policies: Sequence[str]
) -> list[str]:
    title, value_of, low, high, step = panel
    bottom = TOP + ROW * len(scenarios)

    def place(value: float) -> float:
        return float(x + PANEL * (min(max(value, low), high) - low) / (high - low))

    parts = [f'<text x="{x}" y="{TOP - 34}" font-weight="bold">{escape(title)}</text>']
    for tick in range(low, high + 1, step):
        at = place(tick)
        parts.append(
            f'<line x1="{at:.1f}" y1="{TOP - 8}" x2="{at:.1f}" y2="{bottom}" stroke="#c9cfd8"/>'
        )
        parts += [
            _text(at, TOP - 14, str(tick), "middle"),
            _text(at, bottom + 18, str(tick), "middle"),
        ]
    for row, cells in enumerate(scenarios.values()):
        y = TOP + ROW * row + ROW / 2
        values = [place(value_of(cells[policy])) for policy in policies]
        parts.append(
            f'<line x1="{min(values):.1f}" y1="{y}" x2="{max(values):.1f}" y2="{y}"'
            ' stroke="#6b7280" stroke-width="1"/>'
        )
        # slack last, so that it lies on top where marks meet.
        order = sorted(policies, key=lambda policy: policy == "slack")
        parts += [_mark(policy, place(value_of(cells[policy])), y) for policy in order]
    return parts


def _mark(policy: str, x: float, y: float) -> str:
    colour, size = COLOURS[policy], 6
    match MARKS[policy]:
        case "circle":
            return f'<circle cx="{x:.1f}" cy="{y}" r="{size + 1}" fill="{colour}"/>'
        case "square":
            corner = f'x="{x - size + 1:.1f}" y="{y - size + 1}"'
            return (
                f'<rect {corner} width="{2 * size - 2}" height="{2 * size - 2}" fill="{colour}"/>'
            )
        case "diamond":
            points = f"{x:.1f},{y - size} {x + size:.1f},{y} {x:.1f},{y + size} {x - size:.1f},{y}"
        case _:
            points = (
                f"{x:.1f},{y - size} {x + size:.1f},{y + size - 1} {x - size:.1f},{y + size - 1}"
            )
    return f'<polygon points="{points}" fill="{colour}"/>'


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("file", type=Path, help="the JSON of run.py simulate FOLDER --json")
    parser.add_argument("--svg", type=Path, help="where to write the plot")
    options = parser.parse_args(arguments)
    answer = json.loads(options.file.read_text())
    print(table(answer["scenarios"]))
    if options.svg:
        options.svg.write_text(plot(answer["scenarios"], answer["mornings"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
