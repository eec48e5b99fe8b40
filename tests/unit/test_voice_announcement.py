import pytest

from kiosk.domain.service import LETTERS
from kiosk.voice.announcement import clips_for_call, clips_for_notice, number_words
from kiosk.voice.errors import VoiceError
from kiosk.voice.notices import NOTICES
from kiosk.voice.recordings import CHIME, COMMA, PAUSES_MS, RECORDINGS, STOP

NUMBERS = [f"{letter}-{n:03d}" for letter in LETTERS for n in (*range(0, 1000, 7), 999, 1000, 1999)]


def test_a_call_is_a_chime_the_number_digit_by_digit_and_the_counter() -> None:
    assert clips_for_call("A-012", 3) == (
        *("chime", STOP),
        *("nomor_antrean", COMMA, "A", COMMA, "nol", COMMA, "satu", COMMA, "dua", STOP),
        *("silakan_menuju_loket", "tiga"),
    )


def test_a_four_digit_number_is_spoken_digit_by_digit() -> None:
    spoken = [clip for clip in clips_for_call("A-1000", 1) if clip not in PAUSES_MS]

    assert spoken[2:7] == ["A", "satu", "nol", "nol", "nol"]


def test_every_number_has_its_own_announcement_made_of_known_clips() -> None:
    announcements = {clips_for_call(number, 1) for number in NUMBERS}

    assert len(announcements) == len(NUMBERS)
    assert {clip for clips in announcements for clip in clips} <= {*RECORDINGS, *PAUSES_MS, CHIME}


def test_every_counter_has_its_own_number_word_made_of_known_clips() -> None:
    words = [number_words(counter) for counter in range(1, 100)]

    assert len(set(words)) == 99
    assert {clip for clips in words for clip in clips} <= set(RECORDINGS)


@pytest.mark.parametrize(
    ("counter", "words"),
    [
        (1, "satu"),
        (9, "sembilan"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (70, "tujuh puluh"),
        (99, "sembilan puluh sembilan"),
    ],
)
def test_counters_are_read_as_indonesian_number_words(counter: int, words: str) -> None:
    assert " ".join(number_words(counter)) == words


def test_a_repeated_number_is_said_twice_and_the_counter_once() -> None:
    once, twice = clips_for_call("B-107", 4), clips_for_call("B-107", 4, repeat=2)

    assert (once.count("B"), twice.count("B")) == (1, 2)
    assert twice.count("silakan_menuju_loket") == 1
    assert twice[-len(once) + 2 :] == once[2:]


def test_a_recall_says_so_after_the_chime() -> None:
    recalled = clips_for_call("A-012", 3, recall=True)

    assert recalled[:4] == ("chime", STOP, "panggilan_ulang", STOP)
    assert recalled[4:] == clips_for_call("A-012", 3)[2:]


@pytest.mark.parametrize(
    "number",
    [
        *("", "A", "A-12", "A012", "a-012", "I-001", "O-001", "Q-001", "A-0123", "A-10000"),
        *("A-012\n", "AA-012", "A--12", "../A-012", "A-٠١٢"),
    ],
)
def test_an_impossible_number_is_refused(number: str) -> None:
    with pytest.raises(VoiceError):
        clips_for_call(number, 1)


@pytest.mark.parametrize("counter", [-1, 0, 100])
def test_an_impossible_counter_is_refused(counter: int) -> None:
    with pytest.raises(VoiceError):
        clips_for_call("A-001", counter)


def test_a_number_cannot_be_said_less_than_once() -> None:
    with pytest.raises(VoiceError):
        clips_for_call("A-001", 1, repeat=0)


@pytest.mark.parametrize("code", NOTICES)
def test_a_notice_is_a_chime_and_its_own_clip(code: str) -> None:
    chime, pause, clip = clips_for_notice(code)

    assert (chime, pause) == (CHIME, STOP)
    assert RECORDINGS[clip] == NOTICES[code].text_id


def test_an_unknown_notice_is_refused() -> None:
    with pytest.raises(VoiceError):
        clips_for_notice("free_text")
