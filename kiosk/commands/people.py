"""Staff, their sessions, and devices. Hashes of secrets come in ready-made; secrets never do."""

from typing import Any

from kiosk.commands import Answer, allowed
from kiosk.domain.actor import (
    AGENT,
    DEVICE_KINDS,
    DISPLAY,
    KIOSK,
    STAFF_ROLES,
    SUPERVISOR,
    Actor,
)
from kiosk.errors import Invalid, LabelTaken, LastSupervisor, PairingCodeWrong
from kiosk.store import counters, devices, printers, services, sessions, staff
from kiosk.store import settings as setting_store
from kiosk.store.devices import Pairing
from kiosk.store.sessions import Session
from kiosk.store.staff import Staff
from kiosk.store.transaction import Transaction

#: The role of a paired counter PC with nobody signed in: it may only be there.
COUNTER_DEVICE = "counter_device"

LONGEST_LABEL = 40  # letters
LONGEST_NAME = 200  # of a device

SESSION_LASTS = 14 * 60 * 60 * 1000  # ms: the longest office day
PAIRING_LASTS = 10 * 60 * 1000  # ms

#: Whole numbers that a device may be told about itself, with their bounds.
_NUMBERS: dict[str, tuple[int, int]] = {
    "screen_height_mm": (50, 5000),
    "viewing_distance_m": (1, 50),
    "counter": (1, 99),
    "printer": (1, 1_000_000),
    "fallback": (1, 1_000_000),
    "volume": (0, 100),
    "overscan": (0, 10),
}


@allowed(SUPERVISOR)
def add_staff(tx: Transaction, by: Actor, *, label: str, role: str, pin_hash: str) -> Answer:
    """A new member of staff under a label of their choice. Raises LabelTaken, Invalid.

    Labels that differ only in capitals would be taken for the same person.
    """
    if role not in STAFF_ROLES:
        raise Invalid(field="role", problem=", ".join(STAFF_ROLES))
    _require_words("label", label, LONGEST_LABEL)
    if staff.is_taken(tx.db, label):
        raise LabelTaken(label=label)
    staff.add(tx, Staff(label, role, pin_hash, 1))
    tx.record("staff_added", by, label=label, role=role)
    return {"staff": {"label": label, "role": role, "active": True}}


@allowed(SUPERVISOR)
def set_pin(tx: Transaction, by: Actor, *, label: str, pin_hash: str) -> Answer:
    """A new PIN, also for somebody who was disabled; open sessions of theirs end."""
    found = staff.get(tx, label)
    staff.set_pin(tx, label, pin_hash)
    staff.set_active(tx, label, True)
    sessions.end_of_staff(tx, label)
    tx.record("staff_pin_changed", by, label=label)
    return {"staff": {"label": label, "role": found.role, "active": True}}


@allowed(SUPERVISOR)
def disable_staff(tx: Transaction, by: Actor, *, label: str) -> Answer:
    """Nobody signs in under this label any more. Raises UnknownStaff, LastSupervisor."""
    found = staff.get(tx, label)
    if found.role == SUPERVISOR and found.active and staff.count_supervisors(tx.db) == 1:
        raise LastSupervisor(label=label)
    staff.set_active(tx, label, False)
    sessions.end_of_staff(tx, label)
    tx.record("staff_disabled", by, label=label)
    return {"staff": {"label": label, "role": found.role, "active": False}}


@allowed(*STAFF_ROLES)
def open_session(
    tx: Transaction, by: Actor, *, token_hash: str, csrf: str, lasts: int = SESSION_LASTS
) -> Answer:
    """Remember that `by` signed in; the caller has checked the PIN. `lasts`: ms.

    Raises UnknownCounter.
    """
    if by.counter is not None:
        counters.get(tx, by.counter)
    until = tx.now + lasts
    sessions.add(tx, Session(token_hash, csrf, by.name, by.device, by.counter, until))
    return {"name": by.name, "role": by.role, "counter": by.counter, "until": until}


@allowed(*STAFF_ROLES)
def end_session(tx: Transaction, by: Actor, *, token_hash: str) -> Answer:
    """Sign out."""
    sessions.end(tx, token_hash)
    return {"name": by.name}


