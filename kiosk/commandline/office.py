"""`init`, `settings`, `day`: how the office is set up."""

from pathlib import Path
from typing import Any

import click

from kiosk import access
from kiosk.commandline.shared import (
    clean_label,
    common,
    database_of,
    fail,
    office_at,
    read_pin,
    show,
)
from kiosk.commands import catalogue, people
from kiosk.commands import day as day_commands
from kiosk.config import Config
from kiosk.domain.actor import SUPERVISOR
from kiosk.domain.settings import SETTINGS, clean
from kiosk.errors import SettingInvalid
from kiosk.office import Office
from kiosk.setting_up import COMMAND_LINE, DEFAULT_SETTINGS, Beginnings, set_up
from kiosk.store import counters as counter_store
from kiosk.store import settings as setting_store
from kiosk.store import staff as staff_store
from kiosk.store.connection import open_reader

FIRST_SUPERVISOR = "Penyelia"


@click.command()
@click.option("--name", help="The office's name.", show_default=DEFAULT_SETTINGS["name"])
@click.option("--area", help="Kabupaten or kota.")
@click.option("--zone", help="Time zone.", show_default=DEFAULT_SETTINGS["zone"])
@click.option(
    "--hours",
    help="From-to, such as 08:00-12:00, 00:00-24:00 or 20:00-02:00.",
    show_default="08:00-12:00",
)
@click.option(
    "--poll-close",
    help="When the polls close, or none.",
    show_default=DEFAULT_SETTINGS["poll_close"],
)
@click.option("--counters", type=click.IntRange(1, 99), help="How many.", show_default="4")
@click.option(
    "--supervisor",
    help="Label of the first supervisor, whose PIN comes with --pin-stdin.",
    show_default=FIRST_SUPERVISOR,
)
@click.option("--pin-stdin", is_flag=True, help="Read the supervisor's PIN from standard input.")
@common
def init(
    name: str | None, area: str | None, zone: str | None, hours: str | None,
    poll_close: str | None, counters: int | None, supervisor: str | None, pin_stdin: bool,
    data: Path, as_json: bool,
) -> None:  # fmt: skip
    """Set up an office: the wizard's work without a browser.

    Every counter serves every service until changed. In an office that is set up already nothing
    is changed: asking for what is so already succeeds, anything else is refused.
    """
    if supervisor is not None and not pin_stdin:
        fail("--supervisor LABEL needs its PIN: --pin-stdin.", as_json, code="invalid")
    label = clean_label(FIRST_SUPERVISOR if supervisor is None else supervisor, as_json)
    wished = _wished(name, area, zone, hours, poll_close, as_json)
    pin = read_pin() if pin_stdin else ""
    data.mkdir(parents=True, exist_ok=True, mode=0o750)
    with office_at(Config(data=data).database, as_json) as office:
        for key, value in wished.items():
            _check(key, value)
        if pin_stdin:
            access.require_strong_pin(pin)
        is_new = set_up(office, Beginnings(DEFAULT_SETTINGS | wished, counters or 4))
        if not is_new:
            _require_same(office.path, wished, counters, as_json)
        if pin_stdin:
            _first_supervisor(office, label, pin, as_json)
        values = _state(office.path)
    word = "Set up" if is_new else "Already set up; nothing was changed"
    show(
        {"initialised": is_new, **values},
        ["{word}: {name}, {counters} counters, {opens}-{closes} {zone}.".format(
            word=word, counters=values["counters"], **values["settings"])],
        as_json,
    )  # fmt: skip


def _wished(
    name: str | None, area: str | None, zone: str | None, hours: str | None,
    poll_close: str | None, as_json: bool,
) -> dict[str, str]:  # fmt: skip
    wished = {"name": name, "area": area, "zone": zone, "poll_close": poll_close}
    if hours is not None:
        opens, dash, closes = hours.partition("-")
        if not dash:
            fail("--hours: from-to, such as 08:00-12:00.", as_json, code="invalid")
        wished |= {"opens": opens, "closes": closes}
    return {key: value for key, value in wished.items() if value is not None}


def _check(key: str, value: str) -> str:
    try:
        return clean(key, value)
    except ValueError as error:
        raise SettingInvalid(key=key, problem=str(error)) from None


def _require_same(path: Path, wished: dict[str, str], counters: int | None, as_json: bool) -> None:
    """Ends the program when an office that is set up was asked to be another one."""
    now = _state(path)
    other = [key for key, value in wished.items() if _check(key, value) != now["settings"][key]]
    if counters is not None and counters != now["counters"]:
        other.append("counters")
    if other:
        fail(
            f"This office is set up already; {', '.join(other)} would change. Use 'settings set',"
            " or the supervisor's screen.",
            as_json, code="initialised", differs=other,
        )  # fmt: skip


def _first_supervisor(office: Office, label: str, pin: str, as_json: bool) -> None:
    reader = open_reader(office.path)
    try:
        known = staff_store.find(reader, label)
        others = staff_store.count_supervisors(reader)
    finally:
        reader.close()
    if known and known.role == SUPERVISOR and access.is_right_pin(known.pin_hash, pin):
        return
    if known or others:
        fail("This office has a supervisor already: use 'staff add'.", as_json, code="initialised")
    pin_hash = access.hash_pin(pin)
    office.do(people.add_staff, COMMAND_LINE, label=label, role=SUPERVISOR, pin_hash=pin_hash)


def _state(path: Path) -> dict[str, Any]:
    reader = open_reader(path)
    try:
        return {
            "settings": setting_store.load(reader),
            "counters": len(counter_store.load(reader)),
        }
    finally:
        reader.close()


@click.group()
def settings() -> None:
    """The office's settings."""


@settings.command("get")
@click.argument("key", required=False)
@common
def get_setting(key: str | None, data: Path, as_json: bool) -> None:
    """One setting, or all."""
    values = _state(database_of(data, as_json))["settings"]
    if key is not None:
        if key not in values:
            fail(f"There is no setting {key}.", as_json, code="unknown_setting")
        show({"key": key, "value": values[key]}, [values[key]], as_json)
        return
    show(values, [f"{name} = {value}" for name, value in values.items()], as_json)


@settings.command("set")
@click.argument("key", type=click.Choice(list(SETTINGS)), metavar="KEY")
@click.argument("value")
@click.option("--confirmed", is_flag=True, help="Take a text that may not look neutral.")
@common
def set_setting(key: str, value: str, confirmed: bool, data: Path, as_json: bool) -> None:
    """Change one setting."""
    with office_at(database_of(data, as_json), as_json) as office:
        answer = office.do(
            catalogue.set_setting, COMMAND_LINE, key=key, value=value, confirmed=confirmed
        )
    show(answer, [f"{key} = {answer['value']}"], as_json)


@click.group()
def day() -> None:
    """The office day."""


def _day_command(name: str, command: Any, text: str) -> None:
    @day.command(name, help=text)
    @common
    def run(data: Path, as_json: bool) -> None:
        with office_at(database_of(data, as_json), as_json) as office:
            answer = office.do(command, COMMAND_LINE)
        lines = [f"{answer['day']}: {answer['phase']}"]
        if answer.get("expired"):
            lines.append("Expired: " + ", ".join(answer["expired"]))
        show(answer, lines, as_json)


_day_command("open", day_commands.open_day, "Open the office now.")
_day_command("hold", day_commands.hold_day, "Keep the office from opening at the hour.")
_day_command("stop-numbers", day_commands.stop_numbers, "Give no new numbers and serve out.")
_day_command("close", day_commands.close_day, "Close the day; what is open expires.")
