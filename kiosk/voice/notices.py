"""The fixed notices: spoken in Indonesian, shown over the whole screen in both languages.

Fixed, because free text in a hall on polling day has to be checked, confirmed and logged first.
They promise nothing about voting and ask nobody to vote: the office says which document it can
give, and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.voice.errors import VoiceError


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; `code` is stable, the texts are whole sentences."""

    code: str
    text_id: str
    text_en: str

    @property
    def clip(self) -> str:
        """The name of its recording."""
        return f"notice_{self.code}"


_ALL = (
    Notice(
        "blanks_gone",
        "Blangko KTP-el habis. Biodata tetap dilayani.",
        "KTP-el card blanks have run out. Biodata Penduduk is still issued.",
    ),
    Notice(
        "link_down",
        "Jaringan SIAK terganggu. Nomor Anda tetap berlaku.",
        "The SIAK network is down. Your number stays valid.",
    ),
    Notice(
        "resumed",
        "Pelayanan dilanjutkan. Mohon tunggu panggilan.",
        "We are serving again. Please wait for your call.",
    ),
    Notice(
        "deadline_near",
        "Batas waktu TPS sudah dekat. Perlu dokumen untuk TPS? Silakan lapor petugas.",
        "Polling stations close soon. Do you need a document for yours? Please tell the staff.",
    ),
    Notice(
        "counter_moved",
        "Loket berpindah. Silakan lihat layar.",
        "A counter has moved. Please watch the display.",
    ),
    Notice(
        "opening_soon",
        "Pelayanan segera dibuka. Silakan ambil nomor.",
        "We open soon. Please take a number.",
    ),
    Notice(
        "closing_soon",
        "Pelayanan segera ditutup. Mohon tetap di ruang tunggu.",
        "We close soon. Please stay in the waiting room.",
    ),
    Notice(
        "no_new_numbers",
        "Pengambilan nomor ditutup. Mohon tunggu panggilan.",
        "No more numbers are given. Please wait for your call.",
    ),
    Notice(
        "power_cut",
        "Listrik padam. Nomor Anda tetap berlaku. Nomor baru dari petugas.",
        "Power cut. Your number stays valid. Staff hand out new numbers on paper.",
    ),
    Notice(
        "out_of_paper",
        "Kertas habis. Silakan catat nomor di layar.",
        "The printer is out of paper. Please note your number from the screen.",
    ),
    Notice(
        "pause",
        "Pelayanan jeda sejenak. Nomor Anda tetap berlaku.",
        "A short pause. Your number stays valid.",
    ),
    Notice(
        "documents",
        "Mohon siapkan dokumen Anda sebelum dipanggil.",
        "Please have your documents ready before you are called.",
    ),
    Notice(
        "please_wait",
        "Mohon tunggu. Nomor Anda akan dipanggil.",
        "Please wait. Your number will be called.",
    ),
    Notice(
        "ask_staff",
        "Perlu bantuan? Silakan hubungi petugas.",
        "Do you need help? Please ask the staff.",
    ),
    Notice(
        "staff_to_kiosk",
        "Petugas dimohon ke mesin antrean.",
        "Staff, please come to the kiosk.",
    ),
)

NOTICES: Mapping[str, Notice] = MappingProxyType({notice.code: notice for notice in _ALL})
"""Every notice by its code, in the order in which a supervisor's screen lists them."""


def find_notice(code: str) -> Notice:
    """The notice of this code; raises VoiceError if there is none."""
    try:
        return NOTICES[code]
    except KeyError:
        raise VoiceError(f"no notice {code!r}") from None
