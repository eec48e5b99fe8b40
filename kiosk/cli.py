"""The command line: `python3 run.py [COMMAND] ...`. Every command works beside a running server."""

from importlib import import_module

import click

from kiosk import __version__

#: command -> where it is. Only the one that is asked for is loaded.
COMMANDS = {
    "serve": "serving",
    "init": "office",
    "settings": "office",
    "day": "office",
    "device": "people",
    "staff": "people",
    "verify": "keeping",
    "backup": "keeping",
    "restore": "keeping",
    "export": "keeping",
    "check": "keeping",
    "simulate": "simulating",
}


class Commands(click.Group):
    """`run.py --port 8020` is `run.py serve --port 8020`; --data and --json may come first."""

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
    """A queue for civil-registration offices. Without a command: serve."""


if __name__ == "__main__":
    main()
