"""The processes beside the server: `python -m kiosk.workers print`.

A worker reads its standard input only to notice that its parent is gone; then it finishes what it
has in hand and ends.
"""

import argparse
import logging
import os
import signal
import threading
from collections.abc import Sequence
from pathlib import Path

from kiosk.printing.office_link import OfficeLink
from kiosk.printing.spool import Spool

VARIABLE = "KIOSK_PRINT_TOKEN"
POLITENESS = 10
"""Added to the process's niceness: the server goes first."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="kiosk.workers", description="Processes of the kiosk")
    commands = parser.add_subparsers(dest="command", required=True)
    printing = commands.add_parser("print", help="bring print jobs to paper")
    printing.add_argument("--server", required=True, help="http://127.0.0.1:PORT")
    printing.add_argument("--data", required=True, type=Path, help="the office's data folder")
    chosen = parser.parse_args(arguments)
    token = os.environ.get(VARIABLE)
    if not token:
        parser.error(f"the environment variable {VARIABLE} is not set")
    os.nice(POLITENESS)
    # Ctrl-C in a terminal reaches the whole group; the parent decides when to end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    try:
        spool = Spool(lambda: OfficeLink(chosen.server, token), chosen.data)
    except ValueError as error:
        parser.error(str(error))
    threading.Thread(target=_end_with_parent, args=(spool,), daemon=True).start()
    spool.run()
    return 0


def _end_with_parent(spool: Spool) -> None:
    while os.read(0, 4096):
        pass
    spool.stop()
    os._exit(0)  # the main thread may be waiting for the server's answer


if __name__ == "__main__":
    raise SystemExit(main())
