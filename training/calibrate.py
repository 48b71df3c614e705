"""Confidence: what turns logits into probabilities, and a limit under which the model says "uncertain"."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from corpora import Clip, person
from learn import Trained
from log_mel import normalise
from network import EmotionNetwork, corrected
from torch import Tensor

ABSTAIN_SHARE = 0.2  # the most uncertain fifth of unheard people's clips
BIAS_RIDGE, TEMPERATURE_RIDGE = 0.3, 0.1  # the second one in people: it rules where a corpus has one or two


@dataclass(frozen=True)
class Correction:
    """What makes one corpus's logits probabilities: divide by the temperature, add the biases (labels,)."""

    log_temperature: float
    biases: Tensor


@dataclass(frozen=True)
class Calibration:
    """Correct logits as the corpus that a clip sounds like wants it; below `abstain_below` (0..1) the label is uncertain.

    One temperature for all is too sure of talk shows and not sure enough of a studio, and everywhere some emotion is
    heard too often. Which corpus it hears a network tells from the embedding (domains.py). Temperatures by a function of
    the input: Tomani et al. 2022; with biases: Alexandari et al. 2020.
    """

    corrections: dict[str, Correction]
    abstain_below: float

    def of(self, corpora: Sequence[str], labels: int) -> tuple[Tensor, Tensor]:
        """Log temperatures (corpora,) and biases (corpora, labels); a corpus that nobody measured gets the others' mean temperature."""
        known = [each.log_temperature for each in self.corrections.values()]
        unknown = Correction(float(np.mean(known)) if known else 0.0, torch.zeros(labels))
        own = [self.corrections.get(corpus, unknown) for corpus in corpora]
        return torch.tensor([each.log_temperature for each in own]), torch.stack([each.biases for each in own])

    def settings(self, labels: Sequence[str]) -> dict[str, object]:
        """For people who read the manifest."""
        temperatures = {corpus: round(float(np.exp(each.log_temperature)), 3) for corpus, each in self.corrections.items()}
        biases = {
            corpus: {label: round(float(bias), 2) + 0.0 for label, bias in zip(labels, each.biases, strict=True) if bias != 0}
            for corpus, each in self.corrections.items()
        }
        return {"temperatures": temperatures, "biases": biases}


@dataclass(frozen=True)
class Heard:
    """What networks say of clips whose people they never heard.

    `logits` (clips, labels); `labels` (clips,): the true ones' places in them; `likeness` (clips, corpora): how much a
    clip sounds like each of all corpora, in their order.
    """

    logits: Tensor
    labels: Tensor
    likeness: Tensor
    clips: list[Clip]


WINDOW_FRAMES, MINIMUM_FRAMES = 300, 48  # as the product: equal parts of at most 3 s; at least half a second


