"""Augmentation of log-mel power spectrograms (batch, frames, MEL_BANDS), many clips at once.

Powers of independent sounds add and a room smears them in time, so noise, voices, reverberation and
equalisers can all be laid over a cached spectrogram: hundreds of times cheaper than over the waveform.
"""

import math

import torch
from log_mel import HOP, MEL_BANDS, SAMPLE_RATE_HZ, normalise
from torch import Tensor

FLOOR = 1e-6  # as in LogMel
HOP_S = HOP / SAMPLE_RATE_HZ
VOICE_SHARE, ROOM_SHARE, EQUALISER_SHARE, NARROW_SHARE = 0.15, 0.25, 0.7, 0.2


def at_ratio(power: Tensor, sound: Tensor, snr_db: Tensor) -> Tensor:
    """The sound at a ratio of mean powers under `power`; both (batch, frames, MEL_BANDS)."""
    wanted = power.mean(dim=(1, 2)) * 10 ** (-snr_db / 10)
    return sound * (wanted / (sound.mean(dim=(1, 2)) + 1e-12))[:, None, None]


class Augmenter:
    """Makes each clip of a batch sound as if it came from elsewhere; random, from one seed."""

    noise_share = 0.4  # of the clips

    def __init__(self, seed: int) -> None:
        self.generator = torch.Generator().manual_seed(seed)

    def __call__(self, log_mel: Tensor) -> Tensor:
        """Log-mel power -> normalised, augmented features (batch, MEL_BANDS, frames)."""
        power = log_mel.exp()
        self._room(power, self._some(len(power), ROOM_SHARE))
        self._noise(power, self._some(len(power), self.noise_share))
        self._voices(power, log_mel, self._some(len(power), VOICE_SHARE))
        equalised = torch.log(power + FLOOR) + self._equaliser(len(power))[:, None]
        features = normalise(equalised.transpose(1, 2))
        return self._masks(self._narrow(features))

    def _uniform(self, *shape: int) -> Tensor:
        return torch.rand(*shape, generator=self.generator)

    def _normal(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self.generator)

    def _some(self, batch: int, share: float) -> Tensor:
        return (self._uniform(batch) < share).nonzero()[:, 0]

    def _room(self, power: Tensor, rows: Tensor) -> None:
        """Adds the energy of the last moments, decaying by 60 dB in 0.15 to 0.75 s."""
        if len(rows) == 0:
            return
        decay = torch.exp(-math.log(1e6) * HOP_S / (0.15 + 0.6 * self._uniform(len(rows), 1)))
        dry, tail, tails = power[rows], torch.zeros(len(rows), MEL_BANDS), []
        for frame in dry.unbind(dim=1):
            tails.append(tail)
            tail = decay * (tail + frame)
        power[rows] = dry + (0.02 + 0.25 * self._uniform(len(rows), 1, 1)) * torch.stack(tails, dim=1)

    def _noise(self, power: Tensor, rows: Tensor) -> None:
        """Coloured noise, steady or swelling, 3 to 30 dB under the clip.

        Its power in a band varies like a sum of two exponentials, in each frame for itself; a microphone's does not (in_noise.py).
        """
        count, frames = len(rows), power.shape[1]
        colour = torch.exp(self._slope(count, 2, 1) + 0.3 * self._normal(count, MEL_BANDS))
        level = self._swell(count, frames)
        grain = -0.5 * torch.log(self._uniform(2, count, frames, MEL_BANDS) + FLOOR).sum(dim=0)
        self._add(power, rows, colour[:, None] * level[..., None] * grain, 3 + 27 * self._uniform(count))

    def _slope(self, count: int, tilt: float, bow: float) -> Tensor:
        """How loud each band is, (count, MEL_BANDS), natural logarithm of power; `tilt` and `bow`: deviations at the outermost bands."""
        band = torch.linspace(-1, 1, MEL_BANDS)
        return tilt * self._normal(count, 1) * band + bow * self._normal(count, 1) * band**2

    def _swell(self, count: int, frames: int) -> Tensor:
        """How loud sounds are over time, (count, frames): most are steady."""
        time = torch.arange(frames) * HOP_S
        swell = torch.sin(2 * math.pi * ((0.1 + 4 * self._uniform(count, 1)) * time + self._uniform(count, 1)))
        return 1 + 0.9 * swell * (self._uniform(count, 1) < 0.3)

    def _voices(self, power: Tensor, log_mel: Tensor, rows: Tensor) -> None:
        """Another clip of the batch in the background, 8 to 25 dB lower."""
        others = torch.randperm(len(log_mel), generator=self.generator)[: len(rows)]
        self._add(power, rows, log_mel[others].exp(), 8 + 17 * self._uniform(len(rows)))

    def _add(self, power: Tensor, rows: Tensor, sound: Tensor, snr_db: Tensor) -> None:
        """Adds `sound` to the rows at a ratio of mean powers."""
        power[rows] += at_ratio(power[rows], sound, snr_db)

    def _equaliser(self, batch: int) -> Tensor:
        """A smooth curve over the bands, a few dB, for EQUALISER_SHARE of the clips: (batch, MEL_BANDS), natural logarithm of power."""
        band = torch.linspace(-1, 1, MEL_BANDS)
        tilt, bow, ripple = (self._normal(batch, 3) * torch.tensor([0.8, 0.6, 0.45]))[:, None].unbind(dim=2)
        wave = torch.sin(math.pi * (band * (0.5 + 1.5 * self._uniform(batch, 1)) + 2 * self._uniform(batch, 1)))
        return (tilt * band + bow * band**2 + ripple * wave) * (self._uniform(batch, 1) < EQUALISER_SHARE)

    def _narrow(self, features: Tensor) -> Tensor:
        """A channel without its upper bands (telephone, old microphone), for NARROW_SHARE of the clips."""
        batch = len(features)
        lowest = MEL_BANDS * 0.6 + self._uniform(batch, 1) * MEL_BANDS * 0.4
        cut = (torch.arange(MEL_BANDS) >= lowest) & (self._uniform(batch, 1) < NARROW_SHARE)
        return torch.where(cut[:, :, None], features.amin(dim=(1, 2), keepdim=True), features)

    def _masks(self, features: Tensor) -> Tensor:
        """SpecAugment (Park et al. 2019): two stretches of up to 10 bands and two of up to 20 frames are blanked."""
        for _ in range(2):
            features = features.masked_fill(self._stretch(len(features), MEL_BANDS, 10)[:, :, None], 0.0)
            features = features.masked_fill(self._stretch(len(features), features.shape[2], 20)[:, None], 0.0)
        return features

    def _stretch(self, batch: int, length: int, longest: int) -> Tensor:
        start = (self._uniform(batch, 1) * (length - longest)).long()
        end = start + (self._uniform(batch, 1) * (longest + 1)).long()
        place = torch.arange(length)
        return (place >= start) & (place < end)
