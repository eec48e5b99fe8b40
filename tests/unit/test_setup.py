"""What a start prepares, in which order, and what it says when that fails."""

import ast
import errno
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import polib
import pytest

from setup import browser, catalogues, debian, environment, front_end, stamp, start, testing
from setup.failure import SetupFailed, explain, explain_os_error
from setup.lock import only_one
from setup.start import ROOT, Step, prepare
from setup.tool import run_tool

LOCKS = ("requirements.lock", "requirements-test.lock", "setup/npm.lock", "setup/pip.lock")


class FakeStep:
    """A step that remembers how often it was made."""

    def __init__(self, title: str, *, ready: bool = False, fails: str = "") -> None:
        self.ready, self.fails, self.made = ready, fails, 0
        self.step = Step(title, lambda: self.ready, self.make)

    def make(self) -> None:
        if self.fails:
            raise SetupFailed(self.fails)
        self.made += 1
        self.ready = True


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder that looks like a fresh clone."""
    for name in ("requirements.lock", "requirements-test.lock", "package-lock.json"):
        (tmp_path / name).write_text(name)
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / ".npmrc").write_text("")
    return tmp_path


def pretend_environment(checkout: Path) -> Path:
    """A .venv as `environment.make` leaves it, without its packages."""
    venv = checkout / ".venv"
    python = environment.python_of(venv)
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    made_with = os.path.realpath(sys.executable)
    (venv / "pyvenv.cfg").write_text(f"home = /usr/bin\nexecutable = {made_with}\n")
    with stamp.written_last(venv / "stamp", checkout / "requirements.lock"):
        pass
    return venv


# --- stamps ------------------------------------------------------------------------------------


def test_a_stamp_is_current_only_for_the_contents_it_was_written_for(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text("flask==1")
    assert not stamp.is_current(tmp_path / "stamp", lock)
    with stamp.written_last(tmp_path / "stamp", lock):
        assert not stamp.is_current(tmp_path / "stamp", lock)
    assert stamp.is_current(tmp_path / "stamp", lock)
    lock.write_text("flask==2")
    assert not stamp.is_current(tmp_path / "stamp", lock)


def test_a_lock_file_that_changes_meanwhile_makes_the_stamp_outdated(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text("flask==1")
    with stamp.written_last(tmp_path / "stamp", lock):
        lock.write_text("flask==2")
    assert not stamp.is_current(tmp_path / "stamp", lock)


def test_moving_a_line_from_one_lock_file_to_the_other_changes_the_fingerprint(
    tmp_path: Path,
) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    one.write_text("ab")
    two.write_text("c")
    before = stamp.fingerprint(one, two)
    one.write_text("a")
    two.write_text("bc")
    assert stamp.fingerprint(one, two) != before


def test_a_half_made_environment_is_not_ready(checkout: Path) -> None:
    venv = pretend_environment(checkout)
    assert environment.is_ready(checkout)
    (venv / "stamp").unlink()
    assert not environment.is_ready(checkout)


def test_an_environment_whose_python_went_away_is_not_ready(checkout: Path) -> None:
    venv = pretend_environment(checkout)
    (venv / "pyvenv.cfg").write_text("executable = /usr/bin/python3.9\n")
    assert not environment.is_ready(checkout)


def test_a_changed_test_lock_leaves_the_environment_ready_for_offices(checkout: Path) -> None:
    venv = pretend_environment(checkout)
    locks = checkout / "requirements.lock", checkout / "requirements-test.lock"
    with stamp.written_last(venv / "test-stamp", *locks):
        pass
    assert environment.tests_are_ready(checkout)
    locks[1].write_text("changed")
    assert environment.is_ready(checkout)
    assert not environment.tests_are_ready(checkout)


def test_a_fresh_clone_has_no_front_end_packages(checkout: Path) -> None:
    assert not front_end.is_ready(checkout)


def test_the_tests_own_packages_are_no_part_of_what_an_office_needs() -> None:
    ordinary = [step.title for step in start.steps(ROOT, with_tests=False)]
    assert "Front-end packages" in ordinary
    assert "Test tools for the browser" not in ordinary
    assert "Test tools for the browser" in [s.title for s in start.steps(ROOT, with_tests=True)]


# --- an environment that fails or is interrupted -----------------------------------------------


def test_a_failed_update_puts_the_previous_environment_back(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    venv = pretend_environment(checkout)

    def fail(*_: object, **__: object) -> None:
        venv.mkdir()
        raise SetupFailed("No connection.")

    monkeypatch.setattr(environment, "create", fail)
    with pytest.raises(SetupFailed):
        environment.make(checkout)
    assert environment.is_ready(checkout)
    assert not (checkout / ".venv.old").exists()


def test_a_killed_update_gives_way_to_the_previous_environment(checkout: Path) -> None:
    venv = pretend_environment(checkout)
    venv.rename(checkout / ".venv.old")
    venv.mkdir()
    environment.recover(checkout)
    assert environment.is_ready(checkout)


def test_an_update_killed_after_its_stamp_keeps_the_new_environment(checkout: Path) -> None:
    venv = pretend_environment(checkout)
    (checkout / ".venv.old").mkdir()
    environment.recover(checkout)
    assert environment.is_ready(checkout)
    assert venv.exists()
    assert not (checkout / ".venv.old").exists()


# --- the order of a start ----------------------------------------------------------------------


def test_a_prepared_folder_is_not_touched(tmp_path: Path) -> None:
    ready = FakeStep("Python environment", ready=True)
    prepare([ready.step], tmp_path)
    assert ready.made == 0
    assert list(tmp_path.iterdir()) == []


def test_only_what_is_missing_is_made_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second, third = FakeStep("One", ready=True), FakeStep("Two"), FakeStep("Three")
    prepare([first.step, second.step, third.step], tmp_path)
    assert (first.made, second.made, third.made) == (0, 1, 1)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.findall(r"\d/\d \w+", printed.err) == ["1/2 Two", "2/2 Three"]


def test_a_failed_step_stops_the_rest(tmp_path: Path) -> None:
    failing, later = FakeStep("One", fails="No connection."), FakeStep("Two")
    with pytest.raises(SetupFailed):
        prepare([failing.step, later.step], tmp_path)
    assert later.made == 0


def test_a_second_start_waits_and_then_finds_the_work_done(tmp_path: Path) -> None:
    step = FakeStep("Python environment")
    asked = threading.Event()

    def ask() -> bool:
        ready = step.ready
        asked.set()
        return ready

    with only_one(tmp_path):
        second = threading.Thread(
            target=prepare, args=([Step("Python environment", ask, step.make)], tmp_path)
        )
        second.start()
        assert asked.wait(10)  # it saw that there is work ...
        step.make()
    second.join(10)
    assert not second.is_alive()
    assert step.made == 1  # ... and does not do it again


def test_a_failure_is_one_sentence_and_status_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = FakeStep("Python environment", fails="The disk is full: free some.")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "steps", lambda *_, **__: [failing.step])
    assert start.main([]) == 1
    last = capsys.readouterr().err.splitlines()[-1]
    assert last == "The disk is full: free some."


def test_help_for_the_tests_needs_no_preparation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(start, "prepare", lambda *_: pytest.fail("prepared"))
    assert start.main(["test", "--help"]) == 0
    assert capsys.readouterr().out == testing.USAGE


def test_an_old_python_can_read_run_py_up_to_its_refusal() -> None:
    ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))


# --- screen texts ------------------------------------------------------------------------------


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    source = tmp_path / "kiosk" / "locale" / "id" / "LC_MESSAGES" / "messages.po"
    source.parent.mkdir(parents=True)
    source.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Counter"\nmsgstr "Loket"\n'
    )
    return source


def compile_catalogue(source: Path) -> subprocess.CompletedProcess[str]:
    script = ROOT / "setup" / "compile_catalogues.py"
    command = [sys.executable, str(script), str(source)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(
    tmp_path: Path, catalogue: Path
) -> None:
    assert catalogues.outdated(tmp_path) == [catalogue]
    assert compile_catalogue(catalogue).returncode == 0
    assert catalogues.outdated(tmp_path) == []
    assert polib.mofile(str(catalogue.with_suffix(".mo")))[0].msgstr == "Loket"
    older = catalogue.stat().st_mtime_ns - 10**9
    os.utime(catalogue, ns=(older, older))
    assert catalogues.outdated(tmp_path) == [catalogue]


@pytest.mark.parametrize("line", ['msgstr "a"b"', "<<<<<<< HEAD", 'msgid "Counter"\nmsgstr "2"'])
def test_a_broken_catalogue_is_refused_and_the_compiled_one_stays(
    catalogue: Path, line: str
) -> None:
    compile_catalogue(catalogue)
    catalogue.write_text(catalogue.read_text() + line + "\n")
    refused = compile_catalogue(catalogue)
    assert refused.returncode == 1
    assert len(refused.stderr.splitlines()) == 1
    assert catalogue.with_suffix(".mo").exists()


# --- sentences ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(...)': /simple/x/\n"
            "ERROR: Could not find a version that satisfies the requirement x (from versions: none)"
            "\nERROR: No matching distribution found for x==1",
            "No connection to the package registry",
        ),
        ("npm error code EAI_AGAIN\nnpm error errno EAI_AGAIN", "No connection"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS", "wrong hash"),
        ("npm error code EINTEGRITY", "wrong hash"),
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOSPC", "disk is full"),
        ("Error: [Errno 13] Permission denied: '/srv/kiosk/.venv'", "may not write"),
        ("ERROR: Hashes are required in --require-hashes mode", "is damaged or incomplete"),
        ("npm error code EUSAGE", "is damaged or incomplete"),
        ("ERROR: No matching distribution found for gevent==26.9.0", "no ready build of gevent"),
        ("Segmentation fault", "failed (Segmentation fault)"),
        ("", "failed (no output)"),
    ],
)
def test_every_known_cause_has_one_sentence_with_a_remedy(output: str, sentence: str) -> None:
    place = Path("/srv/kiosk")
    text = explain(output, what="things", lock="a.lock", root=place, log=place / ".setup" / "log")
    assert sentence in text
    assert "\n" not in text
    assert "{" not in text


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EROFS, "may not write"), (errno.EIO, "Input/output")],
)
def test_a_file_that_cannot_be_written_has_its_sentence(number: int, sentence: str) -> None:
    error = OSError(number, os.strerror(number))
    assert sentence in explain_os_error(error, Path("/srv/kiosk"))


def test_a_failing_tool_is_explained_and_its_output_kept(tmp_path: Path) -> None:
    (tmp_path / ".setup").mkdir()
    command = [sys.executable, "-c", "exit('npm error code EINTEGRITY')"]
    with pytest.raises(SetupFailed, match="wrong hash"):
        run_tool(command, root=tmp_path, what="things", lock="a.lock")
    assert "EINTEGRITY" in (tmp_path / ".setup" / "log").read_text()


def test_a_tool_that_does_not_exist_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="could not be started"):
        run_tool([tmp_path / "npm"], root=tmp_path, what="things", lock="a.lock")


def test_a_user_who_is_not_root_is_told_which_package_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    with pytest.raises(SetupFailed, match="install the package chromium"):
        debian.install("chromium", "The browser tests need Chromium")


def driver(*, says: str = "", status: int = 0) -> list[str]:
    """A program in the place of the browser's driver."""
    return [sys.executable, "-c", f"import sys; print({says!r}); sys.exit({status})"]


