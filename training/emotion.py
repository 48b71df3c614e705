"""Learning emotion: the linear heads on what an encoder makes of the clips."""

from dataclasses import dataclass

import numpy as np
import torch
from batches import Corpus
from cache import Example
from corpora import LABELS
from embeddings import Embedded, mean_per_clip
from heads import fit_heads, fit_logistic, moments
from network import EmotionNetwork, Encoder
from recipe import Recipe
from speakers import usual_spread
from torch import Tensor


@dataclass(frozen=True)
class Trained:
    """A network that has learnt emotion, in eval mode; the full spread of its speakers (speakers.py); the corpora that its heads belong to."""

    network: EmotionNetwork
    full_spread: float
    corpora: list[str]


def learn_emotion(encoder: Encoder, examples: list[Example], embedded: Embedded, not_speech: Tensor, recipe: Recipe) -> Trained:
    """The heads on top of an encoder, from what it makes of `examples` and of sounds that are not speech (rows, size)."""
    corpus = Corpus(examples, recipe)
    network = EmotionNetwork(encoder, len(corpus.names), len(LABELS))
    row_weights = torch.from_numpy(corpus.probability).float()[embedded.clip] * _shares(embedded)
    network.centre, network.spread = moments(embedded.statistics, row_weights)
    rows, silence = (network.standardised(part) for part in (embedded.statistics, not_speech))

    network.emotion, network.corpus = fit_heads(rows, embedded.clip, row_weights, corpus)
    with torch.no_grad():
        # Fitted as if yes and no were alike likely; but all corpora, and elsewhere, are.
        network.corpus.bias -= np.log(len(corpus.names))
    is_speech = torch.arange(len(rows) + len(silence)) < len(rows)
    network.speech = fit_logistic(torch.cat([rows, silence]), is_speech[:, None], torch.cat([row_weights, torch.ones(len(silence)) / len(silence)]))
    with torch.inference_mode():
        plain = ~embedded.augmented
        clips = mean_per_clip(network.embedding(rows[plain]), embedded.clip[plain], len(examples))
    return Trained(network.eval(), usual_spread(clips, [example.clip.speaker for example in examples]), corpus.names)


def _shares(embedded: Embedded) -> Tensor:
    """What of its clip each row is, in sum 1 for a clip: half of it is the clip as it is, half its augmented windows."""
    shares = torch.zeros(len(embedded.clip))
    for rows in (embedded.augmented, ~embedded.augmented):
        clip = embedded.clip[rows]
        shares[rows] = 0.5 / clip.bincount()[clip]
    return shares
