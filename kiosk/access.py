"""Secrets: device tokens, session tokens, pairing codes and PINs, and how fast one may guess.

Tokens have 256 bits and only their SHA-256 is kept. PINs are short, so they are kept under argon2
and guessing is slowed down for each pair of device and label: nobody can lock a person out at
another place.
"""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from kiosk.errors import PinBackoff, PinTooWeak

if TYPE_CHECKING:
    from argon2 import PasswordHasher

#: Without O, I, L and U, so that a code can be read aloud and typed.
_CODE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_CODE_LENGTH = 7

_FREE_TRIES = 3
_LONGEST_DELAY = 300  # seconds
_REMEMBERED = 4096


def new_token() -> str:
    """32 random bytes, for a device or a session."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """What is stored instead of the token. It needs no salt: the token is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_of(token: str) -> str:
    """The CSRF value that belongs to a device's token: known to its own pages only."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()[:32]


def new_code() -> str:
    """A pairing or set-up code: 7 letters and digits, 34 bits; guessing is slowed down."""
    return "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))


def clean_code(typed: str) -> str:
    """A code as it was meant: without spaces and dashes, in capitals."""
    return "".join(typed.split()).replace("-", "").upper()


def require_strong_pin(pin: str) -> None:
    """Raises PinTooWeak unless it is 6 to 12 digits that are no simple row."""
    if not (6 <= len(pin) <= 12 and pin.isascii() and pin.isdigit()) or _is_simple_row(pin):
        raise PinTooWeak()


def _is_simple_row(pin: str) -> bool:
    """111111, 123456, 987654, 135791, 121212, 123123, 112233."""
    digits = [int(digit) for digit in pin]
    if len({(b - a) % 10 for a, b in pairwise(digits)}) == 1:
        return True
    if any(pin == (pin[:size] * len(pin))[: len(pin)] for size in (2, 3, 4)):
        return True
    pairs = [pin[i : i + 2] for i in range(0, len(pin), 2)]
    return all(pair[0] == pair[-1] for pair in pairs) and _is_steady(pairs)


def _is_steady(pairs: list[str]) -> bool:
    firsts = [int(pair[0]) for pair in pairs]
    return len({(b - a) % 10 for a, b in pairwise(firsts)}) == 1


@cache
def _hasher() -> "PasswordHasher":
    """argon2id, RFC 9106: 19 MiB keeps several sign-ins at once possible on a small computer.

    Loaded when the first PIN comes: most commands and most of the server's life need none.
    """
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=19 * 1024, parallelism=1)


@cache
def _hash_of_nobody() -> str:
    return _hasher().hash(secrets.token_hex(16))


def hash_pin(pin: str) -> str:
    """Takes some 50 ms of computing: never on the thread that serves everybody."""
    return _hasher().hash(pin)


def is_right_pin(pin_hash: str | None, pin: str) -> bool:
    """Takes as long for a label nobody has (`pin_hash` None) as for a wrong PIN."""
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        _hasher().verify(pin_hash or _hash_of_nobody(), pin)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return pin_hash is not None


class Backoff:
    """How long to wait after wrong PINs, for each (place, label).

    Three tries are free, then 1, 2, 4 ... at most 300 s. Kept in memory: a restart forgives.
    """

    def __init__(self) -> None:
        self._failures: OrderedDict[tuple[str, str], tuple[int, int]] = OrderedDict()

    def require_patience(self, place: str, label: str, now: int) -> None:
        """`now` monotonic ms. Raises PinBackoff while the wait is not over."""
        _, until = self._failures.get((place, label), (0, 0))
        if now < until:
            raise PinBackoff(retry_after=(until - now + 999) // 1000)

    def failed(self, place: str, label: str, now: int) -> None:
        """Note a wrong PIN."""
        count = self._failures.pop((place, label), (0, 0))[0] + 1
        delay = 0 if count < _FREE_TRIES else min(_LONGEST_DELAY, 2 ** (count - _FREE_TRIES))
        self._failures[place, label] = (count, now + delay * 1000)
        if len(self._failures) > _REMEMBERED:
            self._failures.popitem(last=False)

    def succeeded(self, place: str, label: str) -> None:
        self._failures.pop((place, label), None)


class SetupCode:
    """The code printed at the first start. With it the first supervisor is made, once.

    Somebody who typed it right is admitted with a pass of their own, until the set-up ends or the
    server does.
    """

    def __init__(self) -> None:
        self._code: str | None = None
        self._passes: set[str] = set()

    def new(self) -> str:
        self._code = new_code()
        return self._code

    @property
    def is_open(self) -> bool:
        return self._code is not None

    def matches(self, typed: str) -> bool:
        return self._code is not None and hmac.compare_digest(
            self._code.encode(), clean_code(typed).encode()
        )

    def admit(self) -> str:
        """A pass for somebody whose code matched."""
        token = new_token()
        self._passes.add(hash_token(token))
        return token

    def is_admitted(self, token: str | None) -> bool:
        return token is not None and hash_token(token) in self._passes

    def use_up(self) -> None:
        self._code = None
        self._passes.clear()
