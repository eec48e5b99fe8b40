"""Days full of everything that people do, the same for the same seed."""

import random
from pathlib import Path
from typing import Any

from kiosk.commands import calling, catalogue, counter, day, hall, passing, tickets, undo
from kiosk.errors import KioskError
from tests.cast import KIOSK, SUPERVISOR, Cast, staff

SERVICES = ("biodata", "card-printing", "recording", "family")


class BusyDay:
    """Polling day at four counters. Refusals are part of it and leave nothing behind."""

    def __init__(self, folder: Path, seed: int = 1, **settings: str) -> None:
        self.random = random.Random(seed)
        self.cast = Cast(folder, at="2026-11-27 09:30", counters=4, settings=settings)
        self.cast.open(1, 2, 3)
        self.ids: list[int] = []

    @property
    def path(self) -> Path:
        return self.cast.path

    def attempt(self, command: Any, by: Any, **named: Any) -> dict[str, Any] | None:
        try:
            return self.cast.do(command, by, **named)
        except KioskError:
            return None

    def run(self, commands: int) -> "BusyDay":
        deeds = (
            (30, self.take),
            (40, self.serve),
            (8, self.pass_on),
            (3, self.look_for_the_absent),
            (4, self.undo),
            (6, self.change_a_ticket),
            (4, self.change_the_office),
        )
        weights, choices = zip(*deeds, strict=True)
        for _ in range(commands):
            self.cast.time.forward(seconds=self.random.choice([0, 1, 5, 15, 30]))
            self.random.choices(choices, weights)[0]()
        return self

    def take(self) -> None:
        answer = self.attempt(
            tickets.issue_ticket,
            KIOSK,
            service=self.random.choice(SERVICES),
            priority=self.random.random() < 0.2,
            travel_minutes=self.random.choice([None, None, 0, 10, 30, 60]),
        )
        if answer is not None:
            self.ids.append(answer["ticket"]["id"])

    def serve(self) -> None:
        """What the counter's hand allows: call, start, or finish and call the next."""
        number = self.random.randint(1, 4)
        by = staff(number)
        if self.attempt(calling.call_next, by, counter=number) is None:
            self.cast.time.forward(seconds=self.random.choice([5, 60]))
            if self.attempt(calling.start, by, counter=number) is None:
                following = self.random.random() < 0.7
                self.attempt(passing.finish, by, counter=number, then_call_next=following)

    def pass_on(self) -> None:
        number = self.random.randint(1, 4)
        by, ticket = staff(number), self.random.choice(self.ids or [1])
        front = self.random.random() < 0.3
        match self.random.randrange(6):
            case 0:
                self.attempt(passing.next_step, by, counter=number)
            case 1:
                owner = self.random.choice(["service", "counter"])
                self.attempt(passing.park, by, counter=number, cause="prr", owner=owner)
            case 2 | 3:
                for parked in self.ids:
                    if self.attempt(passing.resume, by, counter=number, ticket_id=parked):
                        break
            case 4:
                service = self.random.choice(SERVICES)
                self.attempt(
                    passing.transfer, by, counter=number, service=service, front=front, reason="r"
                )
            case 5:
                other = self.random.randint(1, 4)
                self.attempt(
                    passing.transfer, by, counter=number, to_counter=other, front=front, reason="r"
                )
        if self.random.random() < 0.1:
            self.attempt(
                calling.call_ticket, SUPERVISOR, counter=number, ticket_id=ticket, reason="unwell"
            )

    def look_for_the_absent(self) -> None:
        number = self.random.randint(1, 4)
        for _ in range(3):
            self.attempt(calling.recall, staff(number), counter=number)
            self.cast.time.forward(seconds=40)
        self.attempt(calling.no_show, staff(number), counter=number)
        for ticket in self.ids:
            if self.random.random() < 0.5:
                self.attempt(tickets.return_ticket, SUPERVISOR, ticket_id=ticket)

    def undo(self) -> None:
        number = self.random.randint(1, 4)
        self.attempt(undo.undo, staff(number), counter=number)

    def change_a_ticket(self) -> None:
        ticket = self.random.choice(self.ids or [1])
        match self.random.randrange(4):
            case 0:
                self.attempt(tickets.cancel_ticket, SUPERVISOR, ticket_id=ticket, reason="left")
            case 1:
                self.attempt(tickets.restore_ticket, SUPERVISOR, ticket_id=ticket)
            case 2:
                self.attempt(tickets.reprint_ticket, SUPERVISOR, ticket_id=ticket)
            case 3:
                self.attempt(
                    tickets.reclassify_ticket,
                    SUPERVISOR,
                    ticket_id=ticket,
                    reason="asked again",
                    service=self.random.choice([None, *SERVICES]),
                    priority=self.random.choice([None, True, False]),
                    voter=self.random.choice([None, True, False]),
                )

    def change_the_office(self) -> None:
        number = self.random.randint(1, 4)
        by, code = staff(number), self.random.choice(SERVICES)
        now = self.cast.office.clock.now()
        match self.random.randrange(10):
            case 0 | 1:
                self.attempt(catalogue.suspend_service, SUPERVISOR, code=code, cause="link")
            case 2 | 3:
                for service in SERVICES:
                    self.attempt(catalogue.restore_service, SUPERVISOR, code=service)
            case 4:
                self.attempt(counter.close_counter, by, counter=number)
            case 5 | 6:
                some = self.random.sample(SERVICES, self.random.randint(2, 4))
                self.attempt(counter.open_counter, by, counter=number, services_served=some)
            case 7:
                closes = now + self.random.choice([30, 90]) * 60_000
                self.attempt(counter.plan_closing, by, counter=number, closes_at=closes)
                self.attempt(counter.take_over, by, counter=number)
            case 8:
                self.attempt(hall.send_notice, SUPERVISOR, notice="pause")
                value = self.random.choice(["slack", "slack", "slack", "fifo"])
                self.attempt(catalogue.set_setting, SUPERVISOR, key="policy", value=value)
            case 9:
                self.attempt(
                    catalogue.put_service,
                    SUPERVISOR,
                    code="recording",
                    letter="C",
                    name_id="Perekaman KTP-el",
                    expected_seconds=self.random.choice([240, 300, 400]),
                    journey=["card-printing"],
                )

    def close(self) -> Path:
        """Close the day by hand, reopen a few tickets, close the file; returns its path."""
        self.cast.do(day.close_day, SUPERVISOR)
        self.cast.do(day.open_day, SUPERVISOR)
        for ticket in self.ids[-5:]:
            self.attempt(tickets.reopen_ticket, SUPERVISOR, ticket_id=ticket, reason="still here")
        self.cast.do(day.stop_numbers, SUPERVISOR)
        self.cast.office.close()
        return self.path


def run_past_the_keeping_time(folder: Path) -> Path:
    """Five small days in an office that keeps two; returns the closed file's path."""
    cast = Cast(folder, settings={"purge_after_days": "2"})
    for _ in range(5):
        cast.open(1)
        for _ in range(3):
            cast.take(travel_minutes=30)
        cast.call(1)
        cast.do(day.close_day, SUPERVISOR)
        cast.time.forward(hours=24)
    cast.take()
    cast.office.close()
    return cast.path
