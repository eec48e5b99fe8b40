"""Snapshots, events, voice, files: everything that is only read."""

import io
import json
import wave
from pathlib import Path

import pytest

from kiosk.config import ROOT
from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_tickets import take

COMMON = {
    "seq", "now", "day", "phase", "held", "office", "hours", "services", "notice", "clock",
    "printing", "version",
}  # fmt: skip


def test_every_snapshot_holds_what_the_protocol_promises(served: Served, boss: Asker) -> None:
    more = {
        "/api/board": {"counters", "calls", "current", "parked", "suspended", "absent", "notices"},
        "/api/kiosk": {"kiosk", "languages"},
        "/api/desk": {"counters", "waiting", "parked", "absent", "suspended", "recent", "help",
                      "outcomes", "staff", "notices_available"},
        "/api/supervisor": {"devices", "staff_list", "settings", "printers", "print_jobs",
                            "service_list", "alarms", "today"},
    }  # fmt: skip
    for path, names in more.items():
        snapshot = boss.get(path).json
        assert COMMON | names <= set(snapshot), path


def test_an_unchanged_snapshot_is_not_sent_again(kiosk: Asker) -> None:
    first = kiosk.get("/api/board")
    again = kiosk.get("/api/board", If_None_Match=first.headers["ETag"])
    assert (again.status, again.content) == (304, b"")
    take(kiosk)
    changed = kiosk.get("/api/board", If_None_Match=first.headers["ETag"])
    assert changed.status == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_the_time_of_day_is_fresh_in_a_snapshot_that_was_kept(served: Served, kiosk: Asker) -> None:
    first = kiosk.get("/api/board")
    served.time.forward(seconds=0.5)
    later = kiosk.get("/api/board")
    assert later.json["now"] - first.json["now"] == 500
    assert later.headers["ETag"] == first.headers["ETag"]


def test_a_kiosk_knows_its_own_name_and_printer(served: Served, boss: Asker) -> None:
    kiosk = served.at_device("kiosk", printer=1)
    own = {"id": 1, "name": "Uji kiosk", "printer": 1, "paper": "none"}
    assert kiosk.get("/api/kiosk").json["kiosk"] == own
    nobody = {"id": None, "name": "", "printer": None, "paper": "none"}
    assert boss.get("/api/kiosk").json["kiosk"] == nobody


def test_a_phone_sees_its_own_ticket_and_nothing_secret(served: Served, kiosk: Asker) -> None:
    ticket = take(kiosk, priority=True).json["ticket"]
    answer = served.asker().get(f"/api/phone/{ticket['token']}")
    assert answer.json["ticket"]["number"] == "A-001"
    assert "priority" not in answer.json["ticket"]
    assert "token" not in answer.json["ticket"]
    assert served.asker().get("/api/phone/unknown").code == "unknown_ticket"


def test_events_are_read_in_pieces(kiosk: Asker) -> None:
    take(kiosk)
    everything = kiosk.get("/api/events").json
    piece = kiosk.get(f"/api/events?after={everything['seq'] - 1}&limit=5").json
    assert [event["event"] for event in piece["events"]] == ["ticket_issued"]
    assert len(kiosk.get("/api/events?limit=2").json["events"]) == 2
    assert kiosk.get("/api/events?after=x").code == "invalid"
    assert kiosk.get("/api/events?after=-1").code == "invalid"


def called(served: Served, kiosk: Asker) -> int:
    """Somebody is called; returns the call's id."""
    desk = served.session("counter", counter=1)
    served.session("supervisor").post("/api/day/open")
    desk.post("/api/counters/1/open")
    take(kiosk)
    desk.post("/api/counters/1/call-next")
    return int(kiosk.get("/api/board").json["calls"][0]["id"])


