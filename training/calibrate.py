"""Confidence: what turns logits into probabilities, and a limit under which the model says "uncertain"."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import torch
from corpora import person
from embeddings import mean_per_clip
from heads import minimise
from heard import Heard
from network import calibrated
from torch import Tensor

ABSTAIN_SHARE = 0.2  # the most uncertain fifth of unheard people's clips
BINS = 10  # of the calibration error, as in the protocol
# What settings are chosen from.
BIAS_WEIGHTS = (0.0, 4.0, 16.0)
RIDGES = (0.1, 0.2, 0.4, 0.8)
LOG_TEMPERATURES = torch.linspace(-1.2, 1.8, 61)  # that one person may have
FEWEST_CLIPS = 5  # of a person whose temperature is worth looking at


class Settings(NamedTuple):
    """What temperatures depend on besides the clips.

    `bias`: what it costs that a corpus's mean confidence isn't the share that is right. `ridge`: what it costs that a corpus's log temperature lies
    far from the others', divided by the square of its people: it rules where they are one or two.
    """

    bias: float
    ridge: float


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


def calibrate(heard: list[Heard], corpora: Sequence[str], without: str | None = None) -> Calibration:
    """Each corpus's temperature: the one with the least cross-entropy on clips of people whom their network never heard.

    What a corpus has no clips of is out of its softmax.
    `heard`: by networks that heard different people; `without`: a corpus of which nothing may be known.
    """
    heard = [part for part in (_apart_from(part, without) for part in heard) if part.clips]
    if not heard:
        return Calibration({}, 0.0)
    classes = _classes(heard, corpora)
    settings = _chosen(heard, corpora, classes)
    data = _pool(heard, corpora, classes)
    log_temperatures = _log_temperatures(data, settings, torch.zeros(len(data.corpora)))
    # The product may say every label, whatever a corpus has.
    confidence = data.probabilities(log_temperatures, torch.ones_like(data.allowed)).amax(dim=1)
    sure = round(float(torch.quantile(confidence, ABSTAIN_SHARE)), 3)
    return Calibration(dict(zip(data.corpora, log_temperatures.tolist(), strict=True)), sure)


def _chosen(heard: list[Heard], corpora: Sequence[str], classes: Tensor) -> Settings:
    """The settings with the least calibration error on the clips of each part of `heard`, by the temperatures of the others; corpora count alike.

    So none of them is chosen on anybody whom the calibration will be scored on.
    """
    ridge = _ridge(heard, corpora, classes)
    choice = [Settings(bias, ridge) for bias in BIAS_WEIGHTS]
    if len(heard) == 1:
        return choice[0]
    said: dict[Settings, list[tuple[Tensor, Tensor]]] = {settings: [] for settings in choice}
    unheard = [_pool([part], corpora, classes) for part in heard]
    for place, scored in enumerate(unheard):
        data = _pool([*heard[:place], *heard[place + 1 :]], corpora, classes)
        log_temperatures = torch.zeros(len(data.corpora))
        for settings in choice:
            # From where the last settings led, the next ones are near.
            log_temperatures = _log_temperatures(data, settings, log_temperatures)
            calibration = Calibration(dict(zip(data.corpora, log_temperatures.tolist(), strict=True)), 0.0)
            probabilities = scored.probabilities(calibration.of(scored.corpora), scored.allowed)
            said[settings].append(scored.confidence(probabilities))
    corpus = torch.cat([scored.corpus for scored in unheard])

    def error(settings: Settings) -> float:
        confidence, right = (torch.cat(parts) for parts in zip(*said[settings], strict=True))
        return float(np.mean([_calibration_error(confidence[corpus == each], right[corpus == each]) for each in corpus.unique()]))

    return min(choice, key=error)


def _ridge(heard: list[Heard], corpora: Sequence[str], classes: Tensor) -> float:
    """The one of RIDGES with which one person stands best for the others of a corpus, by their cross-entropy: each person in turn, corpora count alike."""
    costs = _costs_of_people(heard, corpora, classes)
    best = {corpus: float(LOG_TEMPERATURES[each.mean(dim=0).argmin()]) for corpus, each in costs.items()}
    left = dict.fromkeys(RIDGES, 0.0)
    for corpus, each in costs.items():
        elsewhere = [value for other, value in best.items() if other != corpus]
        if len(each) == 1 or not elsewhere:
            continue
        of_others = (each.sum(dim=0) - each) / (len(each) - 1)
        for ridge in RIDGES:
            places = (each + ridge * (LOG_TEMPERATURES - np.mean(elsewhere)) ** 2).argmin(dim=1)
            left[ridge] += float(of_others.gather(1, places[:, None]).mean())
    return min(RIDGES, key=left.__getitem__)


def _costs_of_people(heard: list[Heard], corpora: Sequence[str], classes: Tensor) -> dict[str, Tensor]:
    """Of each corpus, the cross-entropy of each person's clips with each of LOG_TEMPERATURES: (people, temperatures).

    A temperature is a clip's own corpus's here, of the mean of its windows' logits.
    """
    people: dict[str, list[Tensor]] = {}
    for part in heard:
        own = torch.tensor([corpora.index(clip.corpus) for clip in part.clips])
        logits = mean_per_clip(part.logits, part.clip, len(part.clips)).masked_fill(~classes[own], -1e4)
        each = -torch.log_softmax(logits / LOG_TEMPERATURES.exp()[:, None, None], dim=2)[:, torch.arange(len(own)), part.labels]
        by_person: dict[tuple[str, str], list[int]] = {}
        for place, clip in enumerate(part.clips):
            by_person.setdefault((clip.corpus, person(clip)), []).append(place)
        for (corpus, _), places in by_person.items():
            if len(places) >= FEWEST_CLIPS:
                people.setdefault(corpus, []).append(each[:, places].mean(dim=1))
    return {corpus: torch.stack(each) for corpus, each in people.items()}


def _calibration_error(confidence: Tensor, right: Tensor) -> float:
    """The expected one (Naeini et al. 2015): the mean over BINS, weighted by what they hold, of how far confidence is from the share that is right."""
    bins = (confidence * BINS).long().clamp(max=BINS - 1)
    return float(torch.zeros(BINS).index_add_(0, bins, confidence - right).abs().sum() / len(bins))


def _apart_from(heard: Heard, corpus: str | None) -> Heard:
    """What is left without a corpus's clips."""
    kept = torch.tensor([clip.corpus != corpus for clip in heard.clips], dtype=torch.bool)
    windows, place = kept[heard.clip], kept.cumsum(dim=0) - 1
    return replace(
        heard,
        embedding=heard.embedding[windows],
        likeness=heard.likeness[windows],
        logits=heard.logits[windows],
        clip=place[heard.clip[windows]],
        labels=heard.labels[kept],
        clips=[clip for clip in heard.clips if clip.corpus != corpus],
    )


