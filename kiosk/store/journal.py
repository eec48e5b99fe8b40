"""The journal: one hash-chained row for each change.

hash = SHA-256(previous hash as hex text, then the canonical form of the row). Canonical: JSON with
sorted keys, no spaces, UTF-8, integers only. The first row follows sixty-four zeros.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlite_utils import Database

GENESIS = "0" * 64

#: Tables that a replay rebuilds, with their key column.
JOURNALLED: dict[str, str] = {
    "tickets": "id",
    "counters": "number",
    "services": "code",
    "settings": "key",
    "days": "day",
    "service_days": "id",
    "visits": "id",
}

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Head:
    """The journal's last row: what the next one follows."""

    seq: int
    hash: str
    at: int


_encode = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
).encode


def canonical(value: object) -> str:
    """The one way a value is written."""
    return _encode(value)


def row_hash(
    previous: str, seq: int, at: int, day: str, event: str, actor: str, device: str, data: str
) -> str:
    """The hash of a journal row; `data` is already canonical and enters as text."""
    form = _encode([seq, at, day, event, actor, device, data])
    return hashlib.sha256((previous + form).encode()).hexdigest()


def append(
    db: Database,
    head: Head,
    *,
    at: int,
    day: str,
    event: str,
    actor: str,
    device: str,
    data: object,
) -> Head:
    """Write the next row and return the new head. The caller holds the transaction."""
    seq, text = head.seq + 1, canonical(data)
    digest = row_hash(head.hash, seq, at, day, event, actor, device, text)
    db.conn.execute(
        "INSERT INTO journal (seq, at, day, event, actor, device, data, hash)"
        " VALUES (?,?,?,?,?,?,?,?)",
        (seq, at, day, event, actor, device, text, digest),
    )
    return Head(seq, digest, at)


def read_head(db: Database) -> Head:
    """The last row; after a purge of everything the last segment's head; else the beginning."""
    row = db.conn.execute("SELECT seq, hash, at FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    if row is not None:
        return Head(row["seq"], row["hash"], row["at"])
    row = db.conn.execute(
        "SELECT last_seq, head_hash FROM segments ORDER BY last_seq DESC LIMIT 1"
    ).fetchone()
    return Head(row["last_seq"], row["head_hash"], 0) if row else Head(0, GENESIS, 0)


def read_row(db: Database, seq: int) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.conn.execute(
        "SELECT * FROM journal WHERE seq = ?", (seq,)
    ).fetchone()
    return row


def read_after(db: Database, seq: int, limit: int) -> list[sqlite3.Row]:
    return db.conn.execute(
        "SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?", (seq, limit)
    ).fetchall()


def calls_of_open_segment(db: Database) -> Iterator[sqlite3.Row]:
    """Calls, recalls and undone deeds of the office day that goes on, newest first."""
    rows: Iterator[sqlite3.Row] = db.conn.execute(
        "SELECT seq, at, event, data FROM journal"
        " WHERE event IN ('ticket_called', 'ticket_recalled', 'undone')"
        " AND seq > (SELECT coalesce(max(last_seq), 0) FROM segments) ORDER BY seq DESC"
    )
    return rows


def apply_changes(tables: dict[str, dict[str, Row]], changes: Mapping[str, object]) -> None:
    """Apply one row's `set` to replayed tables: {table: {key: {column: value}}}; null deletes."""
    for table, rows in changes.items():
        target = tables.setdefault(table, {})
        assert isinstance(rows, dict)
        for key, fields in rows.items():
            if fields is None:
                target.pop(key, None)
            else:
                target.setdefault(key, {}).update(fields)


def replay(db: Database) -> dict[str, dict[str, Row]]:
    """Rebuild the journalled tables from the journal alone."""
    tables: dict[str, dict[str, Row]] = {name: {} for name in JOURNALLED}
    for row in db.conn.execute("SELECT data FROM journal ORDER BY seq"):
        apply_changes(tables, json.loads(row["data"]).get("set", {}))
    return tables
