"""
The notebooks' features and a small LSTM in PyTorch: 128 units, fewer than most have, over the vector as a sequence of
single values, with random weights, which take as long as learnt ones.
"""

import librosa
import numpy as np
import torch
from torch import nn

from notebook_features import features
from turns import LABELS, take_turns

torch.set_num_threads(1)


class Network(nn.Module):
    """What notebook_keras.py has: (clips, values, 1) -> (clips, labels)."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(1, 128, batch_first=True)
        self.head = nn.Sequential(nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, LABELS), nn.Softmax(dim=-1))

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        _, (last, _) = self.lstm(values)
        return self.head(last[-1])


network = Network().eval()


@torch.inference_mode()
def read(audio: tuple[np.ndarray, int]) -> int:
    values = torch.from_numpy(features(audio)).reshape(1, -1, 1)
    return int(network(values).argmax())


if __name__ == "__main__":
    take_turns(librosa.load, read, torch.get_num_threads)
