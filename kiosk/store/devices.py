"""Paired devices: kind, name, configuration, and the hash of a token. Never journalled."""

import json
from dataclasses import dataclass
from typing import Any

from kiosk.errors import UnknownDevice
from kiosk.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Device:
    """One row of `devices`. `config` is JSON text; times are UTC ms, `clock_off` ms."""

    id: int
    kind: str
    name: str
    token_hash: str | None
    config: str
    created_at: int
    revoked_at: int | None
    last_seen: int | None
    clock_off: int | None
    fault: str | None

    @property
    def place(self) -> str:
        """How the journal names it: `kiosk:3`."""
        return f"{self.kind}:{self.id}"

    @property
    def settings(self) -> dict[str, Any]:
        """What the supervisor configured for this device."""
        settings: dict[str, Any] = json.loads(self.config)
        return settings


@dataclass(frozen=True, slots=True)
class Pairing:
    """A code that makes a device's first token; good once and until `until` (UTC ms)."""

    code: str
    device: int
    until: int


_COLUMNS = ", ".join(Device.__dataclass_fields__)


def load(db: Any) -> list[Device]:
    """All devices by id, revoked ones too. `db` is a sqlite_utils Database."""
    return [Device(*row) for row in db.conn.execute(f"SELECT {_COLUMNS} FROM devices ORDER BY id")]


def get(tx: Transaction, device_id: int) -> Device:
    """Raises UnknownDevice."""
    row = tx.one(f"SELECT {_COLUMNS} FROM devices WHERE id = ?", device_id)
    if row is None:
        raise UnknownDevice(device=device_id)
    return Device(*row)


def add(
    tx: Transaction, kind: str, name: str, config: dict[str, Any], token_hash: str | None
) -> int:
    """Returns the new device's id."""
    cursor = tx.execute(
        "INSERT INTO devices (kind, name, token_hash, config, created_at) VALUES (?,?,?,?,?)",
        (kind, name, token_hash, _text(config), tx.now),
    )
    return int(cursor.lastrowid)


def set_token(tx: Transaction, device_id: int, token_hash: str) -> None:
    """A new token; the old one is good no more, and the device is not revoked any longer."""
    tx.execute(
        "UPDATE devices SET token_hash = ?, revoked_at = NULL WHERE id = ?",
        (token_hash, device_id),
    )


def revoke(tx: Transaction, device_id: int) -> None:
    tx.execute(
        "UPDATE devices SET token_hash = NULL, revoked_at = ? WHERE id = ?", (tx.now, device_id)
    )
    tx.execute("DELETE FROM pairings WHERE device = ?", (device_id,))


def configure(tx: Transaction, device_id: int, name: str, config: dict[str, Any]) -> None:
    # A kiosk's printer is part of its configuration, and the writer remembers it.
    tx.cache.clear()
    tx.execute(
        "UPDATE devices SET name = ?, config = ? WHERE id = ?", (name, _text(config), device_id)
    )


def note_heartbeat(
    tx: Transaction, device_id: int, clock_off: int | None, fault: str | None
) -> None:
    tx.execute(
        "UPDATE devices SET last_seen = ?, clock_off = ?, fault = ? WHERE id = ?",
        (tx.now, clock_off, fault, device_id),
    )


def add_pairing(tx: Transaction, pairing: Pairing) -> None:
    """A device has one pairing code at a time."""
    tx.execute("DELETE FROM pairings WHERE device = ? OR until < ?", (pairing.device, tx.now))
    tx.execute(
        "INSERT INTO pairings (code, device, until) VALUES (?,?,?)",
        (pairing.code, pairing.device, pairing.until),
    )


def take_pairing(tx: Transaction, code: str) -> int | None:
    """The device of a good code, which is used up by this."""
    row = tx.one("SELECT device FROM pairings WHERE code = ? AND until >= ?", code, tx.now)
    if row is None:
        return None
    tx.execute("DELETE FROM pairings WHERE code = ?", (code,))
    return int(row["device"])


def pairings(db: Any, now: int) -> dict[int, Pairing]:
    """Codes that are still good, by device. `db` is a sqlite_utils Database."""
    rows = db.conn.execute("SELECT code, device, until FROM pairings WHERE until >= ?", (now,))
    return {row["device"]: Pairing(*row) for row in rows}


def _text(config: dict[str, Any]) -> str:
    return json.dumps(config, ensure_ascii=False, sort_keys=True)
