"""Every text of screens and refusals has its Indonesian words, with the same places to fill."""

import re
from pathlib import Path

import polib

from kiosk import cli, errors
from kiosk.commandline import serving
from kiosk.voice.notices import NOTICES

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"\{(\w+)\}")
IN_SCRIPT = re.compile(r"\bt\(\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
IN_TEMPLATE = re.compile(r"\b_\(\s*(?:'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\")")
IN_TERMINAL = re.compile(r"\btell\(\s*\"((?:[^\"\\]|\\.)*)\"")
FORBIDDEN = ("antrian", "antri ", "nomer", "silahkan", "berhak memilih", "paslon", "nomor urut")


def indonesian() -> dict[str, str]:
    path = ROOT / "kiosk/locale/id/LC_MESSAGES/messages.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))}


def texts_of_screens() -> dict[str, Path]:
    found: dict[str, Path] = {}
    for pattern, folder, ending in (
        (IN_SCRIPT, "static", "*.js"),
        (IN_TEMPLATE, "templates", "*.html"),
    ):
        for path in (ROOT / folder).rglob(ending):
            for single, double in pattern.findall(path.read_text()):
                found[(single or double).replace("\\'", "'").replace('\\"', '"')] = path
    return found


def test_every_text_of_a_screen_is_translated() -> None:
    known = indonesian()

    missing = {text: str(path.name) for text, path in texts_of_screens().items()}
    assert {text: path for text, path in missing.items() if not known.get(text)} == {}


def test_every_sentence_of_the_terminal_is_translated() -> None:
    known = indonesian()
    told = {
        text
        for path in (ROOT / "kiosk").rglob("*.py")
        for text in IN_TERMINAL.findall(path.read_text())
    }
    told |= {*cli._REASONS.values(), *serving._REASONS.values()}

    assert "Restored." in told
    assert {text for text in told if not known.get(text)} == set()


def test_every_refusal_is_translated() -> None:
    known = indonesian()

    for refusal in vars(errors).values():
        if isinstance(refusal, type) and issubclass(refusal, errors.KioskError):
            assert known.get(refusal.message), refusal.__name__


def test_translations_keep_the_places() -> None:
    for text, translated in indonesian().items():
        assert set(PLACE.findall(text)) == set(PLACE.findall(translated)), text


def test_words_are_spelled_by_the_standard_and_stay_neutral() -> None:
    words = [*indonesian().values(), *(notice.text_id for notice in NOTICES.values())]

    for text in words:
        assert not any(bad in text.lower() for bad in FORBIDDEN), text
