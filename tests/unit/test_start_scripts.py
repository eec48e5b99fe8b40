"""The scripts that start screens by themselves, run with programs of the system played by fakes."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINUX = ROOT / "start" / "linux"
WINDOWS = ROOT / "start" / "windows"
TWO_MONITORS = """\
Screen 0: minimum 8 x 8, current 3200 x 1080, maximum 32767 x 32767
HDMI-1 connected primary 1280x800+0+0 (normal left inverted right) 477mm x 268mm
DP-1 disconnected (normal left inverted right x axis y axis)
HDMI-2 connected 1920x1080+1280+0 (normal left inverted right) 1210mm x 680mm
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="shell scripts")


@pytest.fixture
def computer(tmp_path: Path) -> Path:
    """A home folder, and in `bin` programs that write down how they were called."""
    (tmp_path / "bin").mkdir()
    program(tmp_path, "chromium", 'echo "$PULSE_SINK" "$@" > "$HOME/called"')
    program(tmp_path, "xrandr", f"cat <<'X'\n{TWO_MONITORS}X")
    program(tmp_path, "xset", 'echo "$@" >> "$HOME/xset"')
    program(tmp_path, "curl", "exit 0")
    program(tmp_path, "systemd-inhibit", 'shift 4; exec "$@"')
    program(tmp_path, "systemctl", 'echo "$@" >> "$HOME/systemctl"')
    program(tmp_path, "loginctl", "exit 0")
    return tmp_path


def program(home: Path, name: str, text: str) -> None:
    file = home / "bin" / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)


