"""What the kiosk says in its speaking mode, in both languages: short pieces, joined as needed.

They say what stands on the screen, and no more: nothing about who may vote.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kiosk.domain.service import LETTERS


@dataclass(frozen=True, slots=True)
class Prompt:
    """One piece; `code` is stable."""

    code: str
    text_id: str
    text_en: str

    @property
    def clip(self) -> str:
        """The name of its recording, in the folder of each language."""
        return f"kiosk_{self.code}"


_ALL = (
    # How it works
    Prompt("welcome",
           "Mode suara. Pilih dengan angka. Nol mengulang. Bintang kembali, di awal mengakhiri."
           " Sembilan memanggil petugas.",
           "Speaking mode. Choose by number. Zero repeats. Star goes back, and ends at the"
           " beginning. Nine calls staff."),
    # In the other language, for whoever does not understand this one.
    Prompt("other_language", "For English, press plus.", "Untuk bahasa Indonesia, tekan plus."),
    Prompt("no_choice", "Pilihan itu tidak ada. Nol mengulang.",
           "There is no such choice. Zero repeats."),
    Prompt("goodbye", "Mode suara selesai.", "Speaking mode has ended."),
    Prompt("press", "tekan", "press"),
    Prompt("back", "Kembali", "Back"),
    Prompt("done", "Selesai", "Done"),
    Prompt("call_staff", "Panggil petugas", "Call staff"),
    Prompt("staff_called", "Petugas sudah dipanggil.", "Staff have been called."),
    Prompt("ask_staff", "Silakan ke petugas.", "Please go to the staff."),
    Prompt("still_here", "Masih di sini?", "Still here?"),
    Prompt("go_on", "Ya, lanjut", "Yes, continue"),
    Prompt("one_moment", "Sebentar", "One moment"),
    # The questions of polling day
    Prompt("ask_voting", "Untuk memilih hari ini?", "To vote today?"),
    Prompt("ask_recorded", "Apakah Anda sudah rekam KTP-el?",
           "Have you been recorded for the card?"),
    Prompt("what_recorded", "Rekam: foto, sidik jari, dan mata sudah diambil.",
           "Recorded means: photo, fingerprints and eyes were taken."),
    Prompt("recorded_yes", "Sudah rekam", "Yes, recorded"),
    Prompt("recorded_lost", "Sudah, tetapi KTP-el hilang atau rusak",
           "Yes, but the card is lost or damaged"),
    Prompt("recorded_no", "Belum pernah", "No, never"),
    Prompt("recorded_unsure", "Tidak yakin", "Not sure"),
    Prompt("ask_travel", "Berapa lama perjalanan ke TPS Anda?",
           "How long is the trip to your polling station?"),
    Prompt("minutes", "menit", "minutes"),
    Prompt("unknown", "Tidak tahu", "I do not know"),
    Prompt("two_ways", "Ada dua cara.", "There are two ways."),
    Prompt("on_time", "Cukup waktu.", "In time."),
    Prompt("tight", "Waktu sempit.", "Time is tight."),
    Prompt("late", "Kemungkinan terlambat.", "Probably too late."),
    Prompt("ready_at", "Perkiraan: dokumen selesai sekitar pukul",
           "Estimate: document ready at about"),
    Prompt("until", "sampai", "to"),
    Prompt("estimate", "Ini perkiraan, bukan jaminan.", "This is an estimate, not a guarantee."),
    Prompt("kpps", "Ketentuan di TPS ditetapkan KPPS.",
           "What counts at the polling station is decided by its officers."),
    Prompt("polls_closed", "TPS sudah tutup.", "The polling stations have closed."),
    # Services and numbers
    Prompt("ask_service", "Layanan apa yang Anda perlukan?", "Which service do you need?"),
    Prompt("service", "Layanan", "Service"),
    Prompt("more", "Layanan lainnya", "More services"),
    Prompt("other_service", "Pilih layanan lain", "Choose another service"),
    Prompt("not_served", "Tidak dilayani sekarang.", "Not served now."),
    Prompt("biodata_instead", "Biodata diberikan sebagai gantinya.", "Biodata is given instead."),
    Prompt("take", "Ambil nomor", "Take a number"),
    Prompt("take_anyway", "Tetap ambil nomor", "Still take a number"),
    Prompt("take_priority",
           "Ambil nomor prioritas: lansia, disabilitas, ibu hamil, anak kecil, korban bencana",
           "Take a priority number: elderly, disability, pregnant, small children, disaster"),
    Prompt("fetch", "Petugas menjemput saya", "Staff come and fetch me"),
    Prompt("fetch_on", "Petugas akan menjemput Anda.", "Staff will come and fetch you."),
    Prompt("slip", "Ambil kertas keterangan", "Take an information slip"),
    Prompt("slip_given", "Kertas keterangan Anda.", "Your information slip."),
    Prompt("code", "Kode", "Code"),
    Prompt("retry", "Coba lagi", "Try again"),
    Prompt("failed", "Nomor belum dapat diambil.", "The number could not be taken."),
    Prompt("your_number", "Nomor antrean Anda", "Your number"),
    Prompt("ahead", "orang di depan Anda.", "people ahead of you."),
    Prompt("nobody_ahead", "Tidak ada antrean di depan Anda.", "Nobody is ahead of you."),
    Prompt("wait", "Perkiraan waktu tunggu", "Estimated wait"),
    Prompt("paper", "Silakan ambil kertas nomor.", "Please take your paper."),
    Prompt("no_paper", "Tidak ada kertas. Mohon ingat nomor ini.",
           "There is no paper. Please remember this number."),
    Prompt("reprint", "Kertas tidak keluar", "No paper came out"),
    Prompt("listen", "Mohon dengarkan panggilan.", "Please listen for the call."),
    Prompt("bring", "Yang perlu dibawa:", "What to bring:"),
    Prompt("bring_ask", "Tanyakan kepada petugas apa yang perlu dibawa.",
           "Ask the staff what to bring."),
    # After a missed call
    Prompt("i_am_back", "Saya sudah kembali setelah terlewat dipanggil",
           "I am back after a missed call"),
    Prompt("return_code", "Jika terlewat dipanggil, kembali ke mesin ini dengan nomor dan kode",
           "If you miss your call, come back to this machine with your number and the code"),
    Prompt("type_letter", "Pilih huruf nomor Anda.", "Choose the letter of your number."),
    Prompt("type_digits", "Ketik angka nomor Anda, lalu enter. Bintang menghapus.",
           "Type the digits of your number, then enter. Star deletes."),
    Prompt("type_code", "Ketik empat angka kode Anda. Bintang menghapus.",
           "Type the four digits of your code. Star deletes."),
    Prompt("deleted", "Dihapus.", "Deleted."),
    Prompt("not_match", "Nomor dan kode tidak cocok.", "Number and code do not match."),
    Prompt("not_done", "Belum berhasil.", "This was not possible."),
    Prompt("waiting_again", "Nomor Anda menunggu lagi.", "Your number is waiting again."),
    # Why no number can be had
    Prompt("no_numbers_yet", "Nomor belum dapat diambil.", "Numbers cannot be taken yet."),
    Prompt("no_more_numbers", "Tidak ada nomor baru hari ini.", "No more new numbers today."),
    Prompt("closed", "Pelayanan hari ini sudah selesai.", "Service has ended for today."),
    Prompt("paused", "Pengambilan nomor berhenti sementara.", "Numbers are paused for a moment."),
    Prompt("numbers_from", "Nomor dapat diambil mulai pukul", "Numbers can be taken from"),
    Prompt("opens_at", "Loket dibuka pukul", "The counters open at"),
    Prompt("opens_later", "Loket dibuka lebih lambat dari jadwal.",
           "The counters open later than planned."),
    Prompt("cause_blanks", "Blangko KTP-el habis.", "The cards have run out."),
    Prompt("cause_link", "Jaringan terganggu.", "The central network is disturbed."),
    Prompt("cause_recording_set", "Alat perekaman rusak.",
           "The recording equipment is out of order."),
    Prompt("cause_power", "Listrik padam.", "Power failure."),
    Prompt("back_at", "Perkiraan tersedia lagi pukul", "Expected again at about"),
    # Names of the default catalogue
    Prompt("service_biodata", "Biodata untuk pemilih", "Biodata for voters"),
    Prompt("service_card_printing", "Cetak KTP-el, sudah rekam", "Card printing, already recorded"),
    Prompt("service_recording", "Perekaman KTP-el", "Recording for the card"),
    Prompt("service_lost_card", "KTP-el hilang atau rusak", "Lost or damaged card"),
    Prompt("service_family", "Kartu Keluarga dan akta", "Family card and certificates"),
    Prompt("service_information", "Informasi dan pengaduan", "Information and complaints"),
    Prompt("service_recording_biodata", "Perekaman, lalu Biodata", "Recording, then Biodata"),
    # Documents of the default catalogue
    Prompt("doc_family_card", "Kartu Keluarga", "Family card"),
    Prompt("doc_birth", "Akta kelahiran", "Birth certificate"),
    Prompt("doc_loss", "Surat kehilangan dari kepolisian, atau KTP-el yang rusak",
           "Police loss report, or the damaged card"),
    Prompt("doc_form", "Formulir F satu nol dua, atau F satu nol enam",
           "Form F one zero two, or F one zero six"),
    Prompt("doc_originals", "Dokumen asli", "Originals"),
)  # fmt: skip

PROMPTS: Mapping[str, Prompt] = MappingProxyType({prompt.code: prompt for prompt in _ALL})
"""Every piece by its code."""

DOCUMENTS: Mapping[str, str] = MappingProxyType({
    "Kartu Keluarga (KK)": "doc_family_card",
    "Akta kelahiran": "doc_birth",
    "Surat kehilangan dari kepolisian atau KTP-el yang rusak": "doc_loss",
    "Formulir F-1.02 atau F-1.06": "doc_form",
    "Dokumen asli": "doc_originals",
})  # fmt: skip
"""A document as it is written in the catalogue, in Indonesian -> the prompt that says it."""

HUNDRED_ID, HUNDREDS_ID = "seratus", "ratus"
#: What Indonesian prompts need beside the words of a call.
MORE_WORDS_ID: Mapping[str, str] = MappingProxyType({HUNDRED_ID: "seratus", HUNDREDS_ID: "ratus"})

_ONES_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
ONES_EN: tuple[str, ...] = _ONES_EN
TENS_EN: tuple[str, ...] = _TENS_EN
HUNDRED_EN = "hundred"

RECORDINGS_ID: Mapping[str, str] = MappingProxyType(
    {prompt.clip: prompt.text_id for prompt in _ALL} | dict(MORE_WORDS_ID)
)
"""Clip name -> Indonesian words, beside those of `kiosk.voice.recordings`."""

RECORDINGS_EN: Mapping[str, str] = MappingProxyType(
    {prompt.clip: prompt.text_en for prompt in _ALL}
    | {word: word for word in (*ONES_EN, *TENS_EN, HUNDRED_EN)}
    | {letter: letter for letter in LETTERS}
)
"""Clip name -> English words: all that English needs."""
