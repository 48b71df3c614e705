"""What an encoder makes of clips and of other sounds: the rows that the heads learn from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TypeVar

import numpy as np
import torch
from audio import CROP_FRAMES, at_level, not_speech
from augment import Augmenter
from cache import Example
from log_mel import MEL_BANDS, LogMel, normalise
from network import Encoder
from torch import Tensor

WINDOW_FRAMES, MINIMUM_FRAMES = 300, 48  # as the product: equal parts of at most 3 s; at least half a second
AT_ONCE = 32
COPIES = 2  # of a window at each speed, each augmented in its own way
CROWD = 12  # voices, in which nobody speaks to you
Item = TypeVar("Item")


@dataclass(frozen=True)
class Embedded:
    """Windows of clips. `statistics` (rows, size); `clip` (rows,): the place of each one's clip; `augmented` (rows,)."""

    statistics: Tensor
    clip: Tensor
    augmented: Tensor

    def of(self, clips: Sequence[int]) -> "Embedded":
        """What was made of these clips alone, which are counted anew."""
        place = torch.full((int(self.clip.max()) + 1,), -1)
        place[list(clips)] = torch.arange(len(clips))
        own = place[self.clip] >= 0
        return Embedded(self.statistics[own], place[self.clip[own]], self.augmented[own])

    def as_they_are(self) -> "Embedded":
        """The windows alone that were not augmented."""
        plain = ~self.augmented
        return Embedded(self.statistics[plain], self.clip[plain], self.augmented[plain])


@dataclass(frozen=True)
class _Window:
    """Where a part of a clip is; some that have the same shape are heard at once."""

    clip: int
    version: int
    start: int
    frames: int
    augmented: bool

    @property
    def shape(self) -> tuple[bool, int]:
        """What windows that are heard at once have in common."""
        return self.augmented, self.frames


def mean_per_clip(rows: Tensor, clip: Tensor, clips: int) -> Tensor:
    """The mean of each clip's rows: (clips, size)."""
    sums = torch.zeros(clips, rows.shape[1]).index_add_(0, clip, rows)
    return sums / clip.bincount(minlength=clips)[:, None]


def embed(encoder: Encoder, examples: Sequence[Example], augment: Augmenter | None = None) -> Embedded:
    """Every clip's windows as they are and, where they are to be augmented, COPIES times so at each speed."""
    copies = COPIES if augment else 0
    found = sorted((w for place, example in enumerate(examples) for w in _windows(place, example, copies)), key=lambda window: window.shape)
    rows = [
        _statistics(encoder, torch.stack([_log_mel(examples[window.clip], window) for window in batch]), augment if augmented else None)
        for (augmented, _), alike in groupby(found, key=lambda window: window.shape)
        for batch in _batches(list(alike))
    ]
    clip, augmented = torch.tensor([window.clip for window in found]), torch.tensor([window.augmented for window in found])
    return Embedded(torch.cat(rows), clip, augmented)


def embed_not_speech(encoder: Encoder, examples: Sequence[Example], count: int, augment: Augmenter, rng: np.random.Generator) -> Tensor:
    """Sounds that nobody says, as they are and augmented: synthesised ones, and crowds of `examples`. (2 count, size)."""
    log_mel = LogMel()
    rows = []
    for batch in _batches(range(count)):
        sounds = torch.stack([_crowd(examples, rng) if number % 6 == 0 else _synthetic(log_mel, rng) for number in batch])
        rows += [_statistics(encoder, sounds, None), _statistics(encoder, sounds, augment)]
    return torch.cat(rows)


def _statistics(encoder: Encoder, log_mels: Tensor, augment: Augmenter | None) -> Tensor:
    """Log-mels (batch, frames, MEL_BANDS), augmented or as they are -> (batch, size)."""
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        return encoder.statistics(augment(log_mels) if augment else normalise(log_mels.transpose(1, 2))).float()


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def _windows(place: int, example: Example, copies: int) -> Iterator[_Window]:
    """A clip as the product cuts it, as it is and augmented at each of its speeds. Shorter ones than the minimum are repeated."""
    for version, log_mel in enumerate(example.log_mels):
        frames = len(log_mel) * -(-MINIMUM_FRAMES // len(log_mel))
        edges = np.linspace(0, frames, -(-frames // WINDOW_FRAMES) + 1).astype(int).tolist()
        for start, end in pairwise(edges):
            if version == 0:
                yield _Window(place, version, start, end - start, augmented=False)
            for _ in range(copies):
                yield _Window(place, version, start, end - start, augmented=True)


def _log_mel(example: Example, window: _Window) -> Tensor:
    """(frames, MEL_BANDS)."""
    log_mel = example.log_mels[window.version]
    return torch.from_numpy(log_mel[(window.start + np.arange(window.frames)) % len(log_mel)].astype(np.float32))


def _synthetic(log_mel: LogMel, rng: np.random.Generator) -> Tensor:
    return log_mel(torch.from_numpy(at_level(not_speech(rng)))[None])[0].T


def _crowd(examples: Sequence[Example], rng: np.random.Generator) -> Tensor:
    """Many voices at once. Short clips are repeated."""
    powers = torch.zeros(CROP_FRAMES, MEL_BANDS)
    for place in rng.integers(0, len(examples), CROWD):
        voice = torch.from_numpy(examples[int(place)].log_mels[0].astype(np.float32))
        start = int(rng.integers(0, max(1, len(voice) - CROP_FRAMES + 1)))
        powers += voice[(start + torch.arange(CROP_FRAMES)) % len(voice)].exp() / CROWD
    return powers.log()
