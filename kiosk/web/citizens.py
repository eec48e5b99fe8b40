"""How somebody proves that a ticket is theirs: the phone's token, or the code on the paper."""

import hmac
from pathlib import Path

from kiosk.domain.actor import CITIZEN, Actor
from kiosk.domain.ticket import Ticket, spoken_code
from kiosk.errors import UnknownTicket
from kiosk.store import days, tickets
from kiosk.store.connection import open_reader

#: Crockford's base 32 reads what people write: O for zero, I and L for one.
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


class Citizens:
    """Reads tickets by what a citizen holds. Used on the hub's thread only."""

    def __init__(self, path: Path) -> None:
        self._db = open_reader(path)

    def by_token(self, token: str) -> Ticket:
        """Raises UnknownTicket."""
        found = tickets.by_token(self._db, token)
        if found is None:
            raise UnknownTicket()
        return found

    def by_number(self, number: str) -> Ticket:
        """A ticket of the newest office day. Raises UnknownTicket."""
        day = days.load_last(self._db)
        found = tickets.by_number(self._db, day.day, number.strip().upper()) if day else None
        if found is None:
            raise UnknownTicket()
        return found

    def token_of(self, ticket_id: int) -> str:
        """What the ticket's page on a phone is asked with. Raises UnknownTicket."""
        token = tickets.token_of(self._db, ticket_id)
        if token is None:
            raise UnknownTicket()
        return token

    def holds(self, ticket_id: int, *, token: str | None, trace: str | None) -> bool:
        """Whether the token or the trace code belongs to this ticket."""
        if token is not None and _same(tickets.token_of(self._db, ticket_id), token):
            return True
        return trace is not None and _same(
            tickets.trace_of(self._db, ticket_id), trace.upper().translate(_READ_AS)
        )

    def heard(self, ticket_id: int, digits: str) -> bool:
        """Whether these are the digits that the kiosk said when the ticket was taken."""
        trace = tickets.trace_of(self._db, ticket_id)
        return trace is not None and hmac.compare_digest(spoken_code(trace), digits)

    def close(self) -> None:
        self._db.close()


def citizen(ticket_id: int, key: str | None) -> Actor:
    """The holder of a ticket, who stays nameless."""
    return Actor("citizen", CITIZEN, f"phone:{ticket_id}", None, key)


def _same(stored: str | None, given: str) -> bool:
    return stored is not None and hmac.compare_digest(stored.encode(), given.encode())
