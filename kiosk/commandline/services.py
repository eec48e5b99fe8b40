"""`service`: what the office offers, and what of the usual catalogue it does not have yet."""

from pathlib import Path

import click

from kiosk.commandline.shared import common, database_of, office_at, show
from kiosk.commands.usual import add_usual_service
from kiosk.domain.service import usual_services_missing_in
from kiosk.setting_up import COMMAND_LINE
from kiosk.store import services
from kiosk.store.connection import open_reader


@click.group()
def service() -> None:
    """The office's services."""


@service.command("list")
@common
def list_services(data: Path, as_json: bool) -> None:
    """All services, and the usual ones that could be added."""
    reader = open_reader(database_of(data, as_json))
    known = services.load(reader)
    reader.close()
    offered = [
        {"code": one.code, "letter": one.letter, "name": one.name_id, "state": one.state}
        for one in known.values()
    ]
    missing = [
        {"code": one.code, "letter": one.letter, "name": one.name_id}
        for one in usual_services_missing_in(known)
    ]
    lines = [f"{one['letter']}  {one['code']}  {one['name']}  {one['state']}" for one in offered]
    if missing:
        lines += ["", "Usual, but not in this office ('service add CODE'):"]
        lines += [f"{one['letter']}  {one['code']}  {one['name']}" for one in missing]
    show({"services": offered, "missing": missing}, lines, as_json)


@service.command("add")
@click.argument("code")
@common
def add_service(code: str, data: Path, as_json: bool) -> None:
    """Add a usual service that is missing; 'service list' names them.

    Counters that serve everything serve it too.
    """
    with office_at(database_of(data, as_json), as_json) as office:
        answer = office.do(add_usual_service, COMMAND_LINE, code=code)
    added = answer["service"]
    line = f"{added['letter']}  {added['name_id']} is offered"
    if numbers := ", ".join(map(str, answer["counters"])):
        line += f" at counters {numbers}."
    else:
        line += "; no counter serves it yet."
    show(answer, [line], as_json)
