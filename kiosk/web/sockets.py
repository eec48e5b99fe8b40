"""Socket.IO: who may connect to which namespace, which rooms they are in, who is connected."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_socketio import Namespace, join_room
from socketio.exceptions import ConnectionRefusedError

from kiosk.commands.people import COUNTER_DEVICE
from kiosk.domain.actor import COUNTER, DEVICE_KINDS, KIOSK, STAFF_ROLES, SUPERVISOR
from kiosk.errors import UnknownTicket
from kiosk.web.directory import Caller
from kiosk.web.identity import identify
from kiosk.web.site import Site

ALL = "all"
_STAFF = frozenset(STAFF_ROLES)
_ANY_DEVICE = frozenset({*DEVICE_KINDS, COUNTER_DEVICE})

#: Who may listen where. A phone listens with the token of one ticket.
LISTENERS = {
    "/display": _STAFF | _ANY_DEVICE,
    "/kiosk": _STAFF | {KIOSK},
    "/counter": _STAFF | {COUNTER_DEVICE},
    "/supervisor": frozenset({SUPERVISOR}),
}
PHONE = "/phone"

PHONES_AT_ONCE = 4
"""Sockets for one ticket: the phone, a relative's, a reload or two."""
SILENT_FOR = 15.0
"""Seconds a connection may stay without belonging to any namespace."""


@dataclass(frozen=True, slots=True)
class Listener:
    """One connected socket in one namespace. `ticket` for phones, `device` for devices."""

    namespace: str
    device: int | None = None
    session: str | None = None
    ticket: int | None = None
    room: str = ALL


class Presence:
    """Who is connected now."""

    def __init__(self) -> None:
        self.listeners: dict[tuple[str, str], Listener] = {}
        self._devices: Counter[int] = Counter()
        self._tickets: Counter[int] = Counter()

    def add(self, sid: str, listener: Listener) -> None:
        self.listeners[sid, listener.namespace] = listener
        if listener.device is not None:
            self._devices[listener.device] += 1
        if listener.ticket is not None:
            self._tickets[listener.ticket] += 1

    def remove(self, sid: str, namespace: str) -> None:
        listener = self.listeners.pop((sid, namespace), None)
        if listener is None:
            return
        for counts, key in ((self._devices, listener.device), (self._tickets, listener.ticket)):
            if key is not None:
                counts[key] -= 1
                if counts[key] <= 0:
                    del counts[key]

    def is_connected(self, device: int) -> bool:
        return device in self._devices

    def phones_of(self, ticket: int) -> int:
        return self._tickets[ticket]

    @property
    def has_phones(self) -> bool:
        return bool(self._tickets)

    def phones_with(self, ticket: int) -> list[tuple[str, Listener]]:
        """(sid, listener) of the phones that hold a ticket."""
        if ticket not in self._tickets:
            return []
        return [(s, x) for (s, _), x in self.listeners.items() if x.ticket == ticket]

    def by_namespace(self) -> dict[str, int]:
        counts = Counter(listener.namespace for listener in self.listeners.values())
        return {namespace: counts[namespace] for namespace in (*LISTENERS, PHONE)}


class Screens(Namespace):
    """One namespace of screens or phones. `joined(namespace, room)` runs before a socket joins."""

    def __init__(
        self, name: str, site: Site, presence: Presence, joined: Callable[[str, str], None]
    ) -> None:
        super().__init__(name)
        self._name = name
        self._site = site
        self._presence = presence
        self._joined = joined

    def on_connect(self, auth: Any = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        token = token if isinstance(token, str) else None
        listener = self._phone(token) if self._name == PHONE else self._screen(token)
        if listener is None:
            raise ConnectionRefusedError("unauthorized")
        self._joined(self._name, listener.room)
        self._presence.add(_sid(), listener)
        join_room(listener.room)

    def on_disconnect(self, reason: Any = None) -> None:
        self._presence.remove(_sid(), self._name)

    def _screen(self, token: str | None) -> Listener | None:
        directory = self._site.directory
        callers: tuple[Caller, ...] = identify(request.environ, directory)
        if token:
            known = directory.device_caller(token, by_cookie=False)
            callers = (known,) if known else ()
        kind = self._name.removeprefix("/")
        # One browser may be several things at once: a kiosk's page is the kiosk, whoever is signed
        # in beside it; a counter's page is its computer and the session at it.
        device = next((caller.device for caller in callers if caller.kind == kind), None)
        if device is not None and kind != COUNTER:
            return Listener(self._name, device)
        for caller in callers:
            if caller.role in LISTENERS[self._name]:
                return Listener(self._name, device or caller.device, caller.session)
        return None

    def _phone(self, token: str | None) -> Listener | None:
        if not token:
            return None
        try:
            ticket = self._site.citizens.by_token(token)
        except UnknownTicket:
            return None
        if self._presence.phones_of(ticket.id) >= PHONES_AT_ONCE:
            return None
        return Listener(self._name, ticket=ticket.id, room=ticket.service)


def _sid() -> str:
    return str(request.sid)  # type: ignore[attr-defined]


class SocketCare:
    """Ends the connections of revoked devices and ended sessions, and of those who stay silent."""

    def __init__(self, server: Any, site: Site, presence: Presence) -> None:
        """`server` is python-socketio's, inside Flask-SocketIO."""
        self._server = server
        self._site = site
        self._presence = presence
        self._first_seen: dict[str, float] = {}

    def disconnect_strangers(self) -> None:
        """After a change of devices or sessions."""
        directory = self._site.directory
        for (sid, namespace), listener in list(self._presence.listeners.items()):
            gone = listener.device is not None and directory.device(listener.device) is None
            if listener.session is not None and not directory.is_session_open(listener.session):
                gone = True
            if gone:
                self._close(sid, namespace)

    def _close(self, sid: str, namespace: str) -> None:
        """Leave the namespace and hang up at once: the other side may not want to."""
        connection = self._server.manager.eio_sid_from_sid(sid, namespace)
        self._server.disconnect(sid, namespace=namespace)
        if connection is not None:
            self._server.eio.disconnect(connection)

    def close_silent(self) -> None:
        """Connections that were opened and belong to nobody. Call every few seconds."""
        now = time.monotonic()
        engine = self._server.eio
        known = {
            engine_sid
            for rooms in self._server.manager.rooms.values()
            for engine_sid in rooms.get(None, {}).values()
        }
        silent = {sid for sid in list(engine.sockets) if sid not in known}
        self._first_seen = {sid: self._first_seen.get(sid, now) for sid in silent}
        for sid, since in list(self._first_seen.items()):
            if now - since > SILENT_FOR:
                engine.disconnect(sid)
