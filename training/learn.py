"""Learning to hear as the teachers do. What is made of that for emotion: emotion.py."""

import copy
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import torch
from augment import Augmenter
from cache import Example
from corpora import LABELS, classes_of
from in_noise import NoisyAugmenter
from network import STRIDE, Encoder
from numpy.typing import NDArray
from targets import Targets
from torch import Tensor, nn


@dataclass(frozen=True)
class Recipe:
    """Everything that a training run can vary. Chosen once; EXPERIMENTS.md says on whom."""

    epochs: int = 28
    rate: float = 3e-3
    later_epochs: int = 12  # a second cycle, from what the first one learnt
    later_rate: float = 2e-3
    frames: int = 192  # of a training example; 10 ms each
    batch: int = 64
    weight_decay: float = 2e-2
    ema: float = 0.995
    not_speech: int = 3000  # sounds
    in_noise: bool = True  # augmented by in_noise.py
    seed: int = 1

    def cycles(self) -> "list[Recipe]":
        """The recipe of each of the encoder's cycles (warm restarts: Loshchilov & Hutter 2017), each with a seed of its own.

        The first of two hears noise that is drawn, the second one noise that was a waveform: it was tried in no other order.
        """
        later = replace(self, epochs=self.later_epochs, rate=self.later_rate, seed=self.seed + 1)
        return [replace(self, in_noise=False), later] if self.later_epochs else [self]

    def augmenter(self) -> Augmenter:
        """What the clips are augmented by."""
        return NoisyAugmenter(self.seed) if self.in_noise else Augmenter(self.seed)


@dataclass(frozen=True)
class Batch:
    """Training examples: the places of the clips, `log_mel` (clips, frames, MEL_BANDS), `taught` (clips, frames / STRIDE, width) as Targets give it."""

    indices: list[int]
    log_mel: Tensor
    taught: Tensor | None


class Corpus:
    """Examples and what is known of them; draws batches in which no corpus drowns the others."""

    def __init__(self, examples: list[Example], recipe: Recipe, targets: Targets | None = None) -> None:
        self.examples, self.recipe, self.targets = examples, recipe, targets
        self.rng = np.random.default_rng(recipe.seed)
        allowed = classes_of([example.clip for example in examples])
        self.allowed = torch.tensor([allowed[example.clip.corpus] for example in examples])
        labels = [-1 if example.clip.label is None else example.clip.label for example in examples]
        # A label that its corpus has only by accident teaches nothing.
        self.labels = torch.tensor([label if label >= 0 and bool(self.allowed[i, label]) else -1 for i, label in enumerate(labels)])
        self.corpora = [example.clip.corpus for example in examples]
        sizes = {corpus: self.corpora.count(corpus) for corpus in set(self.corpora)}
        weights = np.array([sizes[corpus] ** -0.4 for corpus in self.corpora])
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


class Optimiser:
    """One-cycle schedule, and the exponential moving average of the encoder that it makes.

    Muon (Jordan et al. 2024; rates as in Liu et al. 2025) for the matrices between the vectors, which learns the
    teachers' features in far fewer steps; AdamW for the rest.
    """

    def __init__(self, encoder: Encoder, steps: int, recipe: Recipe) -> None:
        encoder.to(memory_format=torch.channels_last)
        self.encoder, self.average, self.ema = encoder, copy.deepcopy(encoder), recipe.ema
        matrices = [w for part in (encoder.project, encoder.blocks) for w in part.parameters() if w.ndim == 2]
        others = [w for w in encoder.parameters() if all(w is not matrix for matrix in matrices)]
        self.parts: list[torch.optim.Optimizer] = [
            torch.optim.AdamW(others, recipe.rate, weight_decay=recipe.weight_decay, betas=(0.9, 0.98), fused=True),
            torch.optim.Muon(matrices, recipe.rate, weight_decay=recipe.weight_decay, adjust_lr_fn="match_rms_adamw"),
        ]
        self.schedules = [
            # Muon keeps its momentum: what it orthogonalises is an average already.
            torch.optim.lr_scheduler.OneCycleLR(part, recipe.rate, steps + 1, pct_start=0.15, cycle_momentum=isinstance(part, torch.optim.AdamW))
            for part in self.parts
        ]
        self.step_number = 0

    def step(self, loss: Tensor) -> None:
        self.encoder.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.encoder.parameters(), 1.0)
        for part, schedule in zip(self.parts, self.schedules, strict=True):
            part.step()
            schedule.step()
        self.step_number += 1
        decay = min(self.ema, self.step_number / (self.step_number + 10))
        with torch.no_grad():
            for mine, theirs in zip(self.average.state_dict().values(), self.encoder.state_dict().values(), strict=True):
                if mine.is_floating_point():
                    mine.lerp_(theirs, 1 - decay)


def learn_to_hear(examples: list[Example], recipe: Recipe, name: str, begun: Encoder | None = None) -> Encoder:
    """An encoder that predicts, from augmented clips, the teachers' features of the clean ones. Needs no labels.

    Where there is no teacher, it predicts the labels. One cycle of a recipe; it goes on with `begun`, where there is one.
    """
    torch.manual_seed(recipe.seed)
    width = examples[0].taught[0].shape[1]
    targets = Targets([example.taught[0] for example in examples]) if width else None
    corpus, augment = Corpus(examples, recipe, targets), recipe.augmenter()
    encoder = Encoder(width or len(LABELS)) if begun is None else begun.train()
    steps = corpus.batches(recipe.epochs)
    optimiser = Optimiser(encoder, steps, recipe)
    progress = Progress(name, steps)
    for batch in corpus.draw(steps, recipe.frames):
        features = augment(batch.log_mel)
        with torch.autocast("cpu", torch.bfloat16):
            predicted = encoder.predict_taught(encoder(features))
        if targets is None or batch.taught is None:
            loss = corpus.label_loss(predicted.mean(dim=1).float(), batch.indices)
        else:
            loss = targets.cost(predicted.float(), batch.taught)
        optimiser.step(loss)
        progress.add(loss)
    return optimiser.average.eval()


class Progress:
    """Says now and then how far it is, how the loss stands, where there is one, and how long it took."""

    def __init__(self, name: str, steps: int) -> None:
        self.name, self.steps = name, steps
        self.every, self.done, self.start = max(1, steps // 5), 0, time.monotonic()
        self.losses: list[float] = []

    def add(self, loss: Tensor | None = None) -> None:
        """One more step."""
        self.done += 1
        if loss is not None:
            self.losses.append(float(loss.detach()))
        if self.done % self.every == 0:
            heard = f", loss {np.mean(self.losses):.3f}" if self.losses else ""
            print(f"{self.name}: {self.done}/{self.steps}{heard}, {time.monotonic() - self.start:.0f} s", flush=True)
            self.losses = []
