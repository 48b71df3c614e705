"""Augmentation by sounds that were waveforms.

Noise whose powers are drawn for each band and frame is easily told from a voice: a network that learnt from it hears through it,
and not through a microphone's. At 10 dB the one cost it a point, the other fourteen (EXPERIMENTS.md).
"""

import numpy as np
import torch
from audio import CROP, at_level, coloured_noise, not_speech
from augment import Augmenter, at_ratio
from log_mel import MEL_BANDS, LogMel, mel_filters
from torch import Tensor

SOUNDS, STEADY_SHARE = 256, 0.7
# How a frame's power goes with the next ones': windows of 32 ms every 10 ms overlap.
OVERLAP = torch.tensor([0.5, 1.0, 0.5]) / 1.5**0.5


class NoisyAugmenter(Augmenter):
    """Lays coloured noise, music, beats and hum under half of the clips, and adds as waves do."""

    noise_share = 0.5

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        rng, log_mel = np.random.default_rng(seed), LogMel()
        sounds = [coloured_noise(CROP, rng.uniform(-7, 1), rng) if rng.random() < STEADY_SHARE else not_speech(rng) for _ in range(SOUNDS)]
        # (SOUNDS, frames, MEL_BANDS)
        self.sounds = log_mel(torch.from_numpy(np.stack([at_level(sound) for sound in sounds]))).transpose(1, 2).exp()
        filters = mel_filters()
        # Bins that a band has, as the number of equal ones whose sum would vary as much.
        self.bins = filters.sum(dim=1).square() / filters.square().sum(dim=1)

    def _noise(self, power: Tensor, rows: Tensor) -> None:
        """One of the sounds, some of them swelling, 0 to 30 dB under the clip."""
        count, frames = len(rows), power.shape[1]
        which = torch.randint(len(self.sounds), (count, 1), generator=self.generator)
        start = torch.randint(self.sounds.shape[1], (count, 1), generator=self.generator)
        sound = self.sounds[which, (start + torch.arange(frames)) % self.sounds.shape[1]]
        colour = torch.exp(self._slope(count, 0.7, 0.5))
        self._add(power, rows, sound * colour[:, None] * self._swell(count, frames)[..., None], 30 * self._uniform(count))

    def _add(self, power: Tensor, rows: Tensor, sound: Tensor, snr_db: Tensor) -> None:
        """Adds `sound` as waves of any phase: |a + b|^2 = |a|^2 + |b|^2 + 2 |a| |b| cos, where the last is a mean over a band's bins."""
        own = power[rows]
        added = at_ratio(own, sound, snr_db)
        white = self._normal(len(rows), own.shape[1] + 2, MEL_BANDS)
        phase = sum(weight * white[:, place : place + own.shape[1]] for place, weight in enumerate(OVERLAP.tolist()))
        both = own + added + torch.sqrt(2 * own * added / self.bins) * phase
        power[rows] = torch.maximum(both, (own.sqrt() - added.sqrt()).square())
