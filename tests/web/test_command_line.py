"""The command line: every command, what it prints, its exit status, and what it refuses."""

import errno
import json
import os
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import COMMANDS, main
from kiosk.domain.service import DEFAULT_CATALOGUE
from kiosk.lock import ServerLock
from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_doors import sign_in
from tests.web.test_tickets import take

PIN = "270924"


def run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin, catch_exceptions=False)


def answer(*arguments: str, stdin: str = "", status: int = 0) -> Any:
    result = run(*arguments, "--json", stdin=stdin)
    assert result.exit_code == status, result.output
    return json.loads(result.output)


@pytest.fixture
def data(tmp_path: Path) -> str:
    """An office set up by the command line, with a supervisor."""
    folder = str(tmp_path / "data")
    options = ("--name", "Disdukcapil Uji", "--hours", "00:00-24:00", "--poll-close", "none")
    answer("init", *options, "--supervisor", "Petugas", "--pin-stdin", "--data", folder,
           stdin=PIN + "\n")  # fmt: skip
    return folder


def test_every_command_explains_itself() -> None:
    shown = run("--help").output
    for name in COMMANDS:
        assert name in shown
        assert "Usage:" in run(name, "--help").output
    for group in ("device", "staff", "service", "settings", "day"):
        listed = run(group, "--help").output
        for line in listed.partition("Commands:")[2].strip().splitlines():
            text = run(group, line.split()[0], "--help").output
            assert "--data" in text
            assert "--json" in text


def test_an_office_is_set_up_with_a_default_for_everything(tmp_path: Path) -> None:
    found = answer("init", "--data", str(tmp_path / "new"))
    assert found["initialised"] is True
    assert found["counters"] == 4
    values = found["settings"]
    assert (values["name"], values["zone"]) == ("Disdukcapil", "Asia/Makassar")
    assert (values["opens"], values["closes"]) == ("08:00", "12:00")


def test_setting_up_again_changes_nothing_and_refuses_a_change(data: str) -> None:
    same = answer("init", "--name", "Disdukcapil Uji", "--counters", "4", "--data", data)
    assert same["initialised"] is False
    other = answer("init", "--name", "Kantor lain", "--data", data, status=1)
    assert other["code"] == "initialised"
    assert other["differs"] == ["name"]
    again = ("init", "--supervisor", "Petugas", "--pin-stdin", "--data", data)
    assert answer(*again, stdin=PIN)["initialised"] is False
    assert answer(*again, stdin="483920", status=1)["code"] == "initialised"


def test_a_wrong_option_sets_nothing_up(tmp_path: Path) -> None:
    folder = str(tmp_path / "new")
    assert answer("init", "--hours", "8 to 12", "--data", folder, status=1)["code"] == "invalid"
    assert answer("init", "--zone", "Mars", "--data", folder, status=1)["code"] == "setting_invalid"
    weak = ("init", "--supervisor", "B", "--pin-stdin", "--data", folder)
    assert answer(*weak, stdin="123456", status=1)["code"] == "pin_too_weak"
    assert run("init", "--supervisor", "B", "--data", folder).exit_code == 1
    assert answer("init", "--data", folder)["initialised"] is True


def test_without_an_office_a_command_says_so(tmp_path: Path) -> None:
    found = answer("settings", "get", "--data", str(tmp_path), status=1)
    assert found["code"] == "not_set_up"


def test_data_may_stand_before_the_command(data: str) -> None:
    for arguments in (("--data", data, "--json"), (f"--data={data}", "--json")):
        result = run(*arguments, "settings", "get", "name")
        assert json.loads(result.output)["value"] == "Disdukcapil Uji"


def test_an_unknown_command_is_named() -> None:
    result = run("dance")
    assert result.exit_code == 2
    assert "dance" in result.output


