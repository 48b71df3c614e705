"""How careful the product (src/ser/speaker.ts) must be with speakers of whom it heard one emotion only."""

from dataclasses import dataclass

import numpy as np
import torch
from corpora import person
from embeddings import mean_per_clip
from heard import Heard
from numpy.typing import NDArray
from speakers import HALF_AT
from torch import Tensor

CONTEXT = 10  # utterances that are heard before a clip, where a power is tried
POWERS = (1, 2, 3, 4, 5, 6)  # that are tried, from the boldest to the most careful
MOST_LOST = 0.005  # of a corpus's UAR, by a context of one emotion; a quarter of what Timbre allows
MARGIN = 1  # added to the power that is enough: whom nobody heard may be of another kind


@dataclass(frozen=True)
class _Voices:
    """What Heard has, of whole clips (clips, …), and from which corpora and people (clips,) they are."""

    embedding: Tensor
    likeness: Tensor
    logits: Tensor
    labels: Tensor
    full_spread: float
    corpora: NDArray[np.str_]
    people: NDArray[np.str_]


def _voices(heard: Heard) -> _Voices:
    each = (mean_per_clip(part, heard.clip, len(heard.clips)) for part in (heard.embedding, heard.likeness, heard.logits))
    corpora, people = np.array([clip.corpus for clip in heard.clips]), np.array([person(clip) for clip in heard.clips])
    return _Voices(*each, heard.labels, heard.full_spread, corpora, people)


def careful_power(heard: list[Heard], without: str | None = None) -> int:
    """The power of a speaker's spread: MARGIN above the smallest with which CONTEXT utterances of one emotion cost no corpus more than MOST_LOST, in the mean of `heard`.

    `heard`: by networks that never heard these people; `without`: a corpus of which nothing may be known.
    """
    lost = [_lost(_voices(part), without) for part in heard]
    for place, power in enumerate(POWERS):
        by_corpus = [np.mean([part[corpus][place] for part in lost if corpus in part]) for corpus in set().union(*lost)]
        if max(by_corpus, default=0.0) <= MOST_LOST:
            return power + MARGIN
    return POWERS[-1] + MARGIN


def _lost(voices: _Voices, without: str | None) -> dict[str, list[float]]:
    """What a context of one emotion costs each corpus's UAR, with each of POWERS."""
    means, (heard, varied) = _contexts(voices)
    lost: dict[str, list[float]] = {}
    for corpus in set(voices.corpora) - {without}:
        own = torch.from_numpy(voices.corpora == corpus)
        alone = _uar(voices.logits[own], voices.labels[own])
        weights = [(heard * varied**power)[own] for power in POWERS]
        lost[str(corpus)] = [alone - _uar(_against(voices, means, weight, own), voices.labels[own]) for weight in weights]
    return lost


def _contexts(voices: _Voices) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """Each clip's context: the mean embedding of up to CONTEXT other clips of its speaker, all of one emotion, and its weight's two factors."""
    random = np.random.default_rng(0)
    clips = len(voices.people)
    means, heard, varied = torch.zeros_like(voices.embedding), torch.zeros(clips), torch.zeros(clips)
    for place, name in enumerate(voices.people):
        others = np.flatnonzero((voices.people == name) & (np.arange(clips) != place))
        alike = _of_one_emotion(others, voices.labels.numpy(), random)
        if len(alike):
            context = voices.embedding[alike]
            means[place] = context.mean(dim=0)
            heard[place] = len(alike) / (len(alike) + HALF_AT)
            varied[place] = (context.var(dim=0, unbiased=False).mean() / voices.full_spread).clamp(max=1)
    return means, (heard, varied)


def _of_one_emotion(others: np.ndarray, labels: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """CONTEXT random ones of an emotion that has as many, or all of the most frequent one."""
    if len(others) == 0:
        return others
    groups = [others[labels[others] == label] for label in np.unique(labels[others])]
    enough = [group for group in groups if len(group) >= CONTEXT] or [max(groups, key=len)]
    group = enough[random.integers(len(enough))]
    return random.permutation(group)[:CONTEXT]


def _against(voices: _Voices, means: Tensor, weight: Tensor, own: Tensor) -> Tensor:
    """Logits of the clips `own`, heard against the weighted means of their speakers."""
    shift = (weight[:, None] * means[own]).unflatten(1, (voices.likeness.shape[1], -1))
    return voices.logits[own] - (voices.likeness[own][:, :, None] * shift).sum(dim=1)


def _uar(logits: Tensor, labels: Tensor) -> float:
    """Unweighted average recall, where only emotions that occur can be said."""
    classes = labels.unique()
    said = classes[logits[:, classes].argmax(dim=1)]
    return float(np.mean([float((said[labels == each] == each).float().mean()) for each in classes]))