def hear(trained: Trained, examples: list[Example], labels: Sequence[int], corpora: Sequence[str]) -> Heard:
    """Scores the clips that have one of the `labels` (indices into LABELS, as the network names them): the mean over their windows."""
    known = [example for example in examples if example.clip.label in labels]
    domains = trained.domains
    places = [corpora.index(corpus) for corpus in domains.corpora]
    logits, likeness = torch.zeros(len(known), len(labels)), torch.zeros(len(known), len(corpora))
    with torch.inference_mode():
        for row, example in enumerate(known):
            log_mel = torch.from_numpy(example.log_mels[0].astype(np.float32)).T
            log_mel = log_mel.repeat(1, -(-MINIMUM_FRAMES // log_mel.shape[1]))
            windows = log_mel.tensor_split(-(-log_mel.shape[1] // WINDOW_FRAMES), dim=1)
            embeddings = torch.cat([_embedding(trained.network, window) for window in windows])
            said, _ = trained.network.heads(embeddings, torch.zeros_like(embeddings))
            logits[row] = said.mean(dim=0)
            likeness[row, places] = torch.softmax(domains.head(embeddings), dim=1).mean(dim=0)
    truth = torch.tensor([list(labels).index(example.clip.label) for example in known], dtype=torch.long)
    return Heard(logits, truth, likeness, [example.clip for example in known])


def _embedding(network: EmotionNetwork, log_mel: Tensor) -> Tensor:
    vectors, _ = network.vectors(normalise(log_mel[None]))
    return network.embedding(vectors)


def calibrate(heard: list[Heard], corpora: Sequence[str], without: str | None = None) -> Calibration:
    """Each corpus's correction: the one with the least cross-entropy on clips of people whom their network never heard.

    What a corpus has no clips of is out of its softmax. `without`: a corpus of which nothing may be known.
    """
    clips = [clip for part in heard for clip in part.clips]
    own = {corpus: torch.tensor([clip.corpus == corpus for clip in clips]) for corpus in corpora if corpus != without}
    own = {corpus: mask for corpus, mask in own.items() if mask.any()}
    if not own:
        return Calibration({}, 0.0)
    logits, labels, likeness = (torch.cat(parts) for parts in zip(*((h.logits, h.labels, h.likeness) for h in heard), strict=True))
    likeness = likeness[:, [corpora.index(corpus) for corpus in own]]
    allowed, weights = torch.zeros_like(logits, dtype=torch.bool), torch.zeros(len(clips))
    for mask in own.values():
        allowed[mask] = labels[mask].bincount(minlength=logits.shape[1]) > 0
        # A corpus counts as its people do: clips of one voice say the same thing over and over.
        weights[mask] = len({person(clip) for clip, own_one in zip(clips, mask.tolist(), strict=True) if own_one}) / int(mask.sum())
    some = weights > 0
    data = _Data(logits[some], labels[some], likeness[some] / likeness[some].sum(dim=1, keepdim=True), allowed[some], weights[some])
    biases = torch.stack([_biases(logits[mask], labels[mask]) for mask in own.values()])
    log_temperatures = _log_temperatures(data, biases)
    confidence = torch.softmax(corrected(data.logits, data.likeness, log_temperatures, biases), dim=1).amax(dim=1)
    corrections = {corpus: Correction(float(t), b) for corpus, t, b in zip(own, log_temperatures, biases, strict=True)}
    return Calibration(corrections, round(float(torch.quantile(confidence, ABSTAIN_SHARE)), 3))


@dataclass(frozen=True)
class _Data:
    """Rows of Heard, with the classes that each one's corpus has, and what it counts."""

    logits: Tensor
    labels: Tensor
    likeness: Tensor
    allowed: Tensor
    weights: Tensor


def _cross_entropy(logits: Tensor, labels: Tensor, allowed: Tensor, weights: Tensor) -> Tensor:
    """The sum over the rows, with their weights; what isn't allowed (rows or 1, labels) is out of the softmax."""
    logs = torch.log_softmax(logits.masked_fill(~allowed, -1e4), dim=1)
    return -(logs.gather(1, labels[:, None])[:, 0] * weights).sum()


def _biases(logits: Tensor, labels: Tensor) -> Tensor:
    """One corpus's biases, as if each of its emotions were as frequent; those that it lacks get none."""
    counts = labels.bincount(minlength=logits.shape[1])
    there = counts > 0
    weights = (1 / counts)[labels] / there.sum()
    log_temperature, biases = torch.zeros(1, requires_grad=True), torch.zeros(logits.shape[1], requires_grad=True)

    def cost() -> Tensor:
        calibrated = logits * torch.exp(-log_temperature) + biases
        return _cross_entropy(calibrated, labels, there[None], weights) + BIAS_RIDGE * biases.square().sum()

    _minimise(cost, [log_temperature, biases])
    found = biases.detach()
    return torch.where(there, found - found[there].mean(), 0.0)


def _log_temperatures(data: _Data, biases: Tensor) -> Tensor:
    """All corpora's temperatures at once, as a clip is corrected by those of everything that it sounds like."""
    log_temperatures = torch.zeros(len(biases), requires_grad=True)

    def cost() -> Tensor:
        calibrated = corrected(data.logits, data.likeness, log_temperatures, biases)
        apart = (log_temperatures - log_temperatures.mean()).square().sum()
        return _cross_entropy(calibrated, data.labels, data.allowed, data.weights) + TEMPERATURE_RIDGE * apart

    _minimise(cost, [log_temperatures])
    return log_temperatures.detach()


def _minimise(cost: Callable[[], Tensor], parameters: list[Tensor]) -> None:
    optimiser = torch.optim.LBFGS(parameters, max_iter=200, line_search_fn="strong_wolfe")

    def step() -> Tensor:
        optimiser.zero_grad()
        loss = cost()
        loss.backward()
        return loss

    optimiser.step(step)
