"""Confidence: what turns logits into probabilities, and a limit under which the model says "uncertain"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from cache import Example
from corpora import Clip, person
from embeddings import Embedded, mean_per_clip
from emotion import Trained
from heads import minimise
from network import calibrated
from torch import Tensor

ABSTAIN_SHARE = 0.2  # the most uncertain fifth of unheard people's clips
AUGMENTED_SHARE = 0.4  # of the weight; augmented windows are harder than most of what is heard
TEMPERATURE_RIDGE = 0.2  # divided by the square of a corpus's people: it rules where they are one or two
BIAS_WEIGHT = 8.0  # of how far a corpus's mean confidence is from how often it is right, squared


@dataclass(frozen=True)
class Calibration:
    """Divide logits by the temperature of the corpus that a clip sounds like; below `abstain_below` (0..1) the label is uncertain.

    One temperature for all is too sure of talk shows and not sure enough of a studio. Which corpus it hears a network
    tells from the embedding. Temperatures by a function of the input: Tomani et al. 2022.
    """

    log_temperatures: dict[str, float]
    abstain_below: float

    def of(self, corpora: Sequence[str]) -> Tensor:
        """Log temperatures (corpora,); a corpus that nobody measured gets the others' mean."""
        known = list(self.log_temperatures.values())
        unknown = float(np.mean(known)) if known else 0.0
        return torch.tensor([self.log_temperatures.get(corpus, unknown) for corpus in corpora])

    def settings(self) -> dict[str, object]:
        """For people who read the manifest."""
        return {"temperatures": {corpus: round(float(np.exp(each)), 3) for corpus, each in self.log_temperatures.items()}}


@dataclass(frozen=True)
class Heard:
    """What networks say of clips whose people they never heard: as they are, and of their windows augmented.

    `logits` (windows, labels); `likeness` (windows, corpora): how much a window sounds like each of all corpora, in their order;
    `item` (windows,): which item it is a part of. An item is a clip with all its windows, or an augmented window alone:
    `labels` (items,): the true ones' places in the logits; `augmented` (items,); `clips`, one for each item.
    """

    logits: Tensor
    likeness: Tensor
    item: Tensor
    labels: Tensor
    augmented: Tensor
    clips: list[Clip]


def hear(trained: Trained, embedded: Embedded, examples: list[Example], labels: Sequence[int], corpora: Sequence[str]) -> Heard:
    """Scores clips, each of which has one of the `labels` (indices into LABELS, as the network names them).

    `embedded`: what the network's encoder made of the examples.
    """
    network = trained.network
    with torch.inference_mode():
        rows = network.standardised(embedded.statistics)
        alike, embedding = network.likeness(rows), network.embedding(rows)
        logits = network.logits(embedding, torch.zeros_like(embedding), alike)
    likeness = torch.zeros(len(rows), len(corpora))
    likeness[:, [corpora.index(corpus) for corpus in trained.corpora]] = alike
    item = embedded.clip.clone()
    copies = embedded.clip[embedded.augmented]
    item[embedded.augmented] = len(examples) + torch.arange(len(copies))
    clips = [examples[place].clip for place in [*range(len(examples)), *copies.tolist()]]
    truth = torch.tensor([labels.index(clip.label) for clip in clips])
    return Heard(logits, likeness, item, truth, torch.arange(len(clips)) >= len(examples), clips)


