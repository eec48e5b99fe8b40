"""One command's view of the store: conditional writes that also become the journal's row."""

from typing import Any

from sqlite_utils import Database

from kiosk.domain.actor import Actor
from kiosk.domain.calibration import Forecast
from kiosk.store import journal
from kiosk.store.journal import JOURNALLED, Head

Fields = dict[str, Any]


class LostRow(Exception):
    """A conditional write met another state than expected; the caller names it in its own words."""


class Transaction:
    """Given to a command by the writer. Reads see the command's own writes.

    Journalled tables are written only through `insert`, `update` and `delete`: these also collect
    what they set (and what was there before), and `record` puts that into the journal's row. So
    the tables and the journal cannot tell different stories.

    now: UTC ms of this command; day: the office day the journal's row will carry; forecast: the
    newest one, made outside, or None.
    """

    def __init__(self, db: Database, head: Head, now: int, cache: dict[str, Any]) -> None:
        self.db = db
        self.head = head
        self.now = now
        self.day = ""
        self.cache = cache
        self.clock_in_doubt = False
        self.forecast: Forecast | None = None
        self._set: dict[str, dict[str, Fields | None]] = {}
        self._was: dict[str, dict[str, Fields | None]] = {}

    @property
    def next_seq(self) -> int:
        """The seq that the next `record` will get."""
        return self.head.seq + 1

    def insert(self, table: str, fields: Fields) -> None:
        """Insert a whole row into a journalled table. Every column must be named."""
        columns = ", ".join(fields)
        marks = ", ".join("?" * len(fields))
        self.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(fields.values()))
        key = str(fields[JOURNALLED[table]])
        self._set.setdefault(table, {})[key] = {k: v for k, v in fields.items() if v is not None}
        self._was.setdefault(table, {})[key] = None

    def update(self, table: str, key: int | str, where: Fields, **fields: Any) -> None:
        """Change one row if it still looks like `where`. Raises LostRow when it does not.

        What the fields were is read before, unless `where` tells it.
        """
        column = JOURNALLED[table]
        before: Any = where
        if not fields.keys() <= where.keys():
            before = self.execute(
                f"SELECT {', '.join(fields)} FROM {table} WHERE {column} = ?", (key,)
            ).fetchone()
        sets = ", ".join(f"{name} = ?" for name in fields)
        conditions = "".join(f" AND {name} IS ?" for name in where)
        cursor = self.execute(
            f"UPDATE {table} SET {sets} WHERE {column} = ?{conditions}",
            (*fields.values(), key, *where.values()),
        )
        if cursor.rowcount != 1:
            raise LostRow(f"{table} {key}")
        self._set.setdefault(table, {}).setdefault(str(key), {}).update(fields)  # type: ignore[union-attr]
        was = self._was.setdefault(table, {}).setdefault(str(key), {})
        if was is not None:
            for name in fields:
                was.setdefault(name, before[name])

    def delete(self, table: str, key: int | str, where: Fields) -> None:
        """Remove one row if it still looks like `where`. Raises LostRow when it does not."""
        column = JOURNALLED[table]
        conditions = "".join(f" AND {name} IS ?" for name in where)
        before = self.one(f"SELECT * FROM {table} WHERE {column} = ?", key)
        cursor = self.execute(
            f"DELETE FROM {table} WHERE {column} = ?{conditions}", (key, *where.values())
        )
        if cursor.rowcount != 1:
            raise LostRow(f"{table} {key}")
        self._set.setdefault(table, {})[str(key)] = None
        told = {name: value for name, value in dict(before).items() if value is not None}
        self._was.setdefault(table, {})[str(key)] = told

    def restate(self, table: str, rows: list[Fields]) -> None:
        """Put rows into the journal as they stand, so that a replay may begin at this row."""
        for row in rows:
            key = str(row[JOURNALLED[table]])
            self._set.setdefault(table, {})[key] = {k: v for k, v in row.items() if v is not None}

    def record(self, event: str, by: Actor, **facts: Any) -> int:
        """Write the journal's row for everything changed since the last one. Returns its seq."""
        data: dict[str, Any] = dict(facts)
        if self._set:
            data["set"], data["was"] = self._set, self._was
        self.head = journal.append(
            self.db,
            self.head,
            at=self.now,
            day=self.day,
            event=event,
            actor=by.name,
            device=by.device,
            data=data,
        )
        self._set, self._was = {}, {}
        return self.head.seq

    def execute(self, sql: str, parameters: tuple[Any, ...] = ()) -> Any:
        """Run a statement inside the open transaction; returns the cursor."""
        return self.db.conn.execute(sql, parameters)

    def one(self, sql: str, *parameters: Any) -> Any:
        """The first row, or None."""
        return self.execute(sql, parameters).fetchone()

    def all(self, sql: str, *parameters: Any) -> list[Any]:
        rows: list[Any] = self.execute(sql, parameters).fetchall()
        return rows

    def has_unrecorded_changes(self) -> bool:
        return bool(self._set)
