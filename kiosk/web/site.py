"""What every part of the web shares: one object, made by the wiring, handed to the app factory."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from kiosk.access import Backoff, SetupCode
from kiosk.board import Board
from kiosk.clock import monotonic_ms
from kiosk.config import Config
from kiosk.office import Office
from kiosk.web.citizens import Citizens
from kiosk.web.directory import Directory
from kiosk.web.limits import Allowance, Crowd
from kiosk.web.snapshots import Snapshots


class Entrances(Protocol):
    """The tokens of whoever comes in at the machine."""

    def cookies(self) -> dict[str, str]: ...


class Drill(Protocol):
    """Simulated people at play in this office. `counter`: the one left to whoever tries things."""

    counter: int

    @property
    def speed(self) -> int: ...
    @property
    def entrances(self) -> Entrances | None: ...
    def run_at(self, speed: int) -> None: ...
    def phone_token(self) -> str | None: ...


@dataclass(slots=True)
class Site:
    """`port` is where we listen. `in_background` runs a function that computes long off the hub and
    waits for its result.

    `changed` is to be called after people, devices or settings changed; `speak` makes the WAV of
    some clips in a language; `open_to_network` lets other machines in from now on;
    `next_change(seconds, at_least)` waits for the next commit, so many seconds at most and at
    least, and says whether to look again; `nudge` lets them look again for what is no commit of
    the journal; `monotonic` is ms; `drill` is there while this server
    plays one.
    """

    config: Config
    office: Office
    board: Board
    directory: Directory
    citizens: Citizens
    snapshots: Snapshots
    version: str
    port: int
    in_background: Callable[..., Any]
    changed: Callable[[], None] = lambda: None
    speak: Callable[[tuple[str, ...], str], bytes] = lambda clips, language: b""
    sockets_open: Callable[[], dict[str, int]] = dict
    deltas_sent: Callable[[], int] = lambda: 0
    open_to_network: Callable[[], None] = lambda: None
    next_change: Callable[[float, float], bool] = lambda seconds, at_least: False
    nudge: Callable[[], None] = lambda: None
    monotonic: Callable[[], int] = monotonic_ms
    drill: Drill | None = None
    backoff: Backoff = field(default_factory=Backoff)
    setup_code: SetupCode = field(default_factory=SetupCode)
    strangers: Allowance = field(default_factory=lambda: Allowance(300, 50))
    crowd: Crowd = field(default_factory=lambda: Crowd(256))
    spoken_tries: Allowance = field(default_factory=lambda: Allowance(5, 1 / 60))
    finding_tries: Allowance = field(default_factory=lambda: Allowance(20, 0.5))
    pairing_tries: Allowance = field(default_factory=lambda: Allowance(10, 0.1))

    @property
    def instance(self) -> str:
        """What tells this office from others at the same machine: a digest of its data folder."""
        return hashlib.sha256(str(self.config.data.resolve()).encode()).hexdigest()[:8]