def calibrate(heard: list[Heard], corpora: Sequence[str], without: str | None = None) -> Calibration:
    """Each corpus's temperature: the one with the least cross-entropy on clips of people whom their network never heard.

    What a corpus has no clips of is out of its softmax.
    `without`: a corpus of which nothing may be known.
    """
    clips = [clip for part in heard for clip in part.clips]
    own = {corpus: torch.tensor([clip.corpus == corpus for clip in clips]) for corpus in corpora if corpus != without}
    own = {corpus: mask for corpus, mask in own.items() if mask.any()}
    if not own:
        return Calibration({}, 0.0)
    logits, likeness, labels, augmented = (torch.cat(parts) for parts in zip(*((h.logits, h.likeness, h.labels, h.augmented) for h in heard), strict=True))
    firsts = np.cumsum([0, *(len(part.clips) for part in heard[:-1])])
    item = torch.cat([part.item + int(first) for part, first in zip(heard, firsts, strict=True)])
    allowed, weights = torch.zeros(len(clips), logits.shape[1], dtype=torch.bool), torch.zeros(len(clips))
    voices = [person(clip) for clip in clips]
    counts = Counter(voices)
    # One voice says the same thing over and over: four times its clips count twice.
    voice_weights = torch.tensor([counts[voice] ** -0.5 for voice in voices])
    people = [len({voice for voice, clip in zip(voices, clips, strict=True) if clip.corpus == corpus}) for corpus in own]
    for mask, count in zip(own.values(), people, strict=True):
        allowed[mask] = labels[mask].bincount(minlength=logits.shape[1]) > 0
        for rows, share in ((mask & augmented, AUGMENTED_SHARE), (mask & ~augmented, 1 - AUGMENTED_SHARE)):
            # A corpus counts as its people do.
            weights[rows] = count * share * voice_weights[rows] / voice_weights[rows].sum()
    likeness = likeness[:, [corpora.index(corpus) for corpus in own]]
    some = weights > 0
    place = some.cumsum(dim=0) - 1
    windows = some[item]
    likeness = likeness[windows] / likeness[windows].sum(dim=1, keepdim=True)
    data = _Data(logits[windows], likeness, place[item[windows]], labels[some], allowed[some], weights[some])
    log_temperatures = _log_temperatures(data, torch.tensor(people))
    # The product may say every label, whatever a corpus has.
    confidence = data.probabilities(log_temperatures, torch.ones_like(data.allowed)).amax(dim=1)
    found = dict(zip(own, log_temperatures.tolist(), strict=True))
    return Calibration(found, round(float(torch.quantile(confidence[~augmented[some]], ABSTAIN_SHARE)), 3))


@dataclass(frozen=True)
class _Data:
    """What Heard has of the items that count, with the classes that each one's corpus has, and what it counts."""

    logits: Tensor
    likeness: Tensor
    item: Tensor
    labels: Tensor
    allowed: Tensor
    weights: Tensor

    def probabilities(self, log_temperatures: Tensor, allowed: Tensor) -> Tensor:
        """Of each item's emotions (items, labels): the mean over its windows, as the product has it; 0 where `allowed` (items, labels) says no."""
        logits = calibrated(self.logits, self.likeness, log_temperatures).masked_fill(~allowed[self.item], -1e4)
        return mean_per_clip(torch.softmax(logits, dim=1), self.item, len(self.labels))


def _log_temperatures(data: _Data, people: Tensor) -> Tensor:
    """All corpora's temperatures at once, as a window is corrected by those of everything that it sounds like.

    What they cost: the cross-entropy (Guo et al. 2017), and how far each corpus's mean confidence is from the share that is right.

    `people` (corpora,): how many speak in each. One person's confidence says little of the next one's.
    """
    log_temperatures = torch.zeros(len(people))
    alike = data.weights[:, None] * mean_per_clip(data.likeness, data.item, len(data.labels))

    def cost() -> Tensor:
        probabilities = data.probabilities(log_temperatures, data.allowed)
        each = -probabilities.gather(1, data.labels[:, None])[:, 0].clamp(min=1e-7).log()
        confidence, said = probabilities.max(dim=1)
        bias = (alike * (confidence - (said == data.labels).float())[:, None]).sum(dim=0) / alike.sum(dim=0)
        apart = ((log_temperatures - log_temperatures.mean()).square() / people.square()).sum()
        return (each * data.weights).sum() + TEMPERATURE_RIDGE * apart + BIAS_WEIGHT * (bias.square() * people).sum()

    minimise(cost, [log_temperatures])
    return log_temperatures
