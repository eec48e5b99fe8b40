"""`simulate`: days that never were, through the real office."""

import re
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn
from zoneinfo import ZoneInfo

import click

from kiosk.commandline.shared import common, fail, show
from kiosk.config import Config
from kiosk.simulator import batch, rehearsal, replay
from kiosk.simulator.days import Town
from kiosk.simulator.mornings import POLICIES, REFERENCES, load_module
from kiosk.simulator.recorded import BadRecord, read_record

_ALL = (*POLICIES, *REFERENCES)


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option("--seeds", default="0-59", show_default=True, help="Mornings: one, or from-to.")
@click.option("--scenarios", help="Some of the module's kinds of mornings, with commas.")
@click.option(
    "--policy", "policies", multiple=True, type=click.Choice(_ALL),
    help="Repeatable. slack and fifo are the office's own; the others are the module's.",
)  # fmt: skip
@click.option("--verify", "check", is_flag=True, help="Prove each journal, every call again.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes (default: processors).")
@click.option("--day", help="Without FOLDER: which day, YYYY-MM-DD (default: today).")
@click.option(
    "--people", default=240, show_default=True, type=click.IntRange(1, 5000),
    help="Without FOLDER: how many come.",
)  # fmt: skip
@click.option(
    "--office-day", type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A FOLDER with office_day.csv: play that recorded day, as fast as possible.",
)  # fmt: skip
@common
def simulate(
    folder: Path | None, office_day: Path | None, seeds: str, scenarios: str | None,
    policies: tuple[str, ...], check: bool, workers: int | None, day: str | None,
    people: int, data: Path, as_json: bool,
) -> None:  # fmt: skip
    """Play days through the real office with simulated people and time.

    FOLDER holds a module mornings.py: its polling mornings are played under each policy and, from
    30 of each kind, judged; the exit status is 1 if a bar is missed or a journal does not prove.

    Without FOLDER: one day with the hours, services and counters of this office (of the default
    office when there is none yet), with generated people. The office's own file is only read.

    To watch a recorded day on the screens: serve --demo --office-day FOLDER --speed 60.
    """
    if office_day is not None:
        _replay(office_day, as_json)
    chosen = _seeds(seeds, as_json)
    if folder is None:
        _rehearse(data, day, people, policies, chosen[0], as_json)
        return
    try:
        known = load_module(folder).SCENARIOS
    except FileNotFoundError as missing:
        fail(f"There is no {missing}.", as_json, code="invalid")
    wanted = tuple(scenarios.split(",")) if scenarios else tuple(known)
    if unknown := set(wanted) - set(known):
        fail(
            f"Not in mornings.py: {', '.join(sorted(unknown))}. It has: {', '.join(known)}.",
            as_json, code="invalid",
        )  # fmt: skip
    wish = batch.Wish(folder, wanted, policies or _ALL, chosen, check)
    outcome = batch.run(wish, workers, lambda line: click.echo(line, err=True))
    show(outcome.as_json(), list(batch.lines(outcome)), as_json)
    sys.exit(0 if outcome.ok else 1)


def _replay(folder: Path, as_json: bool) -> NoReturn:
    try:
        facts = replay.replay(read_record(folder))
    except BadRecord as bad:
        fail(str(bad), as_json, code="invalid")
    show(facts, replay.lines(facts), as_json)
    wrong = facts["findings"] or facts["twice"] or facts["disorder"] or facts["refused"]
    sys.exit(1 if wrong else 0)


def _rehearse(
    data: Path, day: str | None, people: int, policies: tuple[str, ...], seed: int, as_json: bool
) -> None:
    pattern = rehearsal.pattern_of(Config(data=data).database)
    if policies:
        if policies[0] not in POLICIES:
            fail(f"{policies[0]} is no policy of an office.", as_json, code="invalid")
        pattern.settings["policy"] = policies[0]
    try:
        chosen = date.fromisoformat(day) if day else _today(pattern.settings["zone"])
    except ValueError:
        fail("--day: YYYY-MM-DD.", as_json, code="invalid")
    if not pattern.counters:
        fail("This office has no counter with a service yet.", as_json, code="invalid")
    facts = rehearsal.rehearse(pattern, chosen.isoformat(), Town(people), seed)
    show(facts, rehearsal.lines(facts), as_json)
    sys.exit(1 if facts["findings"] else 0)


def _today(zone: str) -> date:
    return datetime.now(ZoneInfo(zone)).date()


def _seeds(text: str, as_json: bool) -> tuple[int, ...]:
    found = re.fullmatch(r"(\d{1,6})(?:-(\d{1,6}))?", text)
    first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if last < first:
        fail("--seeds: one number, or from-to, such as 0-59.", as_json, code="invalid")
    return tuple(range(first, last + 1))
