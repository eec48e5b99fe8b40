"""A printer as the office has set it up, and how its address is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kiosk.domain.paper import ASKABLE_KINDS

DEFAULT_PORT = 9100
DEFAULT_BAUD = 9600


@dataclass(frozen=True, slots=True)
class Printer:
    """`kind` is one of domain.paper.PRINTER_KINDS; a file is a device such as /dev/usb/lp0.

    `address`: `host[:port]` for network, `vendor:product[:in:out]` (hexadecimal, with the endpoints
    of other makes than Epson) for usb, `path[@baud]` for serial, a path for file, the name of the
    queue for lp and windows. `profile` is python-escpos's name of the model, or "". `status` is
    "none" for a printer that answers nothing: a ticket is then at best `sent`. With anything else
    it must answer DLE EOT before each ticket. `probe` (gsr, gsh, none) is what it answers in its
    turn after a ticket, which is then `printed`.
    """

    id: int
    name: str
    kind: str
    address: str
    width_mm: int
    profile: str
    status: str
    cutter: bool
    probe: str = "gsr"

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Printer":
        """Raises KeyError if something is missing."""
        return cls(
            given["id"],
            given["name"],
            given["kind"],
            given["address"],
            given["width_mm"],
            given["profile"],
            given["status"],
            bool(given["cutter"]),
            given["probe"],
        )

    @property
    def is_asked(self) -> bool:
        """Whether it is asked how it is."""
        return self.status != "none" and self.kind in ASKABLE_KINDS

    def host_and_port(self) -> tuple[str, int]:
        """Where a network printer listens. Raises ValueError for another kind of address."""
        host, _, port = self.address.partition(":")
        if not host:
            raise ValueError(f"no host in the address {self.address!r}")
        return host, int(port or DEFAULT_PORT)

    def usb_ids(self) -> dict[str, int]:
        """The connector's arguments of a USB printer. Raises ValueError for another address."""
        names = ("idVendor", "idProduct", "in_ep", "out_ep")
        parts = [int(part, 16) for part in self.address.split(":")]
        if len(parts) not in (2, 4):
            raise ValueError(f"not vendor:product or vendor:product:in:out: {self.address!r}")
        return dict(zip(names, parts, strict=False))

    def path_and_baud(self) -> tuple[str, int]:
        """The port of a serial printer. Raises ValueError for another address."""
        path, _, baud = self.address.partition("@")
        return path, int(baud or DEFAULT_BAUD)

    def queue(self) -> str:
        """The name of a queue of the system. Raises ValueError for none."""
        name = self.address.strip()
        if not name or name.startswith("-"):
            raise ValueError(f"no name of a queue: {self.address!r}")
        return name
