"""Plain clients for the web's tests: HTTP as it is on the wire, and Socket.IO by hand."""

import base64
import http.client
import json
import os
import socket
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Answer:
    """What came back, whatever it was."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)

    @property
    def code(self) -> Any:
        return self.json["code"]


class Asker:
    """Asks a server on one kept-alive connection, with headers of its own."""

    def __init__(self, port: int, **headers: str) -> None:
        self.port = port
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        raw: bytes | None = None,
        **headers: str | None,
    ) -> Answer:
        content = raw if raw is not None else None if body is None else json.dumps(body).encode()
        sent: dict[str, str | None] = {**self.headers}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        self._connection.request(
            method,
            path,
            content,
            {name: value for name, value in sent.items() if value is not None},
        )
        response = self._connection.getresponse()
        found: dict[str, str] = {}
        for name, value in response.getheaders():
            found[name] = f"{found[name]}\n{value}" if name in found else value
        return Answer(response.status, found, response.read())

    def get(self, path: str, **headers: str | None) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str | None) -> Answer:
        return self.ask("POST", path, {} if body is None else body, **headers)

    def close(self) -> None:
        self._connection.close()


class Screen:
    """One Socket.IO connection over a WebSocket.

    `refused` is the message of a connect_error, or None. `rest` holds bytes not yet read as frames.
    """

    def __init__(
        self, port: int, namespace: str, *, token: str | None = None, **headers: str
    ) -> None:
        self.namespace = namespace
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.rest = b""
        self.refused: str | None = None
        lines = [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1",
            f"Host: {headers.pop('Host', f'127.0.0.1:{port}')}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            "Sec-WebSocket-Version: 13",
            *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items()),
        ]
        self.socket.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        while b"\r\n\r\n" not in self.rest:
            self._more()
        self.head, _, self.rest = self.rest.partition(b"\r\n\r\n")
        opened = self.text()
        assert opened.startswith("0{"), opened
        auth = json.dumps({"token": token}) if token else ""
        self.send(f"40{namespace},{auth}")
        answer = self.text()
        if answer.startswith(f"44{namespace},"):
            self.refused = json.loads(answer.partition(",")[2])["message"]
        else:
            assert answer.startswith(f"40{namespace},"), answer

    def send(self, text: str) -> None:
        payload, mask = text.encode(), os.urandom(4)
        size = len(payload)
        head = bytes([0x81, 0x80 | size]) if size < 126 else b"\x81\xfe" + size.to_bytes(2, "big")
        self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(payload)))

    def delta(self) -> dict[str, Any]:
        """The next delta; pings on the way are answered."""
        begin = f'42{self.namespace},["delta",'
        while not (text := self.text()).startswith(begin):
            if text == "2":
                self.send("3")
        found: dict[str, Any] = json.loads(text[len(begin) : -1])
        return found

    def text(self) -> str:
        """The next text frame. Raises EOFError when the server has closed."""
        while True:
            opcode, payload = self._frame()
            if opcode == 1:
                return payload.decode()
            if opcode == 8:
                raise EOFError

    def _frame(self) -> tuple[int, bytes]:
        first, second = self._take(2)
        assert first & 0x70 == 0, "no extension was agreed on"
        length = second & 127
        if length == 126:
            length = int.from_bytes(self._take(2), "big")
        elif length == 127:
            length = int.from_bytes(self._take(8), "big")
        return first & 15, self._take(length)

    def _take(self, length: int) -> bytes:
        while len(self.rest) < length:
            self._more()
        taken, self.rest = self.rest[:length], self.rest[length:]
        return taken

    def _more(self) -> None:
        data = self.socket.recv(65536)
        if not data:
            raise EOFError
        self.rest += data

    def close(self) -> None:
        self.socket.close()
