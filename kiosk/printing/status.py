"""What a printer says of itself: the four answers to DLE EOT 1 to 4, and the one to GS r.

Source: the makers' ESC/POS command references, DLE EOT and GS r.
"""

QUERY = bytes.fromhex("10 04 01 10 04 02 10 04 03 10 04 04")
"""All four at once; no other data may be sent before the answers."""
ANSWERS = 4
PROBE = bytes.fromhex("1d 72 01")
"""Carried out in its turn, after the ticket sent before it, and not at all while offline."""

READY = ("ok", "near_end")

_OFFLINE = 0x08  # in the first answer
_COVER_OPEN, _STOPPED_BY_PAPER, _ERROR = 0x04, 0x20, 0x40  # in the second
_MECHANICAL, _CUTTER, _UNRECOVERABLE, _TOO_HOT = 0x04, 0x08, 0x20, 0x40  # in the third
_NEAR_END, _PAPER_END = 0x0C, 0x60  # in the fourth


def state_of(answers: bytes) -> str:
    """ok, near_end, out, cover, error, offline; or unknown if these are not four valid answers."""
    if len(answers) != ANSWERS or any(byte & 0x93 != 0x12 for byte in answers):
        return "unknown"
    printer, cause, error, roll = answers
    if cause & _COVER_OPEN:  # the paper's bits then still show the time before it was opened
        return "cover"
    if cause & _STOPPED_BY_PAPER or roll & _PAPER_END:
        return "out"
    if cause & _ERROR or error & (_MECHANICAL | _CUTTER | _UNRECOVERABLE | _TOO_HOT):
        return "error"
    if printer & _OFFLINE:
        return "offline"
    return "near_end" if roll & _NEAR_END else "ok"


def answers_probe(byte: int) -> bool:
    """Whether a byte is the answer to the probe; late answers to DLE EOT have bit 4 set."""
    return byte & 0x90 == 0
