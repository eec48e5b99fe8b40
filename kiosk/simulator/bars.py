"""What `slack` has to reach on the simulated mornings; docs/policy.md shows whether it does."""

from collections.abc import Mapping
from dataclasses import dataclass

from kiosk.simulator.mornings import Cell

RIVAL = "voters-first"


@dataclass(frozen=True, slots=True)
class Bar:
    """`share`: at least this part of the possible voters in time; `not_below_rival`: nor fewer than
    voters-first brings; `ordinary`: the mean wait of ordinary people, at most this part of what it
    is with voters-first; `priority_p95`: minutes, below."""

    share: float | None = None
    not_below_rival: bool = False
    ordinary: float = 1.0
    priority_p95: float | None = None


_CROWDED = Bar(share=0.993, ordinary=0.88, priority_p95=80)
_HARD = Bar(share=0.983, ordinary=0.95)

BARS: Mapping[str, Bar] = {
    "light": Bar(),
    "busy": _CROWDED,
    "over": _CROWDED,
    "rush": _CROWDED,
    "slower": _HARD,
    "early": _HARD,
    "unequal": _HARD,
    "late": Bar(share=0.983, not_below_rival=True, ordinary=0.95),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bar, and what was measured against it. `limit` and `value` are shares or minutes."""

    scenario: str
    what: str
    value: float
    limit: float
    met: bool

    @property
    def sentence(self) -> str:
        word = "met" if self.met else "MISSED"
        return f"{self.scenario}: {self.what} {self.value:.4g}, bar {self.limit:.4g}: {word}"


def judge(scenario: str, cells: Mapping[str, Cell]) -> list[Verdict]:
    """slack against its bars; nothing for a scenario that has none. `cells`: by policy."""
    slack, rival, bar = cells.get("slack"), cells.get(RIVAL), BARS.get(scenario)
    if slack is None or bar is None:
        return []
    found = []
    if bar.share is not None:
        value = slack.share
        found.append(Verdict(scenario, "voters in time", value, bar.share, value >= bar.share))
    if bar.priority_p95 is not None:
        value = slack.p95["priority"]
        limit = bar.priority_p95
        found.append(Verdict(scenario, "priority p95", value, limit, value < limit))
    if rival is None:
        return found
    if bar.not_below_rival:
        value, limit = slack.share, rival.share
        met = slack.in_time >= rival.in_time
        found.append(Verdict(scenario, "voters in time as with voters-first", value, limit, met))
    value = slack.mean["ordinary"] / rival.mean["ordinary"]
    what = "ordinary wait as part of voters-first's"
    found.append(Verdict(scenario, what, value, bar.ordinary, value <= bar.ordinary))
    return found
