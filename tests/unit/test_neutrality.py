"""Texts for the hall: what needs a second look, and how loud it is when."""

import sqlite3
from contextlib import closing

import pytest

from kiosk.commands import catalogue
from kiosk.domain.neutrality import doubtful
from kiosk.domain.volumes import clean, parse
from kiosk.errors import NeutralityDoubt, SettingInvalid
from tests.cast import SUPERVISOR, Cast


@pytest.mark.parametrize(
    "text",
    [
        "Coblos nomor 2!",
        "Dukung PASLON kami",
        "Jangan lupa nomor  urut satu",
        "Pilih   nomor 1",
        "Salam dua jari",
        "Vote for change",
    ],
)
def test_what_may_take_sides_is_doubted(text: str) -> None:
    assert doubtful(text)


@pytest.mark.parametrize(
    "text",
    [
        "Siapkan Kartu Keluarga dan akta kelahiran.",
        "Nomor A-012 silakan ke loket 2.",
        "TPS tutup pukul 13.00. Layanan ini gratis.",
        "Departemen dan departemen lain, bukan partaiku",
    ],
)
def test_what_an_office_has_to_say_is_not(text: str) -> None:
    assert doubtful(text) == ()


def test_the_offices_own_words_are_looked_for_too() -> None:
    assert doubtful("Bersama Si Fulan kita bisa", "si fulan, lain") == ("si fulan",)
    assert doubtful("Bersama kita bisa", " , ,") == ()


def test_a_doubtful_text_needs_a_second_confirmation_and_is_logged(cast: Cast) -> None:
    def put(**more: bool) -> None:
        cast.do(catalogue.set_setting, SUPERVISOR, key="ticker_id", value="Coblos besok", **more)

    with pytest.raises(NeutralityDoubt, match="coblos"):
        put()
    put(confirmed=True)
    with closing(sqlite3.connect(cast.path)) as file:
        (data,) = file.execute(
            "SELECT data FROM journal WHERE event = 'setting_changed' ORDER BY seq DESC"
        ).fetchone()
    assert '"doubts":["coblos"]' in data
    put()  # unchanged: nothing new to look at


def test_volumes_are_written_in_one_way() -> None:
    assert clean("10.00 100%,7:30 60") == "07:30 60, 10:00 100"
    assert parse("") == ()
    assert parse("07:30 60") == ((450, 60),)


@pytest.mark.parametrize("text", ["laut", "07:30", "07:30 101", "25:00 10", "07:30 -5"])
def test_a_volume_that_is_none_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(SettingInvalid):
        cast.do(catalogue.set_setting, SUPERVISOR, key="volume_by_hour", value=text)
