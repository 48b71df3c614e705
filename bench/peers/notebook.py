"""
What notebooks about TESS and RAVDESS do: librosa's features, averaged over the clip, and a small LSTM over the vector.

The 162 values are the usual ones (zero crossing rate 1, chroma 12, MFCC 20, RMS 1, mel spectrogram 128) at librosa's
own settings: 22,050 Hz, frames of 2048, every 512 samples. Each is computed from the samples, as notebooks do, but for
the chroma's spectrogram. Notebooks cut clips to 2.5 or 3 s; here they are read whole, as Timbre reads them. The LSTM has
128 units, fewer than most have, with random weights: they take as long as learnt ones.
"""

import librosa
import numpy as np
import torch
from torch import nn

from turns import take_turns

LABELS = 7
torch.set_num_threads(1)


class Network(nn.Module):
    """The vector as a sequence of single values, as Keras notebooks shape it: (values, 1)."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(1, 128, batch_first=True)
        self.head = nn.Sequential(nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, LABELS), nn.Softmax(dim=-1))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        _, (last, _) = self.lstm(values)
        return self.head(last[-1])


def features(audio: tuple[np.ndarray, int]) -> np.ndarray:
    """162 means over time."""
    y, sr = audio
    rows = [
        librosa.feature.zero_crossing_rate(y=y),
        librosa.feature.chroma_stft(S=np.abs(librosa.stft(y)), sr=sr),
        librosa.feature.mfcc(y=y, sr=sr),
        librosa.feature.rms(y=y),
        librosa.feature.melspectrogram(y=y, sr=sr),
    ]
    return np.concatenate([row.mean(axis=1) for row in rows])


network = Network().eval()


@torch.inference_mode()
def read(audio: tuple[np.ndarray, int]) -> int:
    values = torch.from_numpy(features(audio)).float().reshape(1, -1, 1)
    return int(network(values).argmax())


if __name__ == "__main__":
    take_turns(librosa.load, read, torch.get_num_threads)
