import re

import pytest

from kiosk.voice.notices import NOTICES, Notice

MISSPELT = ("antrian", "antri", "silahkan", "nomer", "ijin", "jadual")
NOT_NEUTRAL = (
    *("nomor urut", "paslon", "pasangan calon", "calon", "coblos", "nyoblos", "memilih", "pilih"),
    *("berhak", "hak pilih", "ayo", "jangan lupa", "dukung", "menang", "partai", "golput"),
    *("vote", "voter", "candidate", "entitled", "eligible", "party"),
)


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_notice_is_spelt_as_the_standard_says(notice: Notice) -> None:
    for word in MISSPELT:
        assert word not in notice.text_id.lower()


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_notice_is_neutral_and_promises_no_vote(notice: Notice) -> None:
    words = f" {notice.text_id} {notice.text_en} ".lower()

    for phrase in NOT_NEUTRAL:
        assert re.search(rf"\b{phrase}\b", words) is None


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_notice_shows_no_bare_number_that_could_be_a_candidates(notice: Notice) -> None:
    assert re.search(r"\d", notice.text_id + notice.text_en) is None


@pytest.mark.parametrize("notice", NOTICES.values(), ids=NOTICES)
def test_a_notice_is_short_enough_for_a_full_screen(notice: Notice) -> None:
    for text in (notice.text_id, notice.text_en):
        assert text == text.strip()
        assert text.endswith((".", "?"))
        assert len(text) <= 90


def test_every_notice_is_listed_under_its_own_code() -> None:
    assert len(NOTICES) == 15
    assert all(code == notice.code for code, notice in NOTICES.items())
