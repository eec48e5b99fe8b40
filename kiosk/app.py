"""The wiring: the only place where the parts of the program are put together."""

import hashlib
import logging
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from kiosk import __version__, access
from kiosk.clock import Clock, wall_ms
from kiosk.commands import print_work
from kiosk.config import ROOT, Config
from kiosk.domain.actor import AGENT, CLOCK
from kiosk.errors import DrillFile
from kiosk.lock import ServerLock
from kiosk.messages import tell
from kiosk.network import own_addresses
from kiosk.setting_up import (
    DEFAULT_SETTINGS,
    Beginnings,
    forget_false_start,
    go_on_after,
    is_lan_wanted,
    set_up,
)
from kiosk.simulator import drill
from kiosk.simulator.drill import Drill
from kiosk.simulator.recorded import RecordedDay, read_record
from kiosk.web.child import Child
from kiosk.web.directory import Caller
from kiosk.web.server import Server
from kiosk.workers import VARIABLE

log = logging.getLogger(__name__)

_SHOWN = ("static", "templates", "kiosk/locale")
"""What a screen has loaded: when it changes, screens load themselves again."""


def serve(
    config: Config,
    say: Callable[[str], None],
    show: Callable[[str], None] = lambda page: None,
    *,
    clock: Clock | None = None,
) -> None:
    """Serve an office until SIGINT or SIGTERM. `say` tells a person one line, `show` opens a page.

    clock: another than the computer's, for a day that is played.

    Raises AlreadyServed, DrillFile or RealFile when the folder is not what was asked for, OSError
    when the port is taken or the folder cannot be used.
    """
    config.data.mkdir(parents=True, exist_ok=True, mode=0o750)
    lock = ServerLock(config.data)
    lock.take()
    try:
        played = _drill_of(config)
        false_start = None
        if not played:
            false_start = forget_false_start(config.data, clock.now() if clock else wall_ms())
            config = replace(config, lan=config.lan or is_lan_wanted(config.database))
        server = Server(
            config,
            program_version(),
            names=host_names(),
            clock=played.clock if played else clock,
        )
        lock.say(server.port)
        agent = print_agent(server, config)
        server.end_at_signals()
        if played:
            begin_drill(server, played, say)
        else:
            set_up(server.office, Beginnings())
            go_on_after(server.office, false_start)
        page = greet(server, config, say)
        agent.start()
        show(f"http://localhost:{server.port}/demo" if played else page)
        try:
            server.serve()
        finally:
            if played:
                played.stop()
            agent.stop()
            server.stop()
    finally:
        lock.release()


def _drill_of(config: Config) -> Drill | None:
    """A new drill where one is asked for. Raises DrillFile, RealFile."""
    if not config.demo:
        if drill.is_drill(config.database):
            raise DrillFile()
        return None
    drill.clear(config.data)
    today = datetime.now(ZoneInfo(DEFAULT_SETTINGS["zone"])).date()
    programme = RecordedDay(read_record(config.office_day)) if config.office_day else None
    return Drill(config.database, today, config.speed, programme=programme)


def begin_drill(server: Server, played: Drill, say: Callable[[str], None]) -> None:
    """Fill the new office and let people come."""
    pin = played.furnish(server.office)
    server.site.drill = played
    server.site.changed()
    played.start()
    page = f"http://localhost:{server.port}/demo"
    say(tell("Drill: {page}  (nothing here is real)", page=page))
    people = {"boss": drill.BOSS, "visitor": drill.VISITOR, "pin": pin}
    say("  " + tell("sign in elsewhere as {boss} or {visitor} with the PIN {pin}", **people))


def print_agent(server: Server, config: Config) -> Child:
    """The process that keeps a worker for each of our printers. Its token lives as long as this
    process."""
    token = access.new_token()
    caller = Caller("print agent", AGENT, print_work.OWN_AGENT, AGENT)
    server.site.directory.admit(token, caller)
    command = [
        sys.executable, "-P", "-m", "kiosk.workers", "agent",
        "--server", f"http://{config.own_host}:{server.port}", "--data", str(config.data.resolve()),
    ]  # fmt: skip
    return Child(
        "agent",
        command,
        {VARIABLE: token},
        before=lambda: server.office.do(print_work.expect_workers, CLOCK),
    )


def greet(server: Server, config: Config, say: Callable[[str], None]) -> str:
    """Say where to go now; returns the page to begin with."""
    home = f"http://localhost:{server.port}/"
    what = f"Kiosk {__version__}"
    say(tell("{what} on {home}  (data: {data})", what=what, home=home, data=config.data))
    if config.lan:
        for address in own_addresses():
            page = f"http://{address}:{server.port}/"
            say("  " + tell("in the office's network: {page}", page=page))
    if server.site.directory.has_supervisor:
        return home
    code = server.site.setup_code.new()
    say("  " + tell("set up this office: {page}", page=f"{home}setup"))
    code = f"{code[:4]} {code[4:]}"
    say("  " + tell("from another machine with the code {code} (good once)", code=code))
    return f"{home}setup"


def program_version() -> str:
    """The version, and what tells this state of the screens' files from another."""
    digest = hashlib.sha256()
    for folder in _SHOWN:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file():
                stat = path.stat()
                digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return f"{__version__}+{digest.hexdigest()[:8]}"


def host_names() -> tuple[str, ...]:
    name = socket.gethostname()
    return (name, f"{name.split('.')[0]}.local")
