"""`run.py bundle DIR`: the project with everything it needs, for a machine without internet."""

import argparse
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from setup import environment, wheelhouse
from setup.failure import SetupFailed
from setup.tool import run_tool

#: Names as they are given, and what pip calls the systems that are meant: newest first.
TARGETS = {
    "linux": ("manylinux_2_28_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64",
              "manylinux_2_12_x86_64", "manylinux2010_x86_64", "manylinux_2_5_x86_64",
              "manylinux1_x86_64"),
    "linux-arm64": ("manylinux_2_28_aarch64", "manylinux_2_17_aarch64", "manylinux2014_aarch64"),
    "win64": ("win_amd64",),
}  # fmt: skip
PYTHONS = ("3.11", "3.12", "3.13")
LOCKS = (environment.LOCK, wheelhouse.PIP_LOCK)

#: Never taken along: what a start makes, what tools make, and above all the data of an office.
LEFT_OUT = {
    ".git", ".venv", ".venv.old", ".setup", "node_modules", "__pycache__", ".pytest_cache",
    ".mypy_cache", ".ruff_cache", ".hypothesis", wheelhouse.FOLDER,
}  # fmt: skip
OFFICE = "office.db"

NOT_EMPTY = "{folder} is not empty: give a new folder for the bundle."
INSIDE = "{folder} is inside the project: give a folder elsewhere for the bundle."

USAGE = "run.py bundle DIR [--target linux,linux-arm64,win64] [--python 3.11,3.12,3.13]"


def make(root: Path, arguments: Sequence[str]) -> int:
    """Write the bundle from a prepared folder. Raises SetupFailed."""
    parser = argparse.ArgumentParser("run.py bundle", usage=USAGE, description=__doc__)
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="a new folder, such as on a stick")
    add("--target", type=_targets, default=("linux", "win64"), help="systems of the machines")
    add("--python", type=_pythons, default=PYTHONS, help="their versions of Python (default: all)")
    chosen = parser.parse_args(arguments)
    folder = chosen.folder.resolve()
    if folder.is_relative_to(root):
        raise SetupFailed(INSIDE.format(folder=folder))
    if folder.exists() and any(folder.iterdir()):
        raise SetupFailed(NOT_EMPTY.format(folder=folder))
    _copy_project(root, folder)
    wheels = folder / wheelhouse.FOLDER
    wheels.mkdir()
    for target in chosen.target:
        for python in chosen.python:
            print(f"Packages for {target}, Python {python} ...", flush=True)
            for lock in LOCKS:
                _download(root, wheels, lock, target, python)
    shutil.copytree(root / "node_modules", wheels / "node_modules", symlinks=True)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"{folder}: {size / 1e6:.0f} MB. Copy it to the other machine and start it there.")
    return 0


def _targets(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    unknown = [name for name in names if name not in TARGETS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: one of {', '.join(TARGETS)}")
    return names


def _pythons(text: str) -> tuple[str, ...]:
    versions = tuple(version.strip() for version in text.split(","))
    unknown = [version for version in versions if version not in PYTHONS]
    if unknown:
        raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: one of {', '.join(PYTHONS)}")
    return versions


def _copy_project(root: Path, folder: Path) -> None:
    for file in _files_of(root):
        copy = folder / file.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, copy)


def _files_of(root: Path) -> Iterator[Path]:
    """What the repository keeps; without one, all but what was made and what an office wrote."""
    if (root / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=root, stdout=subprocess.PIPE, check=False
        )
        if listed.returncode == 0:
            names = os.fsdecode(listed.stdout).split("\0")
            yield from (root / name for name in names if name and (root / name).is_file())
            return
    for parent, folders, files in os.walk(root):
        if OFFICE in files:
            folders.clear()
            continue
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        yield from (Path(parent, name) for name in files if not name.endswith((".mo", ".pyc")))


def _download(root: Path, wheels: Path, lock: str, target: str, python: str) -> None:
    command = [
        str(environment.python_of(root / ".venv")), "-m", "pip", "download", "--no-input",
        "--progress-bar=off", "--only-binary=:all:", "--require-hashes", "--no-deps",
        "--implementation=cp", f"--python-version={python}", f"--dest={wheels}",
        *(f"--platform={platform}" for platform in TARGETS[target]), "-r", str(root / lock),
    ]  # fmt: skip
    what = f"the packages for {target} and Python {python}"
    run_tool(command, root=root, what=what, lock=lock)
