"""Somebody with the file, SQL and patience: changes what is stored, with or without new seals."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from kiosk.store.journal import GENESIS, JOURNALLED, canonical, row_hash

Cells = dict[str, dict[str, dict[str, Any] | None]]


class Forger:
    """`path`: an office's closed file, with its heads file beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.heads = path.with_name(path.name + ".heads")
        with self.open() as db:
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                db.execute(f"DROP TRIGGER {name}")

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path)) as db:
            db.row_factory = sqlite3.Row
            yield db
            db.commit()

    def sql(self, *statements: str) -> None:
        with self.open() as db:
            for statement in statements:
                db.execute(statement)

    def rows(self, sql: str) -> list[Any]:
        with self.open() as db:
            return db.execute(sql).fetchall()

    def last(self) -> Any:
        return self.rows("SELECT * FROM journal ORDER BY seq DESC LIMIT 1")[0]

    def seal_again(self, heads: bool = False) -> None:
        """Give every row the hash that follows from what it says now; `heads`: and note them."""
        previous, lines = GENESIS, []
        with self.open() as db:
            for seq, *parts, _ in db.execute("SELECT * FROM journal ORDER BY seq").fetchall():
                previous = row_hash(previous, seq, *parts)
                db.execute("UPDATE journal SET hash = ? WHERE seq = ?", (previous, seq))
                lines.append(f"{seq} {previous}\n")
        if heads:
            self.heads.write_text("".join(lines))

    def write(self, event: str, cells: Cells, at: int = 0, **facts: Any) -> int:
        """Add an entry as the office would: tables, `was`, seal and heads line all agree.

        `SEQ` in cells stands for the new entry's number; a row of None is taken away. Returns the
        number.
        """
        last = self.last()
        seq, at = last["seq"] + 1, at or last["at"] + 1000
        changes = {
            table: {
                str(seq) if key == "SEQ" else key: fields
                and {name: seq if value == "SEQ" else value for name, value in fields.items()}
                for key, fields in rows.items()
            }
            for table, rows in cells.items()
        }
        with self.open() as db:
            was = {
                table: {key: self._put(db, table, key, fields) for key, fields in rows.items()}
                for table, rows in changes.items()
            }
            data = canonical({**facts, "set": changes, "was": was} if changes else facts)
            parts = at, last["day"], event, "Penyelia", "server", data
            seal = row_hash(last["hash"], seq, *parts)
            db.execute("INSERT INTO journal VALUES (?,?,?,?,?,?,?,?)", (seq, *parts, seal))
        with self.heads.open("a") as file:
            file.write(f"{seq} {seal}\n")
        return int(seq)

    def _put(self, db: Any, table: str, key: str, fields: dict[str, Any] | None) -> Any:
        column = JOURNALLED[table]
        before = db.execute(f"SELECT * FROM {table} WHERE {column} = ?", (key,)).fetchone()
        if fields is None:
            db.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))
            return dict(before)
        if before is None:
            marks = ",".join("?" * len(fields))
            sql = f"INSERT INTO {table} ({','.join(fields)}) VALUES ({marks})"
            db.execute(sql, tuple(fields.values()))
            return None
        sets = ",".join(f"{name} = ?" for name in fields)
        sql = f"UPDATE {table} SET {sets} WHERE {column} = ?"
        db.execute(sql, (*fields.values(), key))
        return {name: before[name] for name in fields}
