"""`serve`: the server."""

import errno
import logging
import sys
from functools import partial
from pathlib import Path

import click

from kiosk import desktop, terminal
from kiosk.commandline.shared import common, fail
from kiosk.config import DEFAULT_DATA, DEFAULT_PORT, DEMO_DATA, Config
from kiosk.errors import KioskError
from kiosk.lock import AlreadyServed
from kiosk.messages import explain, tell
from kiosk.simulator.recorded import BadRecord

_REASONS = {
    errno.EADDRINUSE: "another program uses this port already",
    errno.EADDRNOTAVAIL: "this computer does not have this address",
    errno.EACCES: "this user may not use this port",
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(0, 65535))
@click.option("--lan", is_flag=True, help="Also listen for the office's own network.")
@click.option(
    "--demo", is_flag=True, help="A drill: a living office with simulated people, to try things in."
)
@click.option(
    "--speed", type=click.Choice(["1", "10", "60"]), default="10", show_default=True,
    help="With --demo: how many times as fast as real time; can be changed on the page.",
)  # fmt: skip
@click.option(
    "--office-day", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="With --demo: a FOLDER with office_day.csv, a recorded day to play.",
)  # fmt: skip
@click.option(
    "--open/--no-open", "open_browser", default=None,
    help="Show the first page in a browser. Default: at a terminal, for a drill and until the"
    " office is set up.",
)  # fmt: skip
@click.option("-v", "--verbose", is_flag=True, help="Log every request.")
@common
def serve(
    host: str, port: int, lan: bool, demo: bool, speed: str, office_day: Path | None,
    open_browser: bool | None, verbose: bool, data: Path, as_json: bool,
) -> None:  # fmt: skip
    """Serve the office until Ctrl-C. A new office is set up with its defaults."""
    from kiosk import app

    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    for noisy in ("PIL", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    if demo and data == DEFAULT_DATA:
        data = DEMO_DATA
    config = Config(
        data=data, host=host, port=port, lan=lan, demo=demo, speed=int(speed), office_day=office_day
    )
    try:
        app.serve(config, lambda line: print(line, flush=True), partial(_show, open_browser))
    except BadRecord as bad:
        fail(str(bad), as_json, code="invalid")
    except AlreadyServed as served:
        where = f"http://localhost:{served.port}/" if served.port else tell("another port")
        if open_browser and served.port and desktop.is_there():
            desktop.open_page(where, wait=True)  # a second double-click
            sys.exit(0)
        sentence = tell("This office is already being served: {where}", where=where)
        fail(sentence, as_json, port=served.port)
    except KioskError as refusal:
        fail(explain(refusal, terminal.language()), as_json, code=refusal.code)
    except OSError as error:
        if error.filename is not None:  # a file's, not the port's
            raise
        where = f"{config.listen_host}:{port}"
        reason = tell(_REASONS.get(error.errno or 0, error.strerror or str(error)))
        sentence = "Cannot serve on {where}: {reason}. Choose another --port or --host."
        fail(tell(sentence, where=where, reason=reason), as_json)
    sys.exit(0)


def _show(wanted: bool | None, page: str) -> None:
    """Open a page where somebody sits; unasked only for a newcomer at a terminal."""
    if wanted is None:
        wanted = page.endswith(("/setup", "/demo")) and sys.stdout.isatty()
    if wanted and desktop.is_there():
        desktop.open_page(page)
