"""The log-mel spectrogram of a waveform, as a part of the exported graph: training and serving cannot drift apart."""

import math

import torch
from torch import Tensor, nn

SAMPLE_RATE_HZ = 16_000
WINDOW = 512  # samples, 32 ms: resolves the harmonics of a low voice
HOP = 160  # samples, 10 ms
MEL_BANDS = 80
MEL_LOW_HZ, MEL_HIGH_HZ = 50.0, 7_600.0  # above 7.6 kHz codecs differ more than voices do


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

    The Fourier transform is Cooley and Tukey's, in two steps: samples n = COLUMNS a + b of a frame, bins
    k = ROWS q + r. First, for each column b, the sum over a with the window and exp(-2 pi i n r / WINDOW), which
    is a convolution over columns; then, for each r, a transform over b, which is a matrix. A sixth of the work of
    a full matrix, with operators that every ONNX runtime has.
    """

    ROWS, COLUMNS = 16, 32
    REMAINDERS = ROWS // 2 + 1  # r of a real signal; the others are their conjugates

    def __init__(self) -> None:
        super().__init__()
        a, b, r, q = (torch.arange(size, dtype=torch.float64) for size in (self.ROWS, self.COLUMNS, self.REMAINDERS, self.COLUMNS))
        n = self.COLUMNS * a + b[:, None]
        angle = -2.0 * math.pi * r[:, None] * n[:, None] / WINDOW
        window = torch.hann_window(WINDOW, dtype=torch.float64)[n.long()][:, None, None]
        columns = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1) * window  # (b, part, r, a)
        self.register_buffer("columns", columns.flatten(0, 2)[:, None].float(), persistent=False)
        angle = -2.0 * math.pi * q[:, None] * b / self.COLUMNS
        real, imaginary = torch.cos(angle), torch.sin(angle)
        rows = torch.cat([torch.stack([real, -imaginary], dim=2), torch.stack([imaginary, real], dim=2)])  # (part and q, b, part)
        self.register_buffer("rows", rows.flatten(1).float(), persistent=False)
        bins = (self.ROWS * q[:, None] + r).long()
        mirrored = torch.minimum(bins, WINDOW - bins)
        # r = 0 and r = ROWS / 2 give some bins and their conjugates as well: those count once.
        first = (bins <= WINDOW // 2) | ((bins % self.ROWS != 0) & (bins % self.ROWS != self.ROWS // 2))
        self.register_buffer("filters", (mel_filters()[:, mirrored] * first).flatten(1), persistent=False)

    def forward(self, waveform: Tensor) -> Tensor:
        whole = waveform.shape[1] // self.COLUMNS * self.COLUMNS
        columns = waveform[:, :whole].unflatten(1, (-1, self.COLUMNS)).transpose(1, 2)
        first = nn.functional.conv1d(columns, self.columns, stride=HOP // self.COLUMNS, groups=self.COLUMNS)
        second = self.rows @ first.unflatten(1, (-1, self.REMAINDERS)).flatten(2)
        real, imaginary = second.chunk(2, dim=1)
        # Not `** 2`, which becomes an operator that takes as long as the filters.
        power = (real * real + imaginary * imaginary).unflatten(2, (self.REMAINDERS, -1)).flatten(1, 2)
        return torch.log(self.filters @ power + 1e-6)


def normalise(log_mel: Tensor) -> Tensor:
    """Takes the clip's level away: mean 0 over bands and frames, floor 80 dB under the peak.

    How loud a file is says more about its microphone than about its speaker.
    """
    peak = log_mel.amax(dim=(1, 2), keepdim=True)
    floored = torch.maximum(log_mel, peak - 80.0 / 10.0 * math.log(10.0))
    return (floored - floored.mean(dim=(1, 2), keepdim=True)) / 3.0
