"""Soft labels: what a linear head on the teachers' features says of a clip whose speaker it never learnt from.

In training everybody's clips lie open, and so the head may hear a clip against what else its speaker said: it is then
right more often, and the network learns from it what it will have to hear without that (privileged information, Vapnik
& Vashist 2009; by distillation, Lopez-Paz et al. 2016).
"""

import numpy as np
import torch
from cache import Example
from corpora import LABELS, person
from numpy.typing import NDArray
from speakers import HALF_AT
from torch import Tensor, nn

PARTS = 4  # each part's people get their soft labels from a head fitted on the other parts
RIDGE = 4e-3


def statistics(example: Example) -> NDArray[np.float32]:
    """Mean and deviation over time of the teachers' features for the clip as it is: (2 x width,)."""
    taught = np.asarray(example.taught[0], dtype=np.float32)
    return np.concatenate([taught.mean(axis=0), taught.std(axis=0)])


def soft_labels(examples: list[Example], labels: Tensor, allowed: Tensor, weights: Tensor) -> Tensor:
    """Probabilities of all LABELS for each example, also of those that its corpus lacks: (examples, labels).

    All zeros where the head knows nobody else of the corpus (one TESS actress, when the other is held out): what it
    says of a stranger's recordings misleads more than it helps. Each corpus is heard alone or against its speakers' own
    baselines, whichever explains its labels better: where people show one emotion each, a baseline hides it.
    `labels`: index or -1 (not used). `allowed` (examples, labels): the classes its corpus can teach. `weights`: of each example.
    """
    people = [person(example.clip) for example in examples]
    alone = torch.from_numpy(np.stack([statistics(example) for example in examples]))
    alone = (alone - alone.mean(dim=0)) / (alone.std(dim=0) + 1e-4)
    views = [_said(view, people, labels, allowed, weights) for view in (alone, _against_baseline(alone, people))]
    corpora = np.array([example.clip.corpus for example in examples])
    soft = torch.zeros(len(examples), len(LABELS))
    for corpus in sorted(set(corpora)):
        own = torch.from_numpy(corpora == corpus)
        costs = [_cost(said[own], labels[own], allowed[own]) for said in views]
        soft[own] = views[int(np.argmin(costs))][own]
    for part in _parts(people):
        heard = set(corpora[(~part & (labels >= 0)).numpy()])
        soft[part & torch.tensor([corpus not in heard for corpus in corpora])] = 0
    return soft


def _against_baseline(features: Tensor, people: list[str]) -> Tensor:
    """What is left of each clip's features without the mean of its speaker's, shrunk by how little they say."""
    names, speaker = np.unique(people, return_inverse=True)
    counts = torch.from_numpy(np.bincount(speaker)).float()
    sums = torch.zeros(len(names), features.shape[1]).index_add_(0, torch.from_numpy(speaker), features)
    return features - (sums / (counts + HALF_AT)[:, None])[speaker]


def _parts(people: list[str]) -> list[Tensor]:
    """Who gets their soft labels together: masks over the examples.

    Every PARTS-th name: people of one corpus stand together, so each part has some of every corpus.
    """
    _, number = np.unique(people, return_inverse=True)
    return [torch.from_numpy(number % PARTS == part) for part in range(PARTS)]


def _said(features: Tensor, people: list[str], labels: Tensor, allowed: Tensor, weights: Tensor) -> Tensor:
    """Probabilities from heads that were fitted on the other parts' people: (examples, labels)."""
    said = torch.zeros(len(features), len(LABELS))
    for part in _parts(people):
        learning = ~part & (labels >= 0)
        head = fit_head(features[learning], labels[learning], allowed[learning], weights[learning])
        with torch.inference_mode():
            said[part] = torch.softmax(head(features[part]), dim=1)
    return said


def _cost(said: Tensor, labels: Tensor, allowed: Tensor) -> float:
    """Mean cross-entropy with the labels that are used, among the classes of the corpus."""
    used = labels >= 0
    own = said[used] * allowed[used]
    return float(-(own.gather(1, labels[used, None])[:, 0] / own.sum(dim=1)).log().mean())


def fit_head(features: Tensor, labels: Tensor, allowed: Tensor, weights: Tensor) -> nn.Linear:
    """Multinomial logistic regression over the allowed classes (rows, classes) of each row, with a ridge."""
    head = nn.Linear(features.shape[1], allowed.shape[1])
    nn.init.zeros_(head.weight)
    nn.init.zeros_(head.bias)
    optimiser = torch.optim.LBFGS(head.parameters(), max_iter=150)

    def cost() -> Tensor:
        optimiser.zero_grad()
        logs = torch.log_softmax(head(features).masked_fill(~allowed, -1e4), dim=1)
        own = logs.gather(1, labels[:, None])[:, 0]
        loss = -(own * weights).sum() / weights.sum() + RIDGE * head.weight.square().sum()
        loss.backward()
        return loss

    optimiser.step(cost)
    return head
