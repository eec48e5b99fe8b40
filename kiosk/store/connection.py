"""Opening the file. Plumbing only: no business words here."""

import sqlite3
from pathlib import Path

from sqlite_utils import Database

BUSY_TIMEOUT = 3.0  # seconds


def open_database(
    path: Path, *, synchronous: str = "FULL", busy_timeout: float = BUSY_TIMEOUT
) -> Database:
    """A connection for writing, in autocommit mode: every transaction is begun by name.

    `isolation_level=None` keeps the driver from opening transactions of its own, which would
    swallow later writes. FULL makes a commit survive a power cut; only the simulator asks for less.
    """
    path.touch(mode=0o640)  # before SQLite makes it readable for everybody
    connection = sqlite3.connect(
        path, timeout=busy_timeout, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={synchronous}",
        "foreign_keys=ON",
        "cache_size=-4000",
        "temp_store=MEMORY",
        "wal_autocheckpoint=1000",
    ):
        connection.execute(f"PRAGMA {pragma}")
    return Database(connection)


def open_reader(path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> Database:
    """A connection that cannot write."""
    connection = sqlite3.connect(
        path, timeout=busy_timeout, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA query_only=ON")
    connection.execute("PRAGMA cache_size=-2000")
    return Database(connection)


def data_version(db: Database) -> int:
    """Changes whenever another connection has committed."""
    return int(db.conn.execute("PRAGMA data_version").fetchone()[0])
