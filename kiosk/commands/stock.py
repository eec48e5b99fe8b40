"""The stock of card blanks: lowered by what counters use. It is a setting; empty, nobody counts."""

from typing import Any

from kiosk.store import settings
from kiosk.store.transaction import Transaction

KEY = "blanks"


def left(values: dict[str, str]) -> int | None:
    """Blanks in stock by the settings; None where they are not counted."""
    return int(values[KEY]) if values[KEY] else None


def use(tx: Transaction, blanks: int) -> None:
    """So many were used. Never below none: then the count had been wrong."""
    stock = left(settings.current(tx))
    if blanks and stock is not None:
        settings.put(tx, KEY, str(max(0, stock - blanks)))


def give_back(tx: Transaction, undone: dict[str, Any]) -> None:
    """What an undone deed took, by its journal row's data."""
    stock = left(settings.current(tx))
    before = undone["was"].get("settings", {}).get(KEY)
    if stock is None or before is None:
        return
    taken = int(before["value"]) - int(undone["set"]["settings"][KEY]["value"])
    settings.put(tx, KEY, str(stock + taken))
