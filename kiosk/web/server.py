"""The server: gevent's WSGI server around the gate, Flask-SocketIO and the Flask application.

Nothing is monkey-patched: gevent's server and Flask-SocketIO's gevent driver need no patching, and
so threads stay real: the writer's, and the pool's for what computes long.
"""

import contextlib
import logging
import signal
import socket
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Any

if sys.platform != "win32":
    import resource

import gevent
from flask_socketio import SocketIO
from gevent.event import Event
from gevent.pywsgi import WSGIServer
from gevent.socket import socket as gevent_socket

from kiosk.board import Board
from kiosk.board.forecaster import Forecaster
from kiosk.clock import Clock
from kiosk.commands import alarms
from kiosk.config import Config
from kiosk.domain.actor import CLOCK
from kiosk.domain.calibration import Forecast
from kiosk.errors import StorageUnavailable
from kiosk.network import own_addresses
from kiosk.office import Office
from kiosk.store.connection import data_version, open_reader
from kiosk.voice.wav import BUNDLED_CLIPS, KIOSK_CLIPS, VoiceLibrary
from kiosk.web import snapshots as views
from kiosk.web.citizens import Citizens
from kiosk.web.connection import Handler
from kiosk.web.directory import Directory
from kiosk.web.factory import create_app
from kiosk.web.fanout import Fanout
from kiosk.web.gate import Gate
from kiosk.web.hub import HubNotifier
from kiosk.web.phones import PhoneRooms
from kiosk.web.publisher import Channel, Publisher
from kiosk.web.site import Site
from kiosk.web.snapshots import Snapshots
from kiosk.web.sockets import ALL, PHONE, Presence, Screens, SocketCare

log = logging.getLogger(__name__)

#: What the screens of each namespace show.
VIEWS = {
    "/display": views.DISPLAY,
    "/kiosk": views.KIOSK,
    "/counter": views.DESK,
    "/supervisor": views.SUPERVISOR,
}

SWITCH_INTERVAL = 0.0005
"""Seconds after which a busy thread gives way: hub and writer take turns."""
BACKGROUND_THREADS = 3  # each may hold the 19 MiB of a PIN being checked
BACKLOG = 1024
LOOK_EVERY = 0.5  # seconds between looks for changes by another process
CARE_EVERY = 5.0
BEAT_EVERY = 2.0
"""Seconds between two words to the phones. They are too many to ask by themselves whether the line
still holds; who hears nothing for twice as long says so to its citizen."""


#: Its stubs know neither all options nor `server`.
_FlaskSocketIO: Any = SocketIO


