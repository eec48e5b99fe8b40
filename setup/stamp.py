"""A stamp says from which lock files a thing was made; written last, so half is not done."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def fingerprint(*files: Path) -> str:
    """SHA-256 over the files' contents, in order."""
    total = hashlib.sha256()
    for file in files:
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_current(stamp: Path, *files: Path) -> bool:
    """Whether `stamp` was written for exactly these contents."""
    try:
        return stamp.read_text(encoding="ascii") == fingerprint(*files)
    except FileNotFoundError:
        return False


@contextmanager
def written_last(stamp: Path, *files: Path) -> Iterator[None]:
    """Declare what the body makes as made from these contents, as they were at its beginning."""
    made_from = fingerprint(*files)
    yield
    stamp.write_text(made_from, encoding="ascii")
