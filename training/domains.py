"""Which corpus a clip sounds recorded like. A microphone, a room and a language are heard in the embedding, whoever speaks."""

from dataclasses import dataclass

import torch
from cache import Example
from soft_labels import fit_head
from speakers import Memory
from torch import Tensor, nn


@dataclass(frozen=True)
class Domains:
    """A linear head on the embedding: the logit of each of the `corpora`, in their order."""

    corpora: list[str]
    head: nn.Linear


def fit_domains(examples: list[Example], memory: Memory, weights: Tensor) -> Domains:
    """The head that tells the examples' corpora apart by the embeddings that training has left in the memory.

    `weights` (examples,): how much each of them counts.
    """
    corpora = sorted({example.clip.corpus for example in examples})
    own = torch.tensor([corpora.index(example.clip.corpus) for example in examples])
    known = memory.filled
    allowed = torch.ones(int(known.sum()), len(corpora), dtype=torch.bool)
    return Domains(corpora, fit_head(memory.embeddings[known], own[known], allowed, weights[known]))
