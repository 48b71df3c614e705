"""
A network with wav2vec2-base's shape (Baevski et al. 2020, "wav2vec 2.0", table of section 4 and appendix A) and a
classifier on top, exported to ONNX and run by ONNX Runtime. The weights are random: they take as long as learnt ones.

Seven convolutions (512 channels), a convolution of width 128 that says where a frame is, 12 transformer blocks
(768 wide, 3072 within, 12 heads): 95 million parameters. The second argument is a folder for the graph.
"""

import logging
import os
import sys
from pathlib import Path

# Else ONNX Runtime would tell Microsoft what it loads (its docs/Privacy.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import librosa
import numpy as np
import onnxruntime
import torch
from torch import nn
from torch.nn import functional as F

from turns import LABELS, take_turns

RATE_HZ = 16_000
WIDTH, INNER, HEADS, BLOCKS = 768, 3072, 12, 12
CHANNELS = 512
#: Kernel and stride of each convolution: one frame every 20 ms.
CONVOLUTIONS = [(10, 5), (3, 2), (3, 2), (3, 2), (3, 2), (2, 2), (2, 2)]
torch.set_num_threads(1)
# It warns of operators that this network doesn't have.
logging.getLogger("torch.onnx").setLevel(logging.ERROR)


class Block(nn.Module):
    """One transformer block, normalised after its parts as in the base model."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.feed = nn.Sequential(nn.Linear(WIDTH, INNER), nn.GELU(), nn.Linear(INNER, WIDTH))
        self.after_attention = nn.LayerNorm(WIDTH)
        self.after_feed = nn.LayerNorm(WIDTH)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        heads = [part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in self.query_key_value(x).chunk(3, dim=-1)]
        attended = F.scaled_dot_product_attention(*heads).transpose(1, 2).flatten(2)
        x = self.after_attention(x + self.out(attended))
        return self.after_feed(x + self.feed(x))


class Wav2Vec2(nn.Module):
    """(1, samples) at 16 kHz, mean 0 and variance 1 -> (1, labels)."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for index, (kernel, stride) in enumerate(CONVOLUTIONS):
            layers.append(nn.Conv1d(1 if index == 0 else CHANNELS, CHANNELS, kernel, stride, bias=False))
            # The base model normalises after the first convolution only, each channel over time.
            if index == 0:
                layers.append(nn.GroupNorm(CHANNELS, CHANNELS))
            layers.append(nn.GELU())
        self.convolutions = nn.Sequential(*layers)
        self.project = nn.Sequential(nn.LayerNorm(CHANNELS), nn.Linear(CHANNELS, WIDTH))
        self.position = nn.Conv1d(WIDTH, WIDTH, 128, padding=64, groups=16)
        self.norm = nn.LayerNorm(WIDTH)
        self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
        self.head = nn.Sequential(nn.Linear(WIDTH, 256), nn.Tanh(), nn.Linear(256, LABELS))

    def forward(self, waveform: torch.Tensor) -> torch.Tensor:
        frames = self.project(self.convolutions(waveform.unsqueeze(1)).transpose(1, 2))
        # An even kernel gives one frame too many.
        where = F.gelu(self.position(frames.transpose(1, 2))[:, :, :-1]).transpose(1, 2)
        return self.head(self.blocks(self.norm(frames + where)).mean(dim=1))


def export(path: Path) -> None:
    """Writes the graph, for clips of any length."""
    torch.manual_seed(0)
    network = Wav2Vec2().eval()
    parameters = sum(weights.numel() for weights in network.parameters())
    if not 94e6 < parameters < 96e6:
        sys.exit(f"wav2vec2-base has 95 million parameters, not {parameters}.")
    torch.onnx.export(
        network,
        (torch.zeros(1, 4 * RATE_HZ),),
        path,
        input_names=["waveform"],
        dynamic_shapes={"waveform": {1: torch.export.Dim("samples", min=RATE_HZ)}},
        dynamo=True,
        verbose=False,
    )


def decode(clip: str) -> np.ndarray:
    samples, _ = librosa.load(clip, sr=RATE_HZ)
    return samples


if __name__ == "__main__":
    graph = Path(sys.argv[2]) / "wav2vec2.onnx"
    sys.stdout, says = sys.stderr, sys.stdout
    export(graph)
    sys.stdout = says
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])

    def read(samples: np.ndarray) -> int:
        level = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
        (logits,) = session.run(None, {"waveform": level[np.newaxis].astype(np.float32)})
        return int(logits.argmax())

    take_turns(decode, read, lambda: options.intra_op_num_threads)
