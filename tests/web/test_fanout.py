"""The event that is encoded once: it guards the internals of the pinned socket libraries."""

import json
import socket
from typing import Any

import pytest

from kiosk.web import fanout
from tests.web.conftest import Served
from tests.web.talk import Asker, Screen
from tests.web.test_tickets import take


def send(served: Served, number: int, size: int = 0) -> int:
    document = json.dumps({"number": number, "filling": "x" * size})
    reached: int = served.on_hub(
        lambda: served.server._fanout.send("/display", "all", "delta", document)
    )
    return reached


def number_of(screen: Screen) -> Any:
    """Of the next event sent here; the office's own deltas may come in between."""
    while "number" not in (delta := screen.delta()):
        pass
    return delta["number"]


def test_every_idle_socket_gets_the_frame_directly(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = served.device("display")
    screens = [served.screen("/display", token=token) for _ in range(5)]
    written: list[bool] = []
    direct = fanout.Outlet.write_now

    def noted(outlet: fanout.Outlet, frame: bytes) -> bool:
        written.append(direct(outlet, frame))
        return written[-1]

    monkeypatch.setattr(fanout.Outlet, "write_now", noted)
    assert send(served, 1) == 5
    assert [number_of(screen) for screen in screens] == [1] * 5
    assert written.count(True) == len(written) >= 5


def test_only_the_room_is_told(served: Served) -> None:
    display = served.screen("/display", token=served.device("display"))
    kiosk = served.screen("/kiosk", token=served.device("kiosk"))
    assert send(served, 1) == 1
    assert number_of(display) == 1
    kiosk.socket.settimeout(0.2)
    with pytest.raises(TimeoutError):
        kiosk.text()


def test_a_slow_reader_gets_whole_frames_and_the_others_do_not_wait(served: Served) -> None:
    token = served.device("display")
    slow, quick = (served.screen("/display", token=token) for _ in range(2))
    sent = 60  # more than the system keeps for one connection
    for number in range(sent):
        send(served, number, size=400_000)
        assert number_of(quick) == number
    numbers = drain(slow)
    assert numbers[0] == 0
    assert numbers == sorted(set(numbers))
    assert len(numbers) < sent, "a screen far behind is spared: it fetches a snapshot instead"


def drain(screen: Screen) -> list[Any]:
    """All deltas that are on their way."""
    screen.socket.settimeout(0.5)
    numbers = []
    try:
        while True:
            numbers.append(number_of(screen))
    except TimeoutError:
        return numbers


def test_packets_of_the_ordinary_queue_come_before_a_later_frame(served: Served) -> None:
    screen = served.screen("/display", token=served.device("display"))

    def both() -> None:
        served.server._socketio.server.emit("delta", {"number": 1}, namespace="/display")
        served.server._fanout.send("/display", "all", "delta", '{"number":2}')

    served.on_hub(both)
    assert [number_of(screen) for _ in range(2)] == [1, 2]


def test_a_polling_client_gets_the_event_too(served: Served, kiosk: Asker) -> None:
    display = served.at_device("display")
    opened = display.get("/socket.io/?EIO=4&transport=polling").content
    sid = json.loads(opened[1:])["sid"]
    path = f"/socket.io/?EIO=4&transport=polling&sid={sid}"
    display.ask("POST", path, raw=b"40/display,")
    assert display.get(path).content.startswith(b"40/display,")
    take(kiosk)
    assert display.get(path).content.startswith(b'42/display,["delta",{"from":')


def test_a_client_that_upgrades_from_polling_gets_every_event_once(served: Served) -> None:
    token = served.device("display")
    asker = served.asker(Authorization=f"Bearer {token}")
    sid = json.loads(asker.get("/socket.io/?EIO=4&transport=polling").content[1:])["sid"]
    path = f"/socket.io/?EIO=4&transport=polling&sid={sid}"
    asker.ask("POST", path, raw=b"40/display,")
    asker.get(path)
    upgraded = Upgrade(served.port, sid)
    upgraded.send("2probe")
    assert upgraded.text() == "3probe"
    asker.get(path)
    upgraded.send("5")
    assert send(served, 1) == 1
    assert number_of(upgraded) == 1
    send(served, 2)
    assert number_of(upgraded) == 2
    upgraded.close()


class Upgrade(Screen):
    """The WebSocket of a session that began by polling."""

    def __init__(self, port: int, sid: str) -> None:
        self.namespace = "/display"
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.rest = b""
        self.socket.sendall(
            f"GET /socket.io/?EIO=4&transport=websocket&sid={sid} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )
        while b"\r\n\r\n" not in self.rest:
            self._more()
        _, _, self.rest = self.rest.partition(b"\r\n\r\n")
