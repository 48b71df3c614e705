"""What the network learns of the teachers."""

from collections.abc import Sequence

import numpy as np
import torch
from cache import Half
from torch import Tensor, nn

PLACES = 200  # vectors that are told apart by their place, 8 s; what comes later is taken as the last of them
CLIPS_PER_PLACE = 100  # a place that fewer clips have is taken to be more like all others
MEASURED = 1500  # clips
MEAN_WEIGHT = 1.0


class Targets:
    """The teachers' features, standardised, without what a vector's place in the clip adds to them.

    Whisper adds a position to what it hears; a network that hears a piece of a clip can't tell it, and a head is better off without.
    """

    def __init__(self, taught: Sequence[Half]) -> None:
        """`taught`: the features of clips, each (vectors, width)."""
        sums, counts = torch.zeros(PLACES, taught[0].shape[1]), torch.zeros(PLACES, 1)
        for vectors in taught:
            first = torch.from_numpy(np.array(vectors[:PLACES]))
            sums[: len(first)] += first
            counts[: len(first)] += 1
        mean = sums.sum(dim=0) / counts.sum()
        self.by_place = (sums + CLIPS_PER_PLACE * mean) / (counts + CLIPS_PER_PLACE)
        some = [self._placeless(torch.from_numpy(np.array(v))[None], torch.arange(len(v))[None])[0] for v in taught[:: -(-len(taught) // MEASURED)]]
        everything, means = torch.cat(some), torch.stack([vectors.mean(dim=0) for vectors in some])
        self.centre, self.spread = everything.mean(dim=0), everything.std(dim=0) + 1e-3
        self.spread_of_means = (means / self.spread).std(dim=0) + 1e-2

    def of(self, taught: Tensor, places: Tensor) -> Tensor:
        """Features (clips, vectors, width) of vectors at `places` (clips, vectors) in their clips, as the network is to predict them."""
        return self._placeless(taught, places).sub_(self.centre).div_(self.spread)

    def cost(self, predicted: Tensor, wanted: Tensor) -> Tensor:
        """How far off predictions (clips, vectors, width) are: vector by vector, and in their mean over time.

        A head hears the means, which are a fourteenth of the variance: without a part of their own they are learnt last. Huber's
        cost, as a few outlying features would rule a squared one.
        """
        far = (predicted.mean(dim=1) - wanted.mean(dim=1)) / self.spread_of_means
        of_means = nn.functional.smooth_l1_loss(far, torch.zeros_like(far))
        return nn.functional.smooth_l1_loss(predicted, wanted) + MEAN_WEIGHT * of_means

    def _placeless(self, taught: Tensor, places: Tensor) -> Tensor:
        return taught.float() - self.by_place[places.clamp(max=PLACES - 1)]
