"""What networks say of clips whose people they never heard: how sure they may be, and how careful with a speaker's context, is told by it."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from corpora import Clip
from embeddings import Embedded
from emotion import Trained
from torch import Tensor


@dataclass(frozen=True)
class Heard:
    """Clips in windows, as one network hears them.

    `embedding` (windows, corpora x labels); `likeness` (windows, corpora): how much a window sounds like each of the network's own `corpora`;
    `logits` (windows, labels) of a speaker of whom nothing is known; `clip` (windows,): the place of the clip that each is a part of;
    `labels` (clips,): the true ones' places in the logits; `full_spread`: how varied its speakers usually are.
    """

    embedding: Tensor
    likeness: Tensor
    logits: Tensor
    clip: Tensor
    labels: Tensor
    clips: list[Clip]
    corpora: list[str]
    full_spread: float


def hear(trained: Trained, embedded: Embedded, clips: list[Clip], labels: Sequence[int]) -> Heard:
    """Hears clips, each of which has one of the `labels` (indices into LABELS, as the network names them).

    `embedded`: what the network's encoder made of them, as they are.
    """
    network = trained.network
    with torch.inference_mode():
        rows = network.standardised(embedded.statistics)
        embedding, likeness = network.embedding(rows), network.likeness(rows)
        logits = network.logits(embedding, torch.zeros_like(embedding), likeness)
    truth = torch.tensor([labels.index(clip.label) for clip in clips])
    return Heard(embedding, likeness, logits, embedded.clip, truth, clips, trained.corpora, trained.full_spread)
