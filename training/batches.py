"""Training examples, what is known of them, and random batches of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from corpora import classes_of, person
from network import STRIDE
from numpy.typing import NDArray
from recipe import Recipe
from targets import Targets
from torch import Tensor, nn


@dataclass(frozen=True)
class Batch:
    """Training examples: the places of the clips, `log_mel` (clips, frames, MEL_BANDS), `taught` (clips, frames / STRIDE, width) as Targets give it."""

    indices: list[int]
    log_mel: Tensor
    taught: Tensor | None


class Corpus:
    """Examples and what is known of them; draws batches in which no corpus drowns the others.

    `names`, `classes` (corpora, LABELS), `people` (corpora,): of each corpus, what it is called, which labels it has, how many speak in it;
    `own`, `labels`, `probability` (examples,), `allowed` (examples, LABELS): of each example, its corpus's place, its label or -1, how
    often it is drawn, and its corpus's classes.
    """

    def __init__(self, examples: list[Example], recipe: Recipe, targets: Targets | None = None) -> None:
        self.examples, self.recipe, self.targets = examples, recipe, targets
        self.rng = np.random.default_rng(recipe.seed)
        classes = classes_of([example.clip for example in examples])
        self.names = sorted(classes)
        self.classes = torch.tensor([classes[name] for name in self.names])
        self.own = torch.tensor([self.names.index(example.clip.corpus) for example in examples])
        self.people = torch.tensor([len({person(e.clip) for e in examples if e.clip.corpus == name}) for name in self.names])
        self.allowed = self.classes[self.own]
        labels = [-1 if example.clip.label is None else example.clip.label for example in examples]
        # A label that its corpus has only by accident teaches nothing.
        self.labels = torch.tensor([label if label >= 0 and bool(self.allowed[i, label]) else -1 for i, label in enumerate(labels)])
        weights = self.own.bincount().numpy()[self.own] ** -0.4
        self.probability = weights / weights.sum()

    def batches(self, epochs: int) -> int:
        """How many batches make so many epochs."""
        return max(1, epochs * len(self.examples) // self.recipe.batch)

    def draw(self, count: int, frames: int) -> Iterator[Batch]:
        """`count` random batches of examples of so many frames."""
        for _ in range(count):
            indices = [int(i) for i in self.rng.choice(len(self.examples), self.recipe.batch, p=self.probability)]
            crops = [self._crop(self.examples[i], frames) for i in indices]
            yield Batch(indices, torch.stack([crop.log_mel() for crop in crops]).float(), self._taught(crops))

    def label_loss(self, logits: Tensor, indices: list[int], cost: Callable[[Tensor, Tensor], Tensor] = nn.functional.cross_entropy) -> Tensor:
        """What logits (clips, LABELS) cost those of the clips that have a label, over the classes that their corpora have."""
        labels, allowed = self.labels[indices], self.allowed[indices]
        labelled = labels >= 0
        return cost(logits[labelled].masked_fill(~allowed[labelled], -1e4), labels[labelled])

    def _taught(self, crops: "list[_Crop]") -> Tensor | None:
        if self.targets is None:
            return None
        places = torch.from_numpy(np.stack([crop.places for crop in crops]))
        return self.targets.of(torch.stack([crop.taught() for crop in crops]), places)

    def _crop(self, example: Example, length: int) -> "_Crop":
        """So many frames of a random version from a random place; short clips are repeated."""
        version = int(self.rng.integers(len(example.log_mels)))
        vectors = len(example.log_mels[version]) // STRIDE
        if self.targets:
            vectors = min(vectors, len(example.taught[version]))
        start = int(self.rng.integers(0, max(1, vectors - length // STRIDE + 1)))
        return _Crop(example, version, (start + np.arange(length // STRIDE)) % vectors)


@dataclass(frozen=True)
class _Crop:
    """A part of a clip: `places` (vectors,)."""

    example: Example
    version: int
    places: NDArray[np.int64]

    def log_mel(self) -> Tensor:
        """(frames, MEL_BANDS)."""
        frames = (self.places[:, None] * STRIDE + np.arange(STRIDE)).reshape(-1)
        return torch.from_numpy(self.example.log_mels[self.version][frames])

    def taught(self) -> Tensor:
        """(vectors, width)."""
        return torch.from_numpy(self.example.taught[self.version][self.places])
