"""What can be done in the office: one function a command, one file a noun.

A command is `def name(tx: Transaction, by: Actor, ...) -> dict`: read, decide, conditional write,
journal. It is called only by `Office.do`, which checks the role, brings the day up to date and
keeps the answer for its idempotency key. It returns JSON-able values; it raises a KioskError when
it refuses, and then nothing has changed.
"""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from kiosk.domain.actor import Actor
from kiosk.store.transaction import Transaction

P = ParamSpec("P")
Answer = dict[str, Any]
Command = Callable[Concatenate[Transaction, Actor, P], Answer]

#: command name -> roles that may use it. The only place where roles are decided.
ROLES: dict[str, frozenset[str]] = {}


def allowed(*roles: str) -> Callable[[Command[P]], Command[P]]:
    """Declare who may use a command; the system itself always may."""

    def register(command: Command[P]) -> Command[P]:
        ROLES[command.__name__] = frozenset(roles) | {"system"}
        return command

    return register
