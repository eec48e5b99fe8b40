"""The kiosk's speaking mode: from what a page has to say to the names of the clips that say it.

A page says words of a small language, each one of
    a prompt's code                  ask_voting
    press:<digit>                    "press three"
    ticket:<number>                  A-012, letter by letter
    number:<0 to 999>                a number word
    time:<hour>.<minute>             11.45
    letter:<A>, code:<letters and digits>
    service:<code>                   its name if it is the default catalogue's, else its letter
    bring:<code of a service>        the documents to bring, or to ask the staff for them
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from kiosk.domain.service import DEFAULT_CATALOGUE, LETTERS
from kiosk.voice.announcement import number_words
from kiosk.voice.errors import VoiceError
from kiosk.voice.prompts import (
    DOCUMENTS,
    HUNDRED_EN,
    HUNDRED_ID,
    HUNDREDS_ID,
    ONES_EN,
    PROMPTS,
    TENS_EN,
)
from kiosk.voice.recordings import COMMA, DIGITS, STOP

LANGUAGES = ("id", "en")
LONGEST = 120
"""No page says more words than this at once."""

Services = Mapping[str, tuple[str, ...]]
_NONE: Services = MappingProxyType({})

_TICKET = re.compile(rf"[{LETTERS}]-[0-9]{{3,4}}")
_TIME = re.compile(r"([01]?[0-9]|2[0-3])\.([0-5][0-9])")
_CODE = re.compile(r"[0-9A-Z]{1,8}")
_DEFAULT_NAMES = {service.code: service.name_id for service in DEFAULT_CATALOGUE}


def spoken_services(offered: Iterable[tuple[str, str, str]]) -> dict[str, tuple[str, ...]]:
    """code -> clips that name it. `offered`: code, letter and Indonesian name of each service.

    A service that the office has added or renamed is named by its letter.
    """
    return {
        code: (PROMPTS[_name_of(code)].clip,)
        if _DEFAULT_NAMES.get(code) == name
        else (PROMPTS["service"].clip, letter)
        for code, letter, name in offered
    }


def spoken_documents(offered: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """code -> clips that say what to bring. `offered`: code and Indonesian list of each service.

    A document that the office has written itself is not recorded: then staff are to be asked.
    """
    return {code: _documents(_items(text)) for code, text in offered if _items(text)}


def _documents(items: Sequence[str]) -> tuple[str, ...]:
    if not all(item in DOCUMENTS for item in items):
        return (PROMPTS["bring_ask"].clip,)
    clips: list[str] = [PROMPTS["bring"].clip]
    for item in items:
        clips += (PROMPTS[DOCUMENTS[item]].clip, COMMA)
    return tuple(clips[:-1])


def _items(text: str) -> tuple[str, ...]:
    """The documents of a list, as screens and paper part them."""
    return tuple(item.strip() for item in re.split(r"[;\n]", text) if item.strip())


def clips_for_speech(
    words: Sequence[str], language: str, services: Services, documents: Services = _NONE
) -> tuple[str, ...]:
    """The clips of some words, with a breath after each; raises VoiceError for anything else."""
    if language not in LANGUAGES or not 0 < len(words) <= LONGEST:
        raise VoiceError(f"{len(words)} words in {language!r}")
    clips: list[str] = []
    for word in words:
        said = _said(word, language, services, documents)
        clips += (*said, STOP if word in PROMPTS else COMMA)
    return tuple(clips)


def _said(word: str, language: str, services: Services, documents: Services) -> tuple[str, ...]:
    kind, colon, value = word.partition(":")
    if not colon:
        if kind not in PROMPTS:
            raise VoiceError(f"no prompt {kind!r}")
        return (PROMPTS[kind].clip,)
    if kind == "service" and value in services:
        return services[value]
    if kind == "bring" and value in documents:
        return documents[value]
    count = _NUMBERS[language]
    if kind == "press" and value in "0123456789" and len(value) == 1:
        return (PROMPTS["press"].clip, *count(int(value)))
    if kind == "number" and value.isdecimal() and len(value) <= 3:
        return count(int(value))
    if kind == "time" and (time := _TIME.fullmatch(value)):
        minute = time[2]
        spoken = (*count(0), *count(int(minute))) if minute < "10" else count(int(minute))
        return (*count(int(time[1])), COMMA, *spoken)
    if kind == "letter" and value in LETTERS and len(value) == 1:
        return (value,)
    if kind == "ticket" and _TICKET.fullmatch(value):
        return _spelled(value.replace("-", ""), count)
    if kind == "code" and _CODE.fullmatch(value) and not set(value) - {*LETTERS, *"0123456789"}:
        return _spelled(value, count)
    raise VoiceError(f"nothing to say for {word!r}")


def _spelled(text: str, count: Callable[[int], tuple[str, ...]]) -> tuple[str, ...]:
    clips: list[str] = []
    for character in text:
        clips += (*((character,) if character in LETTERS else count(int(character))), COMMA)
    return tuple(clips[:-1])


def _number_id(value: int) -> tuple[str, ...]:
    hundreds, rest = divmod(value, 100)
    clips: tuple[str, ...] = ()
    if hundreds == 1:
        clips = (HUNDRED_ID,)
    elif hundreds:
        clips = (DIGITS[hundreds], HUNDREDS_ID)
    if rest:
        clips += number_words(rest)
    return clips or (DIGITS[0],)


def _number_en(value: int) -> tuple[str, ...]:
    hundreds, rest = divmod(value, 100)
    clips: tuple[str, ...] = (ONES_EN[hundreds], HUNDRED_EN) if hundreds else ()
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        clips += (TENS_EN[tens - 2], *((ONES_EN[ones],) if ones else ()))
    elif rest:
        clips += (ONES_EN[rest],)
    return clips or (ONES_EN[0],)


_NUMBERS: Mapping[str, Callable[[int], tuple[str, ...]]] = {"id": _number_id, "en": _number_en}


def _name_of(code: str) -> str:
    return f"service_{code.replace('-', '_')}"
