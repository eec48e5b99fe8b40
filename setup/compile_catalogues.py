"""Run by the environment's Python, with .po files as arguments: writes the .mo beside each."""

import os
import sys
from pathlib import Path

import polib


def compile_catalogue(source: Path) -> None:
    """Write the .mo in one piece, with the modification time of its source."""
    modified = source.stat().st_mtime_ns
    half = source.with_suffix(".mo.half")
    polib.pofile(str(source), check_for_duplicates=True).save_as_mofile(str(half))
    os.utime(half, ns=(modified, modified))
    half.replace(source.with_suffix(".mo"))


if __name__ == "__main__":
    for name in sys.argv[1:]:
        try:
            compile_catalogue(Path(name))
        except (OSError, ValueError) as error:
            sys.exit(f"{name}: {error}")
