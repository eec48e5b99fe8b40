"""The Python environment .venv, made from the hashed lock files and from nothing else."""

import importlib.util
import os
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setup import debian, stamp, wheelhouse
from setup.tool import run_tool

LOCK = "requirements.lock"
TEST_LOCK = "requirements-test.lock"


def python_of(venv: Path) -> Path:
    """The interpreter inside a virtual environment."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def is_ready(root: Path) -> bool:
    """Whether .venv was made from the present lock file and its interpreter still exists."""
    venv = root / ".venv"
    return _interpreter_exists(venv) and stamp.is_current(venv / "stamp", root / LOCK)


def tests_are_ready(root: Path) -> bool:
    """Whether .venv also holds the test tools."""
    locks = (root / LOCK, root / TEST_LOCK)
    return is_ready(root) and stamp.is_current(root / ".venv" / "test-stamp", *locks)


def make(root: Path, wheels: Path | None = None) -> None:
    """Make .venv anew; when that fails, an environment that was there before is put back.

    `wheels`: a wheelhouse; then no network is asked.
    """
    venv = root / ".venv"
    with _previous_kept(root), stamp.written_last(venv / "stamp", root / LOCK):
        create(venv, root=root, wheels=wheels)
        install(venv, LOCK, root=root, what="the Python packages", wheels=wheels)
        _show_the_way(venv, root)


def add_test_tools(root: Path) -> None:
    """Install the test tools into a ready .venv."""
    venv = root / ".venv"
    with stamp.written_last(venv / "test-stamp", root / LOCK, root / TEST_LOCK):
        install(venv, TEST_LOCK, root=root, what="the test tools")


def recover(root: Path) -> None:
    """Tidy up after a `make` that was killed: half an environment gives way to the previous one."""
    venv, previous = root / ".venv", root / ".venv.old"
    if not previous.exists():
        return
    if (venv / "stamp").exists():
        shutil.rmtree(previous)
        return
    shutil.rmtree(venv, ignore_errors=True)
    previous.rename(venv)


def create(venv: Path, *, root: Path, wheels: Path | None = None) -> None:
    """An empty virtual environment with pip, made by the interpreter that is running."""
    # The base interpreter, in case run.py was started by the very environment that is replaced.
    base = getattr(sys, "_base_executable", sys.executable)
    what = "the Python environment"
    if wheels:  # with pip from there: a bare system may have none to give
        pip = wheelhouse.pip_in(wheels, root)
        run_tool([base, "-m", "venv", "--without-pip", venv], root=root, what=what, lock=LOCK)
        command: list[str | Path] = [python_of(venv), pip, "install", "--no-input", "-q"]
        command += [*wheelhouse.options(wheels), "--require-hashes"]
        command += ["-r", root / wheelhouse.PIP_LOCK]
        run_tool(command, root=root, what="pip", lock=wheelhouse.PIP_LOCK)
        return
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
        debian.install(package, f"{sys.executable} cannot make virtual environments")
    run_tool([base, "-m", "venv", venv], root=root, what=what, lock=LOCK)


def install(venv: Path, lock: str, *, root: Path, what: str, wheels: Path | None = None) -> None:
    """Install a hashed lock file; ready builds only, so nothing foreign runs while installing."""
    pip = [str(python_of(venv)), "-m", "pip", "install", "--no-input", "--progress-bar=off"]
    pip += [*wheelhouse.options(wheels), "--only-binary=:all:", "--require-hashes"]
    pip += ["-r", str(root / lock)]
    run_tool(pip, root=root, what=what, lock=lock)


@contextmanager
def _previous_kept(root: Path) -> Iterator[None]:
    venv, previous = root / ".venv", root / ".venv.old"
    if venv.exists():
        venv.rename(previous)
    try:
        yield
    except BaseException:
        shutil.rmtree(venv, ignore_errors=True)
        if previous.exists():
            previous.rename(venv)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def _interpreter_exists(venv: Path) -> bool:
    """False when the system's Python went away or became another version under .venv."""
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    made_with = dict(line.split(" = ", 1) for line in lines if " = " in line).get("executable", "")
    if os.name == "nt":
        return Path(made_with).exists()
    return os.path.realpath(python_of(venv)) == os.path.realpath(made_with)


def _show_the_way(venv: Path, root: Path) -> None:
    """Let `-m kiosk...` work from every folder; relative, so that the checkout may be moved."""
    packages = Path(sysconfig.get_path("purelib", "venv", vars={"base": str(venv)}))
    way = os.path.relpath(root, packages)
    (packages / "kiosk.pth").write_text(way + "\n", encoding="utf-8")
