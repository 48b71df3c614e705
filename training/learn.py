"""Learning to hear as the teachers do. What is made of that for emotion: emotion.py."""

import copy
import time

import numpy as np
import torch
from batches import Corpus
from cache import Example
from corpora import LABELS
from directions import WEIGHT_DECAY, Directions
from network import Encoder
from recipe import Recipe
from targets import Targets
from torch import Tensor, nn


class Optimiser:
    """One-cycle schedule, and the exponential moving average of the encoder that it makes.

    Muon (Jordan et al. 2024; rates as in Liu et al. 2025) for the matrices between the vectors, which learns the
    teachers' features in far fewer steps; AdamW for the rest.
    """

    def __init__(self, encoder: Encoder, steps: int, recipe: Recipe, directions: Directions | None = None) -> None:
        encoder.to(memory_format=torch.channels_last)
        self.encoder, self.average, self.ema = encoder, copy.deepcopy(encoder), recipe.ema
        matrices = [w for part in (encoder.project, encoder.blocks) for w in part.parameters() if w.ndim == 2]
        others = [w for w in encoder.parameters() if all(w is not matrix for matrix in matrices)]
        self.parts: list[torch.optim.Optimizer] = [
            torch.optim.AdamW(others, recipe.rate, weight_decay=recipe.weight_decay, betas=(0.9, 0.98), fused=True),
            torch.optim.Muon(matrices, recipe.rate, weight_decay=recipe.weight_decay, adjust_lr_fn="match_rms_adamw"),
        ]
        if directions:
            self.parts.append(torch.optim.AdamW(directions.parameters(), recipe.rate, weight_decay=WEIGHT_DECAY))
        self.schedules = [
            # Muon keeps its momentum: what it orthogonalises is an average already.
            torch.optim.lr_scheduler.OneCycleLR(part, recipe.rate, steps + 1, pct_start=0.15, cycle_momentum=isinstance(part, torch.optim.AdamW))
            for part in self.parts
        ]
        self.step_number = 0

    def step(self, loss: Tensor) -> None:
        for part in self.parts:
            part.zero_grad()
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
    """An encoder that predicts, from augmented clips, the teachers' features of the clean ones; a directed recipe's also what heads make of them.

    Where there is no teacher, it predicts the labels. One cycle of a recipe; it goes on with `begun`, where there is one.
    """
    torch.manual_seed(recipe.seed)
    width = examples[0].taught[0].shape[1]
    targets = Targets([example.taught[0] for example in examples]) if width else None
    corpus, augment = Corpus(examples, recipe, targets), recipe.augmenter()
    encoder = Encoder(width or len(LABELS)) if begun is None else begun.train()
    directions = Directions(corpus, targets, encoder) if recipe.directed and targets else None
    steps = corpus.batches(recipe.epochs)
    optimiser = Optimiser(encoder, steps, recipe, directions)
    progress = Progress(name, steps)
    for batch in corpus.draw(steps, recipe.frames):
        features = augment(batch.log_mel)
        with torch.autocast("cpu", torch.bfloat16):
            vectors = encoder(features)
            predicted = encoder.predict_taught(vectors)
        if targets is None or batch.taught is None:
            loss = corpus.label_loss(predicted.mean(dim=1).float(), batch.indices)
        else:
            loss = targets.cost(predicted.float(), batch.taught)
            if directions:
                loss = loss + directions.cost(encoder.statistics_of(vectors, predicted), batch.taught)
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
