"""The learning: first to hear as the teachers do, then to hear emotion."""

import copy
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from audio import CROP_FRAMES, not_speech
from augment import Augmenter
from cache import LEVEL, Example
from corpora import LABELS, classes_of
from domains import Domains, fit_domains
from log_mel import MEL_BANDS, LogMel
from network import EMBEDDING, STRIDE, EmotionNetwork
from soft_labels import soft_labels
from speakers import Memory
from torch import Tensor, nn


@dataclass(frozen=True)
class Recipe:
    """Everything that a training run can vary. Chosen once; EXPERIMENTS.md says on whom."""

    distil_epochs: int = 24
    distil_frames: int = 192  # of a training example; 10 ms each
    emotion_epochs: int = 4
    batch: int = 64
    distil_rate: float = 3e-3
    emotion_rate: float = 5e-4
    weight_decay: float = 2e-2
    label_smoothing: float = 0.05
    soft_weight: float = 1.0
    taught_weight: float = 1.0
    not_speech_share: float = 0.1
    not_speech_pool: int = 1500
    ema: float = 0.995
    seed: int = 1


@dataclass(frozen=True)
class Batch:
    """Training examples: speech first, then `not_speech` sounds that nobody says."""

    indices: list[int]
    log_mel: Tensor  # (speech, frames, MEL_BANDS)
    taught: Tensor | None  # (speech, frames / STRIDE, width), standardised


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
        corpora = [example.clip.corpus for example in examples]
        sizes = {corpus: corpora.count(corpus) for corpus in set(corpora)}
        weights = np.array([sizes[corpus] ** -0.4 for corpus in corpora])
        self.probability = weights / weights.sum()
        self.has_teacher = examples[0].taught[0].size > 0
        if self.has_teacher:
            some = self.rng.choice(len(examples), min(1500, len(examples)), replace=False)
            vectors = np.concatenate([np.asarray(examples[i].taught[0][::5], dtype=np.float32) for i in some])
            self.centre, self.spread = torch.from_numpy(vectors.mean(axis=0)), torch.from_numpy(vectors.std(axis=0) + 1e-3)

    def batches(self, epochs: int) -> int:
        """How many batches make so many epochs."""
        return max(1, epochs * len(self.examples) // self.recipe.batch)

    def draw(self, count: int, frames: int = CROP_FRAMES) -> Iterator[Batch]:
        """`count` random batches of examples of so many frames."""
        for _ in range(count):
            indices = [int(i) for i in self.rng.choice(len(self.examples), self.recipe.batch, p=self.probability)]
            mels, taught = zip(*(self._crop(self.examples[i], frames) for i in indices), strict=True)
            targets = torch.stack(taught).float().sub_(self.centre).div_(self.spread) if self.has_teacher else None
            yield Batch(indices, torch.stack(mels).float(), targets)

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


class NotSpeech:
    """Sounds that nobody says, as log-mel crops: synthesised ones, and crowds of voices in which nobody speaks to you."""

    CROWD = 12  # voices

    def __init__(self, corpus: Corpus, size: int) -> None:
        log_mel = LogMel()
        rng = corpus.rng
        self.rng = rng
        self.pool = torch.zeros(size, CROP_FRAMES, MEL_BANDS)
        for i in range(size):
            if i % 6 == 0:
                crowd = next(iter(corpus.draw(1))).log_mel[: self.CROWD]
                self.pool[i] = torch.log(crowd.exp().mean(dim=0))
            else:
                sound = not_speech(rng)
                level = LEVEL / (float(np.sqrt((sound**2).mean())) + 1e-8)
                self.pool[i] = log_mel(torch.from_numpy(sound * np.float32(level))[None])[0].T

    def draw(self, count: int) -> Tensor:
        """(count, CROP_FRAMES, MEL_BANDS)."""
        return self.pool[self.rng.integers(0, len(self.pool), count)]


@dataclass(frozen=True)
class Trained:
    """A network that has learnt emotion, in eval mode, the full spread of its speakers (see speakers.py), and where it knows clips from."""

    network: EmotionNetwork
    full_spread: float
    domains: Domains


def train_features(examples: list[Example], recipe: Recipe, name: str) -> EmotionNetwork:
    """A network that has learnt the teachers' features from `examples`, and nothing else yet."""
    torch.manual_seed(recipe.seed)
    network = EmotionNetwork(len(LABELS), examples[0].taught[0].shape[1])
    return distil(network, Corpus(examples, recipe), Augmenter(recipe.seed), name)


def train_emotion(examples: list[Example], features: dict[str, Tensor] | None, recipe: Recipe, name: str) -> Trained:
    """A network learnt from `examples`.

    `features`: the weights that `train_features` learnt, or None for a start from nothing.
    """
    torch.manual_seed(recipe.seed)
    network = EmotionNetwork(len(LABELS), examples[0].taught[0].shape[1] if features else 0)
    if features:
        network.load_state_dict(features)
    return learn_emotion(network, Corpus(examples, recipe), Augmenter(recipe.seed), name)


class Optimiser:
    """One-cycle schedule, and the exponential moving average of the weights that it makes.

    AdamW; `orthogonal`: Muon (Jordan et al. 2024; rates as in Liu et al. 2025) for the matrices between the
    vectors, which learns the teachers' features in far fewer steps.
    """

    def __init__(self, network: EmotionNetwork, rate: float, steps: int, recipe: Recipe, *, orthogonal: bool = False) -> None:
        network.to(memory_format=torch.channels_last)
        self.network, self.average, self.ema = network, copy.deepcopy(network), recipe.ema
        matrices = [w for part in (network.project, network.blocks) for w in part.parameters() if w.ndim == 2] if orthogonal else []
        others = [w for w in network.parameters() if all(w is not matrix for matrix in matrices)]
        self.parts: list[torch.optim.Optimizer] = [
            torch.optim.AdamW(others, rate, weight_decay=recipe.weight_decay, betas=(0.9, 0.98), fused=True)
        ]
        if matrices:
            muon = torch.optim.Muon(matrices, rate, weight_decay=recipe.weight_decay, adjust_lr_fn="match_rms_adamw")
            self.parts.append(muon)
        self.schedules = [
            # Muon keeps its momentum: what it orthogonalises is an average already.
            torch.optim.lr_scheduler.OneCycleLR(part, rate, steps + 1, pct_start=0.15, cycle_momentum=isinstance(part, torch.optim.AdamW))
            for part in self.parts
        ]
        self.step_number = 0

    def step(self, loss: Tensor) -> None:
        self.network.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        for part, schedule in zip(self.parts, self.schedules, strict=True):
            part.step()
            schedule.step()
        self.step_number += 1
        decay = min(self.ema, self.step_number / (self.step_number + 10))
        with torch.no_grad():
            for mine, theirs in zip(self.average.state_dict().values(), self.network.state_dict().values(), strict=True):
                if mine.is_floating_point():
                    mine.lerp_(theirs, 1 - decay)


def distil(network: EmotionNetwork, corpus: Corpus, augment: Augmenter, name: str) -> EmotionNetwork:
    """Learns the teachers' features of the clean clip from the augmented one. Needs no labels."""
    steps = corpus.batches(corpus.recipe.distil_epochs)
    optimiser = Optimiser(network, corpus.recipe.distil_rate, steps, corpus.recipe, orthogonal=True)
    progress = Progress(name, "features", steps)
    for batch in corpus.draw(steps, corpus.recipe.distil_frames):
        features = augment(batch.log_mel)
        with torch.autocast("cpu", torch.bfloat16):
            _, vectors = network.vectors(features)
            predicted = network.predict_taught(vectors)
        loss = _taught_loss(predicted, batch)
        optimiser.step(loss)
        progress.add(loss)
    return optimiser.average


def learn_emotion(network: EmotionNetwork, corpus: Corpus, augment: Augmenter, name: str) -> Trained:
    """Learns emotion, and whether anybody speaks, on top of the teachers' features."""
    recipe = corpus.recipe
    weights = torch.from_numpy(corpus.probability).float()
    soft = soft_labels(corpus.examples, corpus.labels, corpus.allowed, weights) if corpus.has_teacher else None
    not_speech_sounds = NotSpeech(corpus, recipe.not_speech_pool)
    memory, full_spread = Memory.of(corpus.examples, EMBEDDING), 1.0
    steps = corpus.batches(recipe.emotion_epochs)
    optimiser = Optimiser(network, recipe.emotion_rate, steps, recipe)
    progress = Progress(name, "emotion", steps)
    noises = max(1, int(recipe.batch * recipe.not_speech_share))
    for number, batch in enumerate(corpus.draw(steps)):
        features = augment(torch.cat([batch.log_mel, not_speech_sounds.draw(noises)]))
        if number % 50 == 0:
            full_spread = memory.full_spread()
        baselines = torch.stack([memory.context(i, full_spread, corpus.rng) for i in batch.indices])
        with torch.autocast("cpu", torch.bfloat16):
            last, vectors = network.vectors(features)
            embedding = network.embedding(last)
            speech_rows = embedding[: len(batch.indices)]
            logits, _ = network.heads(speech_rows, baselines)
            _, speech = network.heads(embedding, torch.zeros_like(embedding))
            predicted = network.predict_taught(vectors[: len(batch.indices)]) if corpus.has_teacher else None
        loss = _emotion_loss(logits.float(), batch.indices, corpus, soft)
        is_speech = (torch.arange(len(embedding)) < len(batch.indices)).float()
        loss = loss + 0.5 * nn.functional.binary_cross_entropy_with_logits(speech[:, 0].float(), is_speech)
        if predicted is not None:
            loss = loss + recipe.taught_weight * _taught_loss(predicted, batch)
        optimiser.step(loss)
        memory.keep(batch.indices, speech_rows.detach().float())
        progress.add(loss)
    return Trained(optimiser.average.eval(), memory.full_spread(), fit_domains(corpus.examples, memory, weights))


def _taught_loss(predicted: Tensor, batch: Batch) -> Tensor:
    """Huber's loss on the standardised features: a few outlying ones would rule a squared error."""
    if batch.taught is None:
        raise ValueError("without a teacher there is nothing to predict")
    return nn.functional.smooth_l1_loss(predicted.float(), batch.taught)


def _emotion_loss(logits: Tensor, indices: list[int], corpus: Corpus, soft: Tensor | None) -> Tensor:
    """Cross-entropy over the classes that the corpus has, and, over all classes, with the soft labels."""
    recipe = corpus.recipe
    labels, allowed = corpus.labels[indices], corpus.allowed[indices]
    labelled = labels >= 0
    logs = torch.log_softmax(logits[labelled].masked_fill(~allowed[labelled], -1e4), dim=1)
    own = logs.gather(1, labels[labelled, None])[:, 0]
    # Smoothing over the corpus's own classes only; the others are out of the softmax.
    even = (logs * allowed[labelled]).sum(dim=1) / allowed[labelled].sum(dim=1)
    loss = -((1 - recipe.label_smoothing) * own + recipe.label_smoothing * even).mean()
    if soft is not None:
        loss = loss - recipe.soft_weight * (soft[indices] * torch.log_softmax(logits, dim=1)).sum(dim=1).mean()
    return loss


class Progress:
    """Says now and then how the loss stands and how long it took."""

    def __init__(self, name: str, stage: str, steps: int) -> None:
        self.name, self.stage, self.steps = name, stage, steps
        self.every, self.total, self.count, self.done, self.start = max(1, steps // 5), 0.0, 0, 0, time.monotonic()

    def add(self, loss: Tensor) -> None:
        """One more step."""
        self.total, self.count, self.done = self.total + float(loss.detach()), self.count + 1, self.done + 1
        if self.done % self.every == 0:
            seconds = time.monotonic() - self.start
            print(f"{self.name}: {self.stage} {self.done}/{self.steps}, loss {self.total / self.count:.3f}, {seconds:.0f} s", flush=True)
            self.total, self.count = 0.0, 0
