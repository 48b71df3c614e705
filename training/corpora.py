"""Labelled recordings: where the clips are, who speaks, and which emotions each corpus can teach.

Two layouts are read:

- a folder with `manifest.csv` (columns path, corpus, speaker, emotion; others are ignored);
- TESS as people download it: `OAF_angry/OAF_back_angry.wav`, `YAF_pleasant_surprised/...`.
"""

import csv
from dataclasses import dataclass
from pathlib import Path

LABELS = ("anger", "disgust", "fear", "happiness", "surprise", "sadness", "neutral")

# Calm is the acted quiet form of neutral (RAVDESS); no product label tells them apart.
SYNONYMS = {
    "angry": "anger",
    "calm": "neutral",
    "fearful": "fear",
    "happy": "happiness",
    "pleasant_surprise": "surprise",
    "pleasant_surprised": "surprise",
    "ps": "surprise",
    "sad": "sadness",
    "surprised": "surprise",
}

# Fewer clips of an emotion than this are accidents of a corpus, not a class of it
# (CREMA-D's part here has seven clips outside its two emotions).
MIN_CLIPS_PER_CLASS = 10


@dataclass(frozen=True)
class Clip:
    """One labelled recording. `emotion` is one of LABELS, or another word the corpus uses; what isn't known is empty."""

    path: Path
    corpus: str
    speaker: str
    emotion: str
    language: str = ""
    sex: str = ""

    @property
    def label(self) -> int | None:
        """Index into LABELS, or None for an emotion that the product doesn't name (boredom)."""
        return LABELS.index(self.emotion) if self.emotion in LABELS else None


def read_corpora(root: Path) -> list[Clip]:
    """All clips under `root`, in either layout. Raises ValueError when there are none."""
    manifest = root / "manifest.csv"
    clips = _read_manifest(manifest) if manifest.exists() else _read_tess(root)
    if not clips:
        raise ValueError(f"{root}: neither a manifest.csv nor TESS folders such as OAF_angry were found")
    return clips


def _canonical(word: str) -> str:
    word = word.strip().lower()
    return SYNONYMS.get(word, word)


def _read_manifest(manifest: Path) -> list[Clip]:
    with manifest.open(newline="", encoding="utf-8") as file:
        return [
            Clip(
                *(manifest.parent / row["path"], row["corpus"], row["speaker"], _canonical(row["emotion"])),
                *(row.get("language", ""), row.get("sex", "")),
            )
            for row in csv.DictReader(file)
        ]


def _read_tess(root: Path) -> list[Clip]:
    clips = []
    for path in sorted(root.rglob("*.wav")):
        actress, _, rest = path.stem.partition("_")
        emotion = _canonical(rest.rpartition("_")[2])
        # One file of the original is spelt OA_bite_neutral.
        actress = {"OA": "OAF"}.get(actress.upper(), actress.upper())
        if actress in ("OAF", "YAF") and emotion in LABELS:
            clips.append(Clip(path, "tess", f"tess:{actress}", emotion, "en", "f"))
    return clips


def person(clip: Clip) -> str:
    """The human being behind a clip: RAVDESS's singers are its speakers."""
    return clip.speaker.replace("ravdess-song:", "ravdess:")


def classes_of(clips: list[Clip]) -> dict[str, list[bool]]:
    """Per corpus, which of LABELS it can teach; the loss masks the others.

    Surprise exists in three corpora only: a softmax over all classes would learn
    to recognise the corpus instead of the emotion.
    """
    counts: dict[str, list[int]] = {}
    for clip in clips:
        row = counts.setdefault(clip.corpus, [0] * len(LABELS))
        if clip.label is not None:
            row[clip.label] += 1
    return {corpus: [n >= MIN_CLIPS_PER_CLASS for n in row] for corpus, row in counts.items()}


def taught_labels(clips: list[Clip]) -> list[int]:
    """Which of LABELS, by index, at least one corpus can teach: those that a model of these clips may name."""
    rows = classes_of(clips).values()
    return [label for label in range(len(LABELS)) if any(row[label] for row in rows)]


def fold_of(clips: list[Clip], folds: int) -> dict[str, int]:
    """Assigns every person to one fold, round robin inside each corpus.

    So each fold holds out whole speakers of every corpus that has enough of them,
    and the two TESS actresses are always apart.
    """
    assignment: dict[str, int] = {}
    for members in _people(clips).values():
        assignment.update({name: index % folds for index, name in enumerate(sorted(members))})
    return assignment


def most_people(clips: list[Clip]) -> int:
    """How many people the corpus with the most of them has: more folds than that would be empty."""
    return max(len(members) for members in _people(clips).values())


def _people(clips: list[Clip]) -> dict[str, set[str]]:
    people: dict[str, set[str]] = {}
    for clip in clips:
        people.setdefault(clip.corpus.removesuffix("-song"), set()).add(person(clip))
    return people
