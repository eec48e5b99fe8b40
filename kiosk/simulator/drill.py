"""A living office to look at and to try: simulated people, faster time, a file of its own.

A drill begins anew at each start, in the middle of a morning. When the last visitor has gone, the
next morning follows at once. One counter is left to the person who tries things; kiosk, display and
phone of that person are real ones. Who comes and who serves is the programme's.
"""

import logging
import random
import secrets
import shutil
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from kiosk import access
from kiosk.clock import Clock, FastTime
from kiosk.commands import counter, day, people
from kiosk.domain import office_day
from kiosk.domain.actor import COUNTER, DISPLAY, KIOSK, SUPERVISOR, Actor
from kiosk.domain.office_day import Hours
from kiosk.domain.settings import default_values, schedule_of
from kiosk.domain.ticket import OPEN_STATES
from kiosk.errors import KioskError, PinTooWeak, RealFile
from kiosk.office import Office
from kiosk.setting_up import Beginnings, set_up
from kiosk.simulator.programmes import LivelyDays, Programme
from kiosk.simulator.simulation import Simulation
from kiosk.simulator.trial import FILE, SIMULATOR
from kiosk.store import settings as setting_store
from kiosk.store import tickets as ticket_store
from kiosk.store.connection import open_reader

log = logging.getLogger(__name__)

SPEEDS = (1, 10, 60)
BOSS, VISITOR = "Penyelia", "Anda"
AFTER_THE_LAST = 2 * 60_000
LATEST_END = 5 * 3_600_000
"""ms before midnight at which the day ends, whoever still waits for something."""
LOOK_AGAIN = 0.2  # real seconds: a change of speed is noticed within this time
PAUSE_AFTER_FAULT = 0.2  # real seconds

_LASTS = 10 * 365 * 24 * 3_600_000  # ms: longer than any drill, at whatever speed
_TELEVISION = {"screen_height_mm": 685, "viewing_distance_m": 6}  # 55 inches, a usual waiting room
_SETTINGS = {
    "name": "Disdukcapil",
    "drill": "on",
    "purge_after_days": "2",
    "print_within_seconds": "600",
}


@dataclass(frozen=True, slots=True)
class Entrances:
    """The tokens by which the person at the machine comes in: cookie name -> token."""

    kiosk: str
    display: str
    desk: str
    boss: str

    def cookies(self) -> dict[str, str]:
        return {
            "device_drill_kiosk": self.kiosk,
            "device_drill_display": self.display,
            "session_drill_desk": self.desk,
            "session_drill_supervisor": self.boss,
        }


def is_drill(database: Path) -> bool | None:
    """Whether an office's file is a drill's; None where no office was set up yet."""
    if not database.exists():
        return None
    with closing(open_reader(database)) as reader:
        if not {"services", "settings"} <= set(reader.table_names()):
            return None
        if reader.conn.execute("SELECT 1 FROM services LIMIT 1").fetchone() is None:
            return None
        return setting_store.load(reader)["drill"] == "on"


def clear(data: Path) -> None:
    """Throw away the drill of a folder. Raises RealFile when it holds a real office."""
    if is_drill(data / FILE) is False:
        raise RealFile()
    for end in ("", "-wal", "-shm", ".heads"):
        (data / f"{FILE}{end}").unlink(missing_ok=True)
    shutil.rmtree(data / "preview", ignore_errors=True)


