"""Confidence: a temperature for the logits and a limit under which the model says "uncertain"."""

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
    """Divide logits by `temperature`; below `abstain_below` (0..1) the label is uncertain."""

    temperature: float
    abstain_below: float


@dataclass(frozen=True)
class Heard:
    """What a network says of clips whose people it never heard: logits (clips, labels) and the true ones' places in them (clips,)."""

    logits: Tensor
    labels: Tensor


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
    return Heard(logits, torch.tensor([list(labels).index(example.clip.label) for example in known], dtype=torch.long))


def _logits(network: EmotionNetwork, log_mel: Tensor) -> Tensor:
    vectors, _ = network.vectors(normalise(log_mel[None]))
    embedding = network.embedding(vectors)
    return network.heads(embedding, torch.zeros_like(embedding))[0][0]


def calibrate(heard: list[Heard]) -> Calibration:
    """The temperature with the least cross-entropy on clips of people whom their network never heard.

    Guo et al. 2017, "On Calibration of Modern Neural Networks".
    """
    scores, truth = torch.cat([part.logits for part in heard]), torch.cat([part.labels for part in heard])
    if len(truth) == 0:
        return Calibration(1.0, 0.0)
    candidates = np.geomspace(0.3, 5.0, 60)
    costs = [float(torch.nn.functional.cross_entropy(scores / t, truth)) for t in candidates]
    temperature = float(candidates[int(np.argmin(costs))])
    confidence = torch.softmax(scores / temperature, dim=1).amax(dim=1)
    return Calibration(round(temperature, 3), round(float(torch.quantile(confidence, ABSTAIN_SHARE)), 3))
