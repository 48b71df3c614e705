"""From labelled recordings to a model folder.

    python training/train.py --data DIR --work DIR --out models/timbre-1 [--teacher FILE.npz ...]

Trains one network per fold, each without a fifth of the people of every corpus; one per corpus that is
left out as a whole; and one on everybody, which ships. Several of them share an encoder, learnt on
nobody whom one of them is scored on. The models and lists of the clips that they never
heard stay in the work folder, where `npm run crossval` scores them for the model card.
Resumable: what stands in the work folder is not made again.
"""

import argparse
import csv
import os
from collections.abc import Iterable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from cache import Example, cached
from calibrate import calibrate
from contexts import careful_power
from corpora import LABELS, Clip, classes_of, fold_of, most_people, person, read_corpora, taught_labels
from embeddings import Embedded, embed, embed_not_speech
from emotion import Trained, learn_emotion
from export import Learnt, export, export_family
from families import FAMILIES, learn_families
from heard import Heard, hear
from kept import learnt_encoder, restore, restore_encoder, save
from network import EmotionNetwork, naming
from recipe import Recipe
from torch import Tensor

EVERYBODY = "everybody"
SHARING_FOLDS = 4  # with fewer of them, two would leave too few people to learn from
# Corpora with many emotions or natural speech: what is left out should be worth scoring.
LEFT_OUT = ("tess", "ravdess", "emo-db", "nemo", "urdu-ser")


@dataclass(frozen=True)
class Task:
    """One network to train: its name and the people whom it doesn't hear."""

    name: str
    unheard: frozenset[str]
    left_out: str | None = None  # the corpus, where it is one as a whole


@dataclass(frozen=True)
class Stage:
    """An encoder, and the tasks that begin with it: it is learnt on the people whom all of them may hear."""

    tasks: tuple[Task, ...]

    @property
    def name(self) -> str:
        """Of its files in the work folder."""
        return "-".join(task.name for task in self.tasks)

    @property
    def unheard(self) -> frozenset[str]:
        """Everybody whom one of the tasks doesn't hear."""
        return frozenset().union(*(task.unheard for task in self.tasks))


def clips_of(args: argparse.Namespace) -> list[Clip]:
    """The clips that the command line asks for."""
    return [clip for clip in read_corpora(args.data) if not args.corpora or clip.corpus in args.corpora]


def tasks_of(clips: list[Clip], folds: int) -> list[Task]:
    """The network that ships, the folds, and the corpora left out (where there are others to learn from)."""
    fold = fold_of(clips, folds)
    tasks = [Task(EVERYBODY, frozenset())]
    tasks += [Task(f"fold-{number}", frozenset(name for name, own in fold.items() if own == number)) for number in range(folds)]
    corpora = {clip.corpus for clip in clips}
    if len(corpora) > 1:
        for corpus in LEFT_OUT:
            people = frozenset(person(clip) for clip in clips if clip.corpus == corpus)
            tasks += [Task(f"loco-{corpus}", people, corpus)] if people else []
    return tasks


def stages_of(tasks: list[Task]) -> list[Stage]:
    """Two of many folds share an encoder, and so do all left-out corpora: it takes hours off the training and tells nobody's secrets."""
    left_out = [task for task in tasks if task.left_out]
    folds = [task for task in tasks if not task.left_out]
    together = 2 if len(folds) > SHARING_FOLDS else 1
    # Reversed, so that a fold without a partner shares with the network that hears everybody.
    pairs = [folds[::-1][i : i + together] for i in range(0, len(folds), together)]
    return [Stage(tuple(group)) for group in [*pairs, left_out] if group]


def places_of(clips: Iterable[Clip], examples: list[Example]) -> list[int]:
    """Where the clips' examples are."""
    wanted = set(clips)
    return [place for place, example in enumerate(examples) if example.clip in wanted]


def heard_by(task: Task | Stage, examples: list[Example]) -> list[Example]:
    """What a network learns from."""
    return [example for example in examples if person(example.clip) not in task.unheard]


def learn_stage(stage: Stage, args: argparse.Namespace, recipe: Recipe) -> None:
    """Trains an encoder, writes it, and writes what it makes of all clips and of other sounds; what is there already is not made again."""
    torch.set_num_threads(1)
    examples = cached(clips_of(args), args.work, args.teacher)
    encoder = learnt_encoder(_encoder_path(stage, args), heard_by(stage, examples), recipe, stage.name)
    augment = recipe.augmenter()
    embedded = embed(encoder, examples, augment)
    not_speech = embed_not_speech(encoder, heard_by(stage, examples), recipe.not_speech, augment, np.random.default_rng(recipe.seed))
    save(vars(embedded) | {"not_speech": not_speech}, _statistics_path(stage, args))


