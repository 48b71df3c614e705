"""Soft labels: what a linear head on the teachers' features says of a clip whose speaker it never learnt from."""

import numpy as np
import torch
from cache import Example
from corpora import LABELS, person
from numpy.typing import NDArray
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
    says of a stranger's recordings misleads more than it helps.
    `labels`: index or -1 (not used). `allowed` (examples, labels): the classes its corpus can teach. `weights`: of each example.
    """
    features = torch.from_numpy(np.stack([statistics(example) for example in examples]))
    features = (features - features.mean(dim=0)) / (features.std(dim=0) + 1e-4)
    people = sorted({person(example.clip) for example in examples})
    # Every PARTS-th name: people of one corpus stand together, so each part has some of every corpus.
    part_of = {name: number % PARTS for number, name in enumerate(people)}
    parts = torch.tensor([part_of[person(example.clip)] for example in examples])
    soft = torch.zeros(len(examples), len(LABELS))
    for part in range(PARTS):
        learning = (parts != part) & (labels >= 0)
        head = fit_head(features[learning], labels[learning], allowed[learning], weights[learning])
        heard = {example.clip.corpus for example, learns in zip(examples, learning.tolist(), strict=True) if learns}
        taught = (parts == part) & torch.tensor([example.clip.corpus in heard for example in examples])
        with torch.inference_mode():
            soft[taught] = torch.softmax(head(features[taught]), dim=1)
    return soft


def fit_head(features: Tensor, labels: Tensor, allowed: Tensor, weights: Tensor) -> nn.Linear:
    """Multinomial logistic regression over the allowed classes of each row, with a ridge."""
    head = nn.Linear(features.shape[1], len(LABELS))
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
