"""The office: the only door through which the state of the queue changes."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import ParamSpec

from kiosk.clock import Clock
from kiosk.commands import ROLES, Answer, Command, day, hall
from kiosk.domain.actor import Actor
from kiosk.domain.calibration import Forecast
from kiosk.errors import Forbidden, KeyReused
from kiosk.store import answers
from kiosk.store.connection import BUSY_TIMEOUT, open_database
from kiosk.store.journal import canonical
from kiosk.store.schema import migrate
from kiosk.store.transaction import Transaction
from kiosk.store.writer import Notifier, Writer

P = ParamSpec("P")


class Office:
    """One office's file and its writer.

        office.do(tickets.issue_ticket, by, service="biodata")

    `do` may be called from any thread. Web, command line, simulator and print workers all use it.
    `forecast` is what new numbers are promised; whoever makes forecasts puts the newest there.
    """

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock | None = None,
        notifier: Notifier | None = None,
        synchronous: str = "FULL",
        busy_timeout: float = BUSY_TIMEOUT,
        threaded: bool = True,
    ) -> None:
        database = open_database(path, busy_timeout=busy_timeout)
        migrate(database)
        database.close()
        self.path = path
        self.clock = clock or Clock()
        self.forecast: Forecast | None = None
        self.writer = Writer(
            path,
            self.clock,
            notifier=notifier,
            synchronous=synchronous,
            busy_timeout=busy_timeout,
            threaded=threaded,
        )

    def do(
        self, command: Command[P], by: Actor, /, *arguments: P.args, **named: P.kwargs
    ) -> Answer:
        """Run one command and return its answer, durable, with the journal's `seq`.

        With `by.key` set, a repetition of the same request by the same device gets the first
        answer. Raises Forbidden, KeyReused, StorageUnavailable, or what the command refuses with.
        """
        name = command.__name__
        if by.role not in ROLES[name]:
            raise Forbidden(command=name, role=by.role)
        request = _fingerprint(name, by, arguments, named) if by.key else ""

        def run(tx: Transaction) -> Answer:
            tx.clock_in_doubt = self.clock.state().in_doubt
            tx.forecast = self.forecast
            day.bring_up_to_date(tx)
            if by.key:
                known = answers.find(tx, by.device, by.key)
                if known is not None:
                    if known.request != request:
                        raise KeyReused()
                    return known.answer
            answer = command(tx, by, *arguments, **named)
            answer["seq"] = tx.head.seq
            if by.key:
                answers.keep(tx, by.device, by.key, request, answer)
            return answer

        result: Answer = self.writer.submit(run)
        return result

    def tick(self) -> None:
        """Let the clock do its part: opening, closing hour, a new day, notices said again."""

        def run(tx: Transaction) -> None:
            day.bring_up_to_date(tx)
            hall.repeat_notices(tx)

        self.writer.submit(run)

    def confirm_clock(self, by: Actor) -> Answer:
        """A supervisor says that the computer's clock is right. Raises Forbidden."""
        answer = self.do(day.confirm_clock, replace(by, key=None), off_by=self.clock.state().off_by)
        self.clock.confirm()
        return answer

    def close(self) -> None:
        self.writer.close()


def _fingerprint(name: str, by: Actor, arguments: object, named: dict[str, object]) -> str:
    """What makes two requests the same: command, who, and every argument."""
    text = canonical([name, by.name, by.counter, arguments, named])
    return hashlib.sha256(text.encode()).hexdigest()