def test_a_usual_service_that_is_missing_is_added(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "older")
    with monkeypatch.context() as before:
        shorter = tuple(one for one in DEFAULT_CATALOGUE if one.code != "information")
        before.setattr("kiosk.commands.setup.DEFAULT_CATALOGUE", shorter)
        answer("init", "--counters", "2", "--data", folder)
    found = answer("service", "list", "--data", folder)
    assert [one["code"] for one in found["missing"]] == ["information"]
    assert "service add CODE" in run("service", "list", "--data", folder).output

    added = answer("service", "add", "information", "--data", folder)
    assert (added["service"]["letter"], added["counters"]) == ("F", [1, 2])
    found = answer("service", "list", "--data", folder)
    assert found["missing"] == []
    assert "information" in {one["code"] for one in found["services"]}
    for code in ("information", "nothing"):  # there already, or no such
        refused = answer("service", "add", code, "--data", folder, status=1)
        assert refused["code"] == "unknown_service"
    assert run("verify", "--data", folder).exit_code == 0


def test_settings_are_read_and_changed(data: str) -> None:
    assert answer("settings", "set", "policy", "fifo", "--data", data)["value"] == "fifo"
    assert answer("settings", "get", "policy", "--data", data)["value"] == "fifo"
    assert answer("settings", "get", "--data", data)["pacing"] == "off"
    wrong = answer("settings", "set", "pacing", "perhaps", "--data", data, status=1)
    assert wrong["code"] == "setting_invalid"
    assert run("settings", "set", "nothing", "1", "--data", data).exit_code != 0


def test_a_device_gets_a_token_once(data: str) -> None:
    made = answer("device", "add", "kiosk", "Pintu utara", "--data", data)
    assert len(made["token"]) >= 43
    plain = run("device", "add", "counter", "Loket 2", "--counter", "2", "--data", data)
    assert len(plain.output.strip()) >= 43
    listed = answer("device", "list", "--data", data)["devices"]
    assert [d["kind"] for d in listed] == ["kiosk", "counter"]
    answer("device", "revoke", "1", "--data", data)
    assert answer("device", "list", "--data", data)["devices"][0]["revoked"] is True
    assert run("device", "add", "toaster", "X", "--data", data).exit_code == 2
    assert answer("device", "revoke", "9", "--data", data, status=1)["code"] == "unknown_device"


def test_staff_are_added_with_a_good_pin(data: str) -> None:
    add = ("staff", "add", "Loket 1", "--pin-stdin", "--data", data)
    assert answer(*add, stdin="111111\n", status=1)["code"] == "pin_too_weak"
    assert answer(*add, stdin=PIN + "\n")["staff"]["role"] == "counter"
    assert answer(*add, stdin=PIN + "\n", status=1)["code"] == "label_taken"
    answer("staff", "pin", "Loket 1", "--pin-stdin", "--data", data, stdin="483920\n")
    answer("staff", "disable", "Loket 1", "--data", data)
    last = answer("staff", "disable", "Petugas", "--data", data, status=1)
    assert last["code"] == "last_supervisor"
    listed = answer("staff", "list", "--data", data)["staff"]
    assert {s["label"]: s["active"] for s in listed} == {"Loket 1": False, "Petugas": True}


def test_the_day_is_opened_and_closed(data: str) -> None:
    assert answer("day", "open", "--data", data)["phase"] == "open"
    assert answer("day", "stop-numbers", "--data", data)["phase"] == "serving_out"
    assert answer("day", "close", "--data", data)["phase"] == "closed"
    assert answer("day", "hold", "--data", data, status=1)["code"] == "conflict"


def test_the_record_is_proven_and_damage_found(data: str) -> None:
    assert answer("verify", "--data", data)["ok"] is True
    file = sqlite3.connect(Path(data) / "office.db")
    file.execute("UPDATE settings SET value = 'Kantor lain' WHERE key = 'name'")
    file.commit()
    file.close()
    found = answer("verify", "--data", data, status=1)
    assert found["findings"][0]["table"] == "settings"


