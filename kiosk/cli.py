"""The command line: `python3 run.py [COMMAND] ...`. Every command works beside a running server."""

import errno
import json
import sqlite3
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from kiosk import __version__
from kiosk.messages import tell

#: command -> where it is. Only the one that is asked for is loaded.
COMMANDS = {
    "serve": "serving",
    "init": "office",
    "settings": "office",
    "day": "office",
    "device": "people",
    "staff": "people",
    "service": "services",
    "verify": "keeping",
    "backup": "keeping",
    "restore": "keeping",
    "export": "keeping",
    "check": "keeping",
    "simulate": "simulating",
    "agent": "agent",
}

_REASONS = {
    errno.EACCES: "this user has no right to it",
    errno.EPERM: "this user has no right to it",
    errno.EROFS: "nothing can be written there",
    errno.ENOSPC: "the disk is full",
    errno.ENOENT: "there is no such file or folder",
}


class Commands(click.Group):
    """`run.py --port 8020` is `run.py serve --port 8020`; --data and --json may come first."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any
    ) -> click.Context:
        as_json = "--json" in args
        try:
            context = super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            _refuse_use(error, as_json)
        context.meta["as_json"] = as_json
        return context

    def invoke(self, ctx: click.Context) -> Any:
        """A wrong use or a file that cannot be read is one sentence, as JSON if that is wanted."""
        as_json = ctx.meta["as_json"]
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            _refuse_use(error, as_json)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            _end(_about_file(error), "file", as_json, 1)
        except sqlite3.Error as error:
            sentence = tell("The office's file cannot be used: {error}.", error=error)
            _end(sentence, "file", as_json, 1)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"kiosk.commandline.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        first, rest = _common_options(args)
        if not rest or (rest[0].startswith("-") and rest[0] not in ("-h", "--help", "--version")):
            return super().parse_args(ctx, ["serve", *first, *rest])
        command = self.get_command(ctx, rest[0])
        taken = 2 if isinstance(command, click.Group) else 1
        return super().parse_args(ctx, [*rest[:taken], *first, *rest[taken:]])


def _refuse_use(error: click.UsageError, as_json: bool) -> NoReturn:
    """Raises the error itself for people: click shows the usage too."""
    if not as_json:
        raise error
    _end(error.format_message(), "usage", as_json, error.exit_code)


def _end(message: str, code: str, as_json: bool, status: int) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message, "code": code}, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    sys.exit(status)


def _about_file(error: OSError) -> str:
    where = f"{error.filename2 or error.filename}: " if error.filename else ""
    return f"{where}{tell(_REASONS.get(error.errno or 0, error.strerror or str(error)))}."


def _common_options(args: list[str]) -> tuple[list[str], list[str]]:
    """Options of every command that were written before it, and the rest."""
    first, rest = [], list(args)
    while rest and (rest[0] in ("--data", "--json") or rest[0].startswith("--data=")):
        first.append(rest.pop(0))
        if first[-1] == "--data" and rest:
            first.append(rest.pop(0))
    return first, rest


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kiosk")
def main() -> None:
    """A queue for civil-registration offices. Without a command: serve.

    `python3 run.py test` runs the tests. `python3 run.py bundle DIR` makes a folder for machines
    without internet, and with `--wheelhouse DIR` run.py prepares itself from such a folder.
    """


if __name__ == "__main__":
    main(prog_name="python3 run.py")
