"""Waveforms for training: loading, trimming, and sounds that are not speech."""

import numpy as np
import soundfile
import soxr
from corpora import Clip
from numpy.typing import NDArray

from log_mel import HOP, SAMPLE_RATE_HZ, WINDOW

Samples = NDArray[np.float32]

CROP_FRAMES = 256  # one training example, 2.56 s; the product's windows are 3 s
CROP = (CROP_FRAMES - 1) * HOP + WINDOW  # the same in samples
LEVEL = 0.1  # RMS that clips are brought to (-20 dBFS): how loud a file is says nothing of its speaker
TRIM_DB = 40.0  # quieter than this under the loudest frame counts as silence at the ends


def load(clip: Clip) -> Samples:
    """A clip as mono float32 at 16 kHz without the silence at its ends.

    Silence is trimmed because its length tells the corpus apart, not the emotion.
    """
    samples, rate = soundfile.read(clip.path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    if rate != SAMPLE_RATE_HZ:
        mono = soxr.resample(mono, rate, SAMPLE_RATE_HZ)
    return trim(mono.astype(np.float32))


def trim(samples: Samples) -> Samples:
    """Cuts leading and trailing frames TRIM_DB under the loudest, keeping 100 ms of margin."""
    hop = SAMPLE_RATE_HZ // 100
    frames = len(samples) // hop
    if frames < 2:
        return samples
    power = (samples[: frames * hop].reshape(frames, hop) ** 2).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-TRIM_DB / 10))
    return samples[max(0, loud[0] - 10) * hop : (loud[-1] + 11) * hop] if len(loud) else samples


def at_level(samples: Samples) -> Samples:
    """The samples, brought to LEVEL."""
    return samples * np.float32(LEVEL / (float(np.sqrt((samples**2).mean())) + 1e-8))


def add_at_snr(signal: Samples, noise: Samples, snr_db: float) -> Samples:
    """The mixture in which signal power over noise power is `snr_db`."""
    power = float((signal**2).mean()) + 1e-10
    scale = np.sqrt(power / (float((noise**2).mean()) + 1e-10) * 10 ** (-snr_db / 10))
    return signal + np.float32(scale) * noise


def coloured_noise(length: int, slope_db_per_octave: float, rng: np.random.Generator) -> Samples:
    """Noise whose power falls by the slope: 0 is white, -3 pink, -6 brown."""
    spectrum = np.fft.rfft(rng.standard_normal(length))
    frequency = np.maximum(np.fft.rfftfreq(length), 1.0 / length)
    shaped = np.fft.irfft(spectrum * frequency ** (slope_db_per_octave / 6.02), length)
    return (0.1 * shaped / (shaped.std() + 1e-9)).astype(np.float32)


def not_speech(rng: np.random.Generator) -> Samples:
    """CROP samples of something that nobody says: noise, tones, chords, beats, hum, clicks."""
    time = np.arange(CROP) / SAMPLE_RATE_HZ
    kind = rng.integers(0, 6)
    if kind == 0:
        sound = coloured_noise(CROP, rng.uniform(-9, 3), rng)
        if rng.random() < 0.5:  # wind, traffic, breathing: noise that swells
            sound = sound * (1 + 0.9 * np.sin(2 * np.pi * rng.uniform(0.1, 4) * time + rng.uniform(0, 6)))
    elif kind == 1:
        start, end = rng.uniform(60, 4000, 2) if rng.random() < 0.3 else [rng.uniform(60, 4000)] * 2
        vibrato = rng.uniform(0, 0.01) * np.sin(2 * np.pi * rng.uniform(3, 8) * time)
        sweep = start * (end / start) ** (time / time[-1]) * (1 + vibrato)
        sound = np.sin(2 * np.pi * np.cumsum(sweep) / SAMPLE_RATE_HZ)
        if rng.random() < 0.3:
            sound = sound * (np.sin(2 * np.pi * rng.uniform(0.5, 6) * time) > 0)
    elif kind in (2, 3):
        sound = _melody(time, rng, chord=kind == 2)
        if rng.random() < 0.5:
            sound = sound + rng.uniform(0.1, 0.8) * _beats(rng)
    elif kind == 4:
        sound = _beats(rng)
    else:
        mains = rng.choice([50.0, 60.0])
        sound = sum(rng.uniform(0, 1) * np.sin(2 * np.pi * mains * k * time) for k in range(1, 8))
    noise = coloured_noise(CROP, rng.uniform(-6, 0), rng)
    return add_at_snr(np.asarray(sound, dtype=np.float32), noise, rng.uniform(5, 60))


def _melody(time: NDArray[np.float64], rng: np.random.Generator, chord: bool) -> NDArray[np.float64]:
    """Notes of one synthetic instrument in equal temperament, alone or in chords."""
    sound = np.zeros(len(time))
    roll_off, decay, voices = rng.uniform(0.5, 2.5), rng.uniform(0.3, 6), rng.integers(2, 5) if chord else 1
    note_length = rng.uniform(0.12, 1.2)
    for onset in np.arange(-note_length * rng.random(), time[-1], note_length):
        for _ in range(voices):
            pitch = 55.0 * 2 ** (rng.integers(0, 48) / 12)
            local = time - onset
            envelope = np.where(local >= 0, np.exp(-decay * np.maximum(local, 0)), 0) * np.minimum(1, np.maximum(local, 0) / 0.01)
            envelope = envelope * (local < note_length * rng.uniform(0.7, 2))
            for harmonic in range(1, int(min(12, 7000 / pitch)) + 1):
                sound += envelope * harmonic**-roll_off * np.sin(2 * np.pi * pitch * harmonic * local)
    return sound


def _beats(rng: np.random.Generator) -> Samples:
    """A regular or irregular train of drum-like bursts, or of clicks."""
    sound = np.zeros(CROP, dtype=np.float32)
    interval = rng.uniform(0.08, 0.7)
    length = int(rng.uniform(0.003, 0.2) * SAMPLE_RATE_HZ)
    burst = coloured_noise(length, rng.uniform(-9, 2), rng) * np.exp(-5 * np.arange(length) / length)
    if rng.random() < 0.5:
        burst = burst + np.sin(2 * np.pi * rng.uniform(40, 200) * np.arange(length) / SAMPLE_RATE_HZ) * np.exp(-4 * np.arange(length) / length)
    onset = rng.uniform(0, interval)
    while (place := int(onset * SAMPLE_RATE_HZ)) + length < CROP:
        sound[place : place + length] += burst * rng.uniform(0.5, 1)
        onset += interval * (rng.uniform(0.5, 1.5) if rng.random() < 0.2 else 1)
    return sound + np.float32(1e-5)