def restore_embedded(stage: Stage, args: argparse.Namespace) -> tuple[Embedded, Tensor]:
    """What the stage's encoder made of all clips, and of sounds that are not speech."""
    saved = torch.load(_statistics_path(stage, args))
    not_speech = saved.pop("not_speech")
    return Embedded(**saved), not_speech


def _encoder_path(stage: Stage, args: argparse.Namespace) -> Path:
    return args.work / f"encoder-{stage.name}.pt"


def _statistics_path(stage: Stage, args: argparse.Namespace) -> Path:
    return args.work / f"statistics-{stage.name}.pt"


def train_task(task: Task, stage: Stage, args: argparse.Namespace, recipe: Recipe) -> None:
    """Trains one network's heads on top of its stage's encoder and writes `<work>/<task>.pt`."""
    torch.set_num_threads(1)
    examples = cached(clips_of(args), args.work, args.teacher)
    encoder = restore_encoder(torch.load(_encoder_path(stage, args)))
    embedded, not_speech = restore_embedded(stage, args)
    places = [place for place, example in enumerate(examples) if person(example.clip) not in task.unheard]
    trained = learn_emotion(encoder, [examples[place] for place in places], embedded.of(places), not_speech, recipe)
    save({"weights": trained.network.state_dict(), "full_spread": trained.full_spread, "corpora": trained.corpora}, args.work / f"{task.name}.pt")


def train_missing(tasks: list[Task], args: argparse.Namespace, recipe: Recipe) -> None:
    """Trains what the work folder doesn't have yet, several at once."""
    missing = [task for task in tasks if (not args.only or task.name in args.only) and not (args.work / f"{task.name}.pt").exists()]
    stages = [stage for stage in stages_of(tasks) if any(task in missing for task in stage.tasks)]
    with ProcessPoolExecutor(args.processes) as pool:

        def train_tasks(stage: Stage) -> list[Future[None]]:
            return [pool.submit(train_task, task, stage, args, recipe) for task in stage.tasks if task in missing]

        learning = {pool.submit(learn_stage, stage, args, recipe): stage for stage in stages if not _statistics_path(stage, args).exists()}
        training = [task for stage in stages if stage not in learning.values() for task in train_tasks(stage)]
        for learnt in as_completed(learning):
            learnt.result()
            training += train_tasks(learning[learnt])
        for task in training:
            task.result()


def restore_naming(task: Task, labels: list[int], args: argparse.Namespace) -> Trained:
    """A task's trained network, which names these of LABELS alone."""
    trained = restore(args.work / f"{task.name}.pt")
    naming(trained.network, labels)
    return trained


def train_families_fold(task: Task, args: argparse.Namespace, recipe: Recipe) -> None:
    """Trains and exports the textbook's methods for one fold: `<work>/families/<family>/<fold>`."""
    torch.set_num_threads(1)
    examples = cached(clips_of(args), args.work, args.teacher)
    for family, network in learn_families(heard_by(task, examples), recipe, f"families, {task.name}").items():
        folder = args.work / "families" / family / task.name
        parameters = sum(parameter.numel() for parameter in network.parameters())
        export_family(network, folder, f"{family}-{task.name}", args.licence, {"family": family, "parameters": parameters})
        write_unheard(scored_on(task, [example.clip for example in examples]), args.data, folder / "unheard.csv")


def train_families(tasks: list[Task], args: argparse.Namespace, recipe: Recipe) -> None:
    """Trains the textbook's methods on the folds, as far as the work folder lacks them."""
    folds = [task for task in tasks if task.name.startswith("fold-")]
    lists = {task: [args.work / "families" / family / task.name / "unheard.csv" for family in FAMILIES] for task in folds}
    missing = [task for task in folds if not all(path.exists() for path in lists[task])]
    with ProcessPoolExecutor(args.processes) as pool:
        for done in [pool.submit(train_families_fold, task, args, recipe) for task in missing]:
            done.result()


def scored_on(task: Task, clips: list[Clip]) -> list[Clip]:
    """The clips that a fold or a left-out corpus is scored on: nobody in them was heard, and their classes exist."""
    classes = classes_of(clips)
    unheard = [clip for clip in clips if person(clip) in task.unheard]
    if task.left_out:
        unheard = [clip for clip in unheard if clip.corpus == task.left_out]
    return [clip for clip in unheard if clip.label is not None and classes[clip.corpus][clip.label]]


