"""A simulated polling morning called by the policy `slack`, for the benches that need no office."""

from collections.abc import Sequence
from typing import Any

from kiosk.domain import policy

CONFIGURED_S = 300
TARGET_S = 60 * 60


class SlackMorning:
    """One morning called by `slack`; counts the calls made under rule 2, as an office would.

    one_e: expect of every service what the whole office took today, not what that service took.
    """

    def __init__(self, mornings: Any, *, one_e: bool = False) -> None:
        self._mornings = mornings
        self._one_e = one_e
        self._risk_calls = 0
        self._waiting: dict[int, policy.Waiting] = {}

    def __call__(
        self, eligible: list[Any], waiting: list[Any], now: float, counter: int, state: Any
    ) -> Any:
        situation = policy.Situation(
            milliseconds(now),
            tuple(self.as_waiting(visitor) for visitor in waiting),
            tuple(_open_counters(state["counters"], now)),
            _expected(waiting, now, state["finished"], self._one_e),
            self._risk_calls,
        )
        choice = policy.choose("slack", situation, counter)
        assert choice is not None, "somebody is eligible"
        self._risk_calls += choice.rule in ("risk", "priority")
        return next(visitor for visitor in eligible if visitor.id == choice.ticket)

    def as_waiting(self, visitor: Any) -> policy.Waiting:
        if visitor.id not in self._waiting:
            arrival = milliseconds(visitor.arrival)
            deadline = self._deadline(visitor) if visitor.kind == "voter" else None
            self._waiting[visitor.id] = policy.Waiting(
                visitor.id,
                visitor.service_code,
                arrival,
                policy.due_at(arrival, TARGET_S, visitor.priority, deadline, CONFIGURED_S),
                visitor.priority,
                deadline,
                CONFIGURED_S,
            )
        return self._waiting[visitor.id]

    def _deadline(self, visitor: Any) -> int:
        mornings = self._mornings
        return milliseconds(mornings.POLL_CLOSE - mornings.TPS_MARGIN - visitor.travel)


def milliseconds(minutes: float) -> int:
    return round(minutes * policy.MINUTE)


def _open_counters(counters: Sequence[Any], now: float) -> list[policy.OpenCounter]:
    return [
        policy.OpenCounter(
            number,
            counter.services,
            None if counter.closes is None else milliseconds(counter.closes),
        )
        for number, counter in enumerate(counters)
        if counter.closes is None or now < counter.closes
    ]


def _expected(
    waiting: list[Any], now: float, finished: list[tuple[float, Any]], one_e: bool
) -> dict[str, int]:
    """e per service. `finished` also lists services still running: only those ended count."""
    ended = sorted((end, visitor.id, visitor) for end, visitor in finished if end <= now)
    return {
        code: policy.expected_seconds(
            CONFIGURED_S,
            [round(v.service * 60) for _, _, v in ended if one_e or v.service_code == code],
        )
        for code in {visitor.service_code for visitor in waiting}
    }
