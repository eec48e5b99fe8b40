"""For machines without internet: what goes into a bundle, and how a start finds it."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from setup import bundle, environment, front_end, stamp, start, wheelhouse
from setup.failure import SetupFailed
from setup.start import ROOT


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    """A wheelhouse with one package in it."""
    folder = tmp_path / "stick" / "wheelhouse"
    folder.mkdir(parents=True)
    (folder / "flask-1-py3-none-any.whl").touch()
    return folder


@pytest.mark.parametrize("form", ["--wheelhouse {}", "--wheelhouse={}"])
def test_a_wheelhouse_is_taken_out_of_the_arguments(
    wheels: Path, tmp_path: Path, form: str
) -> None:
    option = form.format(wheels).split(" ")
    found, rest = wheelhouse.take(["init", *option, "--json"], tmp_path)
    assert (found, rest) == (wheels, ["init", "--json"])


def test_a_bundle_uses_its_own_wheelhouse(wheels: Path, tmp_path: Path) -> None:
    assert wheelhouse.take(["serve"], wheels.parent) == (wheels, ["serve"])
    assert wheelhouse.take(["serve"], tmp_path) == (None, ["serve"])


def test_a_folder_without_packages_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(SetupFailed, match="no wheelhouse"):
        wheelhouse.take(["--wheelhouse", str(tmp_path)], tmp_path)
    with pytest.raises(SetupFailed, match="needs a folder"):
        wheelhouse.take(["serve", "--wheelhouse"], tmp_path)


def test_from_a_wheelhouse_no_network_is_asked(
    wheels: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    monkeypatch.setattr(environment, "run_tool", lambda command, **_: commands.append(command))
    environment.install(Path("venv"), "requirements.lock", root=ROOT, what="x", wheels=wheels)
    environment.install(Path("venv"), "requirements.lock", root=ROOT, what="x")
    assert ["--no-index" in command for command in commands] == [True, False]
    assert all("--require-hashes" in command for command in commands)


def test_a_foreign_pip_is_not_run(wheels: Path, tmp_path: Path) -> None:
    pip = wheels / "pip-26.3-py3-none-any.whl"
    pip.write_bytes(b"something else")
    with pytest.raises(SetupFailed, match="wrong hash"):
        wheelhouse.pip_in(wheels, ROOT)
    (tmp_path / "setup").mkdir()
    digest = hashlib.sha256(b"something else").hexdigest()
    (tmp_path / wheelhouse.PIP_LOCK).write_text(f"pip==26.3 --hash=sha256:{digest}\n")
    assert wheelhouse.pip_in(wheels, tmp_path) == pip / "pip"


def test_front_end_packages_come_from_the_wheelhouse_if_they_are_the_locked_ones(
    wheels: Path, tmp_path: Path
) -> None:
    inputs = [tmp_path / name for name in ("package.json", "package-lock.json", ".npmrc")]
    for file in inputs:
        file.write_text("{}")
    (tmp_path / ".setup").mkdir()
    packages = wheels / "node_modules"
    (packages / "a").mkdir(parents=True)
    with stamp.written_last(packages / ".stamp", *inputs):
        (packages / "a" / "a.js").write_text("a")
    front_end.make(tmp_path, wheels=wheels)
    assert (tmp_path / "node_modules" / "a" / "a.js").read_text() == "a"
    assert front_end.is_ready(tmp_path)
    inputs[1].write_text("{1}")
    assert not front_end.is_ready(tmp_path)


def test_a_bundle_never_holds_the_data_of_an_office(tmp_path: Path) -> None:
    for name in ("run.py", "kiosk/a.py", "kiosk/a.mo", ".venv/x", "trial/office.db", "trial/note"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = {str(file.relative_to(tmp_path)) for file in bundle._files_of(tmp_path)}
    assert found == {"run.py", "kiosk/a.py"}


def test_of_a_repository_only_what_it_keeps_is_taken(tmp_path: Path) -> None:
    for name in ("run.py", "data/office.db", "secret"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for command in (["init", "-q"], ["add", "run.py"]):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    assert [file.name for file in bundle._files_of(tmp_path)] == ["run.py"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--target", "mac"], "one of linux"),
        (["--python", "3.9"], "one of 3.11"),
    ],
)
def test_what_a_bundle_cannot_hold_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    with pytest.raises(SystemExit):
        bundle.make(ROOT, [str(tmp_path / "new"), *arguments])
    assert said in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_bundle_is_written_into_a_new_folder_outside(tmp_path: Path) -> None:
    (tmp_path / "photo").touch()
    with pytest.raises(SetupFailed, match="not empty"):
        bundle.make(ROOT, [str(tmp_path)])
    with pytest.raises(SetupFailed, match="inside the project"):
        bundle.make(ROOT, [str(ROOT / "new")])


def test_help_for_the_bundle_needs_no_preparation(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        start.main(["bundle", "--help"])
    assert ended.value.code == 0
    assert "--target" in capsys.readouterr().out
