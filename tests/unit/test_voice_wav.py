import io
import logging
import wave
from math import log10
from pathlib import Path

import pytest

from kiosk.voice import sound
from kiosk.voice.announcement import clips_for_call, clips_for_notice
from kiosk.voice.errors import UnknownClip
from kiosk.voice.notices import NOTICES
from kiosk.voice.recordings import CHIME, COMMA, PAUSES_MS, RECORDINGS, STOP
from kiosk.voice.wav import BUNDLED_CLIPS, RATE, VoiceLibrary, read_clip, to_wav

ALL_CLIPS = (CHIME, *RECORDINGS)


def frames(data: bytes) -> bytes:
    with wave.open(io.BytesIO(data)) as file:
        assert file.getparams()[:3] == (1, 2, RATE)
        samples: bytes = file.readframes(file.getnframes())
    return samples


def seconds(data: bytes) -> float:
    return len(frames(data)) / (2 * RATE)


def write(path: Path, samples: bytes, channels: int = 1, rate: int = RATE) -> bytes:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)
    return samples


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "voice" / "id"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def library(own: Path) -> VoiceLibrary:
    return VoiceLibrary(BUNDLED_CLIPS, own)


def test_there_is_exactly_one_file_for_each_recording() -> None:
    assert {path.name for path in BUNDLED_CLIPS.iterdir()} == {f"{clip}.wav" for clip in ALL_CLIPS}


def test_all_clips_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in BUNDLED_CLIPS.iterdir()) < 2_500_000


@pytest.mark.parametrize("clip", ALL_CLIPS)
def test_a_clip_is_trimmed_even_in_level_and_not_clipped(clip: str) -> None:
    samples = sound.from_pcm(read_clip(BUNDLED_CLIPS / f"{clip}.wav"))
    levels = sound.frame_levels(samples, RATE)
    peak = 20 * log10(max(map(abs, samples)))

    assert 0.2 < len(samples) / RATE < 8
    assert -8 < peak < -1.4
    assert -18.5 < sound.loudness(samples, RATE) < -16.5
    assert max(levels[:4]) > max(levels) - 41
    assert max(levels[-6:]) > max(levels) - 41 or clip == CHIME


@pytest.mark.parametrize(
    ("number", "counter", "longest"), [("A-012", 3, 7.0), ("A-888", 1, 7.5), ("B-1000", 27, 8.0)]
)
def test_a_call_with_its_chime_takes_a_few_seconds(
    library: VoiceLibrary, number: str, counter: int, longest: float
) -> None:
    assert 4 < seconds(library.join(clips_for_call(number, counter))) < longest


@pytest.mark.parametrize("code", NOTICES)
def test_a_notice_is_over_before_anybody_stops_listening(library: VoiceLibrary, code: str) -> None:
    assert 2 < seconds(library.join(clips_for_notice(code))) < 9


def test_a_joined_sound_is_its_clips_and_the_silences_between_them(library: VoiceLibrary) -> None:
    clips = clips_for_call("A-012", 3)

    joined = frames(library.join(clips))

    sounds = [clip for clip in clips if clip not in PAUSES_MS]
    silence = sum(2 * RATE * PAUSES_MS[clip] // 1000 for clip in clips if clip in PAUSES_MS)
    spoken = [read_clip(BUNDLED_CLIPS / f"{clip}.wav") for clip in sounds]
    assert len(joined) == silence + sum(map(len, spoken))
    assert joined.startswith(spoken[0])
    assert joined.endswith(spoken[-1])


@pytest.mark.parametrize("pause", [COMMA, STOP])
def test_a_pause_is_silent_and_whole_samples_long(library: VoiceLibrary, pause: str) -> None:
    joined = frames(library.join((pause,)))

    assert len(joined) % 2 == 0
    assert joined == bytes(len(joined))


def test_an_offices_own_recording_wins_clip_by_clip(library: VoiceLibrary, own: Path) -> None:
    ours = write(own / "tiga.wav", b"\x01\x02" * 800)

    joined = frames(library.join(("dua", "tiga")))

    assert joined == read_clip(BUNDLED_CLIPS / "dua.wav") + ours


def test_a_folder_that_does_not_exist_overrides_nothing(tmp_path: Path) -> None:
    library = VoiceLibrary(BUNDLED_CLIPS, tmp_path / "voice" / "id")

    assert frames(library.join(("dua",))) == read_clip(BUNDLED_CLIPS / "dua.wav")


def break_it(path: Path, how: str) -> None:
    good = to_wav(bytes(3200))
    match how:
        case "text":
            path.write_text("not a sound")
        case "empty file":
            path.touch()
        case "no samples":
            write(path, b"")
        case "cut off":
            path.write_bytes(good[:-100])
        case "stereo":
            write(path, bytes(3200), channels=2)
        case "other rate":
            write(path, bytes(3200), rate=44_100)
        case "a folder":
            path.mkdir()
        case "too long":
            write(path, bytes(2 * 21 * RATE))


@pytest.mark.parametrize(
    "how",
    ["text", "empty file", "no samples", "cut off", "stereo", "other rate", "a folder", "too long"],
)
def test_a_broken_recording_falls_back_to_ours_and_is_logged_once(
    library: VoiceLibrary, own: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    break_it(own / "dua.wav", how)

    with caplog.at_level(logging.WARNING):
        first, second = library.join(("dua",)), library.join(("dua", STOP))

    assert frames(first) == read_clip(BUNDLED_CLIPS / "dua.wav")
    assert frames(second).startswith(frames(first))
    assert [record.message.split()[0] for record in caplog.records] == ["clip_refused"]


@pytest.mark.parametrize("clip", ["", "sebelass", "../id/dua", "/etc/passwd", "dua.wav", "a b"])
def test_an_unknown_clip_is_refused(library: VoiceLibrary, clip: str) -> None:
    with pytest.raises(UnknownClip):
        library.join((clip,))


def test_the_same_call_is_joined_once_and_few_sounds_are_kept(own: Path) -> None:
    library = VoiceLibrary(BUNDLED_CLIPS, own)
    first = library.join(clips_for_call("A-001", 1))
    assert library.join(list(clips_for_call("A-001", 1))) is first

    for n in range(2, 30):
        library.join(clips_for_call(f"A-{n:03d}", 1))

    assert library.join(clips_for_call("A-001", 1)) is not first
