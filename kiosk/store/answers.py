"""Answers kept for repeated requests (idempotency keys). Only successes are kept."""

import json
from dataclasses import dataclass
from typing import Any

from kiosk.store.transaction import Transaction

_as_json = json.JSONEncoder(ensure_ascii=False).encode

KEEP = 36 * 60 * 60 * 1000  # ms: until the day after


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    request: str
    answer: dict[str, Any]


def find(tx: Transaction, scope: str, key: str) -> KeptAnswer | None:
    row = tx.one("SELECT request, answer FROM answers WHERE scope = ? AND key = ?", scope, key)
    return KeptAnswer(row["request"], json.loads(row["answer"])) if row else None


def keep(tx: Transaction, scope: str, key: str, request: str, answer: dict[str, Any]) -> None:
    tx.execute(
        "INSERT INTO answers (scope, key, request, answer, until) VALUES (?,?,?,?,?)",
        (scope, key, request, _as_json(answer), tx.now + KEEP),
    )


def forget_old(tx: Transaction) -> None:
    tx.execute("DELETE FROM answers WHERE until < ?", (tx.now,))
