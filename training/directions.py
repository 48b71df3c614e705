"""What matters in the teachers' features: an encoder of this size can't learn all of them, and most of what they say isn't emotion."""

import numpy as np
import torch
from batches import Corpus
from heads import fit_heads, moments
from network import Encoder, deviation
from targets import Targets
from torch import Tensor, nn

WEIGHT = 1.0  # of this cost beside that of the features themselves
FLOOR = 1e-3  # of a variance over time
WEIGHT_DECAY = 1e-3


class Directions(nn.Module):
    """Linear heads that hear emotions and corpora in what the teachers make of a clip; an encoder learns to say what they say of each piece of one.

    That is a function of the teachers' features, whatever a clip's own label: learnt from labels alone, a network of this size hears the people
    whom it learnt from. `ahead` foretells it from the encoder's statistics, as the heads that come later will; it learns with the encoder.
    """

    def __init__(self, corpus: Corpus, targets: Targets, encoder: Encoder) -> None:
        super().__init__()
        clips = [torch.from_numpy(np.array(example.taught[0]))[None] for example in corpus.examples]
        taught = torch.cat([_mean_and_deviation(targets.of(clip, torch.arange(clip.shape[1])[None])) for clip in clips])
        weights = torch.from_numpy(corpus.probability).float()
        self.centre, self.spread = moments(taught, weights)
        standardised = (taught - self.centre) / self.spread
        emotion, origin = fit_heads(standardised, torch.arange(len(clips)), weights, corpus)
        heads = torch.cat([emotion.weight[corpus.classes.flatten()], origin.weight]).detach()
        mean, spread = moments(standardised @ heads.T, weights)
        self.heads, self.offset = heads / spread[:, None], mean / spread
        self.ahead = nn.Sequential(nn.BatchNorm1d(encoder.statistics_size, affine=False), nn.Linear(encoder.statistics_size, len(self.heads)))
        for parameter in self.ahead.parameters():
            nn.init.zeros_(parameter)

    def cost(self, statistics: Tensor, taught: Tensor) -> Tensor:
        """How far off an encoder's statistics (clips, size) are of what the heads say of the features `taught` (clips, vectors, width), as Targets gives them."""
        said = ((_mean_and_deviation(taught) - self.centre) / self.spread) @ self.heads.T - self.offset
        return WEIGHT * nn.functional.smooth_l1_loss(self.ahead(statistics), said)


def _mean_and_deviation(features: Tensor) -> Tensor:
    """Of features (clips, vectors, width) over time: (clips, 2 width)."""
    return torch.cat([features.mean(dim=1), deviation(features, FLOOR)], dim=1)
