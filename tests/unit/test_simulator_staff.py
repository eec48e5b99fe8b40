"""Simulated staff work by the office's rules, and carry on when somebody interferes."""

from pathlib import Path

from kiosk.audit.verify import verify
from kiosk.clock import SimulatedTime
from kiosk.commands import calling, catalogue, passing
from kiosk.commands.tickets import issue_ticket
from kiosk.domain.ticket import Ticket
from kiosk.office import Office
from kiosk.simulator.people import Citizen, Habits
from kiosk.simulator.simulation import Simulation
from kiosk.simulator.trial import SIMULATOR, Queue, make_office, moment
from kiosk.store import tickets
from kiosk.store.connection import open_reader
from tests.cast import KIOSK, SUPERVISOR

DAY, ZONE = "2026-11-27", "Asia/Makassar"
OPENS = moment(DAY, 8 * 60, ZONE)
MINUTE = 60_000


class Stage:
    """An office at eight o'clock with two queues and two counters."""

    def __init__(self, folder: Path, habits: Habits | None = None, **options: object) -> None:
        self.time = SimulatedTime(OPENS)
        queues = [Queue("A", "Pertama"), Queue("B", "Kedua")]
        settings = {"zone": ZONE, "opens": "08:00", "closes": "16:00"}
        self.office: Office = make_office(folder, self.time, settings, queues, 2)
        self.people = Simulation(
            self.office, habits=habits or Habits(breath=10_000), **options  # type: ignore[arg-type]
        )  # fmt: skip

    def come(self, *citizens: Citizen) -> None:
        self.people.expect(citizens)

    def run(self, minutes: float) -> None:
        self.people.agenda.run(self.time, OPENS + round(minutes * MINUTE))

    def tickets(self) -> list[Ticket]:
        reader = open_reader(self.office.path)
        try:
            rows = reader.conn.execute(f"SELECT {tickets.COLUMNS} FROM tickets ORDER BY id")
            return [Ticket(*row) for row in rows]
        finally:
            reader.close()

    def events(self) -> list[str]:
        reader = open_reader(self.office.path)
        try:
            rows = reader.conn.execute("SELECT event FROM journal WHERE event LIKE 'ticket%'")
            return [row["event"] for row in rows]
        finally:
            reader.close()


def citizen(minute: float, service: str = "biodata", **more: object) -> Citizen:
    given = {"lengths": (3 * MINUTE,), "walk": 10_000} | more
    return Citizen(OPENS + round(minute * MINUTE), service, **given)  # type: ignore[arg-type]


def test_a_visit_is_called_walked_to_served_and_finished_in_its_own_time(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.people.staff(1, None)
    stage.come(citizen(2))
    stage.run(10)

    (ticket,) = stage.tickets()
    assert (ticket.state, ticket.counter) == ("completed", 1)
    assert ticket.called_at == OPENS + 2 * MINUTE
    assert ticket.started_at == ticket.called_at + 10_000
    assert ticket.since == ticket.started_at + 3 * MINUTE


def test_somebody_who_does_not_come_is_called_three_times_and_let_go_after_90_s(
    tmp_path: Path,
) -> None:
    stage = Stage(tmp_path)
    stage.people.staff(1, None)
    stage.come(citizen(0, walk=None))
    stage.run(2)

    (ticket,) = stage.tickets()
    assert (ticket.state, ticket.calls) == ("no_show", 3)
    assert ticket.since >= OPENS + 90_000
    assert stage.events().count("ticket_recalled") == 2


def test_some_who_missed_their_call_come_back_and_are_served(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.people.staff(1, None)
    stage.come(*(citizen(n, walk=None) for n in range(12)))
    stage.run(120)

    states = [ticket.state for ticket in stage.tickets()]
    assert set(states) == {"no_show", "completed"}


def test_a_journey_goes_on_to_its_next_step_before_it_is_finished(tmp_path: Path) -> None:
    stage = Stage(tmp_path, journeys={"recording": 1})
    stage.office.do(
        catalogue.put_service, SIMULATOR, code="recording", letter="C", name_id="Perekaman",
        journey=["card-printing"],
    )  # fmt: skip
    stage.people.staff(1, ["recording", "biodata"])
    stage.people.staff(2, ["card-printing"])
    stage.come(citizen(0, "recording", lengths=(2 * MINUTE, 4 * MINUTE)))
    stage.run(20)

    (ticket,) = stage.tickets()
    assert (ticket.state, ticket.counter, ticket.service) == ("completed", 2, "card-printing")
    assert ticket.since - (ticket.started_at or 0) == 4 * MINUTE


def test_who_was_set_aside_comes_back_and_is_finished(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Habits(breath=10_000, park_share=1.0))
    stage.people.staff(1, None)
    stage.come(*(citizen(0) for _ in range(8)))
    stage.run(120)

    assert {ticket.state for ticket in stage.tickets()} == {"completed"}
    assert stage.events().count("ticket_parked") == 8


def test_idle_counters_are_woken_by_an_arrival_and_a_stranger_is_served_too(
    tmp_path: Path,
) -> None:
    stage = Stage(tmp_path, Habits(breath=10_000, look_every=5_000))
    stage.people.staff(1, None)
    stage.run(3)
    stage.office.do(issue_ticket, KIOSK, service="biodata")
    stage.run(12)

    (ticket,) = stage.tickets()
    assert ticket.state == "completed"
    assert (ticket.first_called_at or 0) <= OPENS + 3 * MINUTE + 5_000


def test_a_counter_whose_ticket_somebody_else_finished_goes_on(tmp_path: Path) -> None:
    stage = Stage(tmp_path)
    stage.people.staff(1, None)
    stage.come(citizen(0), citizen(0))
    stage.run(1)
    stage.office.do(passing.finish, SUPERVISOR, counter=1)
    stage.office.do(calling.call_next, SUPERVISOR, counter=1)
    stage.run(30)

    assert [ticket.state for ticket in stage.tickets()] == ["completed", "completed"]
    assert stage.people.refused


def test_a_simulated_day_leaves_a_journal_that_proves(tmp_path: Path) -> None:
    stage = Stage(tmp_path, Habits(breath=10_000, park_share=0.3))
    stage.people.staff(1, None)
    stage.people.staff(2, ["biodata"], closes_at=OPENS + 30 * MINUTE)
    stage.come(*(citizen(n, walk=None if n % 5 == 0 else 8_000) for n in range(30)))
    stage.run(200)
    stage.office.close()

    assert verify(stage.office.path).findings == []
