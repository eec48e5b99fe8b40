"""Settings as stored: one text value a key, defaults where nothing was said."""

from typing import Any

from kiosk.domain.settings import default_values
from kiosk.store.transaction import Transaction


def load(db: Any) -> dict[str, str]:
    """All settings with their defaults. `db` is a sqlite_utils Database."""
    return default_values() | {
        row["key"]: row["value"] for row in db.conn.execute("SELECT key, value FROM settings")
    }


def current(tx: Transaction) -> dict[str, str]:
    """The writer's copy, read once until something changes."""
    values: dict[str, str] | None = tx.cache.get("settings")
    if values is None:
        values = tx.cache["settings"] = load(tx.db)
    return values


def put(tx: Transaction, key: str, value: str) -> None:
    exists = tx.one("SELECT 1 FROM settings WHERE key = ?", key)
    if exists:
        tx.update("settings", key, {}, value=value)
    else:
        tx.insert("settings", {"key": key, "value": value})
    tx.cache.pop("settings", None)


def fill(tx: Transaction) -> None:
    """Write the defaults that nobody changed, so that the journal holds every setting."""
    stored = {row["key"] for row in tx.all("SELECT key FROM settings")}
    for key, value in default_values().items():
        if key not in stored:
            tx.insert("settings", {"key": key, "value": value})