def write_unheard(clips: list[Clip], root: Path, path: Path) -> None:
    """The clips of people whom a network never heard, as `npx timbre eval --manifest` reads them."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("path", "corpus", "speaker", "emotion", "language", "sex"))
        writer.writerows((c.path.relative_to(root), c.corpus, c.speaker, c.emotion, c.language, c.sex) for c in clips)


def trained_with(recipe: Recipe, network: EmotionNetwork) -> dict[str, object]:
    """What a manifest says of the training: the recipe, and how many values of the graph were learnt."""
    parameters = sum(value.numel() for name, value in network.named_parameters() if not name.startswith("encoder.taught"))
    return asdict(recipe) | {"parameters": parameters}


def hear_unheard(task: Task, embedded: Embedded, labels: list[int], clips: list[Clip], examples: list[Example], args: argparse.Namespace) -> Heard:
    """Scores a fold's network on the clips that it is scored on, by what its stage's encoder made of all clips as they are."""
    places = places_of(scored_on(task, clips), examples)
    return hear(restore_naming(task, labels, args), embedded.of(places), [examples[place].clip for place in places], labels)


def learnt_in(task: Task, labels: list[int], others: list[Heard], corpora: list[str], args: argparse.Namespace) -> Learnt:
    """A task's trained network, ready for export: nothing of it is chosen on the people whom it is scored on, a left-out corpus has no say.

    `others`: what the folds' networks say, without the task's own.
    """
    calibration = calibrate(others, corpora, without=task.left_out)
    power = careful_power(others, without=task.left_out)
    return Learnt(restore_naming(task, labels, args), [LABELS[label] for label in labels], calibration, power)


def export_unshipped(task: Task, learnt: Learnt, examples: list[Example], args: argparse.Namespace, recipe: Recipe) -> None:
    """Writes the model folder of a fold or of a left-out corpus, and the clips to score it on."""
    folder = args.work / task.name
    export(learnt, folder, task.name, args.licence, trained_with(recipe, learnt.trained.network))
    write_unheard(scored_on(task, [example.clip for example in examples]), args.data, folder / "unheard.csv")


def main() -> None:
    """Reads the command line and runs every step that has not been done yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with manifest.csv, or TESS as downloaded")
    parser.add_argument("--work", type=Path, required=True, help="folder for caches, fold models and their test lists")
    parser.add_argument("--out", type=Path, required=True, help="the model folder to write")
    parser.add_argument("--teacher", type=Path, action="append", default=[], help="Whisper encoder weights (.npz) to learn from; may be repeated")
    parser.add_argument("--corpora", type=lambda text: text.split(","), help="learn from these corpora only")
    parser.add_argument("--licence", default="CC-BY-NC-SA-4.0", help="of the weights, which follow their training data")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--only", type=lambda text: text.split(","), help="train these networks only, and export nothing yet")
    parser.add_argument("--families", action="store_true", help="train the textbook's methods too (families.py), for the card to compare")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs, help="of the encoder's first cycle")
    parser.add_argument("--later-epochs", type=int, default=Recipe.later_epochs, help="of its second; 0 for none")
    parser.add_argument("--last-epochs", type=int, default=Recipe.last_epochs, help="of its third; 0 for none")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    recipe = Recipe(epochs=args.epochs, later_epochs=args.later_epochs, last_epochs=args.last_epochs)
    clips = clips_of(args)
    args.folds = min(args.folds, most_people(clips))
    examples = cached(clips, args.work, args.teacher)
    tasks = tasks_of(clips, args.folds)
    train_missing(tasks, args, recipe)
    if args.families:
        train_families(tasks, args, recipe)
    if args.only:
        return

    labels, corpora = taught_labels(clips), sorted({clip.corpus for clip in clips})
    folds = [task for task in tasks if task.name.startswith("fold-")]
    unheard: dict[Task, Heard] = {}
    for stage in stages_of(tasks):
        sharing = [task for task in stage.tasks if task in folds]
        if sharing:
            plain = restore_embedded(stage, args)[0].as_they_are()
            unheard |= {task: hear_unheard(task, plain, labels, clips, examples, args) for task in sharing}
    for task in tasks:
        if task.name != EVERYBODY:
            others = [unheard[fold] for fold in folds if fold != task]
            export_unshipped(task, learnt_in(task, labels, others, corpora, args), examples, args, recipe)
    learnt = learnt_in(tasks[0], labels, [unheard[fold] for fold in folds], corpora, args)
    export(learnt, args.out, args.out.name, args.licence, trained_with(recipe, learnt.trained.network) | {"corpora": corpora})
    print(f"{args.out}: written. Now measure it: npm run crossval -- --data {args.data} --work {args.work}")


if __name__ == "__main__":
    main()
