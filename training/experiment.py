"""Tries a changed recipe on one fold, for EXPERIMENTS.md.

    python training/experiment.py --data DIR --work DIR --teacher FILE.npz --fold 1 --features FILE.pt --set soft_weight=0

Prints the UAR of every corpus on the fold's people, from the cached log-mels (the shipped figures come from
`npm run crossval`). Try things on one fold only, and always the same: its people then have had a say in the recipe,
and no others. `--features` keeps the network after the first stage, so that changes of the second start from the same.
"""

import argparse
import dataclasses
from pathlib import Path

import numpy as np
import torch
from augment import Augmenter
from cache import Example, cached
from calibrate import hear
from corpora import LABELS, classes_of, fold_of, person, read_corpora
from learn import Corpus, Recipe, distil, learn_emotion
from network import EmotionNetwork


def changed(settings: list[str]) -> Recipe:
    """The recipe with some `name=value` changed."""
    pairs = (setting.split("=", 1) for setting in settings)
    return dataclasses.replace(Recipe(), **{name: type(getattr(Recipe, name))(value) for name, value in pairs})


def first_stage(corpus: Corpus, features: Path) -> EmotionNetwork:
    """The network that has learnt the teachers' features: from the file, or else into it."""
    network = EmotionNetwork(len(LABELS), corpus.examples[0].taught[0].shape[1])
    if features.exists():
        network.load_state_dict(torch.load(features))
        return network
    network.stem.to(memory_format=torch.channels_last)
    network = distil(network, corpus, Augmenter(corpus.recipe.seed), "experiment")
    torch.save(network.state_dict(), features)
    return network


def uar_of(network: EmotionNetwork, unheard: list[Example], classes: dict[str, list[bool]]) -> dict[str, float]:
    """Per corpus, the mean recall of the classes that it has, in per cent."""
    heard = hear(network, unheard)
    allowed = torch.tensor([classes[example.clip.corpus] for example in unheard])
    said = heard.logits.masked_fill(~allowed, -torch.inf).argmax(dim=1).numpy()
    truth, corpora = heard.labels.numpy(), np.array([example.clip.corpus for example in unheard])
    result = {}
    for corpus in sorted(set(corpora)):
        own = corpora == corpus
        recalls = [(said[own & (truth == label)] == label).mean() for label in sorted(set(truth[own]))]
        result[corpus] = 100 * float(np.mean(recalls))
    return result


def main() -> None:
    """Reads the command line, trains and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder with the cache that train.py uses")
    parser.add_argument("--teacher", type=Path, action="append", required=True)
    parser.add_argument("--features", type=Path, required=True, help="where the first stage's network is kept")
    parser.add_argument("--fold", type=int, default=1)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a change of the recipe")
    args = parser.parse_args()
    torch.manual_seed(Recipe.seed)
    clips = read_corpora(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    examples = cached(clips, args.work, args.teacher)
    fold, classes = fold_of(clips, args.folds), classes_of(clips)
    corpus = Corpus([e for e in examples if fold[person(e.clip)] != args.fold], changed(args.set))
    network, _ = learn_emotion(first_stage(corpus, args.features), corpus, Augmenter(corpus.recipe.seed), "experiment")
    unheard = [e for e in examples if fold[person(e.clip)] == args.fold and e.clip.label is not None and classes[e.clip.corpus][e.clip.label]]
    uar = uar_of(network, unheard, classes)
    print(" ".join(f"{name} {value:.1f}" for name, value in uar.items()), f"| mean {np.mean(list(uar.values())):.1f}")


if __name__ == "__main__":
    main()
