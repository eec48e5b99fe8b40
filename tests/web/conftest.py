"""An office at 08.00 on polling day, served by a thread of the test's own process."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from gevent import get_hub

from kiosk import access
from kiosk.clock import Clock
from kiosk.commands import people
from kiosk.config import Config
from kiosk.domain.actor import Actor
from kiosk.store import staff as staff_store
from kiosk.store.connection import open_reader
from kiosk.web.server import Server
from tests.cast import SUPERVISOR, Cast
from tests.web.talk import Asker, Screen

CSRF = "csrf-of-the-test"


class Served:
    """The running server and everything a test needs to talk with it."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.config = Config(data=folder, port=0)
        cast = Cast(folder, settings=settings)
        self.time = cast.time
        cast.office.tick()
        cast.office.close()
        self._opened: list[Any] = []
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        assert ready.wait(20)
        self.port = self.server.port

    def _run(self, ready: threading.Event) -> None:
        clock = Clock(self.time.wall, self.time.monotonic)
        self.server = Server(self.config, "test", clock=clock, synchronous="OFF")
        self.server.site.monotonic = self.time.monotonic
        self._loop = get_hub().loop
        ready.set()
        self.server.serve()
        self.server.stop()
        get_hub().destroy(destroy_loop=True)

    def on_hub(self, function: Callable[[], Any]) -> Any:
        """Run something on the server's own thread and return its result."""
        done, result = threading.Event(), []

        def run() -> None:
            try:
                result.append(function())
            finally:
                done.set()

        self._loop.run_callback_threadsafe(run)
        assert done.wait(10)
        return result[0]

    def stop(self) -> None:
        for opened in self._opened:
            opened.close()
        self._loop.run_callback_threadsafe(self.server.end)
        self._thread.join(10)

    def do(self, command: Any, by: Actor = SUPERVISOR, **arguments: Any) -> dict[str, Any]:
        answer: dict[str, Any] = self.server.office.do(command, by, **arguments)
        self.on_hub(self.server.site.directory.forget)
        return answer

    def device(self, kind: str, **config: Any) -> str:
        """A paired device; returns its token."""
        token = access.new_token()
        self.do(
            people.add_device, kind=kind, name=f"Uji {kind}", config=config,
            token_hash=access.hash_token(token),
        )  # fmt: skip
        return token

    def session(self, role: str = "supervisor", *, counter: int | None = None) -> Asker:
        """Somebody signed in at the server, with the CSRF value in each request."""
        label = f"Uji {role} {counter or ''}".strip()
        if not self._knows(label):
            self.do(people.add_staff, label=label, role=role, pin_hash="-")
        token = access.new_token()
        by = Actor(label, role, "server", counter)
        self.do(people.open_session, by, token_hash=access.hash_token(token), csrf=CSRF)
        return self.asker(Cookie=f"session={token}", X_CSRF_Token=CSRF)

    def _knows(self, label: str) -> bool:
        reader = open_reader(self.config.database)
        found = staff_store.find(reader, label)
        reader.close()
        return found is not None

    def asker(self, **headers: str) -> Asker:
        made = Asker(self.port, **headers)
        self._opened.append(made)
        return made

    def at_device(self, kind: str, **config: Any) -> Asker:
        """A program with a device's token."""
        return self.asker(Authorization=f"Bearer {self.device(kind, **config)}")

    def screen(self, namespace: str, **options: str) -> Screen:
        made = Screen(self.port, namespace, **options)
        self._opened.append(made)
        return made


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    made.stop()


@pytest.fixture
def kiosk(served: Served) -> Asker:
    return served.at_device("kiosk")


@pytest.fixture
def boss(served: Served) -> Asker:
    return served.session("supervisor")
