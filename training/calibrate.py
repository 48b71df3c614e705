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
from torch import Tensor, nn

ABSTAIN_SHARE = 0.2  # the most uncertain fifth of unheard people's clips
AUGMENTED_SHARE = 0.25  # of the weight; augmented windows are harder than most of what is heard
TEMPERATURE_RIDGE = 0.05  # divided by the square of a corpus's people: it rules where they are one or two
BIAS_WEIGHT = 3.0  # of how far a corpus's mean confidence is from how often it is right, squared


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

    `logits` (rows, labels); `labels` (rows,): the true ones' places in them; `likeness` (rows, corpora): how much a
    row sounds like each of all corpora, in their order; `augmented` (rows,); the rows' clips.
    """

    logits: Tensor
    labels: Tensor
    likeness: Tensor
    augmented: Tensor
    clips: list[Clip]


def hear(trained: Trained, embedded: Embedded, examples: list[Example], labels: Sequence[int], corpora: Sequence[str]) -> Heard:
    """Scores the clips that have one of the `labels` (indices into LABELS, as the network names them): the mean over their windows.

    `embedded`: what the network's encoder made of the examples; its augmented windows are scored each on its own.
    """
    network = trained.network
    with torch.inference_mode():
        rows = network.standardised(embedded.statistics)
        alike, embedding = network.likeness(rows), network.embedding(rows)
        said = network.logits(embedding, torch.zeros_like(embedding), alike)
    everywhere = torch.zeros(len(rows), len(corpora))
    everywhere[:, [corpora.index(corpus) for corpus in trained.corpora]] = alike
    plain, copies = ~embedded.augmented, embedded.clip[embedded.augmented]
    logits, likeness = (torch.cat([mean_per_clip(part[plain], embedded.clip[plain], len(examples)), part[~plain]]) for part in (said, everywhere))
    clips = [examples[place].clip for place in [*range(len(examples)), *copies.tolist()]]
    truth = torch.tensor([labels.index(clip.label) if clip.label in labels else -1 for clip in clips])
    known = truth >= 0
    augmented = torch.arange(len(clips)) >= len(examples)
    return Heard(logits[known], truth[known], likeness[known], augmented[known], [clip for clip, kept in zip(clips, known.tolist(), strict=True) if kept])


def calibrate(heard: list[Heard], corpora: Sequence[str], without: str | None = None) -> Calibration:
    """Each corpus's temperature: the one with the least Brier score on clips of people whom their network never heard.

    What a corpus has no clips of is out of its softmax.
    `without`: a corpus of which nothing may be known.
    """
    clips = [clip for part in heard for clip in part.clips]
    own = {corpus: torch.tensor([clip.corpus == corpus for clip in clips]) for corpus in corpora if corpus != without}
    own = {corpus: mask for corpus, mask in own.items() if mask.any()}
    if not own:
        return Calibration({}, 0.0)
    logits, labels, likeness, augmented = (torch.cat(parts) for parts in zip(*((h.logits, h.labels, h.likeness, h.augmented) for h in heard), strict=True))
    likeness = likeness[:, [corpora.index(corpus) for corpus in own]]
    allowed, weights = torch.zeros_like(logits, dtype=torch.bool), torch.zeros(len(clips))
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
    some = weights > 0
    data = _Data(logits[some], labels[some], likeness[some] / likeness[some].sum(dim=1, keepdim=True), allowed[some], weights[some])
    log_temperatures = _log_temperatures(data, torch.tensor(people))
    confidence = torch.softmax(calibrated(data.logits, data.likeness, log_temperatures), dim=1).amax(dim=1)
    found = dict(zip(own, log_temperatures.tolist(), strict=True))
    return Calibration(found, round(float(torch.quantile(confidence[~augmented[some]], ABSTAIN_SHARE)), 3))


@dataclass(frozen=True)
class _Data:
    """Rows of Heard, with the classes that each one's corpus has, and what it counts."""

    logits: Tensor
    labels: Tensor
    likeness: Tensor
    allowed: Tensor
    weights: Tensor


def _log_temperatures(data: _Data, people: Tensor) -> Tensor:
    """All corpora's temperatures at once, as a clip is corrected by those of everything that it sounds like.

    What they cost: the Brier score, and how far each corpus's mean confidence is from the share that is right.

    `people` (corpora,): how many speak in each. One person's confidence says little of the next one's.
    """
    log_temperatures = torch.zeros(len(people))
    truth = nn.functional.one_hot(data.labels, data.logits.shape[1])
    alike = data.weights[:, None] * data.likeness

    def cost() -> Tensor:
        logits = calibrated(data.logits, data.likeness, log_temperatures).masked_fill(~data.allowed, -1e4)
        probabilities = torch.softmax(logits, dim=1)
        each = (probabilities - truth).square().sum(dim=1) / 2
        confidence, said = probabilities.max(dim=1)
        bias = (alike * (confidence - (said == data.labels).float())[:, None]).sum(dim=0) / alike.sum(dim=0)
        apart = ((log_temperatures - log_temperatures.mean()).square() / people.square()).sum()
        return (each * data.weights).sum() + TEMPERATURE_RIDGE * apart + BIAS_WEIGHT * (bias.square() * people).sum()

    minimise(cost, [log_temperatures])
    return log_temperatures
