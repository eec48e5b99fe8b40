"""What the kiosk says in its speaking mode, and that every word of it is recorded."""

import re
from pathlib import Path

import pytest

from kiosk.domain.service import DEFAULT_CATALOGUE
from kiosk.voice.errors import VoiceError
from kiosk.voice.prompts import PROMPTS, RECORDINGS_EN, RECORDINGS_ID
from kiosk.voice.recordings import COMMA, PAUSES_MS, RECORDINGS, STOP
from kiosk.voice.speech import clips_for_speech, spoken_documents, spoken_services
from kiosk.voice.wav import BUNDLED_CLIPS, KIOSK_CLIPS, VoiceLibrary, read_clip

ROOT = Path(__file__).parents[2]
SERVICES = spoken_services((s.code, s.letter, s.name_id) for s in DEFAULT_CATALOGUE)
LIBRARIES = {
    "id": VoiceLibrary(BUNDLED_CLIPS, KIOSK_CLIPS["id"]),
    "en": VoiceLibrary(KIOSK_CLIPS["en"]),
}
KNOWN = {"id": {*RECORDINGS, *RECORDINGS_ID}, "en": {*RECORDINGS_EN}}


def said(language: str, *words: str) -> list[str]:
    clips = clips_for_speech(words, language, SERVICES)
    return [clip for clip in clips if clip not in PAUSES_MS]


@pytest.mark.parametrize(
    ("number", "indonesian", "english"),
    [
        (0, "nol", "zero"),
        (15, "lima belas", "fifteen"),
        (45, "empat puluh lima", "forty five"),
        (90, "sembilan puluh", "ninety"),
        (100, "seratus", "one hundred"),
        (312, "tiga ratus dua belas", "three hundred twelve"),
    ],
)
def test_numbers_are_words_of_each_language(number: int, indonesian: str, english: str) -> None:
    assert said("id", f"number:{number}") == indonesian.split()
    assert said("en", f"number:{number}") == english.split()


def test_a_time_is_an_hour_and_a_minute() -> None:
    assert said("id", "time:11.45") == ["sebelas", "empat", "puluh", "lima"]
    assert said("en", "time:12.05") == ["twelve", "zero", "five"]


def test_a_number_is_spelt_and_a_key_is_named() -> None:
    assert said("id", "ticket:A-012") == ["A", "nol", "satu", "dua"]
    assert said("en", "code:7K", "press:3") == ["seven", "K", "kiosk_press", "three"]


def test_a_question_ends_with_a_longer_breath_than_a_word() -> None:
    assert clips_for_speech(["ask_voting"], "id", SERVICES)[-1] == STOP
    assert clips_for_speech(["press:1"], "id", SERVICES)[-1] == COMMA


def test_documents_are_named_and_unknown_ones_asked_for() -> None:
    documents = spoken_documents(
        [
            ("recording", "Kartu Keluarga (KK); Akta kelahiran"),
            ("family", "Kartu Keluarga (KK)\nSurat nikah"),
            ("information", ""),
        ]
    )
    assert documents == {
        "recording": ("kiosk_bring", "kiosk_doc_family_card", COMMA, "kiosk_doc_birth"),
        "family": ("kiosk_bring_ask",),
    }
    assert clips_for_speech(["bring:family"], "en", {}, documents) == ("kiosk_bring_ask", COMMA)
    with pytest.raises(VoiceError):
        clips_for_speech(["bring:information"], "id", {}, documents)


def test_every_document_of_the_default_catalogue_is_recorded() -> None:
    for service, clips in spoken_documents((s.code, s.bring_id) for s in DEFAULT_CATALOGUE).items():
        assert clips[0] == "kiosk_bring", service
        assert set(clips) - {COMMA} <= KNOWN["id"] & KNOWN["en"]


def test_a_service_that_the_office_renamed_is_named_by_its_letter() -> None:
    services = spoken_services([("biodata", "A", "Biodata"), ("lost-card", "D", "KTP-el hilang")])

    assert services == {
        "biodata": ("kiosk_service", "A"),
        "lost-card": ("kiosk_service", "D"),
    }


@pytest.mark.parametrize("language", ["id", "en"])
def test_everything_that_can_be_said_is_recorded(language: str) -> None:
    words = [
        *PROMPTS,
        *(f"number:{n}" for n in range(1000)),
        *(f"time:{h}.{m:02d}" for h in range(24) for m in range(60)),
        *(f"service:{code}" for code in SERVICES),
    ]

    for word in words:
        assert set(said(language, word)) <= KNOWN[language], word
    for clip in KNOWN[language]:
        assert LIBRARIES[language].join([clip])


@pytest.mark.parametrize(
    ("folder", "recordings"),
    [(KIOSK_CLIPS["id"], RECORDINGS_ID), (KIOSK_CLIPS["en"], RECORDINGS_EN)],
)
def test_there_is_exactly_one_small_file_for_each_piece(
    folder: Path, recordings: dict[str, str]
) -> None:
    assert {path.stem for path in folder.iterdir()} == set(recordings)
    assert sum(path.stat().st_size for path in folder.iterdir()) < 5_300_000
    for path in folder.iterdir():
        assert read_clip(path)


@pytest.mark.parametrize(
    "word",
    ["", "hello", "press:12", "number:1000", "time:24.00", "ticket:A-1", "service:nope", "code:I1"],
)
def test_nothing_else_is_said(word: str) -> None:
    with pytest.raises(VoiceError):
        clips_for_speech([word], "id", SERVICES)


def test_no_language_but_two_and_no_endless_speech() -> None:
    with pytest.raises(VoiceError):
        clips_for_speech(["take"], "de", SERVICES)
    with pytest.raises(VoiceError):
        clips_for_speech(["take"] * 121, "id", SERVICES)


def test_every_word_that_a_page_says_is_a_prompt() -> None:
    """The scripts name prompts in quotes, in lists of words."""
    scripts = "".join(path.read_text() for path in (ROOT / "static/kiosk").glob("*.js"))
    listed = re.findall(r"(?:words|say)\w*: \[([^\]]*)\]", scripts)
    named = {word for part in listed for word in re.findall(r"'([a-z_]+)'", part)}

    assert len(named) > 10
    assert named <= set(PROMPTS)


def test_nothing_is_said_about_who_may_vote() -> None:
    for prompt in PROMPTS.values():
        text = f"{prompt.text_id} {prompt.text_en}".lower()
        assert not re.search("berhak|may vote|allowed|antrian|silahkan|nomer|coblos", text)
