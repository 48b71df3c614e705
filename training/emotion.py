"""Learning emotion: the linear heads on what an encoder makes of the clips."""

from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from corpora import LABELS, person
from embeddings import Embedded, mean_per_clip
from heads import fit_emotion, fit_logistic
from learn import Corpus, Recipe
from network import Encoder, EmotionNetwork
from speakers import usual_spread
from torch import Tensor, nn


@dataclass(frozen=True)
class Trained:
    """A network that has learnt emotion, in eval mode; the full spread of its speakers (speakers.py); the corpora that its heads belong to."""

    network: EmotionNetwork
    full_spread: float
    corpora: list[str]


def learn_emotion(encoder: Encoder, examples: list[Example], embedded: Embedded, not_speech: Tensor, recipe: Recipe) -> Trained:
    """The heads on top of an encoder, from what it makes of `examples` and of sounds that are not speech (rows, size)."""
    corpus = Corpus(examples, recipe)
    corpora = sorted(set(corpus.corpora))
    network = EmotionNetwork(encoder, len(corpora), len(LABELS))
    row_weights = torch.from_numpy(corpus.probability).float()[embedded.clip] * _shares(embedded)
    network.centre, network.spread = _moments(embedded.statistics, row_weights)
    rows, silence = (network.standardised(part) for part in (embedded.statistics, not_speech))

    own = torch.tensor([corpora.index(name) for name in corpus.corpora])[embedded.clip]
    network.corpus = fit_logistic(rows, nn.functional.one_hot(own, len(corpora)).bool(), row_weights)
    with torch.no_grad():
        # Fitted as if yes and no were alike likely; but all corpora, and elsewhere, are.
        network.corpus.bias -= np.log(len(corpora))
    is_speech = torch.arange(len(rows) + len(silence)) < len(rows)
    network.speech = fit_logistic(torch.cat([rows, silence]), is_speech[:, None], torch.cat([row_weights, torch.ones(len(silence)) / len(silence)]))

    labels = corpus.labels[embedded.clip]
    known = labels >= 0
    weights = _balanced(row_weights[known], own[known], labels[known], len(corpora))
    allowed = torch.stack([corpus.allowed[corpus.corpora.index(name)] for name in corpora])
    voices = [{person(example.clip) for example in examples if example.clip.corpus == name} for name in corpora]
    people = torch.tensor([len(heard) for heard in voices])
    network.emotion = fit_emotion(rows[known], labels[known], own[known], people, allowed, weights)
    with torch.inference_mode():
        plain = ~embedded.augmented
        clips = mean_per_clip(network.embedding(rows[plain]), embedded.clip[plain], len(examples))
    return Trained(network.eval(), usual_spread(clips, [example.clip.speaker for example in examples]), corpora)


def _shares(embedded: Embedded) -> Tensor:
    """What of its clip each row is, in sum 1 for a clip: half of it is the clip as it is, half its augmented windows."""
    shares = torch.zeros(len(embedded.clip))
    for rows in (embedded.augmented, ~embedded.augmented):
        clip = embedded.clip[rows]
        shares[rows] = 0.5 / clip.bincount()[clip]
    return shares


def _moments(rows: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Weighted mean and deviation of each column."""
    share = (weights / weights.sum())[:, None]
    mean = (share * rows).sum(dim=0)
    return mean, (share * (rows - mean).square()).sum(dim=0).sqrt() + 1e-4


def _balanced(weights: Tensor, corpus: Tensor, labels: Tensor, corpora: int) -> Tensor:
    """Weights of rows of which each corpus keeps its sum, and each of its emotions has the same part of it."""
    cell = corpus * len(LABELS) + labels
    sums = torch.zeros(corpora * len(LABELS)).index_add_(0, cell, weights)
    by_corpus = sums.unflatten(0, (corpora, -1))
    share = by_corpus.sum(dim=1) / (by_corpus > 0).sum(dim=1)
    return weights / sums[cell] * share[corpus]