def test_a_call_is_said_aloud(served: Served, kiosk: Asker) -> None:
    call = called(served, kiosk)
    answer = kiosk.get(f"/api/voice/calls/{call}.wav")
    assert answer.headers["Content-Type"] == "audio/wav"
    with wave.open(io.BytesIO(answer.content)) as sound:
        assert 2 < sound.getnframes() / sound.getframerate() < 20
    assert kiosk.get(f"/api/voice/calls/{call - 1}.wav").status == 404
    assert kiosk.get("/api/voice/calls/99999.wav").status == 404


def test_a_notice_has_words_and_a_voice(served: Served, kiosk: Asker, boss: Asker) -> None:
    assert boss.post("/api/notices", {"notice": "nonsense"}).code == "unknown_notice"
    boss.post("/api/notices", {"notice": "link_down"})
    board = kiosk.get("/api/board").json
    assert board["notice"]["text"]["id"].startswith("Jaringan SIAK terganggu")
    assert board["notices"][0]["text"] == board["notice"]["text"]
    assert kiosk.get("/api/voice/notices/link_down.wav").status == 200
    assert kiosk.get("/api/voice/notices/nonsense.wav").status == 404
    boss.post("/api/notices/end")
    assert kiosk.get("/api/board").json["notice"] is None


def test_health_names_version_day_and_phase(served: Served) -> None:
    health = served.asker().get("/health").json
    assert health["status"] == "ok"
    assert health["version"] == "test"
    assert health["day"] == "2026-11-27"
    assert health["phase"] == "open"
    assert health["seq"] > 0


def test_health_tells_of_a_journal_that_was_cut(served: Served) -> None:
    served.server.office.writer.journal_cut = True
    answer = served.asker().get("/health")
    assert (answer.status, answer.json["reason"]) == (503, "journal cut")


def test_metrics_are_in_prometheus_words(served: Served, kiosk: Asker) -> None:
    take(kiosk)
    served.screen("/display", token=served.device("display"))
    text = served.asker().get("/metrics").content.decode()
    assert 'kiosk_tickets_waiting{service="biodata"} 1' in text
    assert 'kiosk_sockets{namespace="/display"} 1' in text
    assert "kiosk_storage_trouble 0" in text
    for line in text.splitlines():
        assert line.startswith("# ") or len(line.split()) == 2


@pytest.mark.parametrize(
    "path",
    ["/static/../run.py", "/static/%2e%2e/run.py", "/static//etc/passwd", "/static/nothing.js",
     "/vendor/../package.json", "/vendor/socket.io-client/package.json", "/vendor/.bin/x.js",
     "/vendor/socket.io-client/../../run.py", "/vendor/ws/index.js"],
)  # fmt: skip
def test_no_other_file_is_given(served: Served, path: str) -> None:
    assert served.asker().get(path, Accept="application/json").status == 404


def test_static_files_are_checked_again_and_packages_kept(served: Served) -> None:
    asker = served.asker()
    answer = asker.get("/static/css/tokens.css")
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    tag = answer.headers["ETag"]
    assert asker.get("/static/css/tokens.css", If_None_Match=tag).status == 304
    locked = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert "socket.io-client" in locked
    if (ROOT / "node_modules").is_dir():
        answer = asker.get("/vendor/socket.io-client/dist/socket.io.esm.min.js")
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Type"].startswith("text/javascript")


def test_previews_are_for_staff(served: Served, boss: Asker, kiosk: Asker) -> None:
    folder: Path = served.config.data / "preview"
    folder.mkdir()
    numbers = [take(kiosk, key).json["ticket"]["number"] for key in ("k1", "k2")]
    for name in ("1.png", "2.png", "12.png", "3.part"):
        (folder / name).write_bytes(b"\x89PNG")

    items = boss.get("/api/preview").json["items"]

    assert [(item["id"], item["number"], item["url"]) for item in items] == [
        (2, numbers[1], "/preview/2.png"),
        (1, numbers[0], "/preview/1.png"),
    ]
    assert boss.get("/preview/1.png").content == b"\x89PNG"
    assert boss.get("/preview/8.png", Accept="application/json").status == 404
    assert kiosk.get("/preview/1.png", Accept="application/json").status == 403
