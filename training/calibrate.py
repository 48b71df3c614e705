"""Confidence: what turns logits into probabilities, and a limit under which the model says "uncertain"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from corpora import Clip, person
from embeddings import Embedded, mean_per_clip
from emotion import Trained
from heads import minimise
from network import corrected
from torch import Tensor

ABSTAIN_SHARE = 0.2  # the most uncertain fifth of unheard people's clips
BIAS_RIDGE, TEMPERATURE_RIDGE = 10.0, 0.3  # the second one is divided by a corpus's people: it rules where they are one or two


@dataclass(frozen=True)
class Correction:
    """What makes one corpus's logits probabilities: divide by the temperature, add the biases (labels,)."""

    log_temperature: float
    biases: Tensor


@dataclass(frozen=True)
class Calibration:
    """Correct logits as the corpus that a clip sounds like wants it; below `abstain_below` (0..1) the label is uncertain.

    One temperature for all is too sure of talk shows and not sure enough of a studio, and everywhere some emotion is
    heard too often. Which corpus it hears a network tells from the embedding. Temperatures by a function of
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


def hear(trained: Trained, embedded: Embedded, examples: list[Example], labels: Sequence[int], corpora: Sequence[str]) -> Heard:
    """Scores the clips that have one of the `labels` (indices into LABELS, as the network names them): the mean over their windows.

    `embedded`: what the network's encoder made of the examples.
    """
    network = trained.network
    places = [corpora.index(corpus) for corpus in trained.corpora]
    plain = ~embedded.augmented
    with torch.inference_mode():
        rows = network.standardised(embedded.statistics[plain])
        alike, said = network.likeness(rows), network.embedding(rows)
        said = network.logits(said, torch.zeros_like(said), alike)
    logits, likeness = (mean_per_clip(part, embedded.clip[plain], len(examples)) for part in (said, alike))
    known = [place for place, example in enumerate(examples) if example.clip.label in labels]
    everywhere = torch.zeros(len(known), len(corpora))
    everywhere[:, places] = likeness[known]
    truth = torch.tensor([list(labels).index(examples[place].clip.label) for place in known], dtype=torch.long)
    return Heard(logits[known], truth, everywhere, [examples[place].clip for place in known])


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
    people = [len({person(clip) for clip in clips if clip.corpus == corpus}) for corpus in own]
    for mask, count in zip(own.values(), people, strict=True):
        allowed[mask] = labels[mask].bincount(minlength=logits.shape[1]) > 0
        # A corpus counts as its people do: clips of one voice say the same thing over and over.
        weights[mask] = count / int(mask.sum())
    some = weights > 0
    data = _Data(logits[some], labels[some], likeness[some] / likeness[some].sum(dim=1, keepdim=True), allowed[some], weights[some])
    biases = torch.stack([_biases(logits[mask], labels[mask]) for mask in own.values()])
    log_temperatures = _log_temperatures(data, biases, torch.tensor(people))
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
    log_temperature, biases = torch.zeros(1), torch.zeros(logits.shape[1])

    def cost() -> Tensor:
        calibrated = logits * torch.exp(-log_temperature) + biases
        return _cross_entropy(calibrated, labels, there[None], weights) + BIAS_RIDGE * biases.square().sum()

    minimise(cost, [log_temperature, biases])
    return torch.where(there, biases - biases[there].mean(), 0.0)


def _log_temperatures(data: _Data, biases: Tensor, people: Tensor) -> Tensor:
    """All corpora's temperatures at once, as a clip is corrected by those of everything that it sounds like.

    `people` (corpora,): how many speak in each. One person's confidence says little of the next one's.
    """
    log_temperatures = torch.zeros(len(biases))

    def cost() -> Tensor:
        calibrated = corrected(data.logits, data.likeness, log_temperatures, biases)
        apart = ((log_temperatures - log_temperatures.mean()).square() / people).sum()
        return _cross_entropy(calibrated, data.labels, data.allowed, data.weights) + TEMPERATURE_RIDGE * apart

    minimise(cost, [log_temperatures])
    return log_temperatures
