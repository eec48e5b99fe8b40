"""The screen texts: messages.po (in the repository) to messages.mo (what gettext reads)."""

from pathlib import Path

from setup import environment
from setup.tool import run_tool


def outdated(root: Path) -> list[Path]:
    """The .po files whose .mo is missing or was compiled from another state of the file."""
    sources = sorted(root.glob("kiosk/locale/*/LC_MESSAGES/*.po"))
    return [source for source in sources if not _is_compiled(source)]


def compile_outdated(root: Path) -> None:
    """Compile them, in a ready .venv. Raises SetupFailed for a catalogue that cannot be read."""
    command = [environment.python_of(root / ".venv"), root / "setup" / "compile_catalogues.py"]
    sources = outdated(root)
    run_tool([*command, *sources], root=root, what="the screen texts", lock=environment.LOCK)


def _is_compiled(source: Path) -> bool:
    # compile_catalogues.py gives the .mo the time of its .po. Equal, not newer: a .po taken from
    # an archive may well be older than the .mo of its predecessor.
    try:
        compiled = source.with_suffix(".mo").stat().st_mtime_ns
    except FileNotFoundError:
        return False
    return compiled == source.stat().st_mtime_ns
