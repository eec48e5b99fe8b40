"""Who asks for a command, from which device."""

from dataclasses import dataclass

SUPERVISOR = "supervisor"
COUNTER = "counter"
RECEPTION = "reception"
KIOSK = "kiosk"
DISPLAY = "display"
AGENT = "agent"
CITIZEN = "citizen"
SYSTEM = "system"

STAFF_ROLES = (COUNTER, RECEPTION, SUPERVISOR)
DEVICE_KINDS = (KIOSK, COUNTER, DISPLAY, AGENT)


@dataclass(frozen=True, slots=True)
class Actor:
    """`name` is a staff label, a device's name, `citizen` or `clock`; never a citizen's name.

    `device` scopes idempotency `key`s and names the place in the journal (`kiosk:3`, `server`).
    `counter` is the counter a staff session is bound to.
    """

    name: str
    role: str
    device: str
    counter: int | None = None
    key: str | None = None

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF_ROLES


CLOCK = Actor("clock", SYSTEM, "server")
