"""`python3 run.py test`: the whole suite, with what it needs."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from setup import browser, environment
from setup.tool import run_in_front

# Half the time of one process on two cores; `-n 0` among the arguments takes it back.
PARALLEL = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup")

USAGE = """\
Usage: run.py test [--full] [--no-browser] [arguments of pytest]

Prepares the test tools and runs all tests.

  --full        the long counts of faults and kills
  --no-browser  leave out the tests that drive a real browser (they are named at the end)
"""


def run_tests(root: Path, arguments: Sequence[str]) -> int:
    """Run pytest in a prepared folder and return its exit status (not 0 too when nothing ran)."""
    rest = [argument for argument in arguments if argument not in ("--full", "--no-browser")]
    variables = dict(os.environ)
    if "--full" in arguments:
        variables["KIOSK_TEST_FULL"] = "1"
        rest += ["--timeout=3600"]
    if "--no-browser" not in arguments:
        variables["KIOSK_TEST_BROWSER"] = browser.find_or_install()
        python = str(environment.python_of(root / ".venv"))
        browser.ready_driver([python, "-m", "playwright", "--version"])
        return _pytest(root, [*PARALLEL, *rest], variables).returncode
    status = _pytest(root, [*PARALLEL, "-m", "not browser", *rest], variables).returncode
    print(_left_out(root, rest, variables))
    return status


def _left_out(root: Path, rest: Sequence[str], variables: dict[str, str]) -> str:
    collect = ["-m", "browser", *rest, "--collect-only", "--verbosity=-1", "-n", "0"]
    listed = _pytest(root, collect, variables, stdout=subprocess.PIPE).stdout
    names = [line for line in listed.splitlines() if "::" in line]
    return "\n".join([f"\nLeft out by --no-browser: {len(names)} tests", *names])


def _pytest(
    root: Path, arguments: Sequence[str], variables: dict[str, str], stdout: int | None = None
) -> subprocess.CompletedProcess[str]:
    command = [str(environment.python_of(root / ".venv")), "-m", "pytest", *arguments]
    return run_in_front(command, folder=root, environment=variables, stdout=stdout)
