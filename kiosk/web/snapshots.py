"""The board's snapshots as the screens get them: with words for notices, and who is connected."""

from collections.abc import Callable
from typing import Any

from kiosk import messages
from kiosk.board import Board
from kiosk.store.devices import Device
from kiosk.voice.errors import VoiceError
from kiosk.voice.notices import NOTICES, find_notice

Snapshot = dict[str, Any]

DISPLAY, KIOSK, DESK, SUPERVISOR = "display", "kiosk", "desk", "supervisor"


class Snapshots:
    """Snapshots by view. Those that all screens of a kind share are kept until the data changes.

    `is_connected` says whether a device (id) has a socket now; `now` monotonic seconds.
    """

    def __init__(
        self,
        board: Board,
        version: str,
        *,
        is_connected: Callable[[int], bool],
        now: Callable[[], float],
        max_age: float = 1.0,
    ) -> None:
        self._board = board
        self._version = version
        self._is_connected = is_connected
        self._now = now
        self._max_age = max_age
        #: Told of each snapshot that a screen fetches, with its view's name.
        self.on_served: Callable[[str, Snapshot], None] = lambda view, snapshot: None
        self._kept: dict[str, tuple[int, float, Snapshot]] = {}
        self._builders: dict[str, Callable[[], Snapshot]] = {
            DISPLAY: lambda: _with_notices(board.display()),
            KIOSK: lambda: board.kiosk() | {"languages": list(messages.LANGUAGES)},
            DESK: lambda: board.desk() | {"notices_available": available_notices()},
            SUPERVISOR: self._supervisor,
        }

    def view(self, name: str) -> Snapshot:
        """DISPLAY, KIOSK, DESK or SUPERVISOR; not to be changed by the caller."""
        version, now = self._board.version(), self._now()
        kept = self._kept.get(name)
        if kept and kept[0] == version and now - kept[1] < self._max_age:
            return kept[2]
        snapshot = self._dress(self._builders[name]())
        self._kept[name] = (version, now, snapshot)
        return snapshot

    def fetched(self, name: str) -> Snapshot:
        """A view that a screen is going to show."""
        snapshot = self.view(name)
        self.on_served(name, snapshot)
        return snapshot

    def kiosk(self, device: Device | None) -> Snapshot:
        """What one kiosk fetches; somebody of the staff looks at it without a device."""
        printer = device.settings.get("printer") if device else None
        name = device.name if device else ""
        snapshot = self.fetched(KIOSK)
        number = device.id if device else None
        paper = snapshot["papers"].get(str(number), "none")
        own = {"id": number, "name": name, "printer": printer, "paper": paper}
        return snapshot | {"kiosk": own}

    def phone(self, token: str) -> Snapshot:
        """Raises UnknownTicket."""
        return self._dress(self._board.phone(token))

    def phones(self, service: str) -> Snapshot:
        """What the phones of one service share."""
        return self._board.phones(service)

    def _supervisor(self) -> Snapshot:
        snapshot = self._board.supervisor()
        devices = [
            device | {"connected": self._is_connected(device["id"])}
            for device in snapshot["devices"]
        ]
        return snapshot | {"devices": devices, "notices_available": available_notices()}

    def _dress(self, snapshot: Snapshot) -> Snapshot:
        notice = snapshot["notice"]
        return snapshot | {
            "notice": notice and notice | {"text": notice_text(notice["code"])},
            "version": self._version,
        }


def _with_notices(snapshot: Snapshot) -> Snapshot:
    notices = [notice | {"text": notice_text(notice["code"])} for notice in snapshot["notices"]]
    return snapshot | {"notices": notices}


def notice_text(code: str) -> dict[str, str]:
    """Both languages; empty for a notice that this version no longer has."""
    try:
        notice = find_notice(code)
    except VoiceError:
        return {"id": "", "en": ""}
    return {"id": notice.text_id, "en": notice.text_en}


def available_notices() -> list[dict[str, Any]]:
    return [{"code": code, "text": notice_text(code)} for code in NOTICES]
