"""The heads file beside the database: a plain chain does not show a cut tail or a re-hashed suffix;
this file does.
"""

import os
import re
from pathlib import Path

from sqlite_utils import Database

from kiosk.store import journal
from kiosk.store.journal import Head

_LINE = re.compile(rb"(\d{1,18}) ([0-9a-f]{64})")
_TAIL = 4096  # bytes


class HeadsFile:
    """`<database>.heads`: one `seq hash` line after each commit, only ever appended.

    A line that a power cut or a full disk tore is followed by a whole one without a break.
    """

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(database.name + ".heads")

    def append(self, head: Head) -> None:
        """Raises OSError when it cannot be written whole; the commit itself stands."""
        rest = f"{head.seq} {head.hash}\n".encode()
        descriptor = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o640)
        try:
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)

    def last_lines(self) -> list[Head]:
        """The newest lines (their `at` is 0), none when there is no file. Raises OSError."""
        try:
            with self.path.open("rb") as file:
                file.seek(0, os.SEEK_END)
                file.seek(max(0, file.tell() - _TAIL))
                lines = file.read().split(b"\n")
        except FileNotFoundError:
            return []
        return [
            Head(int(found[1]), found[2].decode(), 0)
            for line in lines
            if (found := _LINE.fullmatch(line))
        ]


def is_cut(db: Database, head: Head, lines: list[Head]) -> bool:
    """Whether the journal ends before a row that had been noted as committed."""
    return any(line.seq > head.seq and not _was_torn(db, line) for line in lines)


def _was_torn(db: Database, line: Head) -> bool:
    """Whether the seq only seems so high, because it stands behind the rest of a torn line."""
    digits = str(line.seq)
    rows = (journal.read_row(db, int(digits[start:])) for start in range(1, len(digits)))
    return any(row is not None and row["hash"] == line.hash for row in rows)
