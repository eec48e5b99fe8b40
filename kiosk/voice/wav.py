"""Clips on the disk, joined to one WAV."""

import io
import logging
import re
import wave
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from kiosk.voice.errors import UnknownClip
from kiosk.voice.recordings import PAUSES_MS

RATE = 16_000
WIDTH = 2
"""The one format of all clips: mono, 16 bit, 16 kHz."""

BUNDLED_CLIPS = Path(__file__).parent / "clips" / "id"
"""The clips that come with the program: those of calls and notices."""

KIOSK_CLIPS = {
    "id": Path(__file__).parent / "clips" / "kiosk-id",
    "en": Path(__file__).parent / "clips" / "kiosk-en",
}
"""What the kiosk's speaking mode needs beside them in Indonesian, and all that it needs in English.
"""

LONGEST_S = 20
"""No clip is longer; a longer file was put there by mistake."""

_KEPT = 8
_NAME = re.compile(r"[A-Za-z0-9_]+")
_log = logging.getLogger(__name__)


class VoiceLibrary:
    """Folders of clips, of which a later one overrides an earlier one clip by clip.

    An office puts its own recordings into a folder given after BUNDLED_CLIPS. One that is missing
    there is taken from the folder before; one that is broken too, and is logged once.
    """

    def __init__(self, *folders: Path) -> None:
        self._folders = folders[::-1]
        self._complained: set[Path] = set()
        # Several displays ask for the same call at once; 8 sounds are about 2 MB.
        self._joined = lru_cache(maxsize=_KEPT)(self._join)

    def join(self, clips: Sequence[str]) -> bytes:
        """One WAV file of the clips, one after the other, with silence for COMMA and STOP.

        Raises UnknownClip if no folder has a usable clip of a name.
        """
        return self._joined(tuple(clips))

    def _join(self, clips: tuple[str, ...]) -> bytes:
        return to_wav(b"".join(self._sound(clip) for clip in clips))

    def _sound(self, clip: str) -> bytes:
        if clip in PAUSES_MS:
            return bytes(WIDTH * RATE * PAUSES_MS[clip] // 1000)
        if _NAME.fullmatch(clip) is None:
            raise UnknownClip(f"no clip {clip!r}")
        for folder in self._folders:
            path = folder / f"{clip}.wav"
            try:
                return read_clip(path)
            except FileNotFoundError:
                continue
            except (OSError, EOFError, wave.Error) as error:
                self._complain(path, error)
        raise UnknownClip(f"no clip {clip!r}")

    def _complain(self, path: Path, error: Exception) -> None:
        if path not in self._complained:
            self._complained.add(path)
            _log.warning("clip_refused path=%s reason=%s", path, error)


def read_clip(path: Path) -> bytes:
    """The samples of a clip in our format.

    Raises OSError, EOFError or wave.Error if it cannot be read, is in another format, is cut off,
    is empty or is longer than LONGEST_S.
    """
    with wave.open(str(path), "rb") as file:
        found = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        if found != (1, WIDTH, RATE):
            raise wave.Error("{} channels, {} bytes, {} Hz".format(*found))
        frames = file.getnframes()
        if not 0 < frames <= LONGEST_S * RATE:
            raise wave.Error(f"{frames} samples")
        samples = file.readframes(frames)
    if len(samples) != frames * WIDTH:
        raise wave.Error("cut off")
    return samples


def to_wav(samples: bytes) -> bytes:
    """A WAV file of samples in our format."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH)
        file.setframerate(RATE)
        file.writeframes(samples)
    return buffer.getvalue()