@allowed(SUPERVISOR)
def add_device(
    tx: Transaction,
    by: Actor,
    *,
    kind: str,
    name: str,
    token_hash: str | None = None,
    pairing_code: str | None = None,
    config: dict[str, Any] | None = None,
) -> Answer:
    """A new device, with its token's hash or with a code to pair it within 10 minutes."""
    if kind not in DEVICE_KINDS:
        raise Invalid(field="kind", problem=", ".join(DEVICE_KINDS))
    _require_words("name", name, LONGEST_NAME)
    settings = _check_config(tx, config or {})
    number = devices.add(tx, kind, name, settings, token_hash)
    tx.record("device_added", by, device_id=number, kind=kind, name=name)
    return _device(tx, number) | _new_pairing(tx, number, pairing_code)


@allowed(SUPERVISOR)
def renew_pairing(tx: Transaction, by: Actor, *, device_id: int, pairing_code: str) -> Answer:
    """A fresh pairing code for a known device, also for one that was revoked."""
    devices.get(tx, device_id)
    tx.record("device_pairing_renewed", by, device_id=device_id)
    return _device(tx, device_id) | _new_pairing(tx, device_id, pairing_code)


@allowed()
def pair_device(tx: Transaction, by: Actor, *, code: str, token_hash: str) -> Answer:
    """Give a device its token in exchange for a pairing code. Raises PairingCodeWrong."""
    number = devices.take_pairing(tx, code)
    if number is None:
        raise PairingCodeWrong()
    devices.set_token(tx, number, token_hash)
    tx.record("device_paired", by, device_id=number)
    return _device(tx, number)


@allowed(SUPERVISOR)
def revoke_device(tx: Transaction, by: Actor, *, device_id: int) -> Answer:
    """The device's token is good no more; sessions opened at it end."""
    found = devices.get(tx, device_id)
    devices.revoke(tx, device_id)
    sessions.end_at_device(tx, found.place)
    tx.record("device_revoked", by, device_id=device_id)
    return _device(tx, device_id)


@allowed(SUPERVISOR)
def configure_device(
    tx: Transaction, by: Actor, *, device_id: int, name: str | None, config: dict[str, Any]
) -> Answer:
    """Change a device's name and settings; a setting given as null is forgotten."""
    found = devices.get(tx, device_id)
    _require_words("name", name or found.name, LONGEST_NAME)
    changed = {k: v for k, v in (found.settings | config).items() if v is not None}
    settings = _check_config(tx, changed)
    devices.configure(tx, device_id, name or found.name, settings)
    tx.record("device_configured", by, device_id=device_id)
    return _device(tx, device_id)


@allowed(KIOSK, DISPLAY, AGENT, COUNTER_DEVICE)
def heartbeat(
    tx: Transaction, by: Actor, *, device_id: int, clock: int | None, fault: str | None
) -> Answer:
    """A device lives; `clock` is its own UTC ms. Changes nothing that the journal knows."""
    is_drill = setting_store.current(tx)["drill"] == "on"  # its time is no computer's
    clock_off = clock - tx.now if clock is not None and not is_drill else None
    devices.note_heartbeat(tx, device_id, clock_off, fault)
    return {"now": tx.now, "clock_off": clock_off}


def _require_words(field: str, text: str, most: int) -> None:
    """Raises Invalid unless it is 1 to `most` printable letters with none of them blank outside."""
    if not text or text != text.strip() or not text.isprintable():
        raise Invalid(field=field, problem="is not written as it should be")
    if len(text) > most:
        raise Invalid(field=field, problem="is too long", most=most)


def _check_config(tx: Transaction, config: dict[str, Any]) -> dict[str, Any]:
    """Raises Invalid for what is out of bounds, UnknownCounter, UnknownService."""
    for key, (low, high) in _NUMBERS.items():
        if key in config and not low <= config[key] <= high:
            raise Invalid(field=key, problem=f"{low}-{high}")
    if "counter" in config:
        counters.get(tx, config["counter"])
    for key in ("printer", "fallback"):
        if key in config and printers.find(tx, config[key]) is None:
            raise Invalid(field=key, problem=str(config[key]))
    for code in config.get("services", ()):
        services.get(tx, code)
    return config


def _device(tx: Transaction, number: int) -> Answer:
    found = devices.get(tx, number)
    return {
        "device": {
            "id": found.id,
            "kind": found.kind,
            "name": found.name,
            "config": found.settings,
            "revoked": found.revoked_at is not None,
        }
    }


def _new_pairing(tx: Transaction, device_id: int, code: str | None) -> Answer:
    if code is None:
        return {}
    pairing = Pairing(code, device_id, tx.now + PAIRING_LASTS)
    devices.add_pairing(tx, pairing)
    return {"pairing": {"code": code, "until": pairing.until}}