class Server:
    """One office, served. Make it, `serve()` and then `stop()` it, all on one thread.

    names: host names by which this machine is reached, besides localhost and its addresses.
    """

    def __init__(
        self,
        config: Config,
        version: str,
        *,
        names: tuple[str, ...] = (),
        clock: Clock | None = None,
        synchronous: str = "FULL",
    ) -> None:
        sys.setswitchinterval(SWITCH_INTERVAL)
        allow_many_connections()
        gevent.get_hub().threadpool.maxsize = BACKGROUND_THREADS
        self.listener = listen(config.listen_host, config.port)
        self.port = int(self.listener.getsockname()[1])
        self._notifier = HubNotifier()
        self.office = Office(
            config.database, clock=clock, notifier=self._notifier, synchronous=synchronous
        )
        self.forecaster = Forecaster(config.database, self.office.clock, self._forecast)
        self.presence = Presence()
        self.site = self._make_site(config, version)
        self._app = create_app(self.site)
        self._socketio: Any = _FlaskSocketIO(
            self._app,
            async_mode="gevent",
            manage_session=False,
            max_http_buffer_size=16 * 1024,
            serve_client=False,
            logger=_quiet(),
            engineio_logger=_quiet(),
        )
        self._fanout = Fanout(self._socketio.server)
        self.publisher = Publisher(self._fanout)
        self._care = SocketCare(self._socketio.server, self.site, self.presence)
        self._open_channels()
        self._connect_parts()
        self._gate = Gate(self._app.wsgi_app, self.site, names)
        self._server = self._serving(self.listener)
        self._more_servers: list[Any] = []
        self._watch = open_reader(config.database)
        self._tasks: list[Any] = []
        self._ended = Event()

    def _forecast(self, forecast: Forecast | None) -> None:
        """On the forecaster's thread: one assignment is all that the writer and the board see."""
        self.office.forecast = forecast

    def _make_site(self, config: Config, version: str) -> Site:
        office, path = self.office, config.database
        board = Board(
            path,
            office.clock,
            trouble=lambda: office.writer.trouble,
            forecast=lambda: office.forecast,
        )
        snapshots = Snapshots(
            board, version, is_connected=self.presence.is_connected, now=time.monotonic
        )
        return Site(
            config=config,
            office=office,
            board=board,
            directory=Directory(path, office.clock),
            citizens=Citizens(path),
            snapshots=snapshots,
            version=version,
            port=self.port,
            in_background=_in_background,
        )

    def _open_channels(self) -> None:
        for namespace, view in VIEWS.items():
            self.publisher.add(
                Channel(
                    namespace, ALL, partial(self.site.snapshots.view, view), self.office.clock.now
                )
            )
            screens = Screens(namespace, self.site, self.presence, self.publisher.joined)
            self._socketio.on_namespace(screens)
        self._socketio.on_namespace(Screens(PHONE, self.site, self.presence, self._phone_joined))

    def _phone_joined(self, namespace: str, room: str) -> None:
        if self.publisher.channel(namespace, room) is None:
            self.publisher.add(
                Channel(
                    namespace,
                    room,
                    partial(self.site.snapshots.phones, room),
                    self.office.clock.now,
                )
            )
        self.publisher.joined(namespace, room)

    def _connect_parts(self) -> None:
        site = self.site
        self._notifier.on_commit = self.publisher.committed
        rooms = PhoneRooms(self._socketio.server, site.board, self.presence, self._phone_joined)
        self.publisher.before = rooms.follow
        site.changed = self._people_changed
        site.sockets_open = self.presence.by_namespace
        site.deltas_sent = lambda: self.publisher.sent
        site.next_change = self.publisher.next_change
        site.open_to_network = self.open_to_network
        site.nudge = self.publisher.nudge
        own = site.config.data / "voice"
        libraries = {
            "id": VoiceLibrary(BUNDLED_CLIPS, KIOSK_CLIPS["id"], own / "id"),
            "en": VoiceLibrary(KIOSK_CLIPS["en"], own / "en"),
        }
        site.speak = lambda clips, language: libraries[language].join(clips)
        namespace_of = {view: namespace for namespace, view in VIEWS.items()}

        def was_served(view: str, snapshot: dict[str, Any]) -> None:
            channel = self.publisher.channel(namespace_of[view], ALL)
            if channel:
                channel.was_served(snapshot)

        site.snapshots.on_served = was_served

    def _serving(self, listener: Any) -> Any:
        return WSGIServer(listener, self._gate, handler_class=Handler, log=None)

    def open_to_network(self) -> None:
        """Listen at this machine's addresses in the office's network too, from now on.

        Where the server listens at every address already nothing needs to be done; an address that
        comes later is served from the next start on.
        """
        if not self.site.config.listen_host.startswith("127."):
            return
        known = {more.address[0] for more in self._more_servers}
        for address in own_addresses():
            if address in known:
                continue
            try:
                more = self._serving(listen(address, self.port))
                more.start()
            except OSError as error:
                log.warning("event=not_listening address=%s reason=%s", address, error)
            else:
                self._more_servers.append(more)

    def _people_changed(self) -> None:
        self.site.directory.forget()
        self._care.disconnect_strangers()

    def serve(self) -> None:
        """Serve until `end()` is called."""
        self._tasks = [
            gevent.spawn(self.publisher.run),
            gevent.spawn(self._tick),
            gevent.spawn(self._look),
            gevent.spawn(self._tidy),
            gevent.spawn(self._beat),
        ]
        self.forecaster.start()
        self._server.start()
        self._ended.wait()

    def end(self) -> None:
        """Let `serve()` return."""
        self._ended.set()

    def end_at_signals(self) -> None:
        """SIGINT and SIGTERM end it. On the main thread."""
        for number in (signal.SIGINT, signal.SIGTERM):
            gevent.signal_handler(number, self.end)

    def stop(self) -> None:
        """Accept nothing more, let what runs finish shortly, close every connection to the file."""
        for server in (self._server, *self._more_servers):
            server.stop(timeout=2)
        gevent.killall(self._tasks)
        self.forecaster.stop()
        self.office.close()
        self._notifier.close()
        for reader in (self.site.board, self.site.directory, self.site.citizens):
            reader.close()
        self._watch.close()

    def _tick(self) -> None:
        """The clock does its part of the day once a second."""
        while True:
            try:
                self.office.tick()
                self.office.do(alarms.watch_printers, CLOCK)
            except StorageUnavailable:
                log.warning("event=tick_failed reason=%s", self.office.writer.trouble)
            gevent.sleep(1)

    def _look(self) -> None:
        """Changes by a command-line tool, twice a second."""
        seen = data_version(self._watch)
        published = -1
        while True:
            gevent.sleep(LOOK_EVERY)
            version = data_version(self._watch)
            if version == seen:
                continue
            seen = version
            self._people_changed()
            seq = self.site.board.seq()
            if seq != published:
                published = seq
                self.publisher.something_changed(time.monotonic_ns())

    def _beat(self) -> None:
        while True:
            gevent.sleep(BEAT_EVERY)
            self._fanout.send(PHONE, None, "beat", "{}")

    def _tidy(self) -> None:
        while True:
            gevent.sleep(CARE_EVERY)
            self._care.close_silent()


def allow_many_connections() -> None:
    """Have as many files open as this process may: every phone is one, and many systems begin with
    no more than 1024.
    """
    if sys.platform == "win32":  # knows no such limit
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def listen(host: str, port: int) -> Any:
    """A listening socket without Nagle's delay, which accepted connections inherit.

    With it pywsgi's two writes of an answer would cost 40 ms on every kept-alive connection.
    Raises OSError when the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = gevent_socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    listener.bind((host, port))
    listener.listen(BACKLOG)
    return listener


def _in_background(function: Callable[..., Any], *arguments: Any) -> Any:
    return gevent.get_hub().threadpool.apply(function, arguments)


def _quiet() -> logging.Logger:
    """Socket.IO's own log would name every packet."""
    quiet = logging.getLogger("kiosk.socketio")
    quiet.setLevel(logging.ERROR)
    return quiet
