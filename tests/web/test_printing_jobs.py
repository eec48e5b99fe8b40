"""Print jobs over HTTP: claimed with a lease, waited for, reported."""

import threading
import time

from tests.web.conftest import Served
from tests.web.talk import Asker
from tests.web.test_tickets import take


def test_an_agent_claims_what_a_ticket_left_behind(served: Served, kiosk: Asker) -> None:
    agent = served.at_device("agent")
    assert agent.post("/api/print-jobs/claim").json["jobs"] == []
    take(kiosk)
    (job,) = agent.post("/api/print-jobs/claim", {"limit": 5}).json["jobs"]
    assert job["printer"]["kind"] == "preview"
    assert agent.post("/api/print-jobs/claim").json["jobs"] == []
    path = f"/api/print-jobs/{job['id']}/report"
    assert agent.post(path, {"state": "sending"}).status == 200
    assert agent.post(path, {"state": "printed", "sha256": "0" * 64}).status == 200
    answer = agent.post(path, {"state": "failed"})
    assert (answer.status, answer.code) == (409, "wrong_job_state")
    assert agent.post(path, {"state": "eaten"}).status == 422
    assert agent.post("/api/print-jobs/999/report", {"state": "failed"}).code == "unknown_job"


def test_several_jobs_are_reported_at_once(served: Served, kiosk: Asker) -> None:
    agent = served.at_device("agent")
    take(kiosk, key="a"), take(kiosk, key="b")
    jobs = agent.post("/api/print-jobs/claim").json["jobs"]
    reports = [{"id": job["id"], "state": "failed", "error": "kertas habis"} for job in jobs]
    assert agent.post("/api/print-jobs/report", {"reports": reports}).json["reported"] == 2


def test_a_waiting_agent_gets_the_job_as_soon_as_there_is_one(served: Served, kiosk: Asker) -> None:
    agent = served.at_device("agent")
    found: list[int] = []

    def wait() -> None:
        answer = agent.post("/api/print-jobs/claim", {"wait_seconds": 15})
        found.append(len(answer.json["jobs"]))

    waiting = threading.Thread(target=wait)
    began = time.monotonic()
    waiting.start()
    take(kiosk)
    waiting.join(10)
    assert found == [1]
    assert time.monotonic() - began < 10


def test_only_agents_claim(kiosk: Asker, boss: Asker) -> None:
    for asker in (kiosk, boss):
        assert asker.post("/api/print-jobs/claim").status == 403


def test_a_supervisor_sets_up_a_printer(boss: Asker, kiosk: Asker) -> None:
    body = {"name": "Struk", "kind": "network", "address": "192.168.1.50", "width_mm": 58}
    printer = boss.post("/api/printers", body).json["printer"]
    assert boss.get("/api/board").json["printing"] == {"connected": True}
    changed = boss.post("/api/printers", body | {"printer": printer["id"], "active": False})
    assert changed.status == 200
    assert kiosk.get("/api/board").json["printing"] == {"connected": False}
    assert boss.post("/api/printers", body | {"printer": 99}).status == 404
    assert kiosk.post("/api/printers", body).status == 403
