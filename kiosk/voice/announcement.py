"""From a call or a notice to the names of the clips that say it."""

import re

from kiosk.domain.service import LETTERS
from kiosk.voice.errors import VoiceError
from kiosk.voice.notices import find_notice
from kiosk.voice.recordings import (
    CHIME,
    COMMA,
    DIGITS,
    ELEVEN,
    GO_TO_COUNTER,
    RECALL,
    STOP,
    TEEN,
    TEN,
    TENS,
    TICKET_NUMBER,
)

_NUMBER = re.compile(rf"([{LETTERS}])-([0-9]{{3}}|[1-9][0-9]{{3}})")


def clips_for_call(
    number: str, counter: int, *, repeat: int = 1, recall: bool = False
) -> tuple[str, ...]:
    """Chime, "Nomor antrean A, nol, satu, dua. Silakan menuju loket tiga."

    number   as shown, "A-012" or "A-1000"; spoken letter by letter and digit by digit
    counter  1 to 99; spoken as a number word
    repeat   how often the number is said before the counter, at least once
    recall   begins with "Panggilan ulang"

    Raises VoiceError for a number or counter that no office has.
    """
    if repeat < 1:
        raise VoiceError(f"a number cannot be said {repeat} times")
    opening = (CHIME, STOP, RECALL, STOP) if recall else (CHIME, STOP)
    spoken = (TICKET_NUMBER, COMMA, *_ticket(number), STOP)
    return (*opening, *spoken * repeat, GO_TO_COUNTER, *number_words(counter))


def clips_for_notice(code: str) -> tuple[str, ...]:
    """Chime and the one clip of the notice; raises VoiceError if there is no such notice."""
    return (CHIME, STOP, find_notice(code).clip)


def number_words(value: int) -> tuple[str, ...]:
    """1 to 99 as Indonesian number words: 23 is dua, puluh, tiga; raises VoiceError outside."""
    if not 1 <= value <= 99:
        raise VoiceError(f"no counter {value}")
    tens, ones = divmod(value, 10)
    if tens == 0:
        return (DIGITS[ones],)
    if value == 10:
        return (TEN,)
    if value == 11:
        return (ELEVEN,)
    if tens == 1:
        return (DIGITS[ones], TEEN)
    return (DIGITS[tens], TENS, DIGITS[ones]) if ones else (DIGITS[tens], TENS)


def _ticket(number: str) -> tuple[str, ...]:
    match = _NUMBER.fullmatch(number)
    if match is None:
        raise VoiceError(f"no ticket number {number!r}")
    letter, digits = match.groups()
    clips = [letter]
    for digit in digits:
        clips += (COMMA, DIGITS[int(digit)])
    return tuple(clips)
