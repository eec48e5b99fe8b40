"""One event to many sockets, encoded once.

Flask-SocketIO's own emit encodes a frame for each client and wakes a greenlet for each. Here the
WebSocket frame is made once and written straight to every socket that has nothing else to send;
the others get it through their ordinary queue. That touches internals of python-engineio 4.15 and
gevent-websocket 0.10 (pinned; tests/web/test_fanout.py guards them).
"""

import logging
from collections.abc import Iterable
from typing import Any

import gevent
from engineio import packet as engine_packet
from engineio.async_drivers.gevent import WebSocketWSGI
from gevent.lock import Semaphore
from geventwebsocket.exceptions import WebSocketError
from geventwebsocket.websocket import Header, WebSocket

log = logging.getLogger(__name__)

INCOMING_LIMIT = 16 * 1024  # bytes a message: screens only ever send small ones
BACKLOG_LIMIT = 16  # packets: a screen that far behind fetches a snapshot instead
YIELD_EVERY = 100  # sockets


class Outlet:
    """The only way bytes leave one WebSocket, so that frames never mix."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._raw = socket._sock
        self._busy = Semaphore(1)

    def write(self, data: bytes) -> None:
        """Write everything, waiting for a slow reader."""
        with self._busy:
            self._socket.sendall(data)

    def write_now(self, frame: bytes) -> bool:
        """Write the frame without waiting; False if another one is on its way or the pipe is full.

        A frame that only begins to fit is finished in the background before any other.
        """
        if self._busy.locked():
            return False
        try:
            sent = self._raw.send(frame)
        except (BlockingIOError, InterruptedError):
            return False
        if sent < len(frame):
            self._busy.acquire()
            gevent.spawn(self._finish, frame[sent:])
        return True

    def _finish(self, rest: bytes) -> None:
        try:
            self._socket.sendall(rest)
        except OSError:
            log.debug("event=socket_gone")
        finally:
            self._busy.release()


class Intake:
    """What comes in through one WebSocket, at most INCOMING_LIMIT bytes a message."""

    def __init__(self, stream: Any) -> None:
        self._read = stream.read
        self.left = INCOMING_LIMIT

    def read(self, length: int) -> bytes:
        self.left -= length
        if self.left < 0:
            raise WebSocketError("message too large")
        data: bytes = self._read(length)
        return data


class FanoutWebSocket(WebSocketWSGI):  # type: ignore[misc]
    """Engine.IO's view of one WebSocket, with an outlet of ours."""

    def __init__(self, handler: Any, server: Any) -> None:
        super().__init__(handler, server)
        self._engine_socket = handler.__self__

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        websocket: WebSocket = environ["wsgi.websocket"]
        outlet = Outlet(websocket.handler.socket)
        self._intake = Intake(websocket.stream)
        websocket.stream = self._intake
        websocket.raw_read = self._intake.read
        websocket.raw_write = outlet.write
        self._engine_socket.outlet = outlet
        return super().__call__(environ, start_response)

    def wait(self) -> Any:
        self._intake.left = INCOMING_LIMIT
        return super().wait()


class Fanout:
    """Sends to rooms of a socketio server (python-socketio's, inside Flask-SocketIO)."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._engine = server.eio
        self._engine._async = {**self._engine._async, "websocket": FanoutWebSocket}

    def has_listeners(self, namespace: str, room: str) -> bool:
        rooms = self._server.manager.rooms.get(namespace, {})
        return bool(rooms.get(room))

    def send(self, namespace: str, room: str | None, event: str, document: str) -> int:
        """Send an event whose only argument is a JSON document. Returns how many got it.

        room: None for everybody of the namespace.
        """
        text = f'2{namespace},["{event}",{document}]'
        frame = _frame("4" + text)
        packet = engine_packet.Packet(engine_packet.MESSAGE, data=text)
        reached = 0
        for engine_sid in self._participants(namespace, room):
            socket = self._engine.sockets.get(engine_sid)
            if socket is None or socket.closed or not self._send(socket, frame, packet):
                continue
            reached += 1
            if reached % YIELD_EVERY == 0:
                gevent.sleep(0)
        return reached

    def _participants(self, namespace: str, room: str | None) -> Iterable[str]:
        try:
            return [engine for _, engine in self._server.manager.get_participants(namespace, room)]
        except KeyError:
            return []

    def _send(self, socket: Any, frame: bytes, packet: engine_packet.Packet) -> bool:
        """Straight to the wire when nothing is before it; else in line; else not at all."""
        outlet: Outlet | None = getattr(socket, "outlet", None)
        waiting = socket.queue.qsize()
        if outlet is not None and socket.upgraded and waiting == 0:
            try:
                if outlet.write_now(frame):
                    return True
            except OSError:
                return False
        if waiting >= BACKLOG_LIMIT:
            return False
        socket.queue.put(packet)
        return True


def _frame(text: str) -> bytes:
    payload = text.encode()
    header: bytes = Header.encode_header(True, WebSocket.OPCODE_TEXT, b"", len(payload), 0)
    return header + payload
