"""Tries a changed recipe on one fold, for EXPERIMENTS.md.

    python training/experiment.py --data DIR --work DIR --teacher FILE.npz --fold 1 --encoder FILE.pt --set batch=128

Prints the UAR of every corpus on the fold's people, from the cached log-mels (the shipped figures come from
`npm run crossval`). Try things on one fold only, and always the same: its people then have had a say in the recipe,
and no others. `--encoder` keeps the encoder, so that changes of the heads start from the same; it may also be an
`encoder-….pt` of train.py that left the fold out.
"""

import argparse
import dataclasses
from pathlib import Path

import numpy as np
import torch
from cache import Example, cached
from corpora import LABELS, classes_of, read_corpora
from embeddings import embed, embed_not_speech, mean_per_clip
from emotion import learn_emotion
from heard import hear
from kept import learnt_encoder
from recipe import Recipe
from torch import Tensor
from train import heard_by, places_of, scored_on, tasks_of


def changed(settings: list[str]) -> Recipe:
    """The recipe with some `name=value` changed; flags are `true` or `false`."""
    pairs = (setting.split("=", 1) for setting in settings)
    return dataclasses.replace(Recipe(), **{name: _read(type(getattr(Recipe, name)), value) for name, value in pairs})


def _read(kind: type, value: str) -> object:
    return {"true": True, "false": False}[value.lower()] if kind is bool else kind(value)


def uar_of(logits: Tensor, unheard: list[Example], classes: dict[str, list[bool]]) -> dict[str, float]:
    """Per corpus, the mean recall of the classes that it has, in per cent."""
    allowed = torch.tensor([classes[example.clip.corpus] for example in unheard])
    said = logits.masked_fill(~allowed, -torch.inf).argmax(dim=1).numpy()
    truth = np.array([example.clip.label for example in unheard])
    corpora = np.array([example.clip.corpus for example in unheard])
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
    parser.add_argument("--encoder", type=Path, required=True, help="where the encoder is kept")
    parser.add_argument("--fold", type=int, default=1)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a change of the recipe")
    args = parser.parse_args()
    recipe, clips = changed(args.set), read_corpora(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    examples = cached(clips, args.work, args.teacher)
    task = next(task for task in tasks_of(clips, args.folds) if task.name == f"fold-{args.fold}")
    heard, unheard = heard_by(task, examples), [examples[place] for place in places_of(scored_on(task, clips), examples)]
    encoder, augment = learnt_encoder(args.encoder, heard, recipe, "experiment"), recipe.augmenter()
    not_speech = embed_not_speech(encoder, heard, recipe.not_speech, augment, np.random.default_rng(recipe.seed))
    trained = learn_emotion(encoder, heard, embed(encoder, heard, augment), not_speech, recipe)
    said = hear(trained, embed(encoder, unheard), [example.clip for example in unheard], range(len(LABELS)))
    uar = uar_of(mean_per_clip(said.logits, said.clip, len(unheard)), unheard, classes_of(clips))
    print(" ".join(f"{name} {value:.1f}" for name, value in uar.items()), f"| mean {np.mean(list(uar.values())):.1f}")


if __name__ == "__main__":
    main()
