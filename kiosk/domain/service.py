"""A service: what a citizen comes for, and the default catalogue of polling day."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

OPEN = "open"
BIODATA_INSTEAD = "biodata_instead"  # no new numbers; who holds one is called and gets biodata
SUSPENDED = "suspended"  # no new numbers; who holds one keeps the place and is not called
CLOSED = "closed"  # not today: no new numbers; who holds one is still called
STATES = (OPEN, BIODATA_INSTEAD, SUSPENDED, CLOSED)
CAUSES = ("blanks", "link", "recording_set", "power", "other")
#: States that go on for a while, so that the hall is told again and again.
INTERRUPTED = (BIODATA_INSTEAD, SUSPENDED)

#: What the hall hears of an interruption, by its cause: codes of spoken notices.
NOTICE_OF_CAUSE = {
    "blanks": "blanks_gone",
    "link": "link_down",
    "recording_set": "pause",
    "power": "power_cut",
    "other": "pause",
}
RESUMED_NOTICE = "resumed"

#: I, O and Q are not used: they read as 1 and 0 on paper and on screens.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
CODE = re.compile(r"[a-z][a-z0-9-]{0,23}")


@dataclass(frozen=True, slots=True)
class Service:
    """One row of `services`. `target`, `expected`: seconds; `journey`: codes of later steps."""

    code: str
    letter: str
    name_id: str
    name_en: str
    bring_id: str
    bring_en: str
    target: int
    expected: int
    journey: str
    quota: int | None
    position: int
    state: str
    cause: str | None
    expected_back: int | None

    @property
    def steps_to_come(self) -> tuple[str, ...]:
        return tuple(code for code in self.journey.split(",") if code)


def _service(
    position: int, code: str, letter: str, names: tuple[str, str], bring: tuple[str, str],
    expected_minutes: int, journey: str = "",
) -> Service:  # fmt: skip
    return Service(
        code=code,
        letter=letter,
        name_id=names[0],
        name_en=names[1],
        bring_id=bring[0],
        bring_en=bring[1],
        target=60 * 60,
        expected=expected_minutes * 60,
        journey=journey,
        quota=None,
        position=position,
        state=OPEN,
        cause=None,
        expected_back=None,
    )


#: What an office offers on polling day. Documents to bring differ per office: they are settings.
DEFAULT_CATALOGUE: tuple[Service, ...] = (
    _service(1, "biodata", "A",
             ("Biodata untuk pemilih", "Biodata for voters"),
             ("Kartu Keluarga (KK)", "Family card (KK)"), 5),
    _service(2, "card-printing", "B",
             ("Cetak KTP-el (sudah rekam)", "Card printing (already recorded)"),
             ("Kartu Keluarga (KK)", "Family card (KK)"), 5),
    _service(3, "recording", "C",
             ("Perekaman KTP-el", "Recording for the card"),
             ("Kartu Keluarga (KK); Akta kelahiran", "Family card (KK); Birth certificate"), 5,
             "card-printing"),
    _service(4, "lost-card", "D",
             ("KTP-el hilang atau rusak", "Lost or damaged card"),
             ("Surat kehilangan dari kepolisian atau KTP-el yang rusak; Kartu Keluarga (KK)",
              "Police loss report or the damaged card; Family card (KK)"), 6),
    _service(5, "family", "E",
             ("Kartu Keluarga dan akta", "Family card and certificates"),
             ("Formulir F-1.02 atau F-1.06; Dokumen asli", "Form F-1.02 or F-1.06; Originals"), 10),
    _service(6, "information", "F",
             ("Informasi dan pengaduan", "Information and complaints"),
             ("", ""), 3),
    _service(7, "recording-biodata", "R",
             ("Perekaman, lalu Biodata", "Recording, then Biodata"),
             ("Kartu Keluarga (KK); Akta kelahiran", "Family card (KK); Birth certificate"), 5,
             "biodata"),
)  # fmt: skip


def usual_services_missing_in(known: Mapping[str, Service]) -> tuple[Service, ...]:
    """The services of the default catalogue that an office does not have, as they could be added.

    An office that was set up by an earlier version, or took one out, has fewer. A letter that is in
    use is replaced by the first free one. Left out is what leads on to a service that is not there.
    """
    free = [letter for letter in LETTERS if letter not in {one.letter for one in known.values()}]
    missing = []
    for usual in DEFAULT_CATALOGUE:
        if usual.code in known or not free or not set(usual.steps_to_come) <= set(known):
            continue
        letter = usual.letter if usual.letter in free else free[0]
        free.remove(letter)
        missing.append(replace(usual, letter=letter))
    return tuple(missing)
