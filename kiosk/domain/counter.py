"""A counter: one operator, at most one ticket in hand, a set of services."""

from dataclasses import dataclass

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
        return frozenset(code for code in self.services.split(",") if code)

    def serves(self, service: str) -> bool:
        return service in self.service_set
