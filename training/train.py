"""From labelled recordings to a model folder.

    python training/train.py --data DIR --work DIR --out models/timbre-1 [--teacher FILE.npz]

Trains one network per fold, each without a third of the speakers of every corpus, and one
network on all of them, which ships. The fold models and lists of the clips that they never
heard stay in the work folder, where `npm run eval` scores them for the model card.
Resumable: what stands in the work folder is not made again.
"""

import argparse
import csv
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from audio import load
from calibrate import calibrate, hear
from corpora import Clip, classes_of, fold_of, most_people, person, read_corpora
from export import export
from learn import Example, Recipe, train
from network import EmotionNetwork
from teacher import Teacher

EVERYTHING = -1  # the "fold" that holds nobody out


def cache(clips: list[Clip], work: Path, teacher: Path | None) -> list[Example]:
    """Decoded clips and the teacher's statistics, made once and memory-mapped afterwards."""
    lengths_file, samples_file, taught_file = (work / name for name in ("lengths.npy", "samples.i16", "taught.npy"))
    if not lengths_file.exists():
        with ProcessPoolExecutor() as pool:
            lengths = []
            with samples_file.open("wb") as file:
                for samples in pool.map(load, clips, chunksize=64):
                    (np.clip(samples, -1, 1) * 32767).astype(np.int16).tofile(file)
                    lengths.append(len(samples))
        np.save(lengths_file, np.array(lengths))
    lengths = np.load(lengths_file)
    if len(lengths) != len(clips):
        raise ValueError(f"{work} was made from other data; use an empty work folder")
    parts = np.split(np.memmap(samples_file, dtype=np.int16, mode="r"), np.cumsum(lengths)[:-1])
    if teacher is not None and not taught_file.exists():
        with ProcessPoolExecutor(initializer=_load_teacher, initargs=(teacher,)) as pool:
            np.save(taught_file, np.stack(list(pool.map(_teach, parts, chunksize=64))))
    taught = np.load(taught_file) if teacher is not None else [None] * len(clips)
    return [Example(*row) for row in zip(clips, parts, taught, strict=True)]


_teacher: Teacher


def _load_teacher(weights: Path) -> None:
    global _teacher
    torch.set_num_threads(1)
    _teacher = Teacher(weights)


def _teach(samples: np.ndarray) -> np.ndarray:
    return _teacher.statistics(samples.astype(np.float32) / 32768.0)


def train_fold(fold: int, args: argparse.Namespace, recipe: Recipe) -> None:
    """Trains without the people of one fold and writes `<work>/<name>.pt`."""
    torch.set_num_threads(1)
    name = name_of(fold)
    target = args.work / f"{name}.pt"
    if target.exists():
        return
    clips = read_corpora(args.data)
    examples = cache(clips, args.work, args.teacher)
    folds = fold_of(clips, args.folds)
    heard = [example for example in examples if folds[person(example.clip)] != fold]
    width = len(heard[0].taught) if heard[0].taught is not None else 1
    network = train(heard, width, recipe, name)
    torch.save(network.state_dict(), target.with_suffix(".part"))
    target.with_suffix(".part").rename(target)


def name_of(fold: int) -> str:
    """`fold-0`, `fold-1`, … and `everything`."""
    return "everything" if fold == EVERYTHING else f"fold-{fold}"


def restore(path: Path) -> EmotionNetwork:
    """A trained network from its file, in eval mode."""
    weights = torch.load(path)
    network = EmotionNetwork(len(weights["emotion.bias"]), len(weights["teacher.bias"])).eval()
    network.load_state_dict(weights)
    return network


def write_manifest(clips: list[Clip], root: Path, path: Path) -> None:
    """The clips of a fold's unheard people, as `npx timbre eval --manifest` reads them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "corpus", "speaker", "emotion"))
        writer.writerows((clip.path.relative_to(root), clip.corpus, clip.speaker, clip.emotion) for clip in clips)


def main() -> None:
    """Reads the command line and runs every step that has not been done yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.csv, or TESS as downloaded")
    parser.add_argument("--work", type=Path, required=True, help="folder for caches, fold models and their test lists")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--teacher", type=Path, help="Whisper encoder weights (.npz) to learn from")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(epochs=args.epochs)
    clips = read_corpora(args.data)
    args.folds = min(args.folds, most_people(clips))
    examples = cache(clips, args.work, args.teacher)
    tasks = [EVERYTHING, *range(args.folds)]
    with ProcessPoolExecutor(args.processes) as pool:
        for done in [pool.submit(train_fold, fold, args, recipe) for fold in tasks]:
            done.result()

    folds = fold_of(clips, args.folds)
    networks = {fold: restore(args.work / f"{name_of(fold)}.pt") for fold in tasks}
    classes = classes_of(clips)
    unheard = {fold: [e for e in examples if folds[person(e.clip)] == fold] for fold in range(args.folds)}
    # Each network hears its unheard people once; the shipped one has none of its own.
    heard = {fold: hear(networks[fold], unheard[fold]) for fold in range(args.folds)}
    for fold in range(args.folds):
        folder = args.work / name_of(fold)
        # A fold's confidence is calibrated on the other folds' unheard people, never on its own.
        others = [part for other, part in heard.items() if other != fold]
        export(networks[fold], calibrate(others), folder, name_of(fold), asdict(recipe))
        scored = [e.clip for e in unheard[fold] if e.clip.label is not None and classes[e.clip.corpus][e.clip.label]]
        write_manifest(scored, args.data, folder / "unheard.csv")
    corpora = sorted({clip.corpus for clip in clips})
    export(networks[EVERYTHING], calibrate(list(heard.values())), args.out, args.out.name, asdict(recipe) | {"corpora": corpora})
    print(f"{args.out}: written. Now measure it: npm run eval -- --data {args.data} --work {args.work}")


if __name__ == "__main__":
    main()
