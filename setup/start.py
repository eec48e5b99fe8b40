"""The order of things at a start: prepare what is not ready, then hand over to the program."""

import os
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from setup import bundle, catalogues, environment, front_end, testing, wheelhouse
from setup.failure import SetupFailed, explain_os_error
from setup.lock import only_one
from setup.tool import run_in_front
from setup.words import say

ROOT = Path(__file__).resolve().parent.parent


class Step(NamedTuple):
    """One thing to prepare: `is_ready` is cheap and reads only, `make` may take a minute."""

    title: str
    is_ready: Callable[[], bool]
    make: Callable[[], None]


def main(arguments: Sequence[str]) -> int:
    """Prepare, then run the program with `arguments`; returns the exit status."""
    testing_wanted = arguments[:1] == ["test"]
    if arguments[:1] == ["bundle"] and {"-h", "--help"} & set(arguments):
        return bundle.make(ROOT, ["--help"])
    if testing_wanted and {"-h", "--help"} & set(arguments):
        print(testing.USAGE, end="")
        return 0
    try:
        wheels, arguments = wheelhouse.take(arguments, ROOT)
        prepare(steps(ROOT, with_tests=testing_wanted, wheels=wheels), ROOT)
        if arguments[:1] == ["bundle"]:
            return bundle.make(ROOT, arguments[1:])
        if testing_wanted:
            return testing.run_tests(ROOT, arguments[1:])
        return hand_over(ROOT, arguments)
    except SetupFailed as failure:
        print(failure, file=sys.stderr)
    except OSError as error:
        print(explain_os_error(error, ROOT), file=sys.stderr)
    except KeyboardInterrupt:
        print("\n" + say("Interrupted; the next start goes on from here."), file=sys.stderr)
    return 1


def steps(root: Path, *, with_tests: bool, wheels: Path | None = None) -> list[Step]:
    """Everything a start needs, in the order of making; from `wheels`, a wheelhouse, if given."""
    needed = [
        Step(
            "Python environment",
            lambda: environment.is_ready(root),
            lambda: environment.make(root, wheels),
        ),
        Step(
            "Front-end packages",
            lambda: front_end.is_ready(root),
            lambda: front_end.make(root, wheels=wheels),
        ),
        Step(
            "Screen texts",
            lambda: not catalogues.outdated(root),
            lambda: catalogues.compile_outdated(root),
        ),
    ]
    if with_tests:
        needed += [
            Step(
                "Test tools",
                lambda: environment.tests_are_ready(root),
                lambda: environment.add_test_tools(root),
            ),
            Step(
                "Test tools for the browser",
                lambda: front_end.is_ready(root, front_end.TEST_TOOLS),
                lambda: front_end.make(root, front_end.TEST_TOOLS),
            ),
        ]
    return needed


def prepare(needed: Sequence[Step], root: Path) -> None:
    """Make what is not ready, one start at a time. Progress goes to stderr: stdout may be JSON."""
    if all(step.is_ready() for step in needed):
        return
    with only_one(root):
        environment.recover(root)
        # Asked again: another start may have done the work while this one waited.
        due = [step for step in needed if not step.is_ready()]
        for number, step in enumerate(due, 1):
            print(
                f"{number}/{len(due)} {say(step.title)} ...", end=" ", file=sys.stderr, flush=True
            )
            begun = time.monotonic()
            try:
                step.make()
            except BaseException:
                print(file=sys.stderr)
                raise
            print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)


def hand_over(root: Path, arguments: Sequence[str]) -> int:
    """Become the program. -P: a stray file in the current folder must not shadow a module."""
    command = [str(environment.python_of(root / ".venv")), "-P", "-m", "kiosk.cli", *arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":  # on Windows it would return to the shell before the program ends
        os.execv(command[0], command)
    return run_in_front(command).returncode