def test_a_driver_that_starts_is_ready() -> None:
    browser.ready_driver(driver(says="Version 1.65.0"))


def test_a_driver_without_its_library_names_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)
    lacking = driver(says="node: error while loading shared libraries: libatomic.so.1", status=127)
    with pytest.raises(SetupFailed, match="install the package libatomic1"):
        browser.ready_driver(lacking)


def test_a_driver_that_does_not_start_is_a_sentence() -> None:
    with pytest.raises(SetupFailed, match=r"cannot be driven .*: Illegal instruction"):
        browser.ready_driver(driver(says="node\nIllegal instruction", status=132))


# --- the lock files ----------------------------------------------------------------------------


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_is_pinned_and_hashed_without_any_address(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    for entry in re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n?", "", text).strip()):
        assert re.match(r"[a-z0-9.-]+==\S+ \\\n(\s+--hash=sha256:[0-9a-f]{64}( \\\n)?)+", entry)
    assert "://" not in text
    assert not re.search(r"(?m)(^|\s)/\w", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_what_is_locked(lock: str) -> None:
    asked = (ROOT / lock).with_suffix(".in").read_text(encoding="utf-8")
    locked = (ROOT / lock).read_text(encoding="utf-8")
    for line in re.findall(r"(?m)^\w\S+", asked):
        assert re.match(r"[a-z0-9-]+==\S+$", line), f"{line}: not pinned"
        assert f"{line} \\\n" in locked


def test_the_tests_run_on_the_versions_an_office_gets() -> None:
    versions = [
        dict(re.findall(r"(?m)^(\S+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8")))
        for lock in LOCKS[:2]
    ]
    both = versions[0].keys() & versions[1].keys()
    assert {name: versions[0][name] for name in both} == {name: versions[1][name] for name in both}


@pytest.mark.parametrize("folder", [".", front_end.TEST_TOOLS])
def test_front_end_packages_are_locked_by_hash_without_any_address(folder: str) -> None:
    asked = json.loads((ROOT / folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]
    assert packages.pop("")["dependencies"] == asked
    assert all(package["integrity"].startswith("sha512-") for package in packages.values())
    assert not any("resolved" in package for package in packages.values())
