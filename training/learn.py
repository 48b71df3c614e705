"""The learning: batches, losses, and the loop that turns clips into a network."""

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from audio import CROP, Samples, augment, coloured_noise, not_speech
from corpora import LABELS, Clip, classes_of
from network import EmotionNetwork, LogMel, normalise
from numpy.typing import NDArray
from torch import Tensor, nn


@dataclass(frozen=True)
class Recipe:
    """Everything that a training run can vary. Chosen once, never on the speakers that are scored."""

    epochs: int = 14
    batch: int = 64
    learning_rate: float = 2e-3
    weight_decay: float = 1e-2
    label_smoothing: float = 0.05
    teacher_weight: float = 1.0
    not_speech_share: float = 0.12
    not_speech_pool: int = 1200
    ema: float = 0.998
    seed: int = 1


@dataclass(frozen=True)
class Example:
    """A clip in memory: samples at 16 kHz as int16, and the teacher's statistics of it if there is one."""

    clip: Clip
    samples: NDArray[np.int16]
    taught: NDArray[np.float32] | None

    def waveform(self) -> Samples:
        """The samples as float32 in -1..1."""
        return self.samples.astype(np.float32) / 32768.0


def distort(log_mel: Tensor, rng: np.random.Generator) -> Tensor:
    """What microphones and codecs do, on normalised log-mel (batch, bands, frames), with SpecAugment's masks."""
    batch, bands, frames = log_mel.shape
    out = log_mel.clone()
    grid = torch.linspace(-1, 1, bands)
    for i in range(batch):
        if rng.random() < 0.7:  # a smooth equaliser, up to about 10 dB
            tilt, bow, ripple = (float(v) for v in rng.normal(0, (0.25, 0.2, 0.15)))
            curve = tilt * grid + bow * grid**2 + ripple * torch.sin(math.pi * (grid * rng.uniform(0.5, 2) + rng.uniform(0, 2)))
            out[i] += curve[:, None]
        if rng.random() < 0.2:  # a narrow channel
            out[i, int(rng.integers(bands * 6 // 10, bands)) :] = out[i].min()
        for _ in range(2):
            low, width = int(rng.integers(0, bands - 10)), int(rng.integers(0, 10))
            out[i, low : low + width] = 0.0
            start, length = int(rng.integers(0, frames - 20)), int(rng.integers(0, 20))
            out[i, :, start : start + length] = 0.0
    return out


class Batches:
    """Random batches: corpora drawn by the root of their size, so that none drowns the others."""

    def __init__(self, examples: list[Example], recipe: Recipe) -> None:
        self.examples, self.recipe = examples, recipe
        self.rng = np.random.default_rng(recipe.seed)
        # Made once: synthesis costs more than a training step; the distortions vary them.
        self.noises = [coloured_noise(CROP, self.rng.uniform(-7, 1), self.rng) for _ in range(200)]
        self.not_speech = [not_speech(self.rng) for _ in range(recipe.not_speech_pool)]
        corpora = [example.clip.corpus for example in examples]
        sizes = {corpus: corpora.count(corpus) for corpus in set(corpora)}
        weights = np.array([sizes[corpus] ** -0.4 for corpus in corpora])
        self.probability = weights / weights.sum()
        allowed = classes_of([example.clip for example in examples])
        self.allowed = {corpus: torch.tensor(row) for corpus, row in allowed.items()}
        taught = [example.taught for example in examples if example.taught is not None]
        self.centre = np.mean(taught, axis=0) if taught else None
        self.spread = np.std(taught, axis=0) + 1e-4 if taught else None

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        """One epoch."""
        chosen = self.rng.choice(len(self.examples), len(self.examples), p=self.probability)
        speech = int(self.recipe.batch * (1 - self.recipe.not_speech_share))
        for start in range(0, len(chosen) - speech + 1, speech):
            yield self._batch([self.examples[i] for i in chosen[start : start + speech]])

    def _batch(self, examples: list[Example]) -> dict[str, Tensor]:
        others = self.rng.permutation(len(examples))
        noises = self.rng.integers(0, len(self.noises), len(examples))
        waves = [
            augment(example.waveform(), examples[other].waveform(), self.noises[noise], self.rng)
            for example, other, noise in zip(examples, others, noises, strict=True)
        ]
        picked = self.rng.integers(0, len(self.not_speech), self.recipe.batch - len(examples))
        noise = [self.not_speech[i] for i in picked]
        nothing = torch.zeros(len(LABELS), dtype=torch.bool)
        labels = [example.clip.label for example in examples]
        allowed = [self.allowed[example.clip.corpus] for example in examples]
        # A label that its corpus has only by accident teaches nothing.
        usable = [label is not None and bool(row[label]) for label, row in zip(labels, allowed, strict=True)]
        batch = {
            "waveform": torch.from_numpy(np.stack(waves + noise)),
            "label": torch.tensor([label if ok and label is not None else -1 for label, ok in zip(labels, usable, strict=True)] + [-1] * len(noise)),
            "allowed": torch.stack(allowed + [nothing] * len(noise)),
            "speech": torch.tensor([1.0] * len(examples) + [0.0] * len(noise)),
        }
        if self.centre is not None and self.spread is not None:
            taught = [(e.taught - self.centre) / self.spread for e in examples if e.taught is not None]
            batch["taught"] = torch.from_numpy(np.stack(taught)).float()
        return batch


def losses(network: EmotionNetwork, features: Tensor, batch: dict[str, Tensor], recipe: Recipe) -> Tensor:
    """Masked cross-entropy on the emotion, cross-entropy on speech, squared error to the teacher."""
    logits, speech, taught = (head.float() for head in network.heads(network(features)))
    loss = 0.5 * nn.functional.binary_cross_entropy_with_logits(speech[:, 0], batch["speech"])
    labelled = batch["label"] >= 0
    allowed = batch["allowed"][labelled]
    # Smoothing over the corpus's own classes only; the others are out of the softmax.
    logs = torch.log_softmax(logits[labelled].masked_fill(~allowed, -1e4), dim=1)
    own = logs.gather(1, batch["label"][labelled, None])[:, 0]
    even = (logs * allowed).sum(dim=1) / allowed.sum(dim=1)
    loss = loss - ((1 - recipe.label_smoothing) * own + recipe.label_smoothing * even).mean()
    if "taught" in batch:
        target = batch["taught"]
        loss = loss + recipe.teacher_weight * nn.functional.mse_loss(taught[: len(target)], target)
    return loss


def train(examples: list[Example], teacher_width: int, recipe: Recipe, name: str) -> EmotionNetwork:
    """A network learned from `examples` alone; the exponential moving average of its weights, in eval mode."""
    torch.manual_seed(recipe.seed)
    batches = Batches(examples, recipe)
    network = EmotionNetwork(len(LABELS), teacher_width)
    network.convolutions.to(memory_format=torch.channels_last)
    average = copy.deepcopy(network).eval()
    log_mel = LogMel()
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.learning_rate, weight_decay=recipe.weight_decay)
    steps = recipe.epochs * (len(examples) // int(recipe.batch * (1 - recipe.not_speech_share)))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.learning_rate, max(steps, 1), pct_start=0.15)
    step = 0
    for epoch in range(recipe.epochs):
        total, count = 0.0, 0
        for batch in batches:
            with torch.no_grad():
                features = distort(normalise(log_mel(batch["waveform"])), batches.rng)
            with torch.autocast("cpu", torch.bfloat16):
                loss = losses(network, features, batch, recipe)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimiser.step()
            if step < steps - 1:
                schedule.step()
            step += 1
            _follow(average, network, min(recipe.ema, step / (step + 10)))
            total, count = total + float(loss.detach()), count + 1
        print(f"{name}: epoch {epoch + 1}/{recipe.epochs}, loss {total / max(count, 1):.3f}", flush=True)
    return average


def _follow(average: EmotionNetwork, network: EmotionNetwork, decay: float) -> None:
    with torch.no_grad():
        for mine, theirs in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if mine.is_floating_point():
                mine.lerp_(theirs, 1 - decay)
            else:
                mine.copy_(theirs)
