"""`agent`: prints for a server that is another machine."""

import signal
from pathlib import Path

import click

from kiosk.commandline.shared import fail, show
from kiosk.config import ROOT
from kiosk.printing.office_link import OfficeLink, Refused, Unreachable
from kiosk.workers import VARIABLE, begin_log, make_agent

AGENT_DATA = ROOT / "data-agent"


@click.command()
@click.option("--server", required=True, help="Address of the server: http://192.168.1.10:8017")
@click.option("--token", envvar=VARIABLE, help=f"Of 'device add agent'; better in {VARIABLE}.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=AGENT_DATA,
    show_default="data-agent beside run.py",
    help="Folder of the agent's own records; keep it over restarts.",
)
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def agent(server: str, token: str | None, data: Path, as_json: bool) -> None:
    """Print on the printers of this machine, for a server somewhere else.

    Which printers it serves is set up at the server. It needs only a way out to the server, and
    goes on by itself when that comes back.
    """
    begin_log()
    if not token:
        fail(f"The agent needs a token: --token, or the variable {VARIABLE}.", as_json)
    try:
        link = OfficeLink(server, token)
    except ValueError as error:
        fail(str(error), as_json)
    try:
        names = [printer.name for printer in link.printers()]
        listed = ", ".join(names) or "no printer is set up for it yet"
        show({"server": server, "printers": names}, [f"Agent for {server}: {listed}"], as_json)
    except Refused:
        fail("The server does not take this token; 'device add agent NAME' makes one.", as_json)
    except Unreachable:
        waiting = f"{server} does not answer yet; the agent keeps asking."
        show({"server": server, "printers": None}, [waiting], as_json)
    data.mkdir(parents=True, exist_ok=True, mode=0o750)
    keeper = make_agent(link, server, token, data)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: keeper.stop())
    keeper.run()
