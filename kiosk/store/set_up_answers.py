"""What was answered in the wizard so far. Never journalled: it becomes the office when it ends."""

from typing import Any

from kiosk.store.transaction import Transaction


def load(db: Any) -> dict[str, str]:
    """Name to value. `db` is a sqlite_utils Database."""
    rows = db.conn.execute("SELECT name, value FROM set_up_answers")
    return {row["name"]: row["value"] for row in rows}


def put(tx: Transaction, answers: dict[str, str]) -> None:
    """Keep these; others stay as they are."""
    for name, value in answers.items():
        tx.execute(
            "INSERT INTO set_up_answers (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )


def clear(tx: Transaction) -> None:
    tx.execute("DELETE FROM set_up_answers")
