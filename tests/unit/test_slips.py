"""Too late is not refused: the slip, and what becomes of voters' claims."""

import json
from pathlib import Path

import pytest

from kiosk.audit import verify
from kiosk.commands import calling, passing, slips, tickets
from kiosk.domain.paper import LAYOUT_VERSION, SLIP
from kiosk.errors import Conflict, Forbidden, UnknownService, UnknownSlip
from kiosk.printing import slip as slip_layout
from kiosk.printing.office_link import Job
from kiosk.printing.paper import PAPERS, Text, length_mm
from kiosk.printing.press import instructions_of
from kiosk.store import claims
from kiosk.store.connection import open_reader
from tests.cast import KIOSK, SUPERVISOR, Cast, staff


def jobs(cast: Cast) -> list[dict[str, object]]:
    db = open_reader(cast.path)
    rows = db.conn.execute("SELECT * FROM print_jobs WHERE kind = ?", (SLIP,)).fetchall()
    return [dict(row) for row in rows]


def words(facts: str, width: int) -> list[str]:
    job = Job(1, SLIP, facts, LAYOUT_VERSION)
    instructions = instructions_of(job, None, PAPERS[width])  # type: ignore[arg-type]
    return [one.line for one in instructions if isinstance(one, Text)]


def test_a_slip_is_proof_of_the_hour_and_no_number(cast: Cast) -> None:
    cast.open(1)
    cast.time.forward(hours=3)

    slip = cast.do(slips.give_slip, KIOSK, service="card-printing")["slip"]

    assert slip["arrival"] == cast.time.wall_at
    assert cast.take("card-printing")["number"] == "B-001"
    (job,) = jobs(cast)
    assert job["ticket"] == slip["id"]


@pytest.mark.parametrize("width", [58, 80])
@pytest.mark.parametrize("language", ["id", "en"])
def test_the_slip_on_paper_says_when_what_and_who_decides(
    cast: Cast, width: int, language: str
) -> None:
    cast.open(1)
    slip = cast.do(slips.give_slip, KIOSK, service="card-printing", language=language)["slip"]
    (job,) = jobs(cast)

    lines = words(str(job["facts"]), width)
    text = " ".join(lines)

    assert "Datang 27-11-2026, 08.00 WITA" in text
    assert "Cetak KTP-el (sudah rekam)" in text
    assert slip["trace"] in text
    assert "Ketentuan di TPS ditetapkan KPPS." in text
    assert "bukan nomor antrean" in text
    assert ("Card printing" in text) == (language == "en")
    assert "berhak" not in text.lower()
    paper = PAPERS[width]
    assert all(len(line) <= paper.columns for line in lines)
    facts = json.loads(str(job["facts"]))
    assert length_mm(slip_layout.layout(facts, paper), paper) < 150


def test_a_slip_belongs_to_the_journal(cast: Cast) -> None:
    cast.open(1)
    slip = cast.do(slips.give_slip, KIOSK, service="card-printing")["slip"]

    assert verify.trace(cast.path, "SLIP", slip["trace"]).findings == []
    assert verify.trace(cast.path, "SLIP", "00000000").findings != []


def test_a_slip_that_did_not_come_out_is_printed_again_and_marked(cast: Cast) -> None:
    cast.open(1)
    slip = cast.do(slips.give_slip, KIOSK, service="card-printing")["slip"]
    cast.time.forward(seconds=30)

    cast.do(slips.reprint_slip, KIOSK, slip_id=slip["id"])
    with pytest.raises(Conflict):
        cast.do(slips.reprint_slip, KIOSK, slip_id=slip["id"])
    cast.time.forward(minutes=20)
    with pytest.raises(Forbidden):
        cast.do(slips.reprint_slip, KIOSK, slip_id=slip["id"])
    cast.do(slips.reprint_slip, SUPERVISOR, slip_id=slip["id"], reason="macet")

    original, first, second = jobs(cast)
    assert original["state"] == "superseded"
    assert [job["copy_no"] for job in (original, first, second)] == [0, 1, 2]
    assert second["printer"] == original["printer"]
    assert not any("CETAK ULANG" in line for line in words(str(original["facts"]), 80))
    assert "CETAK ULANG #1, 08.00 WITA" in words(str(first["facts"]), 80)
    assert "CETAK ULANG #2, 08.20 WITA" in words(str(second["facts"]), 58)
    assert any(slip["trace"] in line for line in words(str(second["facts"]), 80))
    db = open_reader(cast.path)
    rows = db.conn.execute("SELECT data FROM journal WHERE event = 'slip_reprinted'").fetchall()
    assert [json.loads(row["data"])["slip"] for row in rows] == [slip["id"]] * 2
    assert verify.verify(cast.path).findings == []


def test_only_a_slip_is_printed_as_one(cast: Cast) -> None:
    cast.open(1)
    ticket = cast.take("biodata")
    for wrong in (ticket["id"], 999_999):
        with pytest.raises(UnknownSlip):
            cast.do(slips.reprint_slip, SUPERVISOR, slip_id=wrong)


def test_a_slip_of_a_drill_says_so() -> None:
    facts = {
        "office": "O", "area": "", "service_name": "S", "service_name_en": "S", "issued_at": 0,
        "zone": "Asia/Makassar", "zone_label": "WITA", "trace": "0", "language": "id",
    }  # fmt: skip
    for drill in (False, True):
        lines = slip_layout.layout(facts | {"drill": drill}, PAPERS[80])
        texts = [one.line for one in lines if isinstance(one, Text)]
        assert ("LATIHAN" in texts) == drill


def test_a_slip_for_no_service_is_refused(cast: Cast) -> None:
    with pytest.raises(UnknownService):
        cast.do(slips.give_slip, KIOSK, service="nothing")


def test_the_days_account_of_claims(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    cast.open(1)
    served, wrong_service, no_voter, waiting = (
        cast.take("biodata", voter=True, travel_minutes=30) for _ in range(4)
    )
    cast.take("biodata")
    cast.do(tickets.reclassify_ticket, SUPERVISOR, ticket_id=wrong_service["id"],
            service="recording", reason="belum rekam")  # fmt: skip
    cast.do(tickets.reclassify_ticket, staff(1), ticket_id=no_voter["id"], voter=False,
            reason="bukan untuk TPS")  # fmt: skip
    assert cast.call(1)["number"] == served["number"]
    cast.at(1, calling.start)
    cast.at(1, passing.finish)

    db = open_reader(cast.path)
    account = claims.account(db, "2026-11-27")

    assert account == {"made": 4, "confirmed": 1, "corrected": 2, "open": 1}
    assert waiting["voter"]
