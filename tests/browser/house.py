"""The office that the browser tests visit: a real server, with everything in it known by name."""

from pathlib import Path
from typing import Any

from tests.live import PIN, Client, LiveServer

COUNTERS = 5


class House:
    """One server with a kiosk, a display and five counters; `tidy` makes a new morning of it.

    `boss` is the supervisor, `desks` the sessions of the counters, `kiosk` and `display` the tokens
    of the devices, `machine` speaks as the kiosk.
    """

    def __init__(self, folder: Path, server: LiveServer | None = None, counters: int = COUNTERS):
        self.server = server or LiveServer(folder, counters=counters)
        self.server.start()
        self.kiosk = self.server.device("kiosk", "Mesin 1")
        self.display = self.server.device("display", "Layar 1")
        self.boss = self.server.session()
        for number in range(1, counters + 1):
            staff = {"label": f"Petugas {number}", "role": "counter", "pin": PIN}
            self.boss.post("/api/staff", staff)
        self.desks = {
            number: self.server.session(f"Petugas {number}", counter=number)
            for number in range(1, counters + 1)
        }
        self.machine = Client(self.server.port, token=self.kiosk)
        self._hall = Client(self.server.port, token=self.display)
        self._taken = 0

    @property
    def url(self) -> str:
        return self.server.url

    def stop(self) -> None:
        self.server.stop()
        self.hang_up()

    def hang_up(self) -> None:
        """Let the next request of everybody make a new connection."""
        for client in (self.boss, self.machine, self._hall, *self.desks.values()):
            client.close()

    def start(self) -> None:
        self.server.start()

    def tidy(self) -> None:
        """Nobody waits, every counter is closed, every service open, nothing on the displays."""
        self.hang_up()
        if self.server.process is None:
            self.start()
        if self.state()["phase"] != "open":
            self.boss.post("/api/day/open")
        state = self.state()
        for number, counter in state["counters"].items():
            if counter["ticket"]:
                self.boss.post(f"/api/tickets/{counter['ticket']['id']}/cancel")
            if counter["state"] == "open":
                self.boss.post(f"/api/counters/{number}/take-over")
                self.boss.post(f"/api/counters/{number}/close")
        lines = (*state["waiting"].values(), state["parked"], state["absent"], state["suspended"])
        for ticket in (ticket for line in lines for ticket in line):
            self.boss.post(f"/api/tickets/{ticket['id']}/cancel")
        for service in state["services"]:
            if service["state"] != "open":
                self.boss.post(f"/api/services/{service['code']}/restore")
        for call in state["help"]:
            self.boss.post(f"/api/help/{call['id']}/answer")
        if state["notice"]:
            self.boss.post("/api/notices/end")

    def state(self) -> Any:
        """All that the supervisor knows."""
        return self.boss.get("/api/supervisor")

    def board(self) -> Any:
        """All that a display knows."""
        return self._hall.get("/api/board")

    def waiting(self) -> list[str]:
        """The numbers that wait, of all services."""
        lines = self.state()["waiting"].values()
        return sorted(ticket["number"] for line in lines for ticket in line)

    def take(self, service: str = "biodata", **body: Any) -> Any:
        """Take a number at the kiosk; returns the ticket."""
        self._taken += 1
        wish = {"service": service, **body}
        return self.machine.post("/api/tickets", wish, key=f"take-{self._taken}")["ticket"]

    def at(self, number: int, command: str, **body: Any) -> Any:
        """A command of a counter, given by its own staff; returns the ticket it is about."""
        return self.desks[number].post(f"/api/counters/{number}/{command}", body).get("ticket")

    def call_out(self, number: int, service: str = "biodata") -> Any:
        """Open a counter, let somebody take a number and call it there; returns the ticket."""
        self.at(number, "open")
        self.take(service)
        return self.at(number, "call-next")
