"""What training reads over and over, made once: each clip's log-mel and the teachers' features, at three speeds.

Played a little slower or faster a voice is another voice with the same emotion; the teachers hear the
changed clip, so their features stay true. Everything is half-precision and memory-mapped.
"""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soxr
import torch
from audio import Samples, at_level, load
from corpora import Clip
from log_mel import MEL_BANDS, SAMPLE_RATE_HZ, LogMel
from network import STRIDE
from numpy.typing import NDArray
from teacher import Teacher

SPEEDS = (1.0, 0.95, 1.05)  # more than 5 % would change the emotion, too
Half = NDArray[np.float16]


@dataclass(frozen=True)
class Example:
    """A clip as training sees it; one entry per speed.

    `log_mels`: (frames, MEL_BANDS). `taught`: (frames / STRIDE, width of all teachers), or empty without a teacher.
    """

    clip: Clip
    log_mels: tuple[Half, ...]
    taught: tuple[Half, ...]


def cached(clips: list[Clip], work: Path, teachers: list[Path]) -> list[Example]:
    """The examples of all clips, in their order; computed on first use.

    Raises ValueError when the work folder was made from other clips or other teachers.
    """
    lengths_file = work / "lengths.npy"
    if not lengths_file.exists():
        _compute(clips, work, teachers, lengths_file)
    lengths = np.load(lengths_file)
    width = int(lengths[0, 0, 2])
    if lengths.shape[1] != len(clips) or (width > 0) != bool(teachers):
        raise ValueError(f"{work} was made from other data; use an empty work folder")
    columns = []
    for speed in range(len(SPEEDS)):
        frames, vectors = lengths[speed, :, 0], lengths[speed, :, 1]
        columns.append(_parts(work / f"mel-{speed}.f16", frames, MEL_BANDS))
        columns.append(_parts(work / f"taught-{speed}.f16", vectors, width) if width else [np.empty((0, 0), np.float16)] * len(clips))
    return [Example(clip, row[0::2], row[1::2]) for clip, *row in zip(clips, *columns, strict=True)]


def _parts(path: Path, lengths: NDArray[np.int64], width: int) -> list[Half]:
    whole = np.memmap(path, np.float16, "r").reshape(-1, width)
    return np.split(whole, np.cumsum(lengths)[:-1])


def _compute(clips: list[Clip], work: Path, teachers: list[Path], lengths_file: Path) -> None:
    lengths: list[list[tuple[int, int, int]]] = [[] for _ in SPEEDS]
    mels = [(work / f"mel-{speed}.f16").open("wb") for speed in range(len(SPEEDS))]
    taught = [(work / f"taught-{speed}.f16").open("wb") for speed in range(len(SPEEDS))]
    with ProcessPoolExecutor(initializer=_start, initargs=(teachers,)) as pool:
        for number, versions in enumerate(pool.map(_versions, clips, chunksize=32)):
            for speed, (mel, vectors) in enumerate(versions):
                mel.tofile(mels[speed])
                vectors.tofile(taught[speed])
                lengths[speed].append((len(mel), len(vectors), vectors.shape[1]))
            if number % 1000 == 999:
                print(f"{number + 1}/{len(clips)} clips decoded", flush=True)
    for file in (*mels, *taught):
        file.close()
    np.save(lengths_file, np.array(lengths, dtype=np.int64))


_log_mel: LogMel
_teachers: list[Teacher]


def _start(weights: list[Path]) -> None:
    global _log_mel, _teachers
    torch.set_num_threads(1)
    _log_mel, _teachers = LogMel(), [Teacher(path) for path in weights]


def _versions(clip: Clip) -> list[tuple[Half, Half]]:
    samples = load(clip)
    return [_features(samples if speed == 1.0 else soxr.resample(samples, SAMPLE_RATE_HZ * speed, SAMPLE_RATE_HZ)) for speed in SPEEDS]


def _features(samples: Samples) -> tuple[Half, Half]:
    with torch.inference_mode():
        mel = _log_mel(torch.from_numpy(at_level(samples))[None])[0].T.half().numpy()
    vectors = len(mel) // STRIDE
    taught = [teacher.features(samples)[:vectors] for teacher in _teachers]
    return mel, np.concatenate(taught, axis=1) if taught else np.empty((vectors, 0), np.float16)
