"""What training keeps in files: written whole or not at all, and restored."""

from pathlib import Path

import torch
from cache import Example
from emotion import Trained
from learn import learn_to_hear
from network import EmotionNetwork, Encoder
from recipe import Recipe
from torch import Tensor


def save(state: dict[str, object], target: Path) -> None:
    """Writes the file whole or not at all."""
    torch.save(state, target.with_suffix(".part"))
    target.with_suffix(".part").rename(target)


def learnt_encoder(path: Path, heard: list[Example], recipe: Recipe, name: str) -> Encoder:
    """The encoder in the file, or else one learnt from `heard` into it; what its earlier cycles learnt is kept beside it."""
    if path.exists():
        return restore_encoder(torch.load(path))
    begun, cycles = None, recipe.cycles()
    for number, cycle in enumerate(cycles, 1):
        kept = path if number == len(cycles) else path.with_stem(f"{path.stem}-cycle-{number}")
        if not kept.exists():
            save(learn_to_hear(heard, cycle, f"{name}, cycle {number}", begun).state_dict(), kept)
        begun = restore_encoder(torch.load(kept))
    return restore_encoder(torch.load(path))


def restore_encoder(weights: dict[str, Tensor]) -> Encoder:
    """An encoder from its weights."""
    encoder = Encoder(len(weights["taught.bias"])).eval()
    encoder.load_state_dict(weights)
    # A third faster on CPUs, for the convolutions.
    return encoder.to(memory_format=torch.channels_last)


def restore(path: Path) -> Trained:
    """A trained network from its file."""
    saved = torch.load(path)
    weights, corpora = saved["weights"], saved["corpora"]
    network = EmotionNetwork(Encoder(len(weights["encoder.taught.bias"])), len(corpora), len(weights["emotion.bias"]) // len(corpora)).eval()
    network.load_state_dict(weights)
    return Trained(network, saved["full_spread"], corpora)
