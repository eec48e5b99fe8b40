"""Texts for people: the gettext catalogues, and which language somebody wants.

A text is named by its English form (the msgid). Indonesian comes first: it is what is shown when
nobody asked for anything else.
"""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import polib

from kiosk import terminal
from kiosk.errors import Invalid, KioskError

LANGUAGES = ("id", "en")
DEFAULT_LANGUAGE = "id"

LOCALE = Path(__file__).parent / "locale"


@cache
def catalogue(language: str) -> dict[str, str]:
    """msgid -> text of one language; empty when there is no catalogue."""
    folder = LOCALE / language / "LC_MESSAGES"
    compiled, source = folder / "messages.mo", folder / "messages.po"
    entries: Iterable[polib.POEntry | polib.MOEntry] = ()
    if compiled.exists():
        entries = polib.mofile(str(compiled))
    elif source.exists():
        entries = polib.pofile(str(source))
    return {entry.msgid: entry.msgstr for entry in entries if entry.msgid and entry.msgstr}


def translate(msgid: str, language: str) -> str:
    """The text in a language; the English msgid itself where there is no translation."""
    return catalogue(language).get(msgid, msgid)


def translator(language: str) -> Callable[[str], str]:
    """`_()` of one language."""
    return lambda msgid: translate(msgid, language)


def tell(text: str, **places: object) -> str:
    """A sentence for whoever sits at the terminal, in the language of their system."""
    return translate(text, terminal.language()).format_map(places)


#: States of a ticket that people call by another word than the code.
_SAID = {"no_show": "absent", "serving": "being served"}

#: Fields of a request as the forms of the screens name them (message ids).
_FIELDS = {
    "cause": "Cause",
    "closes_at": "Closes at",
    "code": "Code",
    "counter": "Counter",
    "counters": "Number of counters",
    "due_back_minutes": "Due back in minutes",
    "expected_back": "Expected back at",
    "expected_seconds": "Expected service time (seconds)",
    "journey": "Next steps of the same visit",
    "kind": "Kind",
    "label": "Label",
    "letter": "Letter",
    "name": "Name",
    "name_id": "Name in Indonesian",
    "number": "Number of the counter",
    "outcome": "Outcome",
    "poll_close": "Polls close at",
    "quota": "Numbers a day at most",
    "reason": "Reason",
    "role": "Role",
    "service": "Service",
    "services": "Services",
    "target_minutes": "Target wait (minutes)",
    "to": "To whom",
    "travel_minutes": "Way to the TPS",
    "zone": "Zone",
}


def explain(error: KioskError, language: str) -> str:
    """A refusal as a sentence."""
    places = {name: "-" if value is None else value for name, value in error.details.items()}
    for name in error.words:
        value = str(places.get(name, "-"))
        places[name] = translate(_SAID.get(value, value), language)
    if isinstance(error, Invalid):
        field = str(places.get("field", "-"))
        places["field"] = translate(_FIELDS.get(field, field), language)
    return translate(error.message, language).format_map(_Forgiving(places))


class _Forgiving(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "-"


def preferred(accept_language: str | None, wanted: str | None = None) -> str:
    """The language to answer in: `wanted` if we have it, else by the header `Accept-Language`."""
    if wanted in LANGUAGES:
        return str(wanted)
    best, best_quality = DEFAULT_LANGUAGE, 0.0
    for part in (accept_language or "").split(","):
        name, _, parameters = part.strip().partition(";")
        code = name.split("-", 1)[0].lower()
        quality = _quality(parameters)
        if code in LANGUAGES and quality > best_quality:
            best, best_quality = code, quality
    return best


def _quality(parameters: str) -> float:
    _, _, value = parameters.replace(" ", "").partition("q=")
    try:
        return float(value) if value else 1.0
    except ValueError:
        return 0.0
