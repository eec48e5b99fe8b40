"""Print jobs: written with the ticket, printed at most once unmarked, never lost."""

import base64
import hashlib
import json
from typing import Any

import pytest

from kiosk import errors
from kiosk.commands import alarms, people, print_work, printers, tickets
from kiosk.domain.actor import CLOCK, Actor
from kiosk.printing.layout import TicketFacts
from tests.cast import KIOSK, SUPERVISOR, WORKER, Cast

TICKET = b"\x1b@A-001"
HASH = hashlib.sha256(TICKET).hexdigest()


class Hand:
    """A worker of one printer, which says what the test tells it to say."""

    def __init__(self, cast: Cast, printer: int, name: str = "one") -> None:
        self.cast, self.printer, self.name = cast, printer, name

    def claim(self, *reports: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
        answer = self.cast.do(
            print_work.claim_print_jobs, WORKER, printer=self.printer, worker=self.name,
            reports=list(reports), **({"state": "ok", "limit": 5} | more),
        )  # fmt: skip
        jobs: list[dict[str, Any]] = answer["jobs"]
        return jobs

    def say(self, job: int, state: str, **more: Any) -> None:
        report = {"id": job, "state": state, **more}
        self.cast.do(
            print_work.report_print_jobs, WORKER, printer=self.printer, worker=self.name,
            reports=[report],
        )  # fmt: skip

    def announce(self, job: int) -> None:
        content = base64.b64encode(TICKET).decode()
        self.say(job, "sending", sha256=HASH, bytes=content, length_mm=95)


@pytest.fixture
def printer(cast: Cast) -> int:
    return put(cast, "Satu")


@pytest.fixture
def hand(cast: Cast, printer: int) -> Hand:
    return Hand(cast, printer)


def put(cast: Cast, name: str, **changes: Any) -> int:
    fields = {"name": name, "kind": "network", "address": "127.0.0.1:1", "status": "dle_eot"}
    number: int = cast.do(printers.put_printer, SUPERVISOR, **(fields | changes))["printer"]["id"]
    return number


def kiosk_with(cast: Cast, printer: int, fallback: int) -> Actor:
    config = {"printer": printer, "fallback": fallback}
    device = cast.do(
        people.add_device, SUPERVISOR, kind="kiosk", name="Mesin", config=config, token_hash="-"
    )["device"]["id"]
    return Actor("Mesin", "kiosk", f"kiosk:{device}")


def state(cast: Cast, job: int) -> Any:
    row = cast.office.writer._db.conn.execute(
        "SELECT * FROM print_jobs WHERE id = ?", (job,)
    ).fetchone()
    return dict(row)


def alarms_on(cast: Cast) -> list[str]:
    rows = cast.office.writer._db.conn.execute(
        "SELECT code FROM alarms WHERE cleared_at IS NULL ORDER BY id"
    )
    return [row["code"] for row in rows]


def watch(cast: Cast) -> None:
    cast.do(alarms.watch_printers, CLOCK)


def test_a_job_holds_what_the_layout_needs(cast: Cast, hand: Hand) -> None:
    taken = cast.take("recording", language="en")

    facts = TicketFacts.from_json(hand.claim()[0]["facts"])

    assert (facts.number, facts.trace) == (taken["number"], taken["trace"])
    assert facts.service_name == "Perekaman KTP-el"
    assert facts.service_name_en == "Recording for the card"
    assert facts.bring == ("Kartu Keluarga (KK)", "Akta kelahiran")
    assert facts.phone_url is None


def test_a_printer_has_one_worker_at_a_time(cast: Cast, hand: Hand) -> None:
    cast.take()
    second = Hand(cast, hand.printer, "two")
    hand.claim(limit=0)

    with pytest.raises(errors.PrinterTaken):
        second.claim()
    cast.time.forward(seconds=31)

    assert len(second.claim()) == 1
    with pytest.raises(errors.PrinterTaken):
        hand.claim()


def test_a_worker_may_follow_the_one_that_it_knows_to_be_dead(cast: Cast, hand: Hand) -> None:
    hand.claim()

    assert Hand(cast, hand.printer, "two").claim(after="one") == []


def test_a_printer_is_worked_by_its_own_agent_only(cast: Cast, hand: Hand) -> None:
    stranger = Actor("Agen", "agent", "agent:7")

    with pytest.raises(errors.UnknownPrinter):
        cast.do(print_work.claim_print_jobs, stranger, printer=hand.printer, worker="x")
    with pytest.raises(errors.UnknownPrinter):
        cast.do(print_work.claim_print_jobs, WORKER, printer=99, worker="x")


def test_the_bytes_are_kept_before_the_first_one_goes_out(cast: Cast, hand: Hand) -> None:
    cast.take()
    job = hand.claim()[0]["id"]

    hand.announce(job)

    kept = state(cast, job)
    assert (kept["state"], kept["bytes"], kept["sha256"]) == ("sending", TICKET, HASH)


def test_a_job_that_is_given_back_comes_again_with_its_bytes_in_its_old_place(
    cast: Cast, hand: Hand
) -> None:
    cast.take(), cast.take()
    first, _ = hand.claim()
    hand.announce(first["id"])

    again = hand.claim({"id": first["id"], "state": "queued", "error": "took nothing"})

    assert again[0]["id"] == first["id"]
    assert base64.b64decode(again[0]["bytes"]) == TICKET
    assert again[0]["length_mm"] == 95


def test_a_job_older_than_ninety_seconds_never_prints_by_itself(cast: Cast, hand: Hand) -> None:
    cast.take()
    job = hand.claim()[0]["id"]
    cast.time.forward(seconds=91)

    with pytest.raises(errors.WrongJobState):
        hand.announce(job)
    assert hand.claim() == []
    assert state(cast, job)["state"] == "expired"
    assert "print_unsettled" in alarms_on(cast)


def test_a_worker_that_died_while_sending_does_not_print_the_original_again(
    cast: Cast, hand: Hand
) -> None:
    cast.take(), cast.take()
    sending, claimed = hand.claim()
    hand.announce(sending["id"])

    follower = Hand(cast, hand.printer, "two")

    assert [job["id"] for job in follower.claim(after="one")] == [claimed["id"]]
    assert state(cast, sending["id"])["state"] == "unconfirmed"


def test_a_worker_that_forgot_its_job_asks_for_more_and_the_job_is_in_doubt(
    cast: Cast, hand: Hand
) -> None:
    cast.take()
    job = hand.claim()[0]["id"]
    hand.announce(job)

    assert hand.claim() == []

    assert state(cast, job)["state"] == "unconfirmed"


def test_the_truth_may_come_late(cast: Cast, hand: Hand) -> None:
    cast.take()
    job = hand.claim()[0]["id"]
    hand.announce(job)
    cast.time.forward(seconds=31)
    watch(cast)
    assert state(cast, job)["state"] == "unconfirmed"

    hand.claim({"id": job, "state": "printed", "sha256": HASH})

    assert state(cast, job)["state"] == "printed"
    assert alarms_on(cast) == []


def test_what_is_said_twice_is_heard_once(cast: Cast, hand: Hand) -> None:
    cast.take()
    job = hand.claim()[0]["id"]
    hand.announce(job)
    hand.say(job, "printed")
    hand.say(job, "printed")

    with pytest.raises(errors.WrongJobState):
        hand.say(job, "sending")
    with pytest.raises(errors.UnknownJob):
        hand.say(999, "printed")


def test_what_fails_goes_to_the_second_printer_as_the_original(cast: Cast, hand: Hand) -> None:
    other = Hand(cast, put(cast, "Dua", width_mm=58), "other")
    kiosk = kiosk_with(cast, hand.printer, other.printer)
    hand.claim(), other.claim()
    cast.do(tickets.issue_ticket, kiosk, service="biodata")
    job = hand.claim()[0]["id"]

    hand.claim({"id": job, "state": "queued", "error": "not ready: out"}, state="out", limit=0)

    assert [moved["id"] for moved in other.claim()] == [job]


def test_what_waits_is_diverted_when_the_printer_fails(cast: Cast, hand: Hand) -> None:
    other = Hand(cast, put(cast, "Dua"), "other")
    kiosk = kiosk_with(cast, hand.printer, other.printer)
    hand.claim(), other.claim()
    for _ in range(3):
        cast.do(tickets.issue_ticket, kiosk, service="biodata")

    hand.claim(state="cover", limit=0)

    assert len(other.claim()) == 3


def test_a_number_goes_to_the_second_printer_at_once_while_the_first_is_out(
    cast: Cast, hand: Hand
) -> None:
    other = Hand(cast, put(cast, "Dua"), "other")
    kiosk = kiosk_with(cast, hand.printer, other.printer)
    other.claim(), hand.claim(state="out", limit=0)

    cast.do(tickets.issue_ticket, kiosk, service="biodata")

    assert len(other.claim()) == 1


def test_a_job_in_doubt_never_goes_to_the_second_printer(cast: Cast, hand: Hand) -> None:
    other = Hand(cast, put(cast, "Dua"), "other")
    kiosk = kiosk_with(cast, hand.printer, other.printer)
    hand.claim(), other.claim()
    cast.do(tickets.issue_ticket, kiosk, service="biodata")
    job = hand.claim()[0]["id"]
    hand.announce(job)

    hand.claim({"id": job, "state": "unconfirmed", "error": "reset"}, state="out", limit=0)

    assert other.claim() == []
    assert "print_unsettled" in alarms_on(cast)


def test_a_copy_is_marked_replaces_a_waiting_original_and_the_kiosk_asks_once(
    cast: Cast, hand: Hand
) -> None:
    taken = cast.take()
    cast.do(tickets.reprint_ticket, KIOSK, ticket_id=taken["id"])

    (job,) = hand.claim()

    assert json.loads(job["facts"])["copy_no"] == 1
    assert state(cast, job["id"] - 1)["state"] == "superseded"
    with pytest.raises(errors.Conflict):
        cast.do(tickets.reprint_ticket, KIOSK, ticket_id=taken["id"])
    assert cast.do(tickets.reprint_ticket, SUPERVISOR, ticket_id=taken["id"])["job"] == 3


def test_a_cancelled_ticket_is_not_printed(cast: Cast, hand: Hand) -> None:
    taken = cast.take()
    cast.do(tickets.cancel_ticket, SUPERVISOR, ticket_id=taken["id"])

    assert hand.claim() == []
    assert state(cast, 1)["state"] == "cancelled"


def test_somebody_settles_what_nobody_knows(cast: Cast, hand: Hand) -> None:
    for _ in range(2):
        cast.take()
    first, second = hand.claim()
    for job in (first, second):
        hand.announce(job["id"])
        hand.say(job["id"], "unconfirmed", error="no answer")
    assert "print_unsettled" in alarms_on(cast)

    cast.do(printers.settle_print_job, SUPERVISOR, job_id=first["id"], came_out=True)
    copy = cast.do(printers.settle_print_job, SUPERVISOR, job_id=second["id"], came_out=False)

    assert "print_unsettled" not in alarms_on(cast)
    assert [job["id"] for job in hand.claim()] == [copy["copy"]]
    with pytest.raises(errors.WrongJobState):
        cast.do(printers.settle_print_job, SUPERVISOR, job_id=first["id"], came_out=True)


def test_alarms_come_are_acknowledged_and_go_by_themselves(cast: Cast, hand: Hand) -> None:
    hand.claim()
    assert alarms_on(cast) == []
    hand.claim(state="near_end")
    assert alarms_on(cast) == ["printer_near_end"]
    hand.claim(state="out", limit=0)
    assert alarms_on(cast) == ["printer_out"]

    cast.do(alarms.acknowledge_alarm, SUPERVISOR, alarm=2)
    hand.claim()

    assert alarms_on(cast) == []
    events = [
        row["event"]
        for row in cast.office.writer._db.conn.execute(
            "SELECT event FROM journal WHERE event LIKE 'alarm%' ORDER BY seq"
        )
    ]
    assert events == [
        "alarm_raised", "alarm_cleared", "alarm_raised", "alarm_acknowledged", "alarm_cleared",
    ]  # fmt: skip
    with pytest.raises(errors.NotFound):
        cast.do(alarms.acknowledge_alarm, SUPERVISOR, alarm=99)


def test_a_worker_that_falls_silent_is_noticed_within_fifteen_seconds(
    cast: Cast, hand: Hand
) -> None:
    hand.claim()
    cast.time.forward(seconds=10)
    watch(cast)
    assert alarms_on(cast) == []
    cast.time.forward(seconds=4)
    watch(cast)
    assert alarms_on(cast) == ["printer_silent"]

    hand.claim()

    assert alarms_on(cast) == []


def test_a_long_queue_is_a_warning(cast: Cast, hand: Hand) -> None:
    hand.claim()
    cast.take()
    watch(cast)
    assert alarms_on(cast) == []
    cast.time.forward(seconds=11)
    watch(cast)

    assert alarms_on(cast) == ["print_queue"]


def test_a_roll_is_counted_in_millimetres(cast: Cast) -> None:
    hand = Hand(cast, put(cast, "Kecil", width_mm=58, roll_mm=15_000))
    hand.claim()
    for _ in range(135):
        cast.take()
        job = hand.claim()[0]["id"]
        hand.announce(job)
        hand.say(job, "printed")
    assert alarms_on(cast) == ["paper_low"]

    cast.do(printers.change_roll, SUPERVISOR, printer=hand.printer)

    assert alarms_on(cast) == []


def test_new_paper_begins_a_new_roll_by_itself(cast: Cast, hand: Hand) -> None:
    cast.take()
    job = hand.claim()[0]["id"]
    hand.announce(job)
    hand.claim({"id": job, "state": "printed"}, state="out", limit=0)
    used = "SELECT used_mm FROM printer_states WHERE printer = ?"
    connection = cast.office.writer._db.conn
    assert connection.execute(used, (hand.printer,)).fetchone()["used_mm"] == 95

    hand.claim()

    assert connection.execute(used, (hand.printer,)).fetchone()["used_mm"] == 0


def test_a_test_page_raises_no_alarm_when_it_fails(cast: Cast, hand: Hand) -> None:
    hand.claim()
    cast.do(printers.print_test, SUPERVISOR, printer=hand.printer, kind="selftest")
    job = hand.claim()[0]
    assert job["kind"] == "selftest"

    hand.claim({"id": job["id"], "state": "failed", "error": "unknown model"})

    assert alarms_on(cast) == []


@pytest.mark.parametrize(
    "changes",
    [{"kind": "fax"}, {"status": "asb"}, {"probe": "guess"}, {"roll_mm": 5}, {"agent": 99}],
)
def test_a_printer_that_makes_no_sense_is_refused(cast: Cast, changes: dict[str, Any]) -> None:
    with pytest.raises((errors.Invalid, errors.UnknownDevice)):
        put(cast, "Aneh", **changes)
