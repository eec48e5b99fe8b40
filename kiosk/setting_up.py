"""The first start of an office: what `init` writes, and the defaults when nobody said anything."""

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.clock import TOLERANCE
from kiosk.commands import setup
from kiosk.domain.actor import SYSTEM, Actor
from kiosk.errors import Conflict
from kiosk.office import Office
from kiosk.store import journal, set_up_answers, settings, staff
from kiosk.store.connection import open_reader
from kiosk.store.files import DATABASE, put_aside

#: Who acts when a person uses the command line on the server.
COMMAND_LINE = Actor("command-line", SYSTEM, "command-line")


_BY_THE_CLOCK = ("polling_day", "poll_close")

#: What `init` writes unless told otherwise.
DEFAULT_SETTINGS = {
    "name": "Disdukcapil",
    "zone": "Asia/Makassar",
    "opens": "08:00",
    "closes": "12:00",
    "poll_close": "13:00",
}


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What a new office starts with. `settings` are the office's own keys and texts."""

    settings: dict[str, str] = field(default_factory=lambda: dict(DEFAULT_SETTINGS))
    counters: int = 4


def set_up(office: Office, beginnings: Beginnings) -> bool:
    """Write the first day of an office. False if it was set up before; then nothing changes."""
    try:
        office.do(
            setup.initialise,
            COMMAND_LINE,
            settings=beginnings.settings,
            counter_count=beginnings.counters,
        )
    except Conflict:
        return False
    return True


def is_lan_wanted(database: Path) -> bool:
    """Whether the office was set to be reached by other machines."""
    if not database.exists():
        return False
    with closing(open_reader(database)) as reader:
        return _has_tables(reader) and settings.load(reader).get("lan") == "on"


@dataclass(frozen=True, slots=True)
class FalseStart:
    """`aside`: where the file went. `answers`: what the wizard had been told, but for dates."""

    aside: Path
    answers: dict[str, str]


def forget_false_start(data: Path, now: int) -> FalseStart | None:
    """Put aside an office that nobody has set up and that lies in the future (`now` UTC ms).

    It was begun while the computer's clock was ahead. Time never runs back, so once the clock is
    put right such an office could only wait; nothing has happened in it yet.
    """
    if not (data / DATABASE).exists():
        return None
    with closing(open_reader(data / DATABASE)) as reader:
        if not _has_tables(reader) or staff.count_supervisors(reader):
            return None
        untouched = reader.conn.execute("SELECT 1 FROM tickets LIMIT 1").fetchone() is None
        ahead = journal.read_head(reader).at - now > TOLERANCE
        is_new = "set_up_answers" in reader.table_names()  # not in a file of an earlier version
        answers = set_up_answers.load(reader) if is_new else {}
    if not (untouched and ahead):
        return None
    kept = {name: value for name, value in answers.items() if name not in _BY_THE_CLOCK}
    aside = put_aside(data, "ahead")
    return FalseStart(aside, kept) if aside else None


def go_on_after(office: Office, false_start: FalseStart | None) -> None:
    """The wizard goes on with what it had been told before the clock was put right."""
    if false_start and false_start.answers:
        office.do(setup.keep_set_up_answers, COMMAND_LINE, answers=false_start.answers)


def _has_tables(reader: object) -> bool:
    """False for a file whose first start was cut off before its tables were there."""
    names: list[str] = reader.table_names()  # type: ignore[attr-defined]
    return {"settings", "staff", "tickets", "journal"} <= set(names)
