"""Tries a changed recipe on one fold, for EXPERIMENTS.md.

    python training/experiment.py --data DIR --work DIR --teacher FILE.npz --fold 1 --features FILE.pt --set soft_weight=0

Prints the UAR of every corpus on the fold's people, from the cached log-mels (the shipped figures come from
`npm run crossval`). Try things on one fold only, and always the same: its people then have had a say in the recipe,
and no others. `--features` keeps the network after the first stage, so that changes of the second start from the same;
it may also be a `features-….pt` of train.py that left the fold out. `--probe` stops there, and says how much emotion a
logistic regression finds in what the first stage has learnt.
"""

import argparse
import dataclasses
from pathlib import Path

import numpy as np
import torch
from cache import Example, cached
from calibrate import MINIMUM_FRAMES, hear
from corpora import LABELS, classes_of, fold_of, person, read_corpora
from learn import Corpus, Recipe, train_emotion, train_features
from log_mel import normalise
from network import EmotionNetwork
from soft_labels import fit_head
from torch import Tensor


def changed(settings: list[str]) -> Recipe:
    """The recipe with some `name=value` changed."""
    pairs = (setting.split("=", 1) for setting in settings)
    return dataclasses.replace(Recipe(), **{name: type(getattr(Recipe, name))(value) for name, value in pairs})


def first_stage(corpus: Corpus, features: Path) -> EmotionNetwork:
    """The network that has learnt the teachers' features: from the file, or else into it."""
    if features.exists():
        network = EmotionNetwork(len(LABELS), corpus.examples[0].taught[0].shape[1])
        network.load_state_dict(torch.load(features))
        return network
    network = train_features(corpus.examples, corpus.recipe, "experiment")
    torch.save(network.state_dict(), features)
    return network


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


def probe(network: EmotionNetwork, heard: list[Example], unheard: list[Example], classes: dict[str, list[bool]]) -> dict[str, float]:
    """UAR per corpus of a linear head on mean and deviation of TAUGHT_BLOCK's vectors, fitted on whom the fold hears."""
    known = [e for e in heard if e.clip.label is not None and classes[e.clip.corpus][e.clip.label]]
    vectors = torch.stack([_statistics(network, example) for example in [*known, *unheard]])
    features = (vectors - vectors[: len(known)].mean(dim=0)) / (vectors[: len(known)].std(dim=0) + 1e-4)
    labels = torch.tensor([e.clip.label for e in known])
    corpora = [e.clip.corpus for e in known]
    weights = torch.tensor([corpora.count(corpus) ** -0.4 for corpus in corpora])
    head = fit_head(features[: len(known)], labels, torch.tensor([classes[corpus] for corpus in corpora]), weights)
    with torch.inference_mode():
        return uar_of(head(features[len(known) :]), unheard, classes)


def _statistics(network: EmotionNetwork, example: Example) -> Tensor:
    log_mel = torch.from_numpy(example.log_mels[0].astype(np.float32)).T
    log_mel = log_mel.repeat(1, -(-MINIMUM_FRAMES // log_mel.shape[1]))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        _, vectors = network.vectors(normalise(log_mel[None]))
        hidden = network.taught_norm(vectors)[0].float()
    return torch.cat([hidden.mean(dim=0), hidden.std(dim=0)])


def main() -> None:
    """Reads the command line, trains and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder with the cache that train.py uses")
    parser.add_argument("--teacher", type=Path, action="append", required=True)
    parser.add_argument("--features", type=Path, required=True, help="where the first stage's network is kept")
    parser.add_argument("--fold", type=int, default=1)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--probe", action="store_true", help="look at the first stage only")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a change of the recipe")
    args = parser.parse_args()
    torch.manual_seed(Recipe.seed)
    clips = read_corpora(args.data)
    args.work.mkdir(parents=True, exist_ok=True)
    examples = cached(clips, args.work, args.teacher)
    fold, classes = fold_of(clips, args.folds), classes_of(clips)
    corpus = Corpus([e for e in examples if fold[person(e.clip)] != args.fold], changed(args.set))
    network = first_stage(corpus, args.features)
    unheard = [e for e in examples if fold[person(e.clip)] == args.fold and e.clip.label is not None and classes[e.clip.corpus][e.clip.label]]
    if args.probe:
        uar = probe(network.eval(), corpus.examples, unheard, classes)
    else:
        trained = train_emotion(corpus.examples, network.state_dict(), corpus.recipe, "experiment")
        uar = uar_of(hear(trained, unheard, range(len(LABELS)), trained.domains.corpora).logits, unheard, classes)
    print(" ".join(f"{name} {value:.1f}" for name, value in uar.items()), f"| mean {np.mean(list(uar.values())):.1f}")


if __name__ == "__main__":
    main()
