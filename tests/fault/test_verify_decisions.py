"""Forged entries whose seals, heads file and tables all agree: the derivation shows them."""

import json
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit.verify import verify
from kiosk.commands import calling, passing, tickets
from tests.cast import SUPERVISOR, Cast
from tests.simulators.forger import Forger

DAY = "2026-11-27"


class Scene:
    """A-001 (holds counter 2), A-002 and A-003 wait, C-001 too; counter 1 is free, 3 closed."""

    def __init__(self, folder: Path, *, aside: bool = False) -> None:
        cast = Cast(folder)
        cast.open(1, 2)
        self.ids = [cast.take()["id"] for _ in range(3)]
        cast.call(2)
        cast.at(2, calling.start)
        self.ids.append(cast.take("recording", travel_minutes=30)["id"])
        self.cast = cast
        if aside:
            cast.at(2, passing.park, cause="prr", due_back_minutes=0)
        cast.office.close()
        self.forger = Forger(cast.path)

    @property
    def now(self) -> int:
        return int(self.forger.last()["at"]) + 1000

    def ticket(self, place: int) -> Any:
        return self.forger.rows(f"SELECT * FROM tickets WHERE id = {self.ids[place]}")[0]

    def counts(self, service: str, **more: int) -> dict[str, dict[str, int]]:
        key = f"{DAY}/{service}"
        rows = self.forger.rows(f"SELECT * FROM service_days WHERE id = '{key}'")
        return {key: {name: rows[0][name] + n for name, n in more.items()}}

    def call(self, place: int, counter: int, **facts: Any) -> int:
        """Write a call of a ticket as the office would write it, whatever the rule says."""
        ticket, at = self.ticket(place), self.now
        cells: dict[str, Any] = {
            "tickets": {str(ticket["id"]): called(counter, at)},
            "counters": {str(counter): {"ticket": ticket["id"], "last_seq": "SEQ"}},
            "service_days": self.counts(ticket["service"], calls=1),
        }
        told = {"rule": "due", "due": ticket["due"], "candidates": 3, "policy": "slack/2"} | facts
        number, service = ticket["number"], ticket["service"]
        return self.forger.write(
            "ticket_called", cells, at, counter=counter, number=number, service=service, **told
        )

    def deed(self, event: str, place: int, ticket: dict[str, Any], **facts: Any) -> int:
        """Any other entry about one ticket."""
        row = self.ticket(place)
        cells = {"tickets": {str(row["id"]): ticket | {"last_seq": "SEQ"}}}
        return self.forger.write(event, cells, number=row["number"], **facts)

    def findings(self) -> list[tuple[str, int | None]]:
        return [(finding.kind, finding.seq) for finding in verify(self.cast.path).findings]


def called(counter: int, at: int) -> dict[str, Any]:
    times = {"first_called_at": at, "called_at": at, "since": at, "last_seq": "SEQ"}
    return {"state": "called", "counter": counter, "for_counter": None, "calls": 1} | times


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    return Scene(tmp_path)


def test_a_call_that_keeps_the_rule_is_no_finding(scene: Scene) -> None:
    scene.call(3, 1)

    assert scene.findings() == []


@pytest.mark.parametrize(
    ("place", "facts"),
    [
        (2, {}),
        (1, {}),
        (3, {"rule": "risk"}),
        (3, {"candidates": 2}),
        (3, {"due": 1}),
        (3, {"policy": "fifo/2"}),
        (3, {"policy": "slack/1"}),
        (3, {"policy": "slack/3"}),
        (3, {"rule": "resumed"}),
        (1, {"rule": "arrival", "policy": "fifo/2"}),
    ],
)
def test_a_call_that_the_rule_does_not_give_is_named(
    scene: Scene, place: int, facts: dict[str, Any]
) -> None:
    seq = scene.call(place, 1, **facts)

    assert ("call", seq) in scene.findings()


def test_a_call_past_somebody_who_is_due_back_is_named(tmp_path: Path) -> None:
    scene = Scene(tmp_path, aside=True)
    assert scene.findings() == []

    seq = scene.call(3, 1, rule="risk")

    assert ("call", seq) in scene.findings()
    (sentence,) = [f.sentence for f in verify(scene.cast.path).findings if f.kind == "call"]
    assert "it had to be A-001 (resumed" in sentence


def test_a_moved_time_of_coming_back_is_named(tmp_path: Path) -> None:
    scene = Scene(tmp_path, aside=True)

    seq = scene.deed("ticket_cancelled", 1, {"state": "cancelled", "due_back": 7})

    assert ("change", seq) in scene.findings()


def test_the_sentence_says_who_should_have_been_called(scene: Scene) -> None:
    scene.call(2, 1)

    (finding,) = verify(scene.cast.path).findings

    assert "A-003" in finding.sentence
    assert "it had to be C-001" in finding.sentence


def test_a_call_of_a_ticket_that_does_not_wait_is_named(scene: Scene) -> None:
    scene.deed("ticket_cancelled", 3, {"state": "cancelled", "counter": None})

    assert ("transition", scene.call(3, 1)) in scene.findings()


def test_a_call_to_a_closed_counter_is_named(scene: Scene) -> None:
    assert ("transition", scene.call(3, 3)) in scene.findings()


def test_a_call_to_a_busy_counter_is_named(scene: Scene) -> None:
    assert ("transition", scene.call(3, 2)) in scene.findings()


