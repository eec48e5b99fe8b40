"""The files of an office in its data folder."""

import os
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


def write_whole(source: Path, target: Path) -> None:
    """Copy a file so that `target` is the old one or the whole new one, on the disk, never half.

    Only this user may read it, where the file system can say so. Raises OSError.
    """
    half = target.with_name(f"{target.name}.half")
    half.unlink(missing_ok=True)
    try:
        with source.open("rb") as whole, open(half, "xb", opener=_for_us_alone) as copy:
            shutil.copyfileobj(whole, copy)
            copy.flush()
            os.fsync(copy.fileno())
        half.replace(target)
    finally:
        half.unlink(missing_ok=True)


def _for_us_alone(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
