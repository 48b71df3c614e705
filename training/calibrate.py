"""Confidence: temperatures for the logits and a limit under which the model says "uncertain"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from corpora import LABELS
from log_mel import normalise
from network import EmotionNetwork
from torch import Tensor

ABSTAIN_SHARE = 0.2  # the most uncertain fifth of unheard people's clips


@dataclass(frozen=True)
class Calibration:
    """Divide logits by the temperature of the corpus that a clip sounds like; below `abstain_below` (0..1) the label is uncertain.

    One temperature for all is too sure of talk shows and not sure enough of a studio, and which of them it hears
    a network tells from the embedding (domains.py). Parameterised temperature scaling (Tomani et al. 2022).
    """

    temperatures: dict[str, float]
    abstain_below: float

    def log_temperatures(self, corpora: Sequence[str]) -> Tensor:
        """For these corpora; those that nobody measured get the mean of the others: (corpora,)."""
        known = {corpus: float(np.log(temperature)) for corpus, temperature in self.temperatures.items()}
        mean = float(np.mean(list(known.values()))) if known else 0.0
        return torch.tensor([known.get(corpus, mean) for corpus in corpora])


@dataclass(frozen=True)
class Heard:
    """What a network says of clips whose people it never heard: logits (clips, labels), the true ones' places in them (clips,), and where each is from."""

    logits: Tensor
    labels: Tensor
    corpora: list[str]


WINDOW_FRAMES, WINDOW_HOP_FRAMES, MINIMUM_FRAMES = 300, 200, 48  # as the product: 3 s every two seconds and at the end, at least half a second


def hear(network: EmotionNetwork, examples: list[Example], labels: Sequence[int] = range(len(LABELS))) -> Heard:
    """Scores the clips that have one of the `labels` (indices into LABELS, as the network names them): the mean over their windows."""
    known = [example for example in examples if example.clip.label in labels]
    rows = []
    with torch.inference_mode():
        for example in known:
            log_mel = torch.from_numpy(example.log_mels[0].astype(np.float32)).T
            log_mel = log_mel.repeat(1, -(-MINIMUM_FRAMES // log_mel.shape[1]))
            last = max(0, log_mel.shape[1] - WINDOW_FRAMES)
            starts = [*range(0, last, WINDOW_HOP_FRAMES), last]
            windows = [log_mel[:, start : start + WINDOW_FRAMES] for start in starts]
            rows.append(torch.stack([_logits(network, window) for window in windows]).mean(dim=0))
    logits = torch.stack(rows) if rows else torch.zeros(0, len(labels))
    places = torch.tensor([list(labels).index(example.clip.label) for example in known], dtype=torch.long)
    return Heard(logits, places, [example.clip.corpus for example in known])


def _logits(network: EmotionNetwork, log_mel: Tensor) -> Tensor:
    vectors, _ = network.vectors(normalise(log_mel[None]))
    embedding = network.embedding(vectors)
    return network.heads(embedding, torch.zeros_like(embedding))[0][0]


def calibrate(heard: list[Heard], without: str | None = None) -> Calibration:
    """Each corpus's temperature: the one with the least cross-entropy among its classes, on clips of people whom their network never heard.

    Guo et al. 2017, "On Calibration of Modern Neural Networks". `without`: a corpus of which nothing may be known.
    """
    logits, labels = torch.cat([part.logits for part in heard]), torch.cat([part.labels for part in heard])
    corpora = np.array([corpus for part in heard for corpus in part.corpora])
    temperatures, confidences = {}, []
    for corpus in sorted(set(corpora) - {without}):
        own = torch.from_numpy(corpora == corpus)
        temperatures[str(corpus)] = _temperature(logits[own], labels[own])
        confidences.append(torch.softmax(logits[own] / temperatures[corpus], dim=1).amax(dim=1))
    abstain_below = float(torch.quantile(torch.cat(confidences), ABSTAIN_SHARE)) if confidences else 0.0
    return Calibration(temperatures, round(abstain_below, 3))


def _temperature(logits: Tensor, labels: Tensor) -> float:
    """The best temperature for one corpus; what it has no clips of is out of the softmax."""
    classes, truth = labels.unique(return_inverse=True)
    candidates = np.geomspace(0.3, 5.0, 60)
    costs = [float(torch.nn.functional.cross_entropy(logits[:, classes] / t, truth)) for t in candidates]
    return round(float(candidates[int(np.argmin(costs))]), 3)