def test_a_backup_is_taken_proven_and_restored(data: str, tmp_path: Path) -> None:
    file = str(tmp_path / "cadangan.zip")
    taken = answer("backup", file, "--data", data)
    assert zipfile.ZipFile(file).namelist() == ["office.db", "office.db.heads"]
    assert answer("verify", file, "--data", data)["ok"] is True
    answer("settings", "set", "name", "Sesudah", "--data", data)
    restored = answer("restore", file, "--data", data)
    assert Path(restored["aside"], "office.db").exists()
    assert answer("settings", "get", "name", "--data", data)["value"] == "Disdukcapil Uji"
    assert answer("verify", "--data", data)["checked"]["rows"] == taken["seq"]


def test_a_backup_goes_into_an_empty_folder_too(data: str, tmp_path: Path) -> None:
    taken = answer("backup", "--data", data)
    other = str(tmp_path / "other")
    assert answer("restore", taken["file"], "--data", other)["aside"] is None
    assert answer("verify", "--data", other)["ok"] is True


def test_a_folder_gets_a_new_backup_each_time(data: str, tmp_path: Path) -> None:
    stick = tmp_path / "flashdisk"
    stick.mkdir()
    taken = Path(answer("backup", str(stick), "--data", data)["file"])
    assert taken.parent == stick
    assert taken.name.startswith("backup-")
    assert taken.stat().st_mode & 0o077 == 0
    assert answer("verify", str(taken), "--data", data)["ok"] is True


def test_a_backup_that_does_not_fit_leaves_the_one_before(
    data: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "cadangan.zip"
    answer("backup", str(file), "--data", data)
    before = file.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert answer("backup", str(file), "--data", data, status=1)["code"] == "file"
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(file.name)] == [
        file.name
    ]


def test_nothing_is_restored_over_a_running_server_or_from_a_damaged_file(
    data: str, tmp_path: Path
) -> None:
    file = str(tmp_path / "cadangan.zip")
    answer("backup", file, "--data", data)
    lock = ServerLock(Path(data))
    lock.take()
    lock.say(8123)
    assert answer("restore", file, "--data", data, status=1)["code"] == "running"
    lock.release()
    broken = tmp_path / "rusak.zip"
    broken.write_bytes(b"PK nothing")
    assert answer("restore", str(broken), "--data", data, status=1)["code"] == "no_backup"
    assert answer("verify", "--data", data)["ok"] is True


def test_a_days_tickets_are_exported_without_secrets(
    served: Served, kiosk: Asker, tmp_path: Path
) -> None:
    ticket = take(kiosk, priority=True).json["ticket"]
    data = str(served.config.data)
    rows = run("export", "--data", data).output.splitlines()
    assert rows[0].startswith("number,service,state,arrival")
    assert rows[1].startswith("A-001,biodata,waiting,2026-11-27T08:00:")
    found = answer("export", "--data", data)
    assert found["day"] == "2026-11-27"
    assert "priority" not in found["tickets"][0]
    assert ticket["token"] not in json.dumps(found)
    assert answer("export", "--day", "2020-01-01", "--data", data)["tickets"] == []
    file = tmp_path / "hari.csv"
    run("export", "--output", str(file), "--data", data)
    assert file.read_text().splitlines() == rows


def test_readiness_is_told_in_sentences(data: str) -> None:
    found = answer("check", "--data", data)
    assert found["ready"] is True
    by_name = {finding["name"]: finding for finding in found["findings"]}
    assert by_name["supervisor"]["ok"] is True
    assert by_name["printer"] == {
        "name": "printer", "ok": False, "needed": False,
        "sentence": "No printer is set up: tickets are pictures only.",
    }  # fmt: skip
    assert {"zone", "clock", "disk", "record", "public_url", "counters"} <= set(by_name)


def test_an_office_without_a_supervisor_is_not_ready(tmp_path: Path) -> None:
    answer("init", "--data", str(tmp_path))
    assert answer("check", "--data", str(tmp_path), status=1)["ready"] is False


