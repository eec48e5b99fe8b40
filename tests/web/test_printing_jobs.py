"""Print jobs over HTTP: claimed with a lease, waited for, reported, settled."""

import threading
from typing import Any

import pytest

from kiosk.commands import printers
from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_tickets import take

PRINTER = {"name": "Struk", "kind": "network", "address": "192.0.2.1", "status": "dle_eot"}


@pytest.fixture
def agent(served: Served) -> Asker:
    return served.at_device("agent")


@pytest.fixture
def printer(served: Served, agent: Asker) -> int:
    """A printer beside that agent."""
    number = agent.get("/api/agent/printers")
    assert number.json["printers"] == []
    devices = served.session().get("/api/supervisor").json["devices"]
    found = next(device["id"] for device in devices if device["kind"] == "agent")
    put: int = served.do(printers.put_printer, **PRINTER, agent=found)["printer"]["id"]
    return put


def turn(printer: int, **more: Any) -> dict[str, Any]:
    return {"printer": printer, "worker": "w1", "state": "ok"} | more


def test_an_agent_claims_what_a_ticket_left_behind(
    printer: int, agent: Asker, kiosk: Asker
) -> None:
    claim, report = "/api/print-jobs/claim", "/api/print-jobs/report"
    (own,) = agent.get("/api/agent/printers").json["printers"]
    assert own["id"] == printer
    assert agent.post(claim, turn(printer)).json["jobs"] == []
    take(kiosk)
    (job,) = agent.post(claim, turn(printer)).json["jobs"]
    assert agent.post(claim, turn(printer, worker="w2")).code == "printer_taken"

    def say(state: str, job_id: int = job["id"], **more: Any) -> Any:
        reports = [{"id": job_id, "state": state, **more}]
        return agent.post(report, {"printer": printer, "worker": "w1", "reports": reports})

    assert say("sending", sha256="0" * 64, bytes="G0A=", length_mm=90).status == 200
    assert say("printed", sha256="0" * 64).status == 200
    assert say("failed").code == "wrong_job_state"
    assert say("eaten").status == 422
    assert say("failed", 999).code == "unknown_job"
    assert agent.post("/api/print-jobs/leave", {"printer": printer, "worker": "w1"}).status == 200
    assert agent.post(claim, turn(printer, worker="w2")).status == 200
    assert agent.post(claim, turn(99)).code == "unknown_printer"


def test_the_kiosk_learns_what_became_of_its_paper(
    printer: int, agent: Asker, kiosk: Asker, served: Served, boss: Asker
) -> None:
    agent.post("/api/print-jobs/claim", turn(printer))
    ticket = take(kiosk).json["ticket"]
    path = f"/api/tickets/{ticket['id']}/paper"
    assert kiosk.get(path).json == {"state": "coming", "copies": 0}
    (job,) = agent.post("/api/print-jobs/claim", turn(printer)).json["jobs"]
    report = {"id": job["id"], "state": "queued", "error": "not ready: out"}
    agent.post("/api/print-jobs/claim", turn(printer, state="out", limit=0, reports=[report]))
    assert kiosk.get(path).json["state"] == "fault"
    assert kiosk.get("/api/kiosk").json["kiosk"]["paper"] == "out"
    assert "printer_out" in [a["code"] for a in boss.get("/api/supervisor").json["alarms"]]
    (again,) = agent.post("/api/print-jobs/claim", turn(printer)).json["jobs"]
    report = {"id": again["id"], "state": "printed"}
    agent.post("/api/print-jobs/claim", turn(printer, limit=0, reports=[report]))
    assert kiosk.get(path).json["state"] == "printed"
    assert kiosk.get("/api/kiosk").json["kiosk"]["paper"] == "ok"
    assert served.at_device("kiosk").get(path).status == 404
    assert boss.get(path).status == 403


