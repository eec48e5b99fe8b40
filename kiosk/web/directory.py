"""Who may come in: devices, sessions and host names, read from the file and remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from kiosk.access import csrf_of, hash_token
from kiosk.clock import Clock
from kiosk.commands.people import COUNTER_DEVICE
from kiosk.domain.actor import COUNTER, SUPERVISOR, Actor
from kiosk.store import devices, sessions, settings, staff
from kiosk.store.connection import data_version, open_reader
from kiosk.store.devices import Device
from kiosk.store.sessions import Session
from kiosk.store.staff import Staff

T = TypeVar("T")

SERVER = "server"
"""The place of a session that was opened at the server itself."""


@dataclass(frozen=True, slots=True)
class Caller:
    """One identity that a request proved.

    `place` names the device for the journal; `csrf` is what a POST must bring, None for a bearer
    token; `device` the device's row number; `kind` its kind, or `staff`.
    """

    name: str
    role: str
    place: str
    kind: str
    csrf: str | None = None
    counter: int | None = None
    device: int | None = None
    session: str | None = None

    def actor(self, key: str | None = None) -> Actor:
        return Actor(self.name, self.role, self.place, self.counter, key)


class Directory:
    """Tokens to callers. `forget()` after any change of people, devices or settings.

    Read on the hub's thread only; a few small tables, read again only after a change.
    """

    def __init__(self, path: Path, clock: Clock) -> None:
        self._db = open_reader(path)
        self._clock = clock
        self._stale = True
        self._version = -1
        self._devices: dict[str, Device] = {}
        self._sessions: dict[str, Session] = {}
        self._roles: dict[str, str] = {}
        self._supervisors = 0
        self._public_url = ""
        self._is_drill = False
        self._own: dict[str, Caller] = {}

    def forget(self) -> None:
        """Read everything again at the next question."""
        self._stale = True

    def admit(self, token: str, caller: Caller) -> None:
        """Let in a program of our own, such as the print worker, as long as this process lives."""
        self._own[hash_token(token)] = caller

    def device_caller(self, token: str, *, by_cookie: bool) -> Caller | None:
        """The device of a token, unless it was revoked."""
        digest = hash_token(token)
        found = self._look_up(self._devices_now, digest)
        if found is None:
            return self._own.get(digest)
        role = COUNTER_DEVICE if found.kind == COUNTER else found.kind
        csrf = csrf_of(token) if by_cookie else None
        number = found.settings.get("counter")
        return Caller(found.name, role, found.place, found.kind, csrf, number, found.id)

    def session_caller(self, token: str) -> Caller | None:
        """The member of staff of a session that is not over."""
        digest = hash_token(token)
        found = self._look_up(self._sessions_now, digest)
        if found is None or found.until < self._clock.now():
            return None
        role = self._roles[found.label]
        return Caller(
            found.label, role, found.device, "staff", found.csrf, found.counter, session=digest
        )

    def device(self, device_id: int) -> Device | None:
        """A device that is paired and not revoked."""
        self._refresh()
        return next((d for d in self._devices.values() if d.id == device_id), None)

    def is_session_open(self, digest: str) -> bool:
        self._refresh()
        return digest in self._sessions

    @property
    def has_supervisor(self) -> bool:
        self._refresh()
        if not self._supervisors:
            self._look_again()
        return self._supervisors > 0

    @property
    def public_url(self) -> str:
        """The address that phones reach, or nothing."""
        self._refresh()
        return self._public_url

    @property
    def is_drill(self) -> bool:
        """Whether nothing here is real."""
        self._refresh()
        return self._is_drill

    @property
    def public_host(self) -> str | None:
        """The host name in it."""
        return urlsplit(self.public_url).hostname

    def staff(self, label: str) -> Staff | None:
        """Active staff only."""
        found = staff.find(self._db, label)
        return found if found and found.active else None

    def _devices_now(self) -> dict[str, Device]:
        self._refresh()
        return self._devices

    def _sessions_now(self) -> dict[str, Session]:
        self._refresh()
        return self._sessions

    def _look_up(self, table: Callable[[], dict[str, T]], key: str) -> T | None:
        """What is not known may have been written by another process just now."""
        found = table().get(key)
        if found is None:
            self._look_again()
            found = table().get(key)
        return found

    def _look_again(self) -> None:
        self._stale = self._stale or data_version(self._db) != self._version
        self._refresh()

    def _refresh(self) -> None:
        if not self._stale:
            return
        self._version = data_version(self._db)
        self._devices = {d.token_hash: d for d in devices.load(self._db) if d.token_hash}
        self._roles = {s.label: s.role for s in staff.load(self._db) if s.active}
        self._sessions = {s.token_hash: s for s in sessions.load(self._db)}
        self._supervisors = sum(role == SUPERVISOR for role in self._roles.values())
        values = settings.load(self._db)
        self._public_url, self._is_drill = values["public_url"], values["drill"] == "on"
        self._stale = False

    def close(self) -> None:
        self._db.close()
