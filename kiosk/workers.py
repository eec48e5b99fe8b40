"""The processes beside the server: `python -m kiosk.workers agent` and, for each printer, `print`.

Both read their standard input only to notice that their parent is gone; then they finish what they
have in hand and end.
"""

import argparse
import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kiosk.printing.agent import Agent
from kiosk.printing.diary import Diary, Taken
from kiosk.printing.links import Patience
from kiosk.printing.office_link import OfficeLink
from kiosk.printing.press import PaperPress, Press, PreviewPress
from kiosk.printing.printer import Printer
from kiosk.printing.worker import Pace, Worker

log = logging.getLogger(__name__)

VARIABLE = "KIOSK_PRINT_TOKEN"
PACE = "KIOSK_PRINT_PACE"
"""A factor on all times of printing: 0.2 makes a trial five times as quick."""
POLITENESS = 10
"""Niceness of a worker that draws pictures: the server goes first. A ticket for paper is little
work, and somebody stands before the printer."""
WAIT_FOR_DIARY = 30.0
HANGS_AFTER = 60.0
"""Seconds without a round: a printer's driver has the worker in its hands for ever."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.workers", description="Processes of the kiosk")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("agent", "keep a worker for each printer"), ("print", "work one printer")):
        command = commands.add_parser(name, help=text)
        command.add_argument("--server", required=True, help="http://127.0.0.1:PORT")
        command.add_argument("--data", required=True, type=Path, help="folder for diaries")
        if name == "print":
            command.add_argument("--printer", required=True, type=int, help="its number")
    chosen = parser.parse_args(arguments)
    token = os.environ.get(VARIABLE)
    if not token:
        parser.error(f"the environment variable {VARIABLE} is not set")
    # Ctrl-C in a terminal reaches the whole group; the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    begin_log()
    try:
        link = OfficeLink(chosen.server, token)
    except ValueError as error:
        parser.error(str(error))
    if chosen.command == "agent":
        agent = make_agent(link, chosen.server, token, chosen.data)
        threading.Thread(target=_end_with_parent, args=(agent.stop,), daemon=True).start()
        agent.run()
        return 0
    return work(link, chosen.printer, chosen.data)


def begin_log() -> None:
    """Our own lines, and only the complaints of others: the printers' library tells of every
    connection."""
    lines = logging.StreamHandler()
    lines.addFilter(lambda line: line.levelno >= logging.WARNING or line.name.startswith("kiosk"))
    logging.basicConfig(
        level=logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        handlers=[lines],
    )


def make_agent(link: OfficeLink, server: str, token: str, data: Path) -> Agent:
    """An agent whose workers write their diaries to `<data>/printing`."""

    def start(printer: int) -> "subprocess.Popen[bytes]":
        command = [
            sys.executable, "-P", "-m", "kiosk.workers", "print",
            "--server", server, "--data", str(data), "--printer", str(printer),
        ]  # fmt: skip
        environment = {**os.environ, VARIABLE: token}
        return subprocess.Popen(command, stdin=subprocess.PIPE, env=environment)

    return Agent(link, start, pace())


def work(link: OfficeLink, printer: int, data: Path) -> int:
    """Work one printer until the parent is gone."""
    path = data / "printing" / f"printer-{printer}.db"
    try:
        diary = Diary.wait_for(path, WAIT_FOR_DIARY)
    except Taken:
        log.error("printer=%d another worker on this machine has it", printer)
        return 1
    factor = pace()
    worker = Worker(link, printer, diary, presses(data, factor), Pace().times(factor))
    threading.Thread(target=_end_with_parent, args=(worker.stop,), daemon=True).start()
    threading.Thread(target=_end_when_hanging, args=(worker,), daemon=True).start()
    worker.run()
    return 0


def presses(data: Path, factor: float = 1.0) -> Callable[[Printer], Press]:
    """Makes the press of a printer; pictures go to `<data>/preview`."""
    patience = Patience().times(factor)

    def make(printer: Printer) -> Press:
        if printer.kind == "preview":
            if sys.platform != "win32":
                os.setpriority(os.PRIO_PROCESS, 0, POLITENESS)
            return PreviewPress(printer, data / "preview")
        return PaperPress(printer, patience)

    return make


def pace() -> float:
    try:
        return max(0.01, float(os.environ.get(PACE, "1")))
    except ValueError:
        return 1.0


def _end_with_parent(stop: Callable[[], None]) -> None:
    while os.read(0, 4096):
        pass
    stop()


def _end_when_hanging(worker: Worker) -> None:
    while True:
        time.sleep(HANGS_AFTER / 10)
        if time.monotonic() - worker.alive_at > HANGS_AFTER:
            log.error("hangs: ended")
            os._exit(3)


if __name__ == "__main__":
    raise SystemExit(main())