def test_commands_work_beside_a_running_server(served: Served, boss: Asker) -> None:
    """The server sees what another connection wrote, and the screens are told."""
    data = str(served.config.data)
    screen = served.screen("/display", token=served.device("display"))
    assert answer("settings", "set", "name", "Kantor Uji", "--data", data)["seq"] > 0
    while "office" not in (delta := screen.delta()):
        pass
    assert delta["office"] == {"name": "Kantor Uji"}
    token = answer("device", "add", "kiosk", "K", "--data", data)["token"]
    answer("staff", "add", "Petugas", "--pin-stdin", "--data", data, stdin=PIN)
    assert take(served.asker(Authorization=f"Bearer {token}")).status == 201
    assert sign_in(served.asker()).status == 200


def test_a_second_server_says_where_the_first_one_is(tmp_path: Path) -> None:
    lock = ServerLock(tmp_path)
    lock.take()
    lock.say(8123)
    result = run("--data", str(tmp_path), "--port", "0")
    assert result.exit_code == 1
    assert "http://localhost:8123/" in result.output
    lock.release()


def test_a_pin_alone_makes_a_supervisor_of_the_usual_name(tmp_path: Path) -> None:
    folder = str(tmp_path / "new")
    answer("init", "--pin-stdin", "--data", folder, stdin=PIN)
    assert answer("staff", "list", "--data", folder)["staff"] == [
        {"label": "Penyelia", "role": "supervisor", "active": True}
    ]


@pytest.mark.parametrize("label", ["", "  ", "x" * 41, "a\tb"])
def test_a_supervisor_without_a_readable_label_is_refused(tmp_path: Path, label: str) -> None:
    folder = tmp_path / "new"
    options = ("--supervisor", label, "--pin-stdin", "--data", str(folder))
    assert answer("init", *options, stdin=PIN, status=1)["code"] == "invalid"
    assert not folder.exists()


def test_an_office_has_a_name(data: str, tmp_path: Path) -> None:
    new = str(tmp_path / "new")
    assert answer("init", "--name", "", "--data", new, status=1)["code"] == "setting_invalid"
    refused = answer("settings", "set", "name", " ", "--data", data, status=1)
    assert refused["code"] == "setting_invalid"


@pytest.mark.parametrize("name", ["", "x" * 201, "a\x1b[31mb"])
def test_a_device_without_a_readable_name_is_refused(data: str, name: str) -> None:
    assert answer("device", "add", "kiosk", name, "--data", data, status=1)["code"] == "invalid"


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path, data: str) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    below = str(in_the_way / "below")
    assert answer("init", "--data", below, status=1)["code"] == "file"
    served = run("serve", "--port", "0", "--data", below)
    assert served.exit_code == 1
    assert str(in_the_way) in served.output
    assert "--port" not in served.output
    result = run("backup", str(tmp_path / "nowhere" / "b.zip"), "--data", data)
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert len(result.output.splitlines()) == 1


def test_a_file_that_is_no_database_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "office.db").write_bytes(b"no database" * 100)
    assert answer("settings", "get", "--data", str(tmp_path), status=1)["code"] == "file"


def test_a_wrong_use_is_answered_as_json_too(data: str) -> None:
    for use in (
        ("device", "add", "phone", "X", "--data", data),
        ("init", "--counters", "0", "--data", data),
        ("nonsense",),
    ):
        found = answer(*use, status=2)
        assert found["code"] == "usage"
        assert found["error"]


def test_what_is_no_day_is_not_exported(data: str) -> None:
    assert answer("export", "--day", "2026-13-45", "--data", data, status=1)["code"] == "invalid"


def test_the_record_is_not_readable_for_everybody(data: str) -> None:
    assert Path(data, "office.db").stat().st_mode & 0o007 == 0


def test_an_agent_needs_a_token_that_the_server_knows(served: Served, tmp_path: Path) -> None:
    at = ("agent", "--server", f"http://127.0.0.1:{served.port}", "--data", str(tmp_path / "agent"))
    assert "KIOSK_PRINT_TOKEN" in answer(*at, status=1)["error"]
    assert "device add agent" in answer(*at, "--token", "somebody's", status=1)["error"]
    assert "http" in answer("agent", "--server", "ftp://x", "--token", "t", status=1)["error"]
    assert not (tmp_path / "agent").exists()
