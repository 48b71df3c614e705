"""A speaker's own baseline is built by the product (src/ser/speaker.ts); here is what it has to know of the embedding."""

import numpy as np
from torch import Tensor

HALF_AT = 5.0  # utterances after which half of the speaker's own mean counts
VARIED = 20  # utterances of which a speaker's spread can be told


def usual_spread(embeddings: Tensor, speakers: list[str]) -> float:
    """The median over speakers of the spread between their clips of all emotions; `embeddings` (clips, size)."""
    _, inverse = np.unique(speakers, return_inverse=True)
    counts = np.bincount(inverse)
    spreads = [float(embeddings[inverse == speaker].var(dim=0, unbiased=False).mean()) for speaker in np.flatnonzero(counts >= VARIED)]
    return float(np.median(spreads)) if spreads else 1.0
