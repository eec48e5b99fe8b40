"""The screens' own files on their way out: packed for slow lines; which scripts a page needs."""

import gzip
import re
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kiosk.config import ROOT

#: What becomes much smaller by packing; pictures and fonts are packed already.
TEXT_KINDS = frozenset({".js", ".mjs", ".css", ".svg", ".json", ".map"})
_LEAST = 512  # bytes: below that packing gains nothing
_IMPORT = re.compile(
    r"""^(?:import\s+(?:[\w*\s{},$]+\sfrom\s+)?|export\s+[\w*\s{},$]+\sfrom\s+)['"]([^'"]+)['"]""",
    re.MULTILINE,
)


def packed(path: Path) -> bytes | None:
    """A file's gzip form; None where that is not worth it. Kept as long as the file is the same."""
    stat = path.stat()
    if path.suffix not in TEXT_KINDS or stat.st_size < _LEAST:
        return None
    return _packed(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=512)
def _packed(path: Path, modified: int, size: int) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


def modules_of(entry: str) -> tuple[str, ...]:
    """Every script that a page's first script imports, as addresses, nearest first.

    A browser that is told asks for all at once; else it finds each only in the one before.
    """
    seen = {entry: None}
    waiting = [entry]
    while waiting:
        address = waiting.pop(0)
        for found in _imports(address):
            if found not in seen:
                seen[found] = None
                waiting.append(found)
    return tuple(seen)[1:]


def _imports(address: str) -> tuple[str, ...]:
    path = ROOT / address.lstrip("/")
    if not address.startswith("/static/") or not path.is_file():
        return ()
    return _imports_of(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=512)
def _imports_of(path: Path, modified: int) -> tuple[str, ...]:
    folder = PurePosixPath("/") / path.parent.relative_to(ROOT).as_posix()
    return tuple(
        name if name.startswith("/") else _flat(folder / name)
        for name in _IMPORT.findall(path.read_text(encoding="utf-8"))
        if name.startswith((".", "/"))
    )


def _flat(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts[1:]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/" + "/".join(parts)