class Drill:
    """One drill. `clock` is for the office that it plays in: make the office, then `furnish` it.

    `start` and `stop` the people. Everything else may be called from any thread. `counter` is the
    visitor's own.
    """

    def __init__(
        self, database: Path, today: date, speed: int = 1, *, programme: Programme | None = None,
        seed: int | None = None,
    ) -> None:  # fmt: skip
        self._database = database
        self._programme: Programme = programme or LivelyDays()
        self._begun = False
        self.counter = self._programme.staffed + 1
        self.day = today
        self._source = random.Random(seed)
        self.time = FastTime(self._hours().numbers_from, speed)
        self.clock: Clock = self.time.clock()
        self.entrances: Entrances | None = None
        self._people: Simulation | None = None
        self._kiosk_place = ""
        self._followed: int | None = None
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    # --- before it begins ---

    def furnish(self, office: Office) -> str:
        """Set the office up, with its devices, staff and sessions. Returns the PIN of all staff."""
        set_up(office, Beginnings({**self._programme.settings, **_SETTINGS}, self.counter))
        self._programme.prepare(office)
        pin = _random_pin()
        pin_hash = access.hash_pin(pin)
        desk = Actor(VISITOR, COUNTER, "server", self.counter)
        boss = Actor(BOSS, SUPERVISOR, "server")
        for by in (boss, desk):
            office.do(
                people.add_staff, SIMULATOR, label=by.name, role=by.role, pin_hash=pin_hash
            )  # fmt: skip
        number, kiosk = _add_device(office, KIOSK, "Mesin latihan")
        self._kiosk_place = f"{KIOSK}:{number}"
        self.entrances = Entrances(
            kiosk,
            _add_device(office, DISPLAY, "Layar latihan", _TELEVISION)[1],
            _sign_in(office, desk),
            _sign_in(office, boss),
        )
        self._people = Simulation(
            office,
            habits=self._programme.habits,
            journeys=self._programme.journeys,
            seed=self._source.randrange(1 << 30),
            kiosk=Actor("Mesin simulasi", KIOSK, "kiosk:simulated"),
        )
        return pin

    # --- while it runs ---

    @property
    def speed(self) -> int:
        return self.time.speed

    def run_at(self, speed: int) -> None:
        """`speed`: one of SPEEDS."""
        self.time.run_at(speed)

    def phone_token(self) -> str | None:
        """The token of a phone worth looking at: that of the newest number from the visitor's own
        kiosk while it is open, else somebody's in the line, always the same one until served."""
        with closing(open_reader(self._database)) as reader:
            mine = reader.conn.execute(
                "SELECT id, state FROM tickets WHERE issued_by = ? ORDER BY id DESC LIMIT 1",
                (self._kiosk_place,),
            ).fetchone()
            if mine is not None and mine["state"] in OPEN_STATES:
                return ticket_store.token_of(reader, mine["id"])
            if self._followed is not None:
                found = ticket_store.find(reader, self._followed)
                if found is None or found.state not in ("waiting", "called", "serving"):
                    self._followed = None
            if self._followed is None:
                waiting = sorted(ticket_store.waiting(reader), key=lambda t: t.due)
                self._followed = waiting[min(4, len(waiting) - 1)].id if waiting else None
            if self._followed is None:
                return None
            return ticket_store.token_of(reader, self._followed)

    def start(self) -> None:
        """Let people come, in a thread of their own."""
        self._thread = threading.Thread(target=self._loop, name="drill", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Before the office closes."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    @property
    def refused(self) -> dict[str, int]:
        """What the office refused to simulated people, by code."""
        return dict(self._simulation.refused)

    @property
    def next_at(self) -> int | None:
        """When the next thing happens, UTC ms; None: a day begins now."""
        return self._simulation.agenda.next_at

    def advance(self) -> float:
        """Do the one thing that is due now, if any. Returns the real seconds until the next one."""
        agenda = self._simulation.agenda
        if agenda.next_at is None:
            if self._begun and not self._programme.repeats:
                return LOOK_AGAIN
            self._begin_day()
        elif delay := self.time.seconds_until(agenda.next_at):
            return delay
        else:
            agenda.take()()
        return 0.0

    def _loop(self) -> None:
        while not self._ended.is_set():
            try:
                delay = self.advance()
            except Exception:
                # People go on, whatever happened to one of them.
                log.exception("event=drill_fault")
                delay = PAUSE_AFTER_FAULT
            if delay:
                self._ended.wait(min(delay, LOOK_AGAIN))

    # --- a day ---

    def _begin_day(self) -> None:
        """Morning: from the first number to the time at which people look, in a moment."""
        simulation, hours = self._simulation, self._hours()
        simulation.forget()
        self.time.move_to(hours.numbers_from)
        self._programme.begin(simulation, hours, self._source)
        simulation.agenda.enter(hours.opens, self._open_own_counter)
        simulation.agenda.enter(hours.closes, self._look_whether_all_is_done)
        self._begun = True
        if self._programme.warm_up:
            simulation.agenda.run(self.time, hours.opens + self._programme.warm_up)

    def _open_own_counter(self) -> None:
        """The visitor's counter is open too, with the visitor's own name."""
        with suppress(KioskError):
            visitor = Actor(VISITOR, COUNTER, "server", self.counter)
            self._simulation.do(counter.open_counter, visitor, counter=self.counter)

    def _look_whether_all_is_done(self) -> None:
        """Once the line is empty the day is closed and the next morning begins."""
        simulation, now = self._simulation, self.time.read()
        if self._is_anybody_left() and now < self._hours().ends - LATEST_END:
            simulation.agenda.enter(now + AFTER_THE_LAST, self._look_whether_all_is_done)
            return
        simulation.do(day.close_day, SIMULATOR)
        self.day += timedelta(days=1)
        simulation.agenda.clear()

    def _is_anybody_left(self) -> bool:
        """Whom the simulated staff still have to serve; the visitor's own counter may be slow."""
        with closing(open_reader(self._database)) as reader:
            row = reader.conn.execute(
                "SELECT 1 FROM tickets WHERE state IN ('waiting', 'parked')"
                " OR (state IN ('called', 'serving') AND counter < ?) LIMIT 1",
                (self.counter,),
            ).fetchone()
        return row is not None

    def _hours(self) -> Hours:
        values = default_values() | {**self._programme.settings, **_SETTINGS}
        return office_day.hours_of(self.day.isoformat(), schedule_of(values))

    @property
    def _simulation(self) -> Simulation:
        assert self._people is not None, "furnish the office first"
        return self._people


def _add_device(
    office: Office, kind: str, name: str, config: dict[str, int] | None = None
) -> tuple[int, str]:
    token = access.new_token()
    answer = office.do(
        people.add_device,
        SIMULATOR,
        kind=kind,
        name=name,
        token_hash=access.hash_token(token),
        config=config,
    )
    return int(answer["device"]["id"]), token


def _sign_in(office: Office, by: Actor) -> str:
    token, csrf = access.new_token(), access.new_token()
    office.do(
        people.open_session, by, token_hash=access.hash_token(token), csrf=csrf, lasts=_LASTS
    )  # fmt: skip
    return token


def _random_pin() -> str:
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(6))
        try:
            access.require_strong_pin(pin)
        except PinTooWeak:
            continue
        return pin
