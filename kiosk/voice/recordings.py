"""Everything that has to be recorded, by clip name: the list for a machine voice and a human one.

A clip's file is its name + ".wav". Between the clips of an announcement stand COMMA and STOP,
which are heard as silence and need no file.
"""

from collections.abc import Mapping
from types import MappingProxyType

from kiosk.domain.service import LETTERS
from kiosk.voice.notices import NOTICES

COMMA = ","
STOP = "."
PAUSES_MS: Mapping[str, int] = MappingProxyType({COMMA: 90, STOP: 250})

CHIME = "chime"
RECALL = "panggilan_ulang"
TICKET_NUMBER = "nomor_antrean"
GO_TO_COUNTER = "silakan_menuju_loket"

DIGITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
)
TEN, ELEVEN, TEEN, TENS = "sepuluh", "sebelas", "belas", "puluh"

RECORDINGS: Mapping[str, str] = MappingProxyType(
    {
        TICKET_NUMBER: "Nomor antrean",
        GO_TO_COUNTER: "Silakan menuju loket",
        RECALL: "Panggilan ulang",
        **{letter: letter for letter in LETTERS},
        **{word: word for word in (*DIGITS, TEN, ELEVEN, TEEN, TENS)},
        **{notice.clip: notice.text_id for notice in NOTICES.values()},
    }
)
"""Clip name -> the words to read. The chime is the only clip that is not speech."""
