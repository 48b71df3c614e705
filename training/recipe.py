"""What a training run can vary."""

from dataclasses import dataclass, replace

from augment import Augmenter
from in_noise import NoisyAugmenter


@dataclass(frozen=True)
class Recipe:
    """Everything that a training run can vary. Chosen once; EXPERIMENTS.md says on whom."""

    epochs: int = 28
    rate: float = 3e-3
    later_epochs: int = 12  # a second cycle, from what the first one learnt
    last_epochs: int = 12  # a third one, from what the second one learnt
    later_rate: float = 2e-3  # of both
    frames: int = 192  # of a training example; 10 ms each
    batch: int = 64
    weight_decay: float = 2e-2
    ema: float = 0.995
    not_speech: int = 3000  # sounds
    in_noise: bool = True  # augmented by in_noise.py
    directed: bool = True  # to what tells emotions apart (directions.py)
    seed: int = 1

    def cycles(self) -> "list[Recipe]":
        """The recipe of each of the encoder's cycles (warm restarts: Loshchilov & Hutter 2017), each with a seed of its own.

        The first hears noise that is drawn, the later ones noise that was a waveform; the last one is told what matters for emotion. Those
        without epochs are left out.
        """
        first = replace(self, in_noise=False, directed=False)
        second = replace(self, epochs=self.later_epochs, rate=self.later_rate, seed=self.seed + 1, directed=False)
        third = replace(second, epochs=self.last_epochs, seed=self.seed + 2, directed=self.directed)
        return [cycle for cycle in (first, second, third) if cycle.epochs]

    def augmenter(self) -> Augmenter:
        """What the clips are augmented by."""
        return NoisyAugmenter(self.seed) if self.in_noise else Augmenter(self.seed)
