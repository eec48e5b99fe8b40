"""Print jobs: written with the ticket, printed at most once unmarked."""

import json
from typing import Any

import pytest

from kiosk import errors
from kiosk.commands import paper, tickets
from kiosk.printing.layout import TicketFacts
from tests.cast import KIOSK, SUPERVISOR, WORKER, Cast


def claim(cast: Cast) -> list[dict[str, Any]]:
    jobs: list[dict[str, Any]] = cast.do(paper.claim_print_jobs, WORKER)["jobs"]
    return jobs


def report(cast: Cast, job: int, state: str) -> None:
    cast.do(paper.report_print_jobs, WORKER, reports=[{"id": job, "state": state}])


def test_a_job_holds_what_the_layout_needs(cast: Cast) -> None:
    taken = cast.take("recording", language="en")

    facts = TicketFacts.from_json(claim(cast)[0]["facts"])

    assert (facts.number, facts.trace) == (taken["number"], taken["trace"])
    assert facts.service_name == "Perekaman KTP-el"
    assert facts.service_name_en == "Recording for the card"
    assert facts.bring == ("Kartu Keluarga (KK)", "Akta kelahiran")
    assert facts.phone_url is None


def test_a_job_is_given_to_one_worker_once(cast: Cast) -> None:
    cast.take()

    assert len(claim(cast)) == 1
    assert claim(cast) == []


def test_a_job_older_than_ninety_seconds_never_prints_by_itself(cast: Cast) -> None:
    cast.take()
    cast.time.forward(seconds=91)

    assert claim(cast) == []


def test_a_worker_that_died_while_sending_does_not_print_the_original_again(cast: Cast) -> None:
    cast.take()
    cast.take()
    sending, claimed = claim(cast)
    report(cast, sending["id"], "sending")

    cast.do(paper.recover_print_jobs, WORKER)

    assert [job["id"] for job in claim(cast)] == [claimed["id"]]


def test_a_report_on_an_ended_job_is_refused(cast: Cast) -> None:
    cast.take()
    job = claim(cast)[0]["id"]
    report(cast, job, "printed")

    with pytest.raises(errors.WrongJobState):
        report(cast, job, "sending")
    with pytest.raises(errors.UnknownJob):
        report(cast, 999, "printed")


def test_one_stale_report_does_not_hold_up_the_others(cast: Cast) -> None:
    cast.take()
    cast.take()
    first, second = claim(cast)
    report(cast, first["id"], "printed")

    answer = cast.do(
        paper.report_print_jobs,
        WORKER,
        reports=[{"id": job["id"], "state": "printed"} for job in (first, second)],
    )

    assert (answer["reported"], answer["refused"]) == (1, [first["id"]])


def test_a_copy_is_marked_and_the_kiosk_may_ask_for_one(cast: Cast) -> None:
    taken = cast.take()
    cast.do(tickets.reprint_ticket, KIOSK, ticket_id=taken["id"])

    facts = json.loads(claim(cast)[1]["facts"])

    assert facts["copy_no"] == 1
    with pytest.raises(errors.Conflict):
        cast.do(tickets.reprint_ticket, KIOSK, ticket_id=taken["id"])
    assert cast.do(tickets.reprint_ticket, SUPERVISOR, ticket_id=taken["id"])["job"] == 3