def test_a_waiting_agent_gets_the_job_as_soon_as_there_is_one(
    printer: int, agent: Asker, kiosk: Asker
) -> None:
    found: list[int] = []

    def wait() -> None:
        answer = agent.post("/api/print-jobs/claim", turn(printer, wait_seconds=15))
        found.append(len(answer.json["jobs"]))

    waiting = threading.Thread(target=wait)
    waiting.start()
    take(kiosk)
    waiting.join(10)
    assert found == [1], "before its time is over"


def test_only_agents_claim(printer: int, kiosk: Asker, boss: Asker) -> None:
    for asker in (kiosk, boss):
        assert asker.post("/api/print-jobs/claim", turn(printer)).status == 403


def test_a_supervisor_sets_up_a_printer(boss: Asker, kiosk: Asker) -> None:
    body = PRINTER | {"width_mm": 58}
    printer = boss.post("/api/printers", body).json["printer"]
    assert (printer["probe"], printer["roll_mm"]) == ("gsr", 15_000)
    assert boss.get("/api/board").json["printing"] == {"connected": True}
    changed = boss.post("/api/printers", body | {"printer": printer["id"], "active": False})
    assert changed.status == 200
    assert kiosk.get("/api/board").json["printing"] == {"connected": False}
    assert boss.post("/api/printers", body | {"printer": 99}).status == 404
    assert boss.post("/api/printers", body | {"status": "perhaps"}).status == 422
    assert kiosk.post("/api/printers", body).status == 403


def test_a_printer_has_a_page_of_its_own(
    printer: int, agent: Asker, kiosk: Asker, boss: Asker
) -> None:
    agent.post("/api/print-jobs/claim", turn(printer, answer="1212121e", state="near_end"))
    take(kiosk)
    assert boss.post(f"/api/printers/{printer}/test", {"kind": "selftest"}).status == 200

    health = boss.get(f"/api/printers/{printer}/health").json

    assert (health["answer"], health["printer"]["state"]) == ("1212121e", "near_end")
    assert [(job["kind"], job["state"]) for job in health["jobs"]] == [
        ("selftest", "queued"), ("ticket", "queued"),
    ]  # fmt: skip
    assert health["counts"] == {"queued": 2}
    assert health["took"] == {"p50": None, "p95": None, "of": 0}
    assert health["printer"]["roll"]["rolls_needed"] == 1
    (alarm,) = health["alarms"]
    assert (alarm["code"], alarm["level"]) == ("printer_near_end", "warning")
    assert alarm["details"]["tickets_left"] == 800
    assert boss.post(f"/api/alarms/{alarm['id']}/acknowledge").status == 200
    (known,) = boss.get("/api/alarms").json["alarms"]
    assert known["acknowledged_by"]
    assert boss.get("/api/printers/99/health").code == "unknown_printer"


def test_a_printer_that_nobody_has_looked_at_yet_alarms_nobody(
    printer: int, agent: Asker, boss: Asker, kiosk: Asker
) -> None:
    def codes() -> set[str]:
        return {alarm["code"] for alarm in boss.get("/api/supervisor").json["alarms"]}

    claim = {"printer": printer, "worker": "w1"}
    agent.post("/api/print-jobs/claim", claim)
    assert "printer_unknown" not in codes()
    take(kiosk)
    agent.post("/api/print-jobs/claim", claim | {"state": "ok"})
    agent.post("/api/print-jobs/claim", claim | {"state": "unknown", "limit": 0})
    agent.post("/api/print-jobs/claim", claim | {"state": "unknown", "limit": 0})
    assert "printer_unknown" in codes()


def test_the_supervisor_sees_how_long_tickets_wait(
    printer: int, agent: Asker, boss: Asker, kiosk: Asker, served: Served
) -> None:
    agent.post("/api/print-jobs/claim", turn(printer))
    for key in ("one", "two"):
        kiosk.post("/api/tickets", {"service": "biodata"}, Idempotency_Key=key)
    found = next(p for p in boss.get("/api/supervisor").json["printers"] if p["id"] == printer)
    assert found["queue"] == {"waiting": 2, "oldest": served.time.wall()}
