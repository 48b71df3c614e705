"""The network: 16 kHz waveform in; emotion logits and a speech logit out.

The log-mel spectrogram is part of the graph, so training and serving cannot drift apart.
"""

import math

import torch
from torch import Tensor, nn

SAMPLE_RATE_HZ = 16_000
WINDOW = 512  # samples, 32 ms: resolves the harmonics of a low voice
HOP = 256  # samples, 16 ms
MEL_BANDS = 80
MEL_LOW_HZ, MEL_HIGH_HZ = 50.0, 7_600.0  # above 7.6 kHz codecs differ more than voices do
EMBEDDING = 256


def mel_filters() -> Tensor:
    """Triangular filters on the HTK mel scale (2595 log10(1 + f/700)): (MEL_BANDS, WINDOW // 2 + 1)."""

    def to_mel(hz: float) -> float:
        return 2595.0 * math.log10(1.0 + hz / 700.0)

    mels = torch.linspace(to_mel(MEL_LOW_HZ), to_mel(MEL_HIGH_HZ), MEL_BANDS + 2, dtype=torch.float64)
    edges = 700.0 * (10.0 ** (mels / 2595.0) - 1.0)
    bins = torch.linspace(0.0, SAMPLE_RATE_HZ / 2, WINDOW // 2 + 1, dtype=torch.float64)
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    return torch.minimum(rising, falling).clamp(min=0.0).float()


class LogMel(nn.Module):
    """(batch, samples) -> (batch, MEL_BANDS, frames), natural logarithm of mel power.

    The Fourier transform is a convolution with a windowed cosine and sine basis:
    one operator that every ONNX runtime has, at 1 ms per second of audio.
    """

    def __init__(self) -> None:
        super().__init__()
        time = torch.arange(WINDOW, dtype=torch.float64)
        frequency = torch.arange(WINDOW // 2 + 1, dtype=torch.float64)
        angle = 2.0 * math.pi * frequency[:, None] * time[None] / WINDOW
        hann = torch.hann_window(WINDOW, dtype=torch.float64)
        basis = torch.cat([torch.cos(angle) * hann, torch.sin(angle) * hann]).float()
        self.register_buffer("basis", basis[:, None], persistent=False)
        self.register_buffer("filters", mel_filters()[:, :, None], persistent=False)

    def forward(self, waveform: Tensor) -> Tensor:
        spectrum = nn.functional.conv1d(waveform[:, None], self.basis, stride=HOP)
        bins = WINDOW // 2 + 1
        power = spectrum[:, :bins] ** 2 + spectrum[:, bins:] ** 2
        return torch.log(nn.functional.conv1d(power, self.filters) + 1e-6)


def normalise(log_mel: Tensor) -> Tensor:
    """Takes the clip's level away: mean 0 over bands and frames, floor 80 dB under the peak.

    How loud a file is says more about its microphone than about its speaker.
    """
    peak = log_mel.amax(dim=(1, 2), keepdim=True)
    floored = torch.maximum(log_mel, peak - 80.0 / 10.0 * math.log(10.0))
    return (floored - floored.mean(dim=(1, 2), keepdim=True)) / 3.0


def _convolution(channels_in: int, channels_out: int, stride: tuple[int, int]) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(channels_out),
        nn.ReLU(),
    )


class EmotionNetwork(nn.Module):
    """Log-mel -> convolutions -> recurrent layer -> attentive statistics -> heads.

    `forward` takes the normalised log-mel (batch, MEL_BANDS, frames) and returns the
    embedding (batch, EMBEDDING); the heads are applied by `heads`.
    """

    def __init__(self, labels: int, teacher_width: int) -> None:
        super().__init__()
        self.convolutions = nn.Sequential(
            _convolution(1, 32, (2, 2)),
            _convolution(32, 64, (2, 2)),
            _convolution(64, 96, (2, 1)),
            _convolution(96, 128, (2, 1)),
        )
        self.project = nn.Linear(128 * (MEL_BANDS // 16), 192)
        self.recurrent = nn.GRU(192, 128, batch_first=True, bidirectional=True)
        self.attention = nn.Sequential(nn.Linear(256, 64), nn.Tanh(), nn.Linear(64, 1))
        self.embed = nn.Sequential(nn.Linear(512, EMBEDDING), nn.LayerNorm(EMBEDDING), nn.ReLU())
        self.dropout = nn.Dropout(0.3)
        self.emotion = nn.Linear(EMBEDDING, labels)
        self.speech = nn.Linear(EMBEDDING, 1)
        self.teacher = nn.Linear(EMBEDDING, teacher_width)

    def forward(self, features: Tensor) -> Tensor:
        maps = self.convolutions(features[:, None])
        steps = maps.flatten(1, 2).transpose(1, 2)
        steps, _ = self.recurrent(torch.relu(self.project(steps)))
        weights = torch.softmax(self.attention(steps), dim=1)
        mean = (weights * steps).sum(dim=1)
        variance = (weights * steps**2).sum(dim=1) - mean**2
        return self.embed(torch.cat([mean, torch.sqrt(variance.clamp(min=1e-5))], dim=1))

    def heads(self, embedding: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """(emotion logits, speech logit, the teacher's statistics), each (batch, width)."""
        dropped = self.dropout(embedding)
        return self.emotion(dropped), self.speech(dropped), self.teacher(embedding)


class Waveform(nn.Module):
    """What is exported: (batch, samples) at 16 kHz -> logits (batch, labels), speech (batch, 1)."""

    def __init__(self, network: EmotionNetwork) -> None:
        super().__init__()
        self.log_mel = LogMel()
        self.network = network

    def forward(self, waveform: Tensor) -> tuple[Tensor, Tensor]:
        logits, speech, _ = self.network.heads(self.network(normalise(self.log_mel(waveform))))
        return logits, speech
