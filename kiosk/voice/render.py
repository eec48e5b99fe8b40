"""Makes the clips: `python3 -m kiosk.voice.render speak` or `... render prepare FROM TO`.

`speak` needs espeak-ng (1.51 was used; the same version makes the same bytes). `prepare` turns an
office's own recordings into clips. Neither is needed when the program runs.
"""

import argparse
import re
import subprocess
import sys
import wave
from pathlib import Path

from kiosk.domain.service import LETTERS
from kiosk.voice import sound
from kiosk.voice.prompts import MORE_WORDS_ID, PROMPTS, RECORDINGS_EN, RECORDINGS_ID
from kiosk.voice.recordings import (
    CHIME,
    DIGITS,
    ELEVEN,
    GO_TO_COUNTER,
    RECORDINGS,
    TEEN,
    TEN,
    TENS,
    TICKET_NUMBER,
)
from kiosk.voice.wav import BUNDLED_CLIPS, KIOSK_CLIPS, LONGEST_S, RATE, WIDTH, to_wav

_WORDS_PER_MINUTE = 150
_WORDS_PER_MINUTE_KIOSK = 165
_PITCH = 60

_PHONEMES = {
    # espeak-ng's phoneme letters for abbreviations, and for words whose e it gets wrong.
    "antrean": "antR'ean",
    "belas": "b@l'as",
    "belum": "b@l'um",
    "berhenti": "b@Rh@nt'i",
    "cetak": "tS@t'ak",
    "depan": "d@p'an",
    "dekat": "d@k'at",
    "dokumen": "dok'umen",
    "empat": "@mp'at",
    "enam": "@n'am",
    "jeda": "dZ'eda",
    "kertas": "k@Rt'as",
    "kecil": "k@tS'il",
    "ketik": "k@t'ik",
    "KPPS": "k,ap,ep,e_|'Es",
    "KTP-el": "k,at,ep,e_|'El",
    "lebih": "l@b'ih",
    "loket": "l'oket",
    "menit": "m@n'it",
    "menjemput": "m@ndZ@mp'ut",
    "mesin": "m@s'in",
    "mode": "m'ode",
    "perlu": "p@Rl'u",
    "pernah": "p@Rn'ah",
    "rekam": "R@k'am",
    "sebelas": "s@b@l'as",
    "sebelum": "s@b@l'um",
    "segera": "s@g@R'a",
    "sejenak": "s@dZ@n'ak",
    "selesai": "s@l@s'aI",
    "sempit": "s@mp'it",
    "tekan": "t@k'an",
    "tetap": "t@t'ap",
    "TPS": "t,ep,e_|'Es",
}
#: Spoken by the voice of the other language.
_FOREIGN = frozenset((PROMPTS["other_language"].clip,))
_OTHER = {"id": "en", "en": "id"}
_JOINED_WORDS = frozenset((*LETTERS, *DIGITS, TEN, ELEVEN, TEEN, TENS))
_UNFINISHED = frozenset((TICKET_NUMBER, GO_TO_COUNTER))
_TOKEN = re.compile(r"[\w-]+")


