"""The linear heads on an encoder's statistics. Each has one best solution, which a quasi-Newton method finds in a minute."""

from collections.abc import Callable
from itertools import pairwise

import torch
from batches import Corpus
from corpora import LABELS
from torch import Tensor, nn

RIDGE = 8e-3  # what weights cost that all corpora share
OWN_RIDGE = 0.03  # what those of one corpus alone cost, divided by how many people speak in it
LOGISTIC_RIDGE = 1e-3  # what those cost that tell a corpus, or speech


def moments(rows: Tensor, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Weighted mean and deviation of each column."""
    share = (weights / weights.sum())[:, None]
    mean = (share * rows).sum(dim=0)
    return mean, (share * (rows - mean).square()).sum(dim=0).sqrt() + 1e-4


def fit_heads(rows: Tensor, clip: Tensor, weights: Tensor, corpus: Corpus) -> tuple[nn.Linear, nn.Linear]:
    """The heads that tell emotions (corpora x LABELS outputs) and corpora (one output for each) in standardised rows (rows, size).

    `clip` (rows,): the place of each row's example in the corpus; `weights` (rows,).
    """
    own, labels = corpus.own[clip], corpus.labels[clip]
    known = labels >= 0
    balanced = _balanced(weights[known], own[known], labels[known], len(corpus.names))
    emotion = fit_emotion(rows[known], labels[known], own[known], corpus.people, corpus.classes, balanced)
    return emotion, fit_logistic(rows, nn.functional.one_hot(own, len(corpus.names)).bool(), weights)


def fit_emotion(features: Tensor, labels: Tensor, corpus: Tensor, people: Tensor, allowed: Tensor, weights: Tensor) -> nn.Linear:
    """One softmax over the emotions per corpus, each a shared one plus what is the corpus's own.

    The ridge on the latter keeps corpora near each other: what few people say in one of them is learnt from all
    (Evgeniou & Pontil 2004; Daumé 2007), the more so the fewer they are.
    `features` (rows, size); `labels` and `corpus` (rows,): places; `people` (corpora,): how many speak in each; `allowed` (corpora, classes):
    which classes a corpus has, the others are out of its softmax; `weights` (rows,). Returns a layer of corpora x classes outputs.
    """
    corpora, classes = allowed.shape
    order = torch.argsort(corpus, stable=True)
    features, labels, weights = features[order], labels[order], weights[order] / weights.sum()
    starts = [0, *corpus.bincount(minlength=corpora).cumsum(0).tolist()]
    own_ridge = (OWN_RIDGE / people)[:, None, None]
    shared, own = torch.zeros(classes, features.shape[1] + 1), torch.zeros(corpora, classes, features.shape[1] + 1)

    def cost() -> Tensor:
        total = RIDGE * shared[:, :-1].square().sum() + (own_ridge * own.square()).sum()
        for number, (start, end) in enumerate(pairwise(starts)):
            head = shared + own[number]
            logits = _linear(features[start:end], head).masked_fill(~allowed[number], -1e4)
            each = nn.functional.cross_entropy(logits, labels[start:end], reduction="none")
            total = total + (each * weights[start:end]).sum()
        return total

    minimise(cost, [shared, own])
    return _layer((shared + own).flatten(0, 1))


def fit_logistic(features: Tensor, targets: Tensor, weights: Tensor) -> nn.Linear:
    """One yes or no per column of `targets` (rows, columns), each told from all other rows; yes and no weigh the same."""
    weights = weights[:, None] / weights.sum()
    balanced = torch.where(targets, 0.5 * weights / (weights * targets).sum(dim=0), 0.5 * weights / (weights * ~targets).sum(dim=0))
    head = torch.zeros(targets.shape[1], features.shape[1] + 1)

    def cost() -> Tensor:
        logits = _linear(features, head)
        each = nn.functional.binary_cross_entropy_with_logits(logits, targets.float(), reduction="none")
        return (each * balanced).sum() / len(head) + LOGISTIC_RIDGE * head[:, :-1].square().sum()

    minimise(cost, [head])
    return _layer(head)


def minimise(cost: Callable[[], Tensor], parameters: list[Tensor], steps: int = 200) -> None:
    """Finds the parameters, in place, for which a convex cost is least."""
    for parameter in parameters:
        parameter.requires_grad_()
    optimiser = torch.optim.LBFGS(parameters, max_iter=steps, line_search_fn="strong_wolfe")

    def step() -> Tensor:
        optimiser.zero_grad()
        loss = cost()
        loss.backward()
        return loss

    optimiser.step(step)
    for parameter in parameters:
        parameter.requires_grad_(requires_grad=False)


def _balanced(weights: Tensor, corpus: Tensor, labels: Tensor, corpora: int) -> Tensor:
    """Weights of rows of which each corpus keeps its sum, and each of its emotions has the same part of it."""
    cell = corpus * len(LABELS) + labels
    sums = torch.zeros(corpora * len(LABELS)).index_add_(0, cell, weights)
    by_corpus = sums.unflatten(0, (corpora, -1))
    share = by_corpus.sum(dim=1) / (by_corpus > 0).sum(dim=1)
    return weights / sums[cell] * share[corpus]


def _linear(features: Tensor, weights_and_bias: Tensor) -> Tensor:
    """As the layer of these weights would do. Contiguous, they are multiplied seven times as fast."""
    return nn.functional.linear(features, weights_and_bias[:, :-1].contiguous(), weights_and_bias[:, -1])


def _layer(weights_and_bias: Tensor) -> nn.Linear:
    """A layer from rows of weights with the bias at their end."""
    layer = nn.Linear(weights_and_bias.shape[1] - 1, len(weights_and_bias))
    with torch.no_grad():
        layer.weight.copy_(weights_and_bias[:, :-1])
        layer.bias.copy_(weights_and_bias[:, -1])
    return layer
