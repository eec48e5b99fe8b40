"""`run.py --demo`: an office that lives by itself, in a folder that nothing real is served from."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.live import ROOT, Client, Refused
from tests.live_drill import DrillServer, eventually


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DrillServer]:
    served = DrillServer(tmp_path_factory.mktemp("drill") / "data", "--speed", "60")
    yield served
    served.stop()


def test_people_come_and_are_called_by_themselves(drill: DrillServer) -> None:
    visitor = drill.visitor()
    board = eventually(lambda: (b := visitor.get("/api/board"))["calls"] and b)
    assert (board["drill"], board["clock"]["speed"]) == (True, 60)

    newest = board["calls"][0]["id"]
    later = eventually(
        lambda: (b := visitor.get("/api/board"))["calls"][0]["id"] > newest + 20 and b
    )
    assert later["now"] > board["now"] + 60_000
    assert later["clock"]["off_by"] < 120_000


def test_the_visitor_is_kiosk_counter_and_supervisor_at_once(drill: DrillServer) -> None:
    visitor = drill.visitor()

    assert visitor.get("/api/kiosk")["kiosk"]["name"]
    desk = eventually(lambda: (d := visitor.get("/api/desk"))["counters"]["5"]["staff"] and d)
    assert desk["counters"]["5"]["state"] == "open"
    supervisor = visitor.get("/api/supervisor")
    assert "drill" not in supervisor["settings"]
    assert visitor.get("/api/demo")["counter"] == 5
    token = eventually(lambda: visitor.get("/api/demo")["phone"])
    assert visitor.get(f"/api/phone/{token}")["drill"] is True


def test_the_preview_plays_the_printer_of_a_drill(drill: DrillServer) -> None:
    visitor = drill.visitor()
    office = visitor.get("/api/supervisor")
    assert office["printing"]["connected"] is True
    assert "no_printer" not in [alarm["code"] for alarm in office["alarms"]]
    assert visitor.get("/api/kiosk")["kiosk"]["paper"] == "ok"


@pytest.mark.parametrize(
    "page", ["/", "/demo", "/kiosk", "/counter", "/display", "/supervisor", "/pair", "/signin"]
)
def test_every_page_says_that_it_is_a_drill(drill: DrillServer, page: str) -> None:
    visitor = drill.visitor()
    visitor._connection.request("GET", page, headers=visitor.headers)
    response = visitor._connection.getresponse()
    text = response.read().decode()

    assert response.status == 200
    assert "LATIHAN" in text
    assert "data-drill" in text


def test_the_speed_can_be_changed(drill: DrillServer) -> None:
    visitor = drill.visitor()
    assert visitor.post("/api/demo/speed", {"speed": 1})["speed"] == 1
    eventually(lambda: visitor.get("/api/kiosk")["clock"]["speed"] == 1)
    assert visitor.post("/api/demo/speed", {"speed": 60})["speed"] == 60
    with pytest.raises(Refused) as refusal:
        visitor.post("/api/demo/speed", {"speed": 7})
    assert refusal.value.status == 422


def test_from_another_machine_nobody_walks_in(drill: DrillServer) -> None:
    stranger = Client(drill.port)
    stranger.headers["X-Forwarded-For"] = "192.0.2.7"

    for address, body in (("/api/demo/enter", {}), ("/api/demo/speed", {"speed": 1})):
        with pytest.raises(Refused) as refusal:
            stranger.post(address, body)
        assert refusal.value.code == "forbidden"


def test_signing_in_by_hand_in_a_drill_leaves_a_real_office_its_cookies(
    drill: DrillServer,
) -> None:
    entered = [pair.split("=")[0] for pair in drill.visitor().headers["Cookie"].split("; ")]
    stranger = Client(drill.port)
    connection = stranger._connection
    body = json.dumps({"name": "Penyelia", "pin": drill.pin})
    connection.request("POST", "/api/session", body, {"Content-Type": "application/json"})
    response = connection.getresponse()
    given = [value.split("=")[0] for name, value in response.getheaders() if name == "Set-Cookie"]
    response.read()

    assert response.status == 200
    assert len(given) == 1
    assert all(name.startswith(("session_drill_", "device_drill_")) for name in entered + given)


def test_a_drill_s_addresses_are_described_where_they_exist(drill: DrillServer) -> None:
    paths = drill.visitor().get("/api/openapi.json")["paths"]

    assert {"/api/demo", "/api/demo/enter", "/api/demo/speed"} <= set(paths)


def cli(*arguments: str) -> Any:
    return subprocess.run(
        [sys.executable, "-m", "kiosk.cli", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, input="",
    )  # fmt: skip


def test_a_drill_is_not_served_as_real_and_a_real_office_is_no_drill(tmp_path: Path) -> None:
    real, played = str(tmp_path / "real"), str(tmp_path / "drill")
    DrillServer(tmp_path / "drill").stop()
    assert cli("init", "--data", real).returncode == 0

    refused = cli("serve", "--port", "0", "--data", played, "--json")
    assert json.loads(refused.stdout)["code"] == "drill_file"
    refused = cli("serve", "--port", "0", "--data", real, "--demo", "--json")
    assert json.loads(refused.stdout)["code"] == "real_file"

    backup = str(tmp_path / "drill.zip")
    assert cli("backup", backup, "--data", played).returncode == 0
    refused = cli("restore", backup, "--data", real, "--json")
    assert json.loads(refused.stdout)["code"] == "drill_file"
    assert cli("verify", "--data", real).returncode == 0
    exported = cli("export", "--data", played, "--json")
    assert json.loads(exported.stdout)["drill"] is True
    day = json.loads(exported.stdout)["day"]
    lines = cli("export", "--data", played, "--day", day).stdout.splitlines()
    assert lines[0].startswith("LATIHAN,number,")
    assert all(line.startswith("LATIHAN,") for line in lines)


def test_each_start_begins_anew(tmp_path: Path) -> None:
    first = DrillServer(tmp_path, "--speed", "1")
    before = eventually(lambda: first.visitor().get("/api/board")["calls"])
    first.stop()
    second = DrillServer(tmp_path, "--speed", "1")
    try:
        after = eventually(lambda: second.visitor().get("/api/board")["calls"])
    finally:
        second.stop()

    assert before != after
