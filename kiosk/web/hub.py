"""Between the writer's thread and the hub: greenlets wait for outcomes without blocking it."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from gevent.hub import Waiter as GeventWaiter
from gevent.hub import get_hub

from kiosk.store.writer import Commit, ThreadWaiter, Waiter

Delivery = tuple[list[tuple[Waiter, object]], Commit | None]


class HubWaiter:
    """Where one greenlet of the hub waits."""

    __slots__ = ("_waiter",)

    def __init__(self) -> None:
        self._waiter: Any = GeventWaiter()

    def set(self, outcome: object) -> None:
        """Called on the hub."""
        self._waiter.switch(outcome)

    def wait(self) -> object:
        return self._waiter.get()


class HubNotifier:
    """The writer's Notifier for a program that runs on one gevent hub.

    Make it on the hub's thread. Commits go to `on_commit`, on the hub. Nothing is patched: the
    writer stays a real thread, and wakes the hub through the loop's own thread-safe watcher.
    """

    def __init__(self) -> None:
        self.on_commit: Callable[[Commit], None] = lambda _: None
        self._hub_thread = threading.get_ident()
        self._deliveries: deque[Delivery] = deque()
        self._async: Any = get_hub().loop.async_()
        self._async.start(self._drain)

    def waiter(self) -> Waiter:
        if threading.get_ident() == self._hub_thread:
            return HubWaiter()
        return ThreadWaiter()

    def deliver(self, outcomes: list[tuple[Waiter, object]], committed: Commit | None) -> None:
        """Called on the writer's thread, after COMMIT."""
        for_hub = []
        for waiter, outcome in outcomes:
            if isinstance(waiter, HubWaiter):
                for_hub.append((waiter, outcome))
            else:
                waiter.set(outcome)
        self._deliveries.append((list(for_hub), committed))
        self._async.send()

    def close(self) -> None:
        self._async.stop()
        self._async.close()

    def _drain(self) -> None:
        while self._deliveries:
            outcomes, committed = self._deliveries.popleft()
            for waiter, outcome in outcomes:
                waiter.set(outcome)
            if committed is not None:
                self.on_commit(committed)