def test_one_ticket_at_two_counters_is_named(scene: Scene) -> None:
    scene.forger.sql(
        "CREATE TABLE copied AS SELECT * FROM counters",
        "DROP TABLE counters",
        "ALTER TABLE copied RENAME TO counters",
    )
    seq = scene.call(0, 1)

    assert scene.findings() == [("transition", seq), ("call", seq)]


def test_a_foreign_event_is_named(scene: Scene) -> None:
    seq = scene.forger.write("ticket_promoted", {}, number="A-003")

    assert scene.findings() == [("event", seq)]


def test_a_known_event_that_changes_what_it_never_changes_is_named(scene: Scene) -> None:
    early = {"due": 0, "last_seq": "SEQ"}
    cells = {"tickets": {str(scene.ids[2]): early}}
    seq = scene.forger.write("notice_sent", cells, notice="pause")

    assert scene.findings() == [("due", seq)]


@pytest.mark.parametrize(
    ("column", "value", "kind"),
    [
        ("due", 1_795_737_600_000, "due"),
        ("arrival", 1_795_730_000_000, "change"),
        ("number", "A-005", "number"),
        ("number", "A-007", "number"),
        ("state", "parked", "transition"),
        ("front", 1, "change"),
        ("target", 60, "change"),
        ("deadline", 1_795_737_654_321, "due"),
    ],
)
def test_a_forged_issue_is_named(scene: Scene, column: str, value: Any, kind: str) -> None:
    at = scene.now
    row = {name: scene.ticket(1)[name] for name in scene.ticket(1).keys()}  # noqa: SIM118
    row |= {"id": "SEQ", "last_seq": "SEQ", "number": "A-004", "arrival": at, "since": at}
    row |= {"due": at + 3_600_000, column: value}
    cells = {"tickets": {"SEQ": row}, "service_days": scene.counts("biodata", issued=1)}
    seq = scene.forger.write("ticket_issued", cells, at, number=row["number"], service="biodata")

    assert (kind, seq) in scene.findings()


@pytest.mark.parametrize("seconds", [0, 600])
def test_a_forged_length_of_service_is_named(scene: Scene, seconds: int) -> None:
    at, ticket = scene.now, scene.ids[0]
    cells: dict[str, Any] = {
        "tickets": {str(ticket): {"state": "completed", "journey": "", "last_seq": "SEQ"}},
        "counters": {"2": {"ticket": None, "last_seq": "SEQ"}},
        "visits": {"SEQ": {"id": "SEQ", "day": DAY, "ticket": ticket, "service": "biodata",
                           "counter": 2, "ended_at": at, "seconds": seconds, "outcome": "done",
                           "voided": 0}},
    }  # fmt: skip
    seq = scene.forger.write("ticket_finished", cells, at, counter=2, number="A-001",
                             service="biodata", outcome="done", blanks=0)  # fmt: skip

    assert scene.findings() == [("change", seq)]


def test_a_forged_turn_after_an_absence_is_named(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    cast.open(1)
    late = cast.take()["id"]
    cast.call(1)
    for _ in range(2):
        cast.time.forward(seconds=60)
        cast.at(1, calling.recall)
    cast.at(1, calling.no_show)
    cast.do(tickets.return_ticket, SUPERVISOR, ticket_id=late)
    cast.office.close()
    forger = Forger(cast.path)
    row = forger.last()
    data = json.loads(row["data"])
    data["set"]["tickets"][str(late)]["return_after"] = 0
    text = json.dumps(data, sort_keys=True, separators=(",", ":"))
    with forger.open() as db:
        db.execute("UPDATE journal SET data = ? WHERE seq = ?", (text, row["seq"]))
        db.execute("UPDATE tickets SET return_after = 0")
    forger.seal_again(heads=True)

    report = verify(forger.path)

    assert [(f.kind, f.seq) for f in report.findings] == [("change", row["seq"])]


def test_an_undo_that_brings_back_something_else_is_named(scene: Scene) -> None:
    deed = scene.call(3, 1)
    ticket = scene.ticket(3)
    back = {"state": "waiting", "counter": None, "calls": 0, "first_called_at": None,
            "called_at": None, "due": 0, "last_seq": ticket["id"]}  # fmt: skip
    cells = {
        "tickets": {str(ticket["id"]): back},
        "counters": {"1": {"ticket": None, "last_seq": None}},
    }
    seq = scene.forger.write("undone", cells, counter=1, undone=deed, what="ticket_called")

    assert scene.findings() == [("due", seq)]


def test_a_return_that_never_was_an_absence_is_named(scene: Scene) -> None:
    seq = scene.deed("ticket_returned", 2, {"state": "waiting", "return_after": 9})

    assert ("transition", seq) in scene.findings()


def test_counters_of_calls_cannot_be_moved(scene: Scene) -> None:
    cells = {"days": {DAY: {"risk_calls": 3}}}
    seq = scene.forger.write("day_held", cells)

    assert scene.findings() == [("change", seq)]


def test_a_ticket_finished_twice_is_named(scene: Scene) -> None:
    cast = scene.cast
    cast.start()
    cast.at(2, passing.finish)
    cast.office.close()
    seq = scene.deed("ticket_finished", 0, {"state": "completed"}, counter=2, service="biodata",
                     outcome="done", blanks=0)  # fmt: skip

    assert ("transition", seq) in scene.findings()