def main(arguments: list[str]) -> int:
    """Runs one of the two commands; the exit status is 1 if a recording could not be used."""
    parser = argparse.ArgumentParser(prog="python3 -m kiosk.voice.render", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    speak = commands.add_parser("speak", help="render every clip with espeak-ng")
    speak.add_argument("--to", type=Path, default=BUNDLED_CLIPS)
    kiosk = commands.add_parser("speak-kiosk", help="render what the kiosk's speaking mode says")
    kiosk.add_argument("language", choices=tuple(KIOSK_CLIPS))
    kiosk.add_argument("--to", type=Path)
    own = commands.add_parser("prepare", help="turn own recordings (WAV, 16 bit) into clips")
    own.add_argument("source", type=Path)
    own.add_argument("to", type=Path)
    options = parser.parse_args(arguments)
    if options.command == "speak-kiosk":
        options.to = options.to or KIOSK_CLIPS[options.language]
    options.to.mkdir(parents=True, exist_ok=True)
    if options.command == "speak":
        render_all(options.to)
        return 0
    if options.command == "speak-kiosk":
        render_kiosk(options.language, options.to)
        return 0
    problems = prepare_all(options.source, options.to)
    for problem in problems:
        print(problem, file=sys.stderr)
    missing = [
        clip
        for clip in (CHIME, *RECORDINGS, *RECORDINGS_ID)
        if not (options.to / f"{clip}.wav").exists()
    ]
    if missing:
        print("not recorded, so the machine voice says:", *missing)
    return 1 if problems else 0


def render_all(folder: Path) -> None:
    """Writes every clip, the chime too, into the folder."""
    _write(folder, CHIME, sound.chime(RATE))
    for clip in RECORDINGS:
        _write(folder, clip, _finished(_espeak(spoken_text(clip))))


def render_kiosk(language: str, folder: Path) -> None:
    """Writes what the kiosk says in one language."""
    texts = RECORDINGS_ID if language == "id" else RECORDINGS_EN
    for clip in texts:
        voice = _OTHER[language] if clip in _FOREIGN else language
        spoken = _espeak(kiosk_text(clip, language), voice, _WORDS_PER_MINUTE_KIOSK)
        _write(folder, clip, _finished(spoken))


def kiosk_text(clip: str, language: str) -> str:
    """What espeak-ng is given for a piece of the speaking mode."""
    if clip in _FOREIGN:
        return RECORDINGS_ID[clip] if language == "id" else _spelt(RECORDINGS_EN[clip])
    if language == "en":
        text = RECORDINGS_EN[clip].replace("KTP-el", "K T P el")
        joined = clip not in {prompt.clip for prompt in PROMPTS.values()}
        return f'<prosody range="50%">{text} </prosody>' if joined else text
    text = _spelt(RECORDINGS_ID[clip])
    return f'<prosody range="50%">{text} </prosody>' if clip in MORE_WORDS_ID else text


def prepare_all(source: Path, folder: Path) -> list[str]:
    """Makes a clip of each WAV in `source` that has a clip's name; returns what could not be used.

    A recording may have any rate and number of channels. Silence is cut off and the level evened.
    """
    problems = []
    for path in sorted(source.glob("*.wav")):
        if path.stem not in {CHIME, *RECORDINGS, *RECORDINGS_ID}:
            problems.append(f"{path.name}: no clip has this name")
            continue
        try:
            _write(folder, path.stem, _finished(_read(path)))
        except (OSError, EOFError, wave.Error) as error:
            problems.append(f"{path.name}: {error}")
    return problems


def spoken_text(clip: str) -> str:
    """What espeak-ng is given for a clip: SSML, difficult words as phonemes.

    Words that are joined in any order get half the melody, so that none of them sounds like the
    end of a sentence; phrases that go on end with a comma.
    """
    text = _spelt(RECORDINGS[clip])
    if clip in _JOINED_WORDS:
        # Without the space, phonemes before a closing tag are read out letter by letter.
        return f'<prosody range="50%">{text} </prosody>'
    return text + "," if clip in _UNFINISHED else text


def _spelt(text: str) -> str:
    return _TOKEN.sub(_pronounced, text)


def _pronounced(match: re.Match[str]) -> str:
    word = match.group()
    phonemes = _PHONEMES.get(word) or _PHONEMES.get(word.lower())
    return f"[[{phonemes}]]" if phonemes else word


def _espeak(text: str, language: str = "id", speed: int = _WORDS_PER_MINUTE) -> sound.Samples:
    command = ["espeak-ng", "-v", language, "-m", "-z", "--stdin", "--stdout"]
    command += ["-s", str(speed), "-p", str(_PITCH)]
    spoken = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout
    # Written to a pipe, its header cannot know the length: take what follows the 44 bytes.
    rate = int.from_bytes(spoken[24:28], "little")
    return sound.resample(sound.from_pcm(spoken[44:]), rate, RATE)


def _read(path: Path) -> sound.Samples:
    with wave.open(str(path), "rb") as file:
        if file.getsampwidth() != WIDTH:
            raise wave.Error("not 16 bit")
        if file.getnframes() > LONGEST_S * file.getframerate():
            raise wave.Error(f"longer than {LONGEST_S} s")
        samples = sound.from_pcm(file.readframes(file.getnframes()), file.getnchannels())
        rate = file.getframerate()
    if not any(samples):
        raise wave.Error("silent")
    return sound.resample(samples, rate, RATE)


def _finished(samples: sound.Samples) -> sound.Samples:
    return sound.even_level(sound.trim(samples, RATE), RATE)


def _write(folder: Path, clip: str, samples: sound.Samples) -> None:
    (folder / f"{clip}.wav").write_bytes(to_wav(sound.to_pcm(samples)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
