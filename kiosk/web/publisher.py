"""Deltas: after each commit the screens that listen are told what changed on them.

One emitter greenlet, so the order is kept. At once when idle; under load what happened within
PAUSE goes out together. A delta is a merge patch from the last one sent to the room, and also from
every snapshot that was fetched since: whatever picture a screen holds, it becomes the new one.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

import gevent
from gevent.event import Event

from kiosk.store.writer import Commit
from kiosk.web.fanout import Fanout
from kiosk.web.merge_patch import combine, diff
from kiosk.web.wire import encode

log = logging.getLogger(__name__)

PAUSE = 0.05  # seconds between two deltas under load
DUTY = 4  # building and sending take at most one part in so many
_NOT_IN_A_PATCH = ("seq", "now", "version")

Snapshot = dict[str, Any]


class Channel:
    """One room: what its screens show, and what was last sent to them."""

    def __init__(
        self, namespace: str, room: str, build: Callable[[], Snapshot], now: Callable[[], int]
    ) -> None:
        """`now` is the office's time in ms: a snapshot that was kept says an older one."""
        self._now = now
        self.namespace = namespace
        self.room = room
        self._build = build
        self._seq = 0
        self._bases: list[Snapshot] = []

    def begin(self) -> None:
        """The first screen comes in: deltas start from what there is now."""
        snapshot = self._build()
        self._seq, self._bases = snapshot["seq"], [_bare(snapshot)]

    def was_served(self, snapshot: Snapshot) -> None:
        """A screen fetched a snapshot newer than the last delta."""
        if snapshot["seq"] > self._seq and self._bases:
            self._bases.append(_bare(snapshot))

    def delta(self, at_ns: int) -> bytes | None:
        """The next delta as JSON, or None if nothing is to be said. `at_ns` of its first commit."""
        snapshot = self._build()
        if snapshot["seq"] <= self._seq:
            return None
        bare = _bare(snapshot)
        patch: dict[str, Any] = {}
        for base in self._bases:
            patch = combine(patch, diff(base, bare))
        head = {"from": self._seq, "seq": snapshot["seq"], "t": at_ns}
        if "now" in snapshot:
            head["now"] = self._now()
        self._seq, self._bases = snapshot["seq"], [bare]
        return encode(head | patch)


def _bare(snapshot: Snapshot) -> Snapshot:
    return {name: value for name, value in snapshot.items() if name not in _NOT_IN_A_PATCH}


class Publisher:
    """Builds and sends deltas. Everything here runs on the hub."""

    def __init__(self, fanout: Fanout) -> None:
        self._fanout = fanout
        #: Runs before deltas are built.
        self.before: Callable[[], None] = lambda: None
        self._channels: dict[tuple[str, str], Channel] = {}
        self._wake = Event()
        self._since: int | None = None
        self._changed = Event()
        self.sent = 0

    def add(self, channel: Channel) -> None:
        self._channels[channel.namespace, channel.room] = channel

    def channel(self, namespace: str, room: str) -> Channel | None:
        return self._channels.get((namespace, room))

    def joined(self, namespace: str, room: str) -> None:
        """A screen is about to join a room."""
        channel = self.channel(namespace, room)
        if channel and not self._fanout.has_listeners(namespace, room):
            channel.begin()

    def committed(self, commit: Commit) -> None:
        """Called for each commit of this process."""
        self.something_changed(commit.at_ns)

    def something_changed(self, at_ns: int) -> None:
        """`at_ns` monotonic ns; also for a commit of another process."""
        if self._since is None:
            self._since = at_ns
        self._wake.set()
        self.nudge()

    def nudge(self) -> None:
        """Let whoever waits for a change look again: also for what screens are not told of."""
        self._changed.set()
        self._changed.clear()

    def next_change(self, seconds: float, at_least: float) -> bool:
        """Wait for the next commit; at least and at most so many seconds. False: nothing came."""
        began = time.monotonic()
        came = bool(self._changed.wait(seconds))
        rest = at_least - (time.monotonic() - began)
        if came and rest > 0:
            gevent.sleep(rest)
        return came

    def run(self) -> None:
        """The emitter greenlet."""
        while True:
            self._wake.wait()
            self._wake.clear()
            at_ns, self._since = self._since, None
            began = time.monotonic()
            self._look_around()
            for channel in self._listening():
                self._publish(channel, at_ns or time.monotonic_ns())
                gevent.sleep(0)  # requests go in between: a large view takes some milliseconds
            took = time.monotonic() - began
            gevent.sleep(max(PAUSE, DUTY * took) - took)

    def _listening(self) -> list[Channel]:
        return [
            c for c in self._channels.values() if self._fanout.has_listeners(c.namespace, c.room)
        ]

    def _look_around(self) -> None:
        try:
            self.before()
        except Exception:
            log.exception("event=before_deltas_failed")

    def _publish(self, channel: Channel, at_ns: int) -> None:
        try:
            delta = channel.delta(at_ns)
            if delta is not None:
                self._fanout.send(channel.namespace, channel.room, "delta", delta.decode())
                self.sent += 1
        except Exception:
            log.exception("event=delta_failed namespace=%s", channel.namespace)
