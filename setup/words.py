"""The words of the set-up in the language of the terminal: the catalogues are not compiled yet."""

from kiosk import terminal

#: English sentence -> Indonesian, with the same places to fill.
INDONESIAN = {
    "No connection to the package registry while fetching {what}: check the network and the proxy "
    "settings of this machine, then start again (a prepared folder needs no network).":
    "Tidak ada sambungan internet untuk mengambil {what}: periksa jaringan komputer ini, lalu "
    "jalankan lagi. Tanpa internet: pakai folder dari 'run.py bundle'. Folder yang sudah disiapkan "
    "tidak memerlukan jaringan.",
    "The disk is full: free about 500 MB in {root} and in the temporary folder, then start again.":
    "Disk penuh: kosongkan sekitar 500 MB di {root} dan di folder sementara, lalu jalankan lagi.",
    "The folder {root} has to be prepared first and this user may not write there: start once as "
    "its owner, or make it writable.":
    "Folder {root} harus disiapkan dahulu, tetapi pengguna ini tidak boleh menulis di sana: "
    "jalankan satu kali sebagai pemiliknya, atau beri izin menulis.",
    "What was downloaded for {what} is not what {lock} promises (wrong hash), so it was not "
    "installed: restore {lock} from the repository and start again; if it happens again, do not "
    "trust the network or mirror in between.":
    "Unduhan untuk {what} tidak sesuai dengan {lock} (hash salah), jadi tidak dipasang: pulihkan "
    "{lock} dari sumbernya dan jalankan lagi; bila terulang, jangan percayai jaringan ini.",
    "{lock} is damaged or incomplete: restore it from the repository and start again.":
    "{lock} rusak atau tidak lengkap: pulihkan dari sumbernya, lalu jalankan lagi.",
    "There is no ready build of {package} for Python {python} on this machine: use Python 3.11, "
    "3.12 or 3.13 (64 bit).":
    "Tidak ada {package} siap pakai untuk Python {python} di komputer ini: pakai Python 3.11, "
    "3.12, atau 3.13 (64 bit).",
    "Preparing {what} failed ({last}): everything it said is in {log}.":
    "Penyiapan {what} gagal ({last}): keterangan lengkap ada di {log}.",
    "The folder {root} could not be prepared: {error}.":
    "Folder {root} tidak dapat disiapkan: {error}.",
    "Another start is preparing this folder, waiting for it ...":
    "Folder ini sedang disiapkan oleh proses lain, menunggu ...",
    "Interrupted; the next start goes on from here.":
    "Dihentikan; penyiapan dilanjutkan saat dijalankan lagi.",
    "Python environment": "Lingkungan Python",
    "Front-end packages": "Paket layar",
    "Screen texts": "Teks layar",
    "the Python environment": "lingkungan Python",
    "the Python packages": "paket Python",
    "the front-end packages": "paket layar",
    "the screen texts": "teks layar",
}  # fmt: skip


def say(text: str, **places: object) -> str:
    """A sentence for whoever started it; places whose value is known by a word get that too."""
    if terminal.language() != terminal.INDONESIAN:
        return text.format(**places)
    known = {name: INDONESIAN.get(str(value), value) for name, value in places.items()}
    return INDONESIAN.get(text, text).format(**known)
