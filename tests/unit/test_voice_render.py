import shutil
import wave
from array import array
from itertools import pairwise
from math import pi, sin
from pathlib import Path

import pytest

from kiosk.voice import render, sound
from kiosk.voice.recordings import CHIME, RECORDINGS
from kiosk.voice.wav import BUNDLED_CLIPS, RATE, read_clip

DOCS = Path(__file__).parents[2] / "docs" / "voice.md"


def tone(pitch: float, rate: int, seconds: float = 0.5, level: float = 0.1) -> list[float]:
    return [level * sin(2 * pi * pitch * i / rate) for i in range(int(rate * seconds))]


def crossings(samples: list[float]) -> int:
    return sum(a < 0 <= b for a, b in pairwise(samples))


def record(path: Path, samples: list[float], rate: int = 44_100, channels: int = 2) -> None:
    values = array("h", (round(32767 * s) for s in samples for _ in range(channels)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(values.tobytes())


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000])
def test_resampling_keeps_length_pitch_and_level(rate: int) -> None:
    samples = sound.resample(tone(1000, rate), rate, RATE)

    assert len(samples) == pytest.approx(RATE / 2, abs=2)
    assert crossings(samples) == pytest.approx(500, abs=2)
    assert max(samples[1000:7000]) == pytest.approx(0.1, rel=0.02)


def test_resampling_drops_what_the_lower_rate_cannot_hold() -> None:
    samples = sound.resample(tone(10_000, 44_100), 44_100, RATE)

    assert max(map(abs, samples[1000:7000])) < 0.001


def test_trimming_leaves_a_breath_around_the_sound() -> None:
    silence = [0.0] * RATE

    samples = sound.trim(silence + tone(300, RATE) + silence, RATE)

    assert 0.5 < len(samples) / RATE < 0.56
    assert samples[0] == samples[-1] == 0


def test_a_quiet_and_a_loud_voice_become_equally_loud() -> None:
    quiet, loud = tone(300, RATE, level=0.01), tone(300, RATE, level=0.9)

    levels = [sound.loudness(sound.even_level(s, RATE), RATE) for s in (quiet, loud)]

    assert levels == pytest.approx([-17, -17], abs=0.1)


def test_a_recording_from_any_device_becomes_a_clip(tmp_path: Path) -> None:
    source, folder = tmp_path / "recordings", tmp_path / "voice" / "id"
    source.mkdir()
    record(source / "tiga.wav", [0.0] * 44_100 + tone(200, 44_100) + [0.0] * 44_100)

    status = render.main(["prepare", str(source), str(folder)])

    assert status == 0
    assert 0.5 < len(read_clip(folder / "tiga.wav")) / (2 * RATE) < 0.56


@pytest.mark.parametrize("trouble", ["nomer.wav", "satu.wav", "dua.wav", "tiga.wav"])
def test_a_recording_that_cannot_be_used_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], trouble: str
) -> None:
    path = tmp_path / trouble
    match trouble:
        case "nomer.wav":
            record(path, tone(200, RATE))
        case "satu.wav":
            record(path, [0.0] * 1000)
        case "dua.wav":
            path.write_text("not a sound")
        case "tiga.wav":
            record(path, tone(200, 8_000, seconds=21), rate=8_000)

    status = render.main(["prepare", str(tmp_path), str(tmp_path / "out")])

    assert status == 1
    assert trouble in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_prepare_says_which_clips_keep_the_machine_voice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record(tmp_path / "satu.wav", tone(200, RATE), rate=RATE)

    render.main(["prepare", str(tmp_path), str(tmp_path / "out")])

    said = capsys.readouterr().out.split()
    assert "dua" in said
    assert "satu" not in said


def test_the_machine_is_never_given_digits_to_read_as_one_number() -> None:
    assert not any(c.isdigit() for clip in RECORDINGS for c in render.spoken_text(clip)[25:-12])


def test_words_whose_e_is_often_misread_are_given_as_phonemes() -> None:
    assert "[[@mp'at]]" in render.spoken_text("empat")
    assert render.spoken_text("nomor_antrean") == "Nomor [[antR'ean]],"


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is needed to render")
def test_rendering_again_makes_the_same_clips(tmp_path: Path) -> None:
    render.main(["speak", "--to", str(tmp_path)])

    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in BUNDLED_CLIPS.iterdir()
    }
    assert all(
        len(read_clip(tmp_path / path.name)) == pytest.approx(len(read_clip(path)), rel=0.2)
        for path in BUNDLED_CLIPS.iterdir()
    )


def test_the_documents_list_every_recording_with_its_words() -> None:
    listed = {}
    for line in DOCS.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            name, words = line.strip("| ").split(" | ")
            listed[name.strip("`")] = words

    assert listed.pop(CHIME)
    assert listed == dict(RECORDINGS)
