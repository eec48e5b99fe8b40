"""A folder with all packages, from which a machine without a network is prepared.

`wheelhouse/*.whl` are the Python packages of all targets (pip takes those that fit), and
`wheelhouse/node_modules` the front-end packages. Hashes are checked as when they come by network.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from setup.failure import SetupFailed

OPTION = "--wheelhouse"
FOLDER = "wheelhouse"
PIP_LOCK = "setup/pip.lock"

NO_FOLDER = "--wheelhouse needs a folder: the wheelhouse that 'run.py bundle' has made."
NOT_ONE = "{folder} is no wheelhouse: give the folder that 'run.py bundle' has made."
FOREIGN_PIP = "{wheel} is not what {lock} promises (wrong hash), so it was not used."


def take(arguments: Sequence[str], root: Path) -> tuple[Path | None, list[str]]:
    """The wheelhouse that is to be used, and the arguments without it.

    Without the option it is the one inside the project's folder, as in a bundle, if it is there.
    Raises SetupFailed when no folder is named, or one that is none.
    """
    rest, given = list(arguments), None
    for place, argument in enumerate(rest):
        if argument == OPTION:
            if place + 1 == len(rest):
                raise SetupFailed(NO_FOLDER)
            given = Path(rest[place + 1])
            del rest[place : place + 2]
            break
        if argument.startswith(f"{OPTION}="):
            given = Path(argument.partition("=")[2])
            del rest[place]
            break
    if given is not None and not is_one(given):
        raise SetupFailed(NOT_ONE.format(folder=given))
    own = root / FOLDER
    return given or (own if is_one(own) else None), rest


def is_one(folder: Path) -> bool:
    """Whether there are wheels in it."""
    return any(folder.glob("*.whl"))


def options(wheelhouse: Path | None) -> list[str]:
    """What pip is told: from there and from nowhere else."""
    return ["--no-index", "--find-links", str(wheelhouse.resolve())] if wheelhouse else []


def pip_in(wheelhouse: Path, root: Path) -> Path:
    """pip as a program inside its own wheel. Raises SetupFailed when it is missing or foreign."""
    wheels = sorted(wheelhouse.glob("pip-*.whl"))
    if not wheels:
        raise SetupFailed(NOT_ONE.format(folder=wheelhouse))
    digest = hashlib.sha256(wheels[-1].read_bytes()).hexdigest()
    if digest not in (root / PIP_LOCK).read_text(encoding="utf-8"):
        raise SetupFailed(FOREIGN_PIP.format(wheel=wheels[-1], lock=PIP_LOCK))
    return wheels[-1] / "pip"
