"""Is a voter told the truth? The forecast's classes and ranges on simulated polling mornings.

    python3 bench/forecast_classes.py FOLDER [--seeds N] [--scenario NAME ...] [--check]

FOLDER holds mornings.py, which makes and replays the mornings. Everybody is admitted and `slack`
calls, so the outcome is seen. At each arrival the newcomer's prospect is asked for, from what an
office knows at that moment: who waits, what was finished today, what was configured. Printed per
scenario: how many voters were told "on time", "tight" and "too late" and how often that was right
(in time: handed over + travel <= poll close); and for all newcomers how far the middle of the range
was off the wait, and how often the range held it. With --check the exit status is 1 unless on time
is right in 97 %, too late in 99 %, and at most 20 % are called tight. Standard library only.
"""

import argparse
import importlib
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.slack_morning import CONFIGURED_S, TARGET_S, SlackMorning, milliseconds
from kiosk.domain import evidence, policy
from kiosk.domain.outlook import Facts, InHand, Kind, Offer, Prospect, look_ahead


class Log:
    """A morning as it went: who was called when and where."""

    def __init__(self, mornings: Any, scenario: str, seed: int) -> None:
        self.mornings = mornings
        self.visitors, self.counters = mornings.morning(scenario, seed)
        self.slack = SlackMorning(mornings)
        self.calls: list[tuple[int, Any, int]] = []
        mornings.replay(self.visitors, self.counters, self._choose)
        self.start = {visitor.id: at for at, visitor, _ in self.calls}
        self.opens = milliseconds(mornings.OPEN)
        self.poll_close = milliseconds(mornings.POLL_CLOSE)
        self.numbers_end = milliseconds(mornings.LAST_ARRIVAL)

    def _choose(
        self, eligible: list[Any], waiting: list[Any], now: float, counter: int, state: Any
    ) -> Any:
        visitor = self.slack(eligible, waiting, now, counter, state)
        self.calls.append((milliseconds(now), visitor, counter))
        return visitor

    def kind(self, visitor: Any) -> Kind:
        travel = visitor.travel if visitor.kind == "voter" else None
        return Kind(visitor.service_code, visitor.priority, travel)

    def ended(self, at: int, visitor: Any) -> int:
        return at + milliseconds(visitor.service)

    def facts(self, place: int) -> Facts:
        """What the office knows just before visitor number `place` takes a number."""
        now = milliseconds(self.visitors[place].arrival)
        before = self.visitors[:place]
        done = [(at, v, c) for at, v, c in self.calls if self.ended(at, v) <= now]
        counters = tuple(self._open(now))
        codes = sorted({v.service_code for v in self.visitors})
        visits = [
            evidence.Visit(v.service_code, c, milliseconds(v.arrival), at, self.ended(at, v))
            for at, v, c in done
        ]
        paces = evidence.paces_now(
            dict.fromkeys(codes, CONFIGURED_S / 60), [], evidence.turns(visits), now
        )
        turn = sum(pace.turn for pace in paces.values()) / len(paces)
        lengths: dict[str, list[int]] = {code: [] for code in codes}
        for at, v, _ in sorted(done, key=lambda call: self.ended(call[0], call[1])):
            lengths[v.service_code].append(round((self.ended(at, v) - at) / 1000))
        return Facts(
            policy="slack",
            situation=policy.Situation(
                now,
                tuple(
                    self.slack.as_waiting(v)
                    for v in before
                    if self.start.get(v.id, sys.maxsize) > now
                ),
                counters,
                {code: policy.expected_seconds(CONFIGURED_S, lengths[code]) for code in codes},
                0,
            ),
            starts=max(now, self.opens),
            poll_close=self.poll_close,
            paces=paces,
            offers={code: Offer(TARGET_S, CONFIGURED_S) for code in codes},
            leaving=evidence.leaving([_waited(at, v) for at, v, _ in done], []),
            inflow=evidence.expected_newcomers(
                [evidence.Arrival(self.kind(v), milliseconds(v.arrival)) for v in before],
                now=now, opens=self.opens, until=self.numbers_end,
                capacity=len(counters) / turn,
            ),
            in_hand={
                c: InHand(v.service_code, at)
                for at, v, c in self.calls
                if at <= now < self.ended(at, v)
            },
        )  # fmt: skip

    def _open(self, now: int) -> Iterator[policy.OpenCounter]:
        for number, counter in enumerate(self.counters):
            closes = None if counter.closes is None else milliseconds(counter.closes)
            if closes is None or now < closes:
                yield policy.OpenCounter(number, counter.services, closes)

    def prospects(self) -> Iterator[tuple[Any, Prospect | None]]:
        for place, visitor in enumerate(self.visitors):
            kind = self.kind(visitor)
            outlook = look_ahead(self.facts(place), [kind])
            yield visitor, outlook.newcomers.get(kind)


def _waited(at: int, visitor: Any) -> float:
    return max(0.0, (at - milliseconds(visitor.arrival)) / policy.MINUTE)


class Tally:
    def __init__(self) -> None:
        self.told: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.error = self.waited = 0.0
        self.held = self.ranges = 0

    def add(self, log: Log, visitor: Any, prospect: Prospect | None) -> None:
        start = log.start.get(visitor.id)
        if prospect is None:
            self.told["nothing"] += visitor.kind == "voter"
            return
        if start is not None:
            wait = _waited(start, visitor)
            low, high = prospect.wait.whole
            self.ranges += 1
            self.held += low <= wait <= high
            self.error += abs(prospect.wait.middle - wait)
            self.waited += wait
        if prospect.voter_class is not None:
            called = float("inf") if start is None else start / 60_000
            in_time = log.mornings.in_time(visitor, called)
            self.told[prospect.voter_class] += 1
            self.right[prospect.voter_class] += in_time != (prospect.voter_class == "late")

    def share(self, name: str) -> float:
        return self.told[name] / max(1, sum(self.told.values()))

    def rightly(self, name: str) -> float:
        return self.right[name] / self.told[name] if self.told[name] else 1.0

    @property
    def good(self) -> bool:
        return (
            self.rightly("on_time") >= 0.97
            and self.rightly("late") >= 0.99
            and self.share("tight") <= 0.20
        )

    def row(self) -> str:
        words = {"on_time": "right", "tight": "in time", "late": "right"}
        cells = [
            f"{self.told[name]} ({self.share(name):.1%}), {self.rightly(name):.1%} {word}"
            for name, word in words.items()
        ]
        cells.append(f"{self.error / max(1e-9, self.waited):.3f}")
        cells.append(f"{self.held / max(1, self.ranges):.3f}")
        if self.told["nothing"]:
            cells.append(f"nothing told {self.told['nothing']}")
        return " | ".join(cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table. Returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of mornings.py")
    parser.add_argument("--seeds", type=int, default=60, help="mornings per scenario (60)")
    parser.add_argument("--scenario", nargs="*", default=["late", "slower"])
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(options.folder))
    mornings = importlib.import_module("mornings")
    good = True
    names = ("told on time", "told tight", "told too late", "error", "coverage")
    print("| | " + " | ".join(names) + " |\n" + "|---" * 6 + "|")
    for scenario in options.scenario:
        tally = Tally()
        for seed in range(options.seeds):
            log = Log(mornings, scenario, seed)
            for visitor, prospect in log.prospects():
                tally.add(log, visitor, prospect)
        print(f"| {scenario} | {tally.row()} |", flush=True)
        good = good and tally.good
    return 1 if options.check and not good else 0


if __name__ == "__main__":
    sys.exit(main())
