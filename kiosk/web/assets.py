"""Which styles, scripts and texts a page needs; its styles in one file."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kiosk.config import ROOT
from kiosk.messages import LANGUAGES, catalogue

#: In every page's style sheet, in this order.
_COMMON = (
    "/vendor/@fontsource/atkinson-hyperlegible/400.css",
    "/vendor/@fontsource/atkinson-hyperlegible/700.css",
    "/static/css/tokens.css",
    "/static/css/base.css",
)
_NO_OTHERS = "common"
_MOST = 12
_OWN_SHEET = re.compile(r"/static/[a-z_]+/[a-z0-9_]+\.css")
_RELATIVE = re.compile(r"url\(\./")
_IMPORT = re.compile(
    r"""^(?:import\s+(?:[\w*\s{},$]+\sfrom\s+)?|export\s+[\w*\s{},$]+\sfrom\s+)['"]([^'"]+)['"]""",
    re.MULTILINE,
)


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


def sheet_of(styles: Sequence[str] = ()) -> str:
    """The address under which a page's styles are one file, after those of every page."""
    own = "+".join(style.removeprefix("/static/").removesuffix(".css") for style in styles)
    return f"/sheets/{own or _NO_OTHERS}.css"


def sheet(name: str) -> bytes | None:
    """The file of such an address; None if a part of it is no style sheet of ours."""
    own = () if name == _NO_OTHERS else tuple(f"/static/{part}.css" for part in name.split("+"))
    if len(own) > _MOST or not all(_OWN_SHEET.fullmatch(address) for address in own):
        return None
    addresses = (*_COMMON, *own)
    paths = [_on_disk(address) for address in addresses]
    if not all(path.is_file() for path in paths):
        return None
    return _sheet(addresses, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=32)
def _sheet(addresses: tuple[str, ...], modified: tuple[int, ...]) -> bytes:
    pieces = []
    for address in addresses:
        text = _on_disk(address).read_text(encoding="utf-8")
        pieces.append(_RELATIVE.sub(f"url({PurePosixPath(address).parent}/", text))
    return "\n".join(pieces).encode()


def _on_disk(address: str) -> Path:
    return ROOT / address.lstrip("/").replace("vendor/", "node_modules/", 1)


def texts_of(entry: str) -> dict[str, dict[str, str]]:
    """{language: {msgid: text}}: the catalogues' texts that stand in the scripts of a page.

    entry  the address of the page's first script
    """
    paths = tuple(_on_disk(address) for address in (entry, *modules_of(entry)))
    return _texts(paths, tuple(path.stat().st_mtime_ns for path in paths))


@lru_cache(maxsize=32)
def _texts(paths: tuple[Path, ...], modified: tuple[int, ...]) -> dict[str, dict[str, str]]:
    source = "\n".join(path.read_text(encoding="utf-8") for path in paths)
    source = source.replace("\\'", "'").replace('\\"', '"')
    return {
        language: {
            msgid: text
            for msgid, text in catalogue(language).items()
            if f"'{msgid}'" in source or f'"{msgid}"' in source
        }
        for language in LANGUAGES
    }
