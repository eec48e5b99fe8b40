"""A counter: one operator, at most one ticket in hand, a set of services."""

from dataclasses import dataclass
from functools import lru_cache

OPEN = "open"
CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Counter:
    """One row of `counters`. `services` are codes joined by commas, `closes_at` UTC ms."""

    number: int
    state: str
    services: str
    zone: str | None
    staff: str | None
    ticket: int | None
    closes_at: int | None
    since: int | None
    last_seq: int | None

    @property
    def service_set(self) -> frozenset[str]:
        return _codes(self.services)

    def serves(self, service: str) -> bool:
        return service in self.service_set


@lru_cache(maxsize=256)
def _codes(services: str) -> frozenset[str]:
    """Asked for with every ticket and every choice, and there are few different ones."""
    return frozenset(code for code in services.split(",") if code)
