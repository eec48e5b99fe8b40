"""Whatever the line: forecasts are never negative, ordered, monotone, and hold on made-up days."""

import random
import subprocess
import sys
from collections import deque
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bench.eta_adapter import Forecaster
from kiosk.domain.forecast import wait_behind
from kiosk.domain.pace import Pace

PACES = st.builds(
    lambda calls, turn: Pace(calls, calls * turn), st.floats(1, 500), st.floats(0.05, 120)
)
LINES = st.lists(st.floats(0, 600), max_size=60)


@given(PACES, LINES, st.floats(0, 300))
def test_a_range_is_ordered_and_never_negative(
    pace: Pace, line: list[float], starts_in: float
) -> None:
    wait = wait_behind(pace, line, starts_in)

    assert 0 <= wait.low <= wait.middle
    assert wait.middle <= wait.high * 1.0001
    assert wait.whole[0] <= wait.whole[1]


@given(PACES, LINES, st.floats(0, 600))
def test_one_more_person_ahead_never_shortens_the_wait(
    pace: Pace, line: list[float], waited: float
) -> None:
    shorter, longer = wait_behind(pace, line), wait_behind(pace, [*line, waited])

    assert longer.middle > shorter.middle or longer.middle - shorter.middle > -1e-9
    assert longer.low >= shorter.low - 1e-9


@given(PACES, LINES, st.floats(1.01, 5))
def test_a_slower_line_never_shortens_the_wait(
    pace: Pace, line: list[float], factor: float
) -> None:
    slower = Pace(pace.calls, pace.minutes * factor)

    assert wait_behind(slower, line).middle >= wait_behind(pace, line).middle


def _made_up_day(rng: random.Random, mean_turn: float) -> list[tuple[int, str, int]]:
    """(minute, kind, ticket) of one line with one counter, service exponential, in order."""
    arrivals = sorted(rng.uniform(0, 300) for _ in range(70))
    free, events = 10.0, []
    for ticket, arrival in enumerate(arrivals, 1):
        call = max(arrival, free)
        free = call + rng.expovariate(1 / mean_turn)
        events += [(round(480 + arrival), "arrive", ticket), (round(480 + call), "call", ticket)]
    return sorted(events, key=lambda e: (e[0], e[1] == "call", e[2]))


def _outcomes(days: int) -> list[tuple[float, float, int, int]]:
    """(truth, middle, low, high) of every arrival on made-up days of made-up offices."""
    rng, outcomes = random.Random(17), []
    for _ in range(days // 4):
        forecaster, usual = Forecaster({}), rng.uniform(2, 8)
        for _ in range(4):
            events = _made_up_day(rng, usual * rng.lognormvariate(0, 0.2))
            called = {ticket: at for at, kind, ticket in events if kind == "call"}
            forecaster.observe({"kind": "day", "t": 475, "date": ""})
            forecaster.observe(
                {"kind": "counters", "t": 478, "open": 1, "waiting": 0, "estimate": 0}
            )
            line: deque[int] = deque()
            for at, kind, ticket in events:
                forecaster.observe({"kind": kind, "t": at, "ticket": ticket})
                if kind == "call":
                    line.remove(ticket)
                    continue
                middle, low, high = forecaster.predict(at, len(line), 1)
                assert low is not None
                assert high is not None
                outcomes.append((called[ticket] - at, middle, low, high))
                line.append(ticket)
    return outcomes


def test_the_range_covers_four_fifths_of_made_up_days() -> None:
    outcomes = _outcomes(80)

    covered = sum(low <= truth <= high for truth, _, low, high in outcomes) / len(outcomes)
    assert 0.70 <= covered <= 0.93


def test_the_forecast_is_far_better_than_the_mean_wait_on_made_up_days() -> None:
    outcomes = _outcomes(40)

    error = sum(abs(middle - truth) for truth, middle, _, _ in outcomes)
    usual = sum(truth for truth, _, _, _ in outcomes) / len(outcomes)
    assert error < 0.7 * sum(abs(usual - truth) for truth, _, _, _ in outcomes)


def test_the_adapter_needs_no_installed_package() -> None:
    root = Path(__file__).parents[2]
    program = f"import sys; sys.path.insert(0, {str(root)!r}); import bench.eta_adapter"

    result = subprocess.run([sys.executable, "-I", "-S", "-c", program], check=False)

    assert result.returncode == 0
