"""What a printer says of itself: the four answers to DLE EOT 1 to 4, and the one after a ticket.

Source: the makers' ESC/POS command references, DLE EOT, GS r and GS ( H.
"""

from kiosk.domain.paper import COVER, ERROR, NEAR_END, OFFLINE, OK, OUT, READY, UNKNOWN

QUERY = bytes.fromhex("10 04 01 10 04 02 10 04 03 10 04 04")
"""All four at once; no other data may be sent before the answers."""
ANSWERS = 4

CLEAR = bytes.fromhex("10 14 08 01 03 14 01 06 02 08")
"""DLE DC4 8: forget what was received and not printed. Known by printers that know GS ( H."""

_GS_R = bytes.fromhex("1d 72 01")
_GS_H = bytes.fromhex("1d 28 48 06 00 30 30")
_GS_H_ANSWER = bytes.fromhex("37 22")

_OFFLINE = 0x08  # in the first answer
_COVER_OPEN, _STOPPED_BY_PAPER, _ERROR = 0x04, 0x20, 0x40  # in the second
_MECHANICAL, _CUTTER, _UNRECOVERABLE, _TOO_HOT = 0x04, 0x08, 0x20, 0x40  # in the third
_NEAR_END, _PAPER_END = 0x0C, 0x60  # in the fourth


def state_of(answers: bytes) -> str:
    """ok, near_end, out, cover, error, offline; or unknown if these are not four valid answers."""
    if len(answers) != ANSWERS or any(byte & 0x93 != 0x12 for byte in answers):
        return UNKNOWN
    printer, cause, error, roll = answers
    if cause & _COVER_OPEN:  # the paper's bits then still show the time before it was opened
        return COVER
    if cause & _STOPPED_BY_PAPER or roll & _PAPER_END:
        return OUT
    if cause & _ERROR or error & (_MECHANICAL | _CUTTER | _UNRECOVERABLE | _TOO_HOT):
        return ERROR
    if printer & _OFFLINE:
        return OFFLINE
    return NEAR_END if roll & _NEAR_END else OK


class Probe:
    """The question behind a ticket, which the printer answers in its turn: after the ticket, and
    not at all while it is offline. `kind` is gsr or gsh; `job` names the ticket for gsh."""

    def __init__(self, kind: str, job: int) -> None:
        self._name = f"{job % 10_000:04d}".encode() if kind == "gsh" else b""
        self.question = _GS_H + self._name if self._name else _GS_R

    def is_answer(self, received: bytes) -> bool:
        """False while the answer is not complete.

        Raises ValueError for anything that is no answer: then nothing is known.
        """
        if self._name:
            expected = _GS_H_ANSWER + self._name + b"\x00"
            if not expected.startswith(received[: len(expected)]):
                raise ValueError(f"no answer to GS ( H: {received.hex()}")
            return len(received) >= len(expected)
        # Answers to DLE EOT have bit 4 set, an unsolicited status too.
        if any(byte & 0x90 for byte in received):
            raise ValueError(f"no answer to GS r: {received.hex()}")
        return len(received) > 0


_RANK = {OK: 0, NEAR_END: 1}


class Gauge:
    """A printer's state without flicker: worse is believed at once, better the second time."""

    def __init__(self) -> None:
        self.state: str | None = None
        self._better: str | None = None

    def note(self, reading: str) -> None:
        rank, known = _RANK.get(reading, 2), _RANK.get(self.state or "", 2)
        if self.state is None or rank > known or rank == known == 2 or reading == self._better:
            self.state, self._better = reading, None
        elif rank < known:
            self._better = reading
        else:
            self._better = None

    @property
    def is_ready(self) -> bool:
        return self.state in READY

    @property
    def is_in_doubt(self) -> bool:
        """A better reading wants to be seen once more."""
        return self._better is not None
