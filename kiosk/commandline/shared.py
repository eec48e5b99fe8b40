"""What all commands share: where the data lies, how they answer, how they fail."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from kiosk import terminal
from kiosk.commands.people import LONGEST_LABEL
from kiosk.config import DEFAULT_DATA, Config
from kiosk.errors import KioskError
from kiosk.messages import explain, tell
from kiosk.office import Office

F = TypeVar("F", bound=Callable[..., Any])


def common(command: F) -> F:
    """--data and --json."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Answer as JSON."),
        click.option(
            "--data",
            type=click.Path(file_okay=False, path_type=Path),
            default=DEFAULT_DATA,
            help="Folder of the office's data.",
            show_default="data beside run.py",
        ),
    ):
        command = option(command)
    return command


def fail(message: str, as_json: bool, **details: object) -> NoReturn:
    """Say why, and end with status 1."""
    if as_json:
        click.echo(json.dumps({"error": message, **details}, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    sys.exit(1)


def show(answer: dict[str, Any], lines: list[str], as_json: bool) -> None:
    """The answer for machines, or the lines for people."""
    click.echo(json.dumps(answer, ensure_ascii=False) if as_json else "\n".join(lines))


def database_of(data: Path, as_json: bool) -> Path:
    """The office's file. Ends the program when there is none."""
    path = Config(data=data).database
    if not path.exists():
        sentence = tell("There is no office in {data}. Run 'init' first.", data=data)
        fail(sentence, as_json, code="not_set_up")
    return path


@contextmanager
def office_at(path: Path, as_json: bool) -> Iterator[Office]:
    """The office of a file; a refusal ends the program with a sentence and status 1."""
    office = Office(path, threaded=False)
    try:
        yield office
    except KioskError as error:
        fail(explain(error, terminal.language()), as_json, code=error.code)
    finally:
        office.close()


def clean_label(label: str, as_json: bool) -> str:
    """The label of somebody of the staff, without blanks around it."""
    cleaned = label.strip()
    if not 1 <= len(cleaned) <= LONGEST_LABEL or not cleaned.isprintable():
        fail(f"A label has 1 to {LONGEST_LABEL} letters.", as_json, code="invalid")
    return cleaned


def read_pin() -> str:
    """One line from standard input."""
    return sys.stdin.readline().strip()
