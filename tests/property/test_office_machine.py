"""Whatever people do in whatever order: numbers, counters, order and journal stay right."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule

from kiosk.audit.verify import verify
from kiosk.commands import calling, catalogue, counter, day, passing, tickets, undo
from kiosk.domain import policy
from kiosk.domain.returning import due_back_here
from kiosk.domain.service import CAUSES, STATES
from kiosk.errors import KioskError
from kiosk.store import counters as counter_store
from kiosk.store import days, line
from kiosk.store import services as service_store
from kiosk.store import settings as setting_store
from kiosk.store import tickets as ticket_store
from kiosk.store.connection import open_reader
from tests.cast import KIOSK, SUPERVISOR, Cast, staff
from tests.replay import differences, is_chain_whole

SERVICES = ("biodata", "card-printing", "recording", "family")
COUNTERS = st.integers(1, 3)


class OfficeMachine(RuleBasedStateMachine):
    """Random commands; refusals are welcome as long as they change nothing."""

    ids: Bundle[int] = Bundle("ids")

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.cast = Cast(Path(self.folder.name))
        self.cast.open(1, 2)
        self.reader = open_reader(self.cast.path)
        self.issued: list[str] = []

    def teardown(self) -> None:
        assert differences(self.cast.path) == []
        assert is_chain_whole(self.cast.path)
        assert verify(self.cast.path).findings == []
        self.reader.close()
        self.cast.office.close()
        self.folder.cleanup()

    def attempt(self, command: Any, by: Any, **named: Any) -> dict[str, Any] | None:
        """Do it, or check that a refusal left nothing behind."""
        before = self.cast.office.writer.head
        try:
            return self.cast.do(command, by, **named)
        except KioskError:
            assert self.cast.office.writer.head == before
            return None

    @rule(
        target=ids,
        service=st.sampled_from(SERVICES),
        priority=st.booleans(),
        travel=st.sampled_from([None, 10, 30, 60]),
    )
    def take(self, service: str, priority: bool, travel: int | None) -> Any:
        answer = self.attempt(
            tickets.issue_ticket, KIOSK, service=service, priority=priority, travel_minutes=travel
        )
        if answer is None:
            return multiple()
        self.issued.append(answer["ticket"]["number"])
        return answer["ticket"]["id"]

    @rule(number=COUNTERS)
    def call_next(self, number: int) -> None:
        expected = self.policy_says(number)
        answer = self.attempt(calling.call_next, staff(number), counter=number)
        if answer is not None:
            assert answer["ticket"]["id"] == expected

    def policy_says(self, number: int) -> int | None:
        """The rule's answer from the tables, read beside the office."""
        today = days.load_last(self.reader)
        assert today is not None
        open_now = [c for c in counter_store.load(self.reader) if c.state == "open"]
        if number not in {c.number for c in open_now}:
            return None
        now = max(self.cast.office.clock.now(), self.cast.office.writer.head.at)
        services = service_store.load(self.reader)
        parked = line.parked(ticket_store.in_states(self.reader, "parked", day=today.day))
        served = next(c.service_set for c in open_now if c.number == number)
        suspended = {code for code, one in services.items() if one.state == "suspended"}
        if back := due_back_here(parked, now, number, served, suspended):
            return back[0].id
        seen = line.situation(
            self.reader,
            now=now,
            day=today.day,
            risk_calls=today.risk_calls,
            services=services,
            waiting=ticket_store.waiting(self.reader),
            counters=open_now,
            counter=number,
        )
        choice = policy.choose(setting_store.load(self.reader)["policy"], seen, number)
        return choice.ticket if choice else None

    @rule(
        number=COUNTERS,
        command=st.sampled_from([calling.recall, calling.start, calling.no_show, undo.undo]),
    )
    def simple_deed(self, number: int, command: Any) -> None:
        self.attempt(command, staff(number), counter=number)

    @rule(number=COUNTERS, then=st.booleans())
    def finish(self, number: int, then: bool) -> None:
        self.attempt(passing.finish, staff(number), counter=number, then_call_next=then)

    @rule(number=COUNTERS)
    def serve_whole(self, number: int) -> None:
        self.attempt(calling.call_next, staff(number), counter=number)
        self.attempt(calling.start, staff(number), counter=number)
        self.attempt(passing.finish, staff(number), counter=number)

    @rule(number=COUNTERS)
    def next_step(self, number: int) -> None:
        self.attempt(passing.next_step, staff(number), counter=number)

    @rule(
        number=COUNTERS, minutes=st.none() | st.integers(0, 10),
        cause=st.sampled_from(["prr", "link"]), owner=st.sampled_from(["counter", "service"]),
    )  # fmt: skip
    def park(self, number: int, minutes: int | None, cause: str, owner: str) -> None:
        self.attempt(
            passing.park, staff(number), counter=number, cause=cause, due_back_minutes=minutes,
            owner=owner,
        )  # fmt: skip

    @rule(number=COUNTERS)
    def serve_and_park(self, number: int) -> None:
        self.attempt(calling.call_next, staff(number), counter=number)
        self.attempt(calling.start, staff(number), counter=number)
        self.attempt(passing.park, staff(number), counter=number, cause="link", due_back_minutes=5)

    @rule(number=COUNTERS, ticket_id=ids)
    def resume(self, number: int, ticket_id: int) -> None:
        self.attempt(passing.resume, staff(number), counter=number, ticket_id=ticket_id)

    @rule(number=COUNTERS, service=st.sampled_from(SERVICES), front=st.booleans())
    def transfer(self, number: int, service: str, front: bool) -> None:
        self.attempt(
            passing.transfer, staff(number), counter=number, service=service, front=front,
            reason="lain",
        )  # fmt: skip

    @rule(number=COUNTERS, other=COUNTERS)
    def transfer_to_counter(self, number: int, other: int) -> None:
        self.attempt(passing.transfer, staff(number), counter=number, to_counter=other)

    @rule(number=COUNTERS, ticket_id=ids)
    def call_by_hand(self, number: int, ticket_id: int) -> None:
        self.attempt(
            calling.call_ticket, SUPERVISOR, counter=number, ticket_id=ticket_id, reason="darurat"
        )

    @rule(
        ticket_id=ids,
        command=st.sampled_from(
            [tickets.cancel_ticket, tickets.restore_ticket, tickets.return_ticket]
        ),
    )
    def away_from_counter(self, ticket_id: int, command: Any) -> None:
        self.attempt(command, SUPERVISOR, ticket_id=ticket_id)

    @rule(ticket_id=ids, service=st.sampled_from(SERVICES), voter=st.booleans())
    def reclassify(self, ticket_id: int, service: str, voter: bool) -> None:
        self.attempt(
            tickets.reclassify_ticket, SUPERVISOR, ticket_id=ticket_id, service=service,
            voter=voter, reason="salah pilih",
        )  # fmt: skip

    @rule(number=COUNTERS)
    def open_counter(self, number: int) -> None:
        self.attempt(counter.open_counter, staff(number), counter=number)

    @rule(number=COUNTERS)
    def close_counter(self, number: int) -> None:
        self.attempt(counter.close_counter, staff(number), counter=number)

    @rule(service=st.sampled_from(SERVICES))
    def suspend(self, service: str) -> None:
        self.attempt(catalogue.suspend_service, SUPERVISOR, code=service, cause="link")

    @rule(
        service=st.sampled_from(SERVICES), state=st.sampled_from(STATES), move=st.booleans(),
        cause=st.sampled_from([None, *CAUSES]),
    )  # fmt: skip
    def set_service_state(self, service: str, state: str, move: bool, cause: str | None) -> None:
        self.attempt(
            catalogue.set_service_state, SUPERVISOR, code=service, state=state, cause=cause,
            move_waiting=move,
        )  # fmt: skip

    @rule(service=st.sampled_from(SERVICES))
    def restore_service(self, service: str) -> None:
        self.attempt(catalogue.restore_service, SUPERVISOR, code=service)

    @rule(seconds=st.integers(1, 600))
    def time_passes(self, seconds: int) -> None:
        self.cast.time.forward(seconds=seconds)
        self.cast.office.tick()

    @rule(hours=st.integers(-3, 1))
    def wall_clock_jumps(self, hours: int) -> None:
        self.cast.time.set_wall(self.cast.time.wall_at + hours * 3_600_000)

    @rule()
    def restart(self) -> None:
        self.cast.office.close()
        self.cast.start()

    @rule()
    def close_and_reopen_day(self) -> None:
        self.attempt(day.close_day, SUPERVISOR)
        self.attempt(day.open_day, SUPERVISOR)

    @invariant()
    def no_number_twice(self) -> None:
        rows = self.reader.conn.execute("SELECT day, number FROM tickets").fetchall()
        assert len({(row["day"], row["number"]) for row in rows}) == len(rows)
        assert len(rows) == len(self.issued)

    @invariant()
    def no_ticket_at_two_counters(self) -> None:
        held = [c.ticket for c in counter_store.load(self.reader) if c.ticket is not None]
        assert len(set(held)) == len(held)
        in_hand = self.reader.conn.execute(
            "SELECT id FROM tickets WHERE state IN ('called', 'serving')"
        ).fetchall()
        assert {row["id"] for row in in_hand} == set(held)

    @invariant()
    def only_suspended_services_hold_tickets_back(self) -> None:
        row = self.reader.conn.execute(
            "SELECT sum(t.state = 'suspended' AND s.state != 'suspended') AS held,"
            " sum(t.state = 'waiting' AND s.state = 'suspended') AS waiting"
            " FROM tickets t JOIN services s ON s.code = t.service"
        ).fetchone()
        assert (row["held"] or 0, row["waiting"] or 0) == (0, 0)

    @invariant()
    def every_ticket_has_one_state(self) -> None:
        row = self.reader.conn.execute(
            "SELECT count(*) AS n, sum(state IN ('waiting','called','serving','parked','suspended',"
            "'no_show','completed','cancelled','expired')) AS known FROM tickets"
        ).fetchone()
        assert row["n"] == (row["known"] or 0)

    @invariant()
    def time_never_runs_back(self) -> None:
        rows = self.reader.conn.execute("SELECT at FROM journal ORDER BY seq DESC LIMIT 2")
        times = [row["at"] for row in rows]
        assert times == sorted(times, reverse=True)


OfficeMachine.TestCase.settings = settings(
    max_examples=30,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestOffice = OfficeMachine.TestCase
