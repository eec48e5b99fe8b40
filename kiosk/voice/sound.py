"""What is done to a sound before it becomes a clip: rate, silence, level; and the chime.

Samples are floats from -1 to 1, one channel. Used when clips are made, never when they are played.
"""

from array import array
from collections.abc import Sequence
from math import cos, exp, gcd, log10, pi, sin, sqrt
from operator import mul

Samples = list[float]

_FRAME_MS = 10
_QUIET_DB = -40.0
_LEAD_MS, _TAIL_MS, _FADE_MS = 15, 30, 5
_LOUDNESS_DB = -17.0
_PEAK_DB = -1.5
_ZERO_CROSSINGS = 16


def from_pcm(data: bytes, channels: int = 1) -> Samples:
    """16-bit samples to floats; several channels become their mean."""
    values = array("h", data)
    return [
        sum(values[i : i + channels]) / (channels * 32768) for i in range(0, len(values), channels)
    ]


def to_pcm(samples: Samples) -> bytes:
    """Floats to 16-bit samples; what is beyond -1 to 1 is cut."""
    return array("h", (round(32767 * max(-1.0, min(1.0, s))) for s in samples)).tobytes()


def resample(samples: Samples, rate: int, target: int) -> Samples:
    """The same sound at another rate (Hz), by a Hann-windowed sinc that passes what both hold."""
    if rate == target:
        return samples
    up, down = target // gcd(rate, target), rate // gcd(rate, target)
    cutoff = 0.92 * min(1.0, target / rate)
    reach = int(_ZERO_CROSSINGS / cutoff) + 1
    kernels = [_kernel(phase / up, cutoff, reach) for phase in range(up)]
    padded = [0.0] * reach + samples + [0.0] * (reach + 1)
    result = []
    for n in range(len(samples) * up // down):
        start, phase = divmod(n * down, up)
        result.append(sum(map(mul, kernels[phase], padded[start : start + 2 * reach + 1])))
    return result


def _kernel(offset: float, cutoff: float, reach: int) -> list[float]:
    weights = []
    for k in range(-reach, reach + 1):
        x = k - offset
        sinc = cutoff if x == 0 else sin(pi * cutoff * x) / (pi * x)
        weights.append(sinc * (0.5 + 0.5 * cos(pi * x / (reach + 1))))
    return weights


def trim(samples: Samples, rate: int) -> Samples:
    """Without the silence at both ends, but for a breath, and faded so that joins do not click."""
    levels = frame_levels(samples, rate)
    threshold = max(levels) + _QUIET_DB
    loud = [i for i, level in enumerate(levels) if level > threshold]
    frame = rate * _FRAME_MS // 1000
    start = max(0, loud[0] * frame - rate * _LEAD_MS // 1000)
    end = (loud[-1] + 1) * frame + rate * _TAIL_MS // 1000
    kept = samples[start:end]
    fade = rate * _FADE_MS // 1000
    for i in range(min(fade, len(kept) // 2)):
        kept[i] *= i / fade
        kept[-1 - i] *= i / fade
    return kept


def even_level(samples: Samples, rate: int) -> Samples:
    """As loud as every other clip (-17 dB where somebody speaks), with no peak above -1.5 dB."""
    gain = min(
        10 ** ((_LOUDNESS_DB - loudness(samples, rate)) / 20),
        10 ** (_PEAK_DB / 20) / max(map(abs, samples)),
    )
    return [gain * s for s in samples]


def loudness(samples: Samples, rate: int) -> float:
    """The mean power in dB of the frames within 20 dB of the loudest one."""
    levels = frame_levels(samples, rate)
    threshold = max(levels) - 20
    spoken = [10 ** (level / 10) for level in levels if level > threshold]
    return 10 * log10(sum(spoken) / len(spoken))


def frame_levels(samples: Sequence[float], rate: int) -> list[float]:
    """The power in dB (0 is full scale) of each 10 ms."""
    frame = rate * _FRAME_MS // 1000
    return [
        20 * log10(sqrt(sum(s * s for s in samples[i : i + frame]) / frame) + 1e-9)
        for i in range(0, len(samples), frame)
    ]


def chime(rate: int) -> Samples:
    """Two soft bell tones, E5 and C5, 1.0 s in all."""
    samples = [0.0] * rate
    for start, pitch in ((0.0, 659.26), (0.3, 523.25)):
        first = int(start * rate)
        for i in range(first, rate):
            samples[i] += _bell((i - first) / rate, pitch)
    tail = rate // 10
    for i in range(tail):
        samples[-1 - i] *= i / tail
    return even_level(samples, rate)


def _bell(t: float, pitch: float) -> float:
    attack = min(1.0, t / 0.008)
    tones = ((1, 1.0, 4.0), (2, 0.25, 7.0), (3, 0.08, 11.0))
    return attack * sum(a * exp(-d * t) * sin(2 * pi * k * pitch * t) for k, a, d in tones)
