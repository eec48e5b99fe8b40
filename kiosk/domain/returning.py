"""Who was set aside and is due back: such tickets are called before anybody of the line.

Pure, like the policies; the rule in words is in docs/policy.md. It holds under every policy.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

ANY_COUNTER = "service"


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked ticket. `owner` is ANY_COUNTER (of its service) or `counter:3`; times are ms.

    `due_back` is None as long as nobody knows when; such a ticket is called back by hand.
    """

    id: int
    service: str
    owner: str | None
    due_back: int | None
    arrival: int


def due_back_here(
    parked: Iterable[Parked],
    now: int,
    counter: int,
    services: Collection[str],
    suspended: Collection[str],
) -> list[Parked]:
    """Those that the free counter calls back before all others, the first first.

    `services` are the counter's own, `suspended` the codes of services that nobody is called for.
    In order of the time they are due back; ties by arrival, then by issue.
    """
    mine = f"counter:{counter}"

    def is_for_us(ticket: Parked) -> bool:
        return ticket.owner == mine or (ticket.owner == ANY_COUNTER and ticket.service in services)

    return sorted(
        (
            ticket
            for ticket in parked
            if ticket.due_back is not None
            and ticket.due_back <= now
            and ticket.service not in suspended
            and is_for_us(ticket)
        ),
        key=lambda ticket: (ticket.due_back or 0, ticket.arrival, ticket.id),
    )
