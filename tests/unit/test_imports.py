"""Who imports whom: the architecture's one direction, read from the source."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "kiosk").rglob("*.py"))

#: room -> rooms of this project it may import besides itself. Longest name wins.
MAY_IMPORT: dict[str, set[str]] = {
    "kiosk": set(),
    "kiosk.errors": set(),
    "kiosk.config": set(),
    "kiosk.clock": set(),
    "kiosk.domain": set(),
    "kiosk.audit": set(),
    "kiosk.store": {"kiosk.domain", "kiosk.errors", "kiosk.clock"},
    "kiosk.views": {"kiosk.domain", "kiosk.store"},
    "kiosk.commands": {"kiosk.domain", "kiosk.errors", "kiosk.store", "kiosk.views"},
    "kiosk.office": {
        "kiosk.clock",
        "kiosk.commands",
        "kiosk.domain",
        "kiosk.errors",
        "kiosk.store",
    },
    "kiosk.board": {
        "kiosk.clock",
        "kiosk.domain",
        "kiosk.errors",
        "kiosk.store",
        "kiosk.views",
    },
    "kiosk.simulator": {
        "kiosk.access",
        "kiosk.audit",
        "kiosk.clock",
        "kiosk.commands",
        "kiosk.domain",
        "kiosk.errors",
        "kiosk.office",
        "kiosk.setting_up",
        "kiosk.store",
    },
    "kiosk.printing": {"kiosk.domain"},
    "kiosk.voice": {"kiosk.domain"},
    "kiosk.workers": {"kiosk.printing", "kiosk.domain"},
    "kiosk.messages": {"kiosk.errors", "kiosk.terminal", "kiosk.voice"},
    "kiosk.terminal": set(),
}

#: third-party packages that have one room each.
OWN_ROOM = {
    "sqlite_utils": ("kiosk.store",),
    "flask": ("kiosk.web", "kiosk.app"),
    "flask_socketio": ("kiosk.web", "kiosk.app"),
    "gevent": ("kiosk.web",),
    "escpos": ("kiosk.printing",),
    "PIL": ("kiosk.printing",),
}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2])


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: module_of(p))
def test_every_module_imports_only_what_its_room_may(path: Path) -> None:
    module, room = module_of(path), room_of(module_of(path))
    for name in imports_of(path):
        top = name.split(".")[0]
        if top in OWN_ROOM:
            assert room in OWN_ROOM[top], f"{module} imports {name}"
        if top == "kiosk" and name != "kiosk" and room in MAY_IMPORT:
            other = room_of(name)
            assert other == room or other in MAY_IMPORT[room] or other == "kiosk.__version__", (
                f"{module} imports {name}"
            )


def test_nobody_but_the_wiring_imports_the_web() -> None:
    for path in SOURCES:
        if room_of(module_of(path)) in ("kiosk.web", "kiosk.app"):
            continue
        assert not any(name.startswith("kiosk.web") for name in imports_of(path)), path


def test_the_domain_needs_only_the_standard_library() -> None:
    import sys

    for path in SOURCES:
        if room_of(module_of(path)) != "kiosk.domain":
            continue
        for name in imports_of(path):
            top = name.split(".")[0]
            assert top in sys.stdlib_module_names or name.startswith("kiosk.domain"), (path, name)
            assert top not in ("time", "logging", "os", "socket", "random"), (path, name)
