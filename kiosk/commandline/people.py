"""`device`, `staff`: who may come in."""

from pathlib import Path

import click

from kiosk import access
from kiosk.commandline.shared import clean_label, common, database_of, office_at, read_pin, show
from kiosk.commands import people
from kiosk.domain.actor import COUNTER, DEVICE_KINDS, STAFF_ROLES
from kiosk.setting_up import COMMAND_LINE
from kiosk.store import devices
from kiosk.store import staff as staff_store
from kiosk.store.connection import open_reader


@click.group()
def device() -> None:
    """Kiosks, counter PCs, displays and agents."""


@device.command("add")
@click.argument("kind", type=click.Choice(DEVICE_KINDS))
@click.argument("name")
@click.option("--counter", type=click.IntRange(1, 99), help="The counter at which a PC stands.")
@common
def add_device(kind: str, name: str, counter: int | None, data: Path, as_json: bool) -> None:
    """Add a device and print its token, which is shown only now."""
    name = name.strip()
    token = access.new_token()
    config = {"counter": counter} if counter else {}
    with office_at(database_of(data, as_json), as_json) as office:
        answer = office.do(
            people.add_device, COMMAND_LINE, kind=kind, name=name, config=config,
            token_hash=access.hash_token(token),
        )  # fmt: skip
    show({**answer["device"], "token": token, "seq": answer["seq"]}, [token], as_json)


@device.command("list")
@common
def list_devices(data: Path, as_json: bool) -> None:
    """All devices."""
    reader = open_reader(database_of(data, as_json))
    rows = devices.load(reader)
    reader.close()
    found = [
        {"id": d.id, "kind": d.kind, "name": d.name, "revoked": d.revoked_at is not None}
        for d in rows
    ]
    lines = [
        f"{d['id']}  {d['kind']}  {d['name']}{'  revoked' * bool(d['revoked'])}" for d in found
    ]
    show({"devices": found}, lines, as_json)


@device.command("revoke")
@click.argument("device_id", type=int, metavar="ID")
@common
def revoke_device(device_id: int, data: Path, as_json: bool) -> None:
    """Make a device's token worthless."""
    with office_at(database_of(data, as_json), as_json) as office:
        answer = office.do(people.revoke_device, COMMAND_LINE, device_id=device_id)
    show(answer, [f"{answer['device']['name']} is revoked."], as_json)


@click.group()
def staff() -> None:
    """People who work here, each under a label of their choice."""


@staff.command("add")
@click.argument("label")
@click.option("--role", type=click.Choice(STAFF_ROLES), default=COUNTER, show_default=True)
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input.")
@common
def add_staff(label: str, role: str, pin_stdin: bool, data: Path, as_json: bool) -> None:
    """Add somebody with a PIN of 6 to 12 digits."""
    with office_at(database_of(data, as_json), as_json) as office:
        pin_hash = access.hash_pin(_new_pin(pin_stdin, as_json))
        answer = office.do(
            people.add_staff,
            COMMAND_LINE,
            label=clean_label(label, as_json),
            role=role,
            pin_hash=pin_hash,
        )
    show(answer, [f"{label} can sign in as {role}."], as_json)


@staff.command("pin")
@click.argument("label")
@click.option("--pin-stdin", is_flag=True, help="Read the PIN from standard input.")
@common
def set_pin(label: str, pin_stdin: bool, data: Path, as_json: bool) -> None:
    """Give somebody a new PIN; their open sessions end."""
    with office_at(database_of(data, as_json), as_json) as office:
        pin_hash = access.hash_pin(_new_pin(pin_stdin, as_json))
        answer = office.do(people.set_pin, COMMAND_LINE, label=label, pin_hash=pin_hash)
    show(answer, [f"{label} has a new PIN."], as_json)


@staff.command("disable")
@click.argument("label")
@common
def disable_staff(label: str, data: Path, as_json: bool) -> None:
    """Let nobody sign in under this label any more."""
    with office_at(database_of(data, as_json), as_json) as office:
        answer = office.do(people.disable_staff, COMMAND_LINE, label=label)
    show(answer, [f"{label} is disabled."], as_json)


@staff.command("list")
@common
def list_staff(data: Path, as_json: bool) -> None:
    """Everybody."""
    reader = open_reader(database_of(data, as_json))
    rows = staff_store.load(reader)
    reader.close()
    found = [{"label": s.label, "role": s.role, "active": bool(s.active)} for s in rows]
    lines = [f"{s['label']}  {s['role']}{'' if s['active'] else '  disabled'}" for s in found]
    show({"staff": found}, lines, as_json)


def _new_pin(from_stdin: bool, as_json: bool) -> str:
    """From standard input, or asked twice at a terminal. Raises PinTooWeak."""
    pin = (
        read_pin() if from_stdin else click.prompt("PIN", hide_input=True, confirmation_prompt=True)
    )
    access.require_strong_pin(pin)
    return str(pin)
