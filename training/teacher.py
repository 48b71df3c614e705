"""The teachers: the first two blocks of Whisper encoders, whose features the network learns to predict.

They teach during training only; none of their weights go into the model that ships.
"""

import math
from pathlib import Path

import numpy as np
import torch
from audio import Samples, at_level
from numpy.typing import NDArray
from torch import Tensor, nn

WINDOW, HOP, BANDS = 400, 160, 80  # Whisper's own front end: 25 ms, 10 ms, 80 Slaney mels
BLOCKS = 2  # the second block knows most about emotion, in the tiny and in the base encoder
HEAD_WIDTH = 64  # of every Whisper's attention
FRAMES_PER_VECTOR = 2  # the encoder's 50 vectors a second, averaged to 25: the network's own rate


def slaney_filters() -> Tensor:
    """Slaney-scale, area-normalised mel filters for 16 kHz and 400-point spectra: (BANDS, 201)."""
    step, knee_hz, log_step = 200.0 / 3.0, 1000.0, math.log(6.4) / 27.0
    knee = knee_hz / step
    top = knee + math.log(8000.0 / knee_hz) / log_step
    mels = np.linspace(0.0, top, BANDS + 2)
    edges = np.where(mels < knee, mels * step, knee_hz * np.exp(log_step * (mels - knee)))
    bins = np.linspace(0.0, 8000.0, WINDOW // 2 + 1)
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    triangles = np.maximum(0.0, np.minimum(rising, falling)) * (2.0 / (edges[2:] - edges[:-2]))[:, None]
    return torch.from_numpy(triangles).float()


class Teacher:
    """Whisper's convolutions and first blocks, read from an .npz of half-precision arrays; computes in bfloat16."""

    def __init__(self, weights: Path) -> None:
        with np.load(weights) as arrays:
            self.weights = {name: torch.from_numpy(arrays[name].astype(np.float32)).bfloat16() for name in arrays.files}
        self.filters = slaney_filters()
        self.width = self.weights["conv1.bias"].shape[0]
        self.heads = self.width // HEAD_WIDTH

    def features(self, samples: Samples) -> NDArray[np.float16]:
        """The second block's output for one clip at 16 kHz, 25 vectors a second: (vectors, width)."""
        with torch.inference_mode():
            hidden = self._encode(torch.from_numpy(at_level(samples)))
            vectors = len(hidden) // FRAMES_PER_VECTOR
            pairs = hidden[: vectors * FRAMES_PER_VECTOR].reshape(vectors, FRAMES_PER_VECTOR, -1)
            return pairs.mean(dim=1).half().numpy()

    def _encode(self, samples: Tensor) -> Tensor:
        w = self.weights
        spectrum = torch.stft(samples, WINDOW, HOP, window=torch.hann_window(WINDOW), return_complex=True)
        mel = torch.log10((self.filters @ spectrum[:, :-1].abs() ** 2).clamp(min=1e-10))
        mel = ((torch.maximum(mel, mel.max() - 8.0) + 4.0) / 4.0).bfloat16()
        x = nn.functional.gelu(nn.functional.conv1d(mel[None], w["conv1.weight"], w["conv1.bias"], padding=1))
        x = nn.functional.gelu(nn.functional.conv1d(x, w["conv2.weight"], w["conv2.bias"], stride=2, padding=1))
        x = x[0].T + w["embed_positions.weight"][: x.shape[2]]
        for block in range(BLOCKS):
            x = self._block(x, f"layers.{block}.")
        return x.float()

    def _block(self, x: Tensor, prefix: str) -> Tensor:
        def linear(name: str, value: Tensor) -> Tensor:
            return nn.functional.linear(value, self.weights[f"{prefix}{name}.weight"], self.weights.get(f"{prefix}{name}.bias"))

        def norm(name: str, value: Tensor) -> Tensor:
            weight, bias = self.weights[f"{prefix}{name}.weight"], self.weights[f"{prefix}{name}.bias"]
            return nn.functional.layer_norm(value, weight.shape, weight, bias)

        def heads(value: Tensor) -> Tensor:
            return value.reshape(len(value), self.heads, -1).transpose(0, 1)[None]

        y = norm("self_attn_layer_norm", x)
        query, key, value = (heads(linear(f"self_attn.{name}_proj", y)) for name in "qkv")
        attended = nn.functional.scaled_dot_product_attention(query, key, value)[0]
        x = x + linear("self_attn.out_proj", attended.transpose(0, 1).reshape(len(x), -1))
        y = norm("final_layer_norm", x)
        return x + linear("fc2", nn.functional.gelu(linear("fc1", y)))
