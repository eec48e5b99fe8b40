"""A request's headers, read plainly.

pywsgi reads them with the standard library's e-mail parser, which takes a tenth of a short
request's time. HTTP needs less: one name, one value a line; what e-mail allows beyond that
(folded lines, junk between them) is refused.
"""

from collections.abc import Iterator
from typing import Any

MAX_LINE = 16 * 1024
MAX_HEADERS = 100

#: A second, different one of these would let two readers disagree on where a request ends.
_ONCE = ("content-length", "transfer-encoding", "host")


class Headers:
    """What pywsgi asks its `MessageClass` for. `status` says what is wrong, or is empty."""

    def __init__(self, file: Any, *_: object) -> None:
        self.status = ""
        self._values: dict[str, str] = {}
        for _number in range(MAX_HEADERS + 1):
            line = file.readline(MAX_LINE + 1)
            if line in (b"\r\n", b"\n", b""):
                return
            if len(line) > MAX_LINE:
                break
            name, colon, value = line.decode("latin-1").partition(":")
            if not colon or not name or name != name.strip():
                break
            if not self._add(name.lower(), value.strip()):
                break
        self.status = "Headers refused"

    def _add(self, name: str, value: str) -> bool:
        known = self._values.get(name)
        if known is None:
            self._values[name] = value
        elif name in _ONCE:
            return known == value
        else:
            self._values[name] = f"{known}{'; ' if name == 'cookie' else ','}{value}"
        return True

    def get(self, name: str, default: Any = None) -> Any:
        return self._values.get(name.lower(), default)

    getheader = get

    def __delitem__(self, name: str) -> None:
        del self._values[name.lower()]

    @property
    def typeheader(self) -> str | None:
        return self._values.get("content-type")

    @property
    def headers(self) -> Iterator[str]:
        """Lines `name: value`, from which the WSGI environment is made."""
        for name, value in self._values.items():
            yield f"{name}: {value}"
