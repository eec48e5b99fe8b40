"""How much a stranger may ask for. Paired devices and signed-in staff are never limited."""

from collections import Counter, OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

_REMEMBERED = 10_000


class Allowance:
    """A bucket for each address: `burst` at once, then `per_second`."""

    def __init__(self, burst: float, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, now: float) -> int:
        """0 if one more is allowed, else the seconds to wait. `now` monotonic seconds."""
        key = _network(address)
        left, at = self._left.pop(key, (self._burst, now))
        left = min(self._burst, left + (now - at) * self._per_second)
        allowed = left >= 1
        self._left[key] = (left - 1 if allowed else left, now)
        if len(self._left) > _REMEMBERED:
            self._left.popitem(last=False)
        return 0 if allowed else max(1, round((1 - left) / self._per_second))


class Crowd:
    """How many sockets strangers hold open at once from one address."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()

    @contextmanager
    def place_for(self, address: str) -> Iterator[bool]:
        """Whether there is room for one more, which is held as long as the context lasts."""
        key = _network(address)
        if self._open[key] >= self._most:
            yield False
            return
        self._open[key] += 1
        try:
            yield True
        finally:
            self._open[key] -= 1
            if not self._open[key]:
                del self._open[key]


def _network(address: str) -> str:
    """An IPv6 machine has a whole /64 to itself."""
    return ":".join(address.split(":")[:4]) if address.count(":") > 3 else address