def run(home: Path, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return _run(home, LINUX / script, *arguments)


def run_file(home: Path, script: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A script that may not be run by itself."""
    return _run(home, "sh", script, *arguments)


def _run(home: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    path = f"{home / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        env={"HOME": str(home), "PATH": path}, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


def test_a_display_fills_the_chosen_monitor_and_may_speak(computer: Path) -> None:
    options = ("--server", "http://192.168.1.10:8017", "--monitor", "2", "--audio", "hall")
    done = run(computer, "screen.sh", "display", *options, "--once")
    assert done.returncode == 0, done.stderr
    called = (computer / "called").read_text().split()
    assert called[0] == "hall"
    assert "--kiosk" in called
    assert "--app=http://192.168.1.10:8017/display" in called
    assert "--window-position=1280,0" in called
    assert "--autoplay-policy=no-user-gesture-required" in called
    assert "-dpms" in (computer / "xset").read_text()


def test_two_screens_of_one_computer_have_profiles_of_their_own(computer: Path) -> None:
    profiles = set()
    for kind, monitor in (("kiosk", "1"), ("display", "2")):
        run(computer, "screen.sh", kind, "--monitor", monitor, "--once")
        called = (computer / "called").read_text().split()
        profiles |= {word for word in called if word.startswith("--user-data-dir=")}
    assert len(profiles) == 2


def test_a_counter_leaves_room_for_other_programs(computer: Path) -> None:
    run(computer, "screen.sh", "counter", "--once")
    called = (computer / "called").read_text().split()
    assert "--kiosk" not in called
    assert "--start-maximized" in called


def test_a_monitor_that_is_not_there_is_said(computer: Path) -> None:
    done = run(computer, "screen.sh", "display", "--monitor", "3", "--once")
    assert "no monitor 3" in done.stderr
    assert "--window-position=0,0" in (computer / "called").read_text()


def test_a_crash_of_the_browser_is_not_asked_about(computer: Path) -> None:
    profile = computer / ".local/share/antrean/kiosk-1/Default"
    profile.mkdir(parents=True)
    (profile / "Preferences").write_text('{"exit_type":"Crashed","exited_cleanly":false}')
    run(computer, "screen.sh", "kiosk", "--once")
    told = (profile / "Preferences").read_text()
    assert told == '{"exit_type":"Normal","exited_cleanly":true}'


@pytest.mark.parametrize("arguments", [(), ("phone",), ("kiosk", "--colour")])
def test_how_to_use_it_is_said(computer: Path, arguments: tuple[str, ...]) -> None:
    done = run(computer, "screen.sh", *arguments)
    assert done.returncode == 2
    assert "screen.sh kiosk|display|counter" in done.stderr


def test_the_server_is_started_by_the_system(computer: Path) -> None:
    done = run(computer, "install.sh", "server")
    assert done.returncode == 0, done.stderr
    unit = (computer / ".config/systemd/user/antrean.service").read_text()
    assert f'"{ROOT}/run.py" serve --no-open' in unit
    assert "Restart=always" in unit
    assert "enable --now antrean.service" in (computer / "systemctl").read_text()


def test_screens_are_started_after_signing_in_and_no_more_when_removed(computer: Path) -> None:
    run(computer, "install.sh", "display", "--monitor", "2")
    run(computer, "install.sh", "display", "--monitor", "3")
    entries = [
        computer / f".config/autostart/antrean-display-{monitor}.desktop" for monitor in (2, 3)
    ]
    for monitor, entry in zip((2, 3), entries, strict=True):
        command = f'Exec=sh "{LINUX}/screen.sh" display "--monitor" "{monitor}"'
        assert command in entry.read_text()
    assert run(computer, "install.sh", "remove").returncode == 0
    assert not any(entry.exists() for entry in entries)


def test_a_folder_of_any_name_that_came_on_a_stick_is_started(computer: Path) -> None:
    """Copied from a stick the scripts may have lost the right to be run."""
    place = computer / "Kantor 100% $baru é"
    shutil.copytree(ROOT / "start", place / "start")
    shutil.copy(ROOT / "start.sh", place)
    (place / "run.py").write_text("import sys\nprint('started', *sys.argv[1:])\n")
    for script in place.rglob("*.sh"):
        script.chmod(0o644)
    install = place / "start" / "linux" / "install.sh"
    assert run_file(computer, place / "start.sh").stdout == "started --open\n"
    assert run_file(computer, install, "server").returncode == 0
    assert run_file(computer, install, "kiosk").returncode == 0
    unit = (computer / ".config/systemd/user/antrean.service").read_text()
    assert '"{}/run.py" serve'.format(str(place).replace("%", "%%").replace("$", "$$")) in unit
    entry = (computer / ".config/autostart/antrean-kiosk-1.desktop").read_text()
    escaped = str(place).replace("%", "%%").replace("$", r"\\$")
    assert f'Exec=sh "{escaped}/start/linux/screen.sh" kiosk\n' in entry


def test_a_server_is_not_installed_without_a_python(computer: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        program(computer, name, "exit 127")
    done = run(computer, "install.sh", "server")
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr
    assert not (computer / ".config").exists()


def test_a_python_that_is_there_by_name_only_is_passed_over(computer: Path) -> None:
    """A version manager's leftover, and one that is too old; the next that runs is taken."""
    program(computer, "python3.13", "echo 'not found' >&2; exit 127")
    program(computer, "python3.12", "exit 1")
    program(computer, "python3.11", f'exec "{sys.executable}" "$@"')
    found = run(computer, "python.sh")
    assert (found.returncode, found.stdout.strip()) == (0, sys.executable)


def test_without_a_python_that_runs_it_says_what_is_needed(computer: Path) -> None:
    for name in ("python3.13", "python3.12", "python3.11", "python3"):
        program(computer, name, "exit 127")
    done = run(computer, "../../start.sh")
    assert done.returncode == 1
    assert "Python 3.11" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "start.sh",
        "start.desktop",
        "start/linux/screen.sh",
        "start/linux/install.sh",
        "start/linux/python.sh",
    ],
)
def test_the_scripts_may_be_run(name: str) -> None:
    assert (ROOT / name).stat().st_mode & stat.S_IXUSR


def test_the_files_for_windows_are_written_as_windows_reads_them() -> None:
    batch = (ROOT / "start.bat").read_bytes()
    assert batch.count(b"\n") == batch.count(b"\r\n") > 5
    for file in (ROOT / "start.bat", *WINDOWS.glob("*.ps1")):
        assert file.read_bytes().isascii(), file  # Windows PowerShell would misread anything else
