"""Learning to hear as the teachers do. What is made of that for emotion: emotion.py."""

import copy
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import torch
from augment import Augmenter
from cache import Example
from corpora import LABELS, classes_of
from network import STRIDE, Encoder
from torch import Tensor, nn


@dataclass(frozen=True)
class Recipe:
    """Everything that a training run can vary. Chosen once; EXPERIMENTS.md says on whom."""

    epochs: int = 20
    frames: int = 192  # of a training example; 10 ms each
    batch: int = 64
    rate: float = 3e-3
    weight_decay: float = 2e-2
    ema: float = 0.995
    not_speech: int = 3000  # sounds
    seed: int = 1


@dataclass(frozen=True)
class Batch:
    """Training examples: the places of the clips, `log_mel` (clips, frames, MEL_BANDS), `taught` (clips, frames / STRIDE, width), standardised."""

    indices: list[int]
    log_mel: Tensor
    taught: Tensor | None


class Corpus:
    """Examples and what is known of them; draws batches in which no corpus drowns the others."""

    def __init__(self, examples: list[Example], recipe: Recipe) -> None:
        self.examples, self.recipe = examples, recipe
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
        self.has_teacher = examples[0].taught[0].size > 0
        if self.has_teacher:
            some = self.rng.choice(len(examples), min(1500, len(examples)), replace=False)
            vectors = np.concatenate([np.asarray(examples[i].taught[0][::5], dtype=np.float32) for i in some])
            self.centre, self.spread = torch.from_numpy(vectors.mean(axis=0)), torch.from_numpy(vectors.std(axis=0) + 1e-3)

    def batches(self, epochs: int) -> int:
        """How many batches make so many epochs."""
        return max(1, epochs * len(self.examples) // self.recipe.batch)

    def draw(self, count: int, frames: int) -> Iterator[Batch]:
        """`count` random batches of examples of so many frames."""
        for _ in range(count):
            indices = [int(i) for i in self.rng.choice(len(self.examples), self.recipe.batch, p=self.probability)]
            mels, taught = zip(*(self._crop(self.examples[i], frames) for i in indices), strict=True)
            targets = torch.stack(taught).float().sub_(self.centre).div_(self.spread) if self.has_teacher else None
            yield Batch(indices, torch.stack(mels).float(), targets)

    def label_loss(self, logits: Tensor, indices: list[int], cost: Callable[[Tensor, Tensor], Tensor] = nn.functional.cross_entropy) -> Tensor:
        """What logits (clips, LABELS) cost those of the clips that have a label, over the classes that their corpora have."""
        labels, allowed = self.labels[indices], self.allowed[indices]
        labelled = labels >= 0
        return cost(logits[labelled].masked_fill(~allowed[labelled], -1e4), labels[labelled])

    def _crop(self, example: Example, length: int) -> tuple[Tensor, Tensor]:
        """So many frames of a random version from a random place, and the teachers' vectors of them; short clips are repeated."""
        version = int(self.rng.integers(len(example.log_mels)))
        mel, taught = example.log_mels[version], example.taught[version]
        vectors = len(mel) // STRIDE
        if self.has_teacher:
            vectors = min(vectors, len(taught))
        start = int(self.rng.integers(0, max(1, vectors - length // STRIDE + 1)))
        place = (start + np.arange(length // STRIDE)) % vectors
        frames = (place[:, None] * STRIDE + np.arange(STRIDE)).reshape(-1)
        return torch.from_numpy(mel[frames]), torch.from_numpy(taught[place] if self.has_teacher else np.empty(0, np.float16))


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


def learn_to_hear(examples: list[Example], recipe: Recipe, name: str) -> Encoder:
    """An encoder that predicts, from augmented clips, the teachers' features of the clean ones. Needs no labels.

    Where there is no teacher, it predicts the labels.
    """
    torch.manual_seed(recipe.seed)
    corpus, augment = Corpus(examples, recipe), Augmenter(recipe.seed)
    encoder = Encoder(examples[0].taught[0].shape[1] if corpus.has_teacher else len(LABELS))
    steps = corpus.batches(recipe.epochs)
    optimiser = Optimiser(encoder, steps, recipe)
    progress = Progress(name, steps)
    for batch in corpus.draw(steps, recipe.frames):
        features = augment(batch.log_mel)
        with torch.autocast("cpu", torch.bfloat16):
            predicted = encoder.predict_taught(encoder(features))
        if batch.taught is None:
            loss = corpus.label_loss(predicted.mean(dim=1).float(), batch.indices)
        else:
            # Huber's: a few outlying features would rule a squared error.
            loss = nn.functional.smooth_l1_loss(predicted.float(), batch.taught)
        optimiser.step(loss)
        progress.add(loss)
    return optimiser.average.eval()


class Progress:
    """Says now and then how the loss stands and how long it took."""

    def __init__(self, name: str, steps: int) -> None:
        self.name, self.steps = name, steps
        self.every, self.total, self.count, self.done, self.start = max(1, steps // 5), 0.0, 0, 0, time.monotonic()

    def add(self, loss: Tensor) -> None:
        """One more step."""
        self.total, self.count, self.done = self.total + float(loss.detach()), self.count + 1, self.done + 1
        if self.done % self.every == 0:
            seconds = time.monotonic() - self.start
            print(f"{self.name}: {self.done}/{self.steps}, loss {self.total / self.count:.3f}, {seconds:.0f} s", flush=True)
            self.total, self.count = 0.0, 0
