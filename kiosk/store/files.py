"""The files of an office in its data folder."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

DATABASE = "office.db"


def put_aside(data: Path, word: str) -> Path | None:
    """Move the office's files into a folder `<word>-<time>` of their own. None: there were none."""
    files = [data / f"{DATABASE}{end}" for end in ("", "-wal", "-shm", ".heads")]
    present = [path for path in files if path.exists()]
    if not present:
        return None
    aside = data / f"{word}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    aside.mkdir(mode=0o750)
    for path in present:
        shutil.move(path, aside / path.name)
    return aside
