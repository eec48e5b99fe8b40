"""The first start of an office: what `init` writes, and the defaults when nobody said anything."""

from dataclasses import dataclass, field

from kiosk.commands import setup
from kiosk.domain.actor import SYSTEM, Actor
from kiosk.errors import Conflict
from kiosk.office import Office

#: Who acts when a person uses the command line on the server.
COMMAND_LINE = Actor("command-line", SYSTEM, "command-line")


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
