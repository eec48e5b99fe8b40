"""What every part of the web shares: one object, made by the wiring, handed to the app factory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.access import Backoff, SetupCode
from kiosk.board import Board
from kiosk.clock import monotonic_ms
from kiosk.config import Config
from kiosk.office import Office
from kiosk.web.citizens import Citizens
from kiosk.web.directory import Directory
from kiosk.web.limits import Allowance, Crowd
from kiosk.web.snapshots import Snapshots


@dataclass(slots=True)
class Site:
    """`in_background` runs a function that computes long off the hub and waits for its result.

    `changed` is to be called after people, devices or settings changed; `speak` makes the WAV of
    some clips; `next_change(seconds, at_least)` waits for the next commit, so many
    seconds at most and at least, and says whether to look again; `monotonic` is ms.
    """

    config: Config
    office: Office
    board: Board
    directory: Directory
    citizens: Citizens
    snapshots: Snapshots
    version: str
    in_background: Callable[..., Any]
    changed: Callable[[], None] = lambda: None
    speak: Callable[[tuple[str, ...]], bytes] = lambda _: b""
    sockets_open: Callable[[], dict[str, int]] = dict
    deltas_sent: Callable[[], int] = lambda: 0
    next_change: Callable[[float, float], bool] = lambda seconds, at_least: False
    monotonic: Callable[[], int] = monotonic_ms
    backoff: Backoff = field(default_factory=Backoff)
    setup_code: SetupCode = field(default_factory=SetupCode)
    strangers: Allowance = field(default_factory=lambda: Allowance(300, 50))
    crowd: Crowd = field(default_factory=lambda: Crowd(256))
    pairing_tries: Allowance = field(default_factory=lambda: Allowance(10, 0.1))
