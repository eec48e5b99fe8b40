"""Phones follow their ticket: when it changes its service, they change their room."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from kiosk.board import Board
from kiosk.web.sockets import PHONE, Presence

MANY = 1000


class PhoneRooms:
    """Reads what the journal says since the last look; costs nothing while no phone listens.

    `server` is python-socketio's; `joined(namespace, room)` runs before a socket joins.
    """

    def __init__(
        self, server: Any, board: Board, presence: Presence, joined: Callable[[str, str], None]
    ) -> None:
        self._server = server
        self._board = board
        self._presence = presence
        self._joined = joined
        self._seq = board.seq()

    def follow(self) -> None:
        """Call before deltas are built."""
        if not self._presence.has_phones:
            self._seq = self._board.seq()
            return
        rows = self._board.events(self._seq, MANY, full=True)["events"]
        for row in rows:
            self._seq = row["seq"]
            for ticket, service in _moved(row["data"]):
                self._move(ticket, service)

    def _move(self, ticket: int, service: str) -> None:
        for sid, listener in self._presence.phones_with(ticket):
            if listener.room == service:
                continue
            self._joined(PHONE, service)
            self._server.leave_room(sid, listener.room, namespace=PHONE)
            self._server.enter_room(sid, service, namespace=PHONE)
            self._presence.listeners[sid, PHONE] = replace(listener, room=service)
            # A gap on purpose: what the new room was told before, this phone has to fetch.
            gap = {"from": self._seq, "seq": self._seq, "t": time.monotonic_ns()}
            self._server.emit("delta", gap, to=sid, namespace=PHONE)


def _moved(data: dict[str, Any]) -> Iterable[tuple[int, str]]:
    """Tickets whose service a journal row set."""
    for ticket, fields in data.get("set", {}).get("tickets", {}).items():
        if fields and "service" in fields:
            yield int(ticket), fields["service"]