def _classes(heard: list[Heard], corpora: Sequence[str]) -> Tensor:
    """Which labels each corpus has clips of: (corpora, labels)."""
    classes = torch.zeros(len(corpora), heard[0].logits.shape[1], dtype=torch.bool)
    for part in heard:
        classes[[corpora.index(clip.corpus) for clip in part.clips], part.labels] = True
    return classes


@dataclass(frozen=True)
class _Data:
    """What Heard has, the classes that each clip's corpus has, and what it counts.

    `corpora`: those that have clips, the columns of `likeness`, and how many `people` (corpora,) speak in each; `corpus` (clips,): each
    clip's place among all corpora.
    """

    corpora: list[str]
    people: Tensor
    logits: Tensor
    likeness: Tensor
    clip: Tensor
    labels: Tensor
    corpus: Tensor
    allowed: Tensor
    weights: Tensor

    def probabilities(self, log_temperatures: Tensor, allowed: Tensor) -> Tensor:
        """Of each clip's emotions (clips, labels): the mean over its windows, as the product has it; 0 where `allowed` (clips, labels) says no."""
        logits = calibrated(self.logits, self.likeness, log_temperatures).masked_fill(~allowed[self.clip], -1e4)
        return mean_per_clip(torch.softmax(logits, dim=1), self.clip, len(self.labels))

    def confidence(self, probabilities: Tensor) -> tuple[Tensor, Tensor]:
        """Of each clip, and whether it is right: both (clips,)."""
        confidence, said = probabilities.max(dim=1)
        return confidence, (said == self.labels).float()


def _pool(heard: list[Heard], corpora: Sequence[str], classes: Tensor) -> _Data:
    """All parts as one. A corpus counts as its people do."""
    clips = [clip for part in heard for clip in part.clips]
    logits, likeness, labels = (torch.cat(parts) for parts in zip(*((h.logits, _likeness(h, corpora), h.labels) for h in heard), strict=True))
    firsts = np.cumsum([0, *(len(part.clips) for part in heard[:-1])])
    clip = torch.cat([part.clip + int(first) for part, first in zip(heard, firsts, strict=True)])
    corpus = torch.tensor([corpora.index(each.corpus) for each in clips])
    voices = [person(each) for each in clips]
    counts = Counter(voices)
    # One voice says the same thing over and over: four times its clips count twice.
    weights = torch.tensor([counts[voice] ** -0.5 for voice in voices])
    own = corpus.unique().tolist()
    people = [len({voice for voice, each in zip(voices, corpus.tolist(), strict=True) if each == place}) for place in own]
    for place, count in zip(own, people, strict=True):
        weights[corpus == place] *= count / weights[corpus == place].sum()
    likeness = likeness[:, own] / likeness[:, own].sum(dim=1, keepdim=True)
    return _Data([corpora[place] for place in own], torch.tensor(people), logits, likeness, clip, labels, corpus, classes[corpus], weights)


def _likeness(heard: Heard, corpora: Sequence[str]) -> Tensor:
    """How much windows sound like each of these corpora, some of which their network may not know: (windows, corpora)."""
    likeness = torch.zeros(len(heard.likeness), len(corpora))
    likeness[:, [corpora.index(corpus) for corpus in heard.corpora]] = heard.likeness
    return likeness


def _log_temperatures(data: _Data, settings: Settings, start: Tensor) -> Tensor:
    """All corpora's temperatures at once, as a window is corrected by those of everything that it sounds like.

    What they cost besides the settings' bias and ridge: the cross-entropy (Guo et al. 2017). One person's confidence says little of the next one's.
    """
    log_temperatures = start.clone()
    alike = data.weights[:, None] * mean_per_clip(data.likeness, data.clip, len(data.labels))

    def cost() -> Tensor:
        probabilities = data.probabilities(log_temperatures, data.allowed)
        each = -probabilities.gather(1, data.labels[:, None])[:, 0].clamp(min=1e-7).log()
        confidence, right = data.confidence(probabilities)
        bias = (alike * (confidence - right)[:, None]).sum(dim=0) / alike.sum(dim=0)
        apart = ((log_temperatures - log_temperatures.mean()).square() / data.people.square()).sum()
        return (each * data.weights).sum() + settings.ridge * apart + settings.bias * (bias.square() * data.people).sum()

    minimise(cost, [log_temperatures])
    return log_temperatures
