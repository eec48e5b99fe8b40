"""Printers as the office has set them up, who works each of them now, and how it is.

None of it is journalled but the fact that a printer was changed: paper follows the queue.
"""

from typing import Any

from kiosk.domain import paper
from kiosk.store.transaction import Transaction

LEASE = 30_000
"""ms that a worker may stay silent before another one may have its printer."""

NEVER = 0
"""`since` of a printer that nobody has looked at."""

COLUMNS = (
    "id", "name", "kind", "address", "width_mm", "profile", "status", "probe", "cutter", "active",
    "agent", "roll_mm",
)  # fmt: skip
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM printers"
_STATES = (
    "SELECT s.*, p.name, p.kind, p.active, p.agent, p.status AS ability, p.roll_mm, p.width_mm"
    " FROM printer_states s JOIN printers p ON p.id = s.printer"
)


def load(db: Any) -> list[dict[str, Any]]:
    """All printers by id. `db` is a sqlite_utils Database."""
    return [dict(row) for row in db.conn.execute(f"{_SELECT} ORDER BY id")]


def find(tx: Transaction, number: int) -> Any:
    return tx.one(f"{_SELECT} WHERE id = ?", number)


def of_agent(tx: Transaction, agent: int | None) -> list[dict[str, Any]]:
    """The printers in use that an agent (device id) serves; None: this server's own."""
    rows = tx.all(f"{_SELECT} WHERE active = 1 AND agent IS ? ORDER BY id", agent)
    return [dict(row) for row in rows]


def put(tx: Transaction, number: int | None, fields: dict[str, Any]) -> int:
    """Add one (None) or change one. Returns its id."""
    tx.cache.clear()
    if number is None:
        cursor = tx.execute(
            f"INSERT INTO printers ({', '.join(fields)}) VALUES ({', '.join('?' * len(fields))})",
            tuple(fields.values()),
        )
        number = int(cursor.lastrowid)
        tx.execute(
            "INSERT INTO printer_states VALUES (?, NULL, 0, ?, ?, '', ?, 0, ?)",
            (number, paper.UNKNOWN, NEVER, tx.now, tx.now),
        )
        return number
    sets = ", ".join(f"{name} = ?" for name in fields)
    tx.execute(f"UPDATE printers SET {sets} WHERE id = ?", (*fields.values(), number))
    return number


def of_kiosk(tx: Transaction, device: str) -> tuple[int, int | None]:
    """A kiosk's printer and its second one, both in use.

    The printer: its own if configured, else the first real one, else the preview, else 0.
    """
    key = f"printer/{device}"
    if key not in tx.cache:
        first = second = None
        kind, _, number = device.partition(":")
        if kind == "kiosk" and number.isdigit():
            first, second = (_configured(tx, int(number), name) for name in ("printer", "fallback"))
        if first is None:
            row = tx.one(
                "SELECT id FROM printers WHERE active = 1 ORDER BY kind = 'preview', id LIMIT 1"
            )
            first = int(row["id"]) if row else 0
        tx.cache[key] = first, second if second != first else None
    pair: tuple[int, int | None] = tx.cache[key]
    return pair


def _configured(tx: Transaction, kiosk: int, name: str) -> int | None:
    row = tx.one(
        f"SELECT p.id FROM devices d JOIN printers p ON p.active = 1"
        f" AND p.id = json_extract(d.config, '$.{name}') WHERE d.id = ?",
        kiosk,
    )
    return int(row["id"]) if row else None


def is_real_one_connected(db: Any) -> bool:
    """Whether any printer in use is more than the preview."""
    row = db.conn.execute(
        "SELECT 1 FROM printers WHERE active = 1 AND kind <> 'preview' LIMIT 1"
    ).fetchone()
    return row is not None


# --- who works it ------------------------------------------------------------------------------


def holder(tx: Transaction, number: int) -> tuple[str | None, int]:
    """The worker that holds a printer, and until when (UTC ms)."""
    row = tx.one("SELECT worker, lease_until FROM printer_states WHERE printer = ?", number)
    return row["worker"], int(row["lease_until"])


def lease(tx: Transaction, number: int, worker: str | None) -> None:
    """Give a printer to a worker for a while, or to nobody."""
    tx.execute(
        "UPDATE printer_states SET worker = ?, lease_until = ? WHERE printer = ?",
        (worker, tx.now + LEASE if worker else 0, number),
    )


def abandoned(tx: Transaction) -> list[int]:
    """Printers whose worker has been silent for too long."""
    rows = tx.all(
        "SELECT printer FROM printer_states WHERE worker IS NOT NULL AND lease_until < ?", tx.now
    )
    return [int(row["printer"]) for row in rows]


# --- how it is ---------------------------------------------------------------------------------


def states(db: Any) -> list[dict[str, Any]]:
    """How each printer is, with its name, kind, whether it is in use, its ability and its roll."""
    return [dict(row) for row in db.conn.execute(f"{_STATES} ORDER BY s.printer")]


def state(tx: Transaction, number: int) -> Any:
    return tx.one(f"{_STATES} WHERE s.printer = ?", number)


def note_state(tx: Transaction, number: int, now_is: str, answer: str) -> None:
    """What a worker has learnt. A printer that had no paper and is ready has got a new roll."""
    known = tx.one("SELECT state, since FROM printer_states WHERE printer = ?", number)
    since = known["since"] if known["state"] == now_is else NEVER
    since = tx.now if since == NEVER else since
    tx.execute(
        "UPDATE printer_states SET state = ?, since = ?, answer = ?, seen_at = ? WHERE printer = ?",
        (now_is, since, answer, tx.now, number),
    )
    if known["state"] == paper.OUT and now_is in paper.READY:
        begin_roll(tx, number)


def expect_workers(tx: Transaction) -> None:
    """The server begins: nobody could have spoken while it was away."""
    tx.execute("UPDATE printer_states SET seen_at = ?", (tx.now,))


def begin_roll(tx: Transaction, number: int) -> None:
    tx.execute(
        "UPDATE printer_states SET used_mm = 0, roll_since = ? WHERE printer = ?", (tx.now, number)
    )


def use_paper(tx: Transaction, number: int, length_mm: int) -> None:
    tx.execute(
        "UPDATE printer_states SET used_mm = used_mm + ? WHERE printer = ?", (length_mm, number)
    )


def effective(row: Any, now: int) -> str:
    """A printer's state, or `silent` when nobody has spoken of it lately. `row` of `states()`."""
    if row["kind"] != paper.PREVIEW and now - row["seen_at"] > paper.SILENT_AFTER:
        return paper.SILENT
    found: str = row["state"]
    return found


def has_just_begun(row: Any, now: int) -> bool:
    """Whether nobody can have looked at it yet: it was added, or the server began, a moment ago."""
    if now - row["seen_at"] > paper.SILENT_AFTER:
        return False
    return row["worker"] is None or row["since"] == NEVER


def is_ready(tx: Transaction, number: int | None) -> bool:
    """Whether it is in use and was ready when last looked at."""
    row = state(tx, number) if number else None
    if row is None or not row["active"]:
        return False
    return row["kind"] == paper.PREVIEW or effective(row, tx.now) in paper.READY
