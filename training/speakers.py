"""A speaker's own baseline, as the product builds it from what was heard of them before; see src/ser/speaker.ts."""

from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from torch import Tensor

HALF_AT = 5.0  # utterances after which half of the speaker's own mean counts
MOST_HEARD = 20


def baseline(heard: Tensor, full_spread: float) -> Tensor:
    """Embeddings heard before (utterances, size) -> baseline (size,).

    Shrinks the mean towards the population (zero) by how little was heard and by how alike it was: somebody
    who was only ever heard angry has no baseline yet, only an anger.
    """
    count = len(heard)
    spread = float(heard.var(dim=0, unbiased=False).mean())
    return heard.mean(dim=0) * (count / (count + HALF_AT) * min(1.0, spread / full_spread))


@dataclass
class Memory:
    """The latest embedding of every training clip, from which speakers' contexts are drawn during training."""

    embeddings: Tensor
    filled: Tensor
    by_speaker: dict[str, list[int]]
    speaker_of: list[str]
    emotion_of: list[str]

    @classmethod
    def of(cls, examples: list[Example], size: int) -> "Memory":
        """An empty memory for these examples."""
        by_speaker: dict[str, list[int]] = {}
        for index, example in enumerate(examples):
            by_speaker.setdefault(example.clip.speaker, []).append(index)
        speakers, emotions = [e.clip.speaker for e in examples], [e.clip.emotion for e in examples]
        return cls(torch.zeros(len(examples), size), torch.zeros(len(examples), dtype=torch.bool), by_speaker, speakers, emotions)

    def keep(self, indices: list[int], embeddings: Tensor) -> None:
        """Remembers what the network just made of these clips."""
        self.embeddings[indices] = embeddings
        self.filled[indices] = True

    def full_spread(self) -> float:
        """The median over speakers of the spread between their utterances of all emotions."""
        spreads = []
        for indices in self.by_speaker.values():
            known = self.embeddings[indices][self.filled[indices]]
            if len(known) >= MOST_HEARD:
                spreads.append(float(known.var(dim=0, unbiased=False).mean()))
        return float(np.median(spreads)) if spreads else 1.0

    def context(self, index: int, full_spread: float, rng: np.random.Generator) -> Tensor:
        """A baseline for one clip: half the time the population's, else from 1 to MOST_HEARD other clips of its speaker.

        A quarter of those contexts hold one emotion only, so that the network learns not to trust them.
        """
        others = [i for i in self.by_speaker[self.speaker_of[index]] if i != index and self.filled[i]]
        if not others or rng.random() < 0.5:
            return torch.zeros(self.embeddings.shape[1])
        if rng.random() < 0.25:
            emotion = self.emotion_of[others[int(rng.integers(len(others)))]]
            others = [i for i in others if self.emotion_of[i] == emotion]
        count = min(len(others), int(rng.integers(1, MOST_HEARD + 1)))
        return baseline(self.embeddings[rng.choice(others, count, replace=False)], full_spread)
