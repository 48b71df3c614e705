"""The network: 16 kHz waveform in; emotion logits, a speech logit and an embedding out."""

import torch
from log_mel import MEL_BANDS, LogMel, normalise
from torch import Tensor, nn

STRIDE = 4  # frames per vector of the encoder: 25 vectors a second
WIDTH = 256  # of each vector
BLOCKS = 3


def over_time(convolution: nn.Conv2d, x: Tensor) -> Tensor:
    """Convolves vectors (batch, vectors, channels) over time, as pictures one pixel wide with channels last.

    On a CPU that is learnt six times faster than a depthwise Conv1d.
    """
    return convolution(x.transpose(1, 2)[..., None]).squeeze(3).transpose(1, 2)


def deviation(features: Tensor, floor: float) -> Tensor:
    """Of features (batch, vectors, width) over time: (batch, width); `floor` is added to their variance."""
    variance = (features - features.mean(dim=1, keepdim=True)).square().mean(dim=1)
    return (variance + floor).sqrt()


class Block(nn.Module):
    """Attention, depthwise convolution, feed-forward: each added to the vectors (batch, vectors, WIDTH).

    A conformer's parts (Gulati et al. 2020) without its second feed-forward layer. The convolution tells
    the vectors their order, so no positions are added and clips may have any length.
    """

    HEADS = 4
    KERNEL = 9  # vectors, 360 ms: about two syllables
    DROPPED = 0.1  # share of the clips in a batch that skip a part (stochastic depth)

    def __init__(self) -> None:
        super().__init__()
        self.attention_norm, self.convolution_norm, self.forward_norm = (nn.LayerNorm(WIDTH) for _ in range(3))
        self.attention_in, self.attention_out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.gate, self.convolution_out = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.depthwise = nn.Conv2d(WIDTH, WIDTH, (self.KERNEL, 1), padding=(self.KERNEL // 2, 0), groups=WIDTH)
        self.forward_in, self.forward_out = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self._drop(self._attend(self.attention_norm(x)))
        x = x + self._drop(self._convolve(self.convolution_norm(x)))
        return x + self._drop(self.forward_out(nn.functional.gelu(self.forward_in(self.forward_norm(x)))))

    def _attend(self, x: Tensor) -> Tensor:
        query, key, value = (part.unflatten(2, (self.HEADS, -1)).transpose(1, 2) for part in self.attention_in(x).chunk(3, dim=2))
        scores = query @ key.transpose(2, 3) * (WIDTH // self.HEADS) ** -0.5
        attended = torch.softmax(scores, dim=3).to(value.dtype) @ value
        return self.attention_out(attended.transpose(1, 2).flatten(2))

    def _convolve(self, x: Tensor) -> Tensor:
        gated = nn.functional.glu(self.gate(x), dim=2)
        return self.convolution_out(nn.functional.gelu(over_time(self.depthwise, gated)))

    def _drop(self, y: Tensor) -> Tensor:
        if not self.training:
            return y
        kept = (torch.rand(len(y), 1, 1) >= self.DROPPED).to(y.dtype)
        return y * (kept / (1 - self.DROPPED))


class Encoder(nn.Module):
    """Normalised log-mel -> convolutions -> blocks -> vectors.

    `taught_width` is the number of features that `predict_taught` learns: the teachers', or the labels where there is no teacher.
    """

    def __init__(self, taught_width: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            *(nn.Conv2d(1, 16, 3, stride=2, padding=1), nn.ReLU()),
            *(nn.Conv2d(16, 48, 3, stride=2, padding=1), nn.ReLU()),
        )
        self.project = nn.Linear(48 * (MEL_BANDS // STRIDE), WIDTH)
        self.blocks = nn.Sequential(*(Block() for _ in range(BLOCKS)))
        self.norm, self.taught = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, taught_width)

    def forward(self, features: Tensor) -> Tensor:
        """(batch, MEL_BANDS, frames) -> (batch, frames / STRIDE, WIDTH)."""
        picture = self.stem(features.transpose(1, 2)[:, None])
        return self.norm(self.blocks(self.project(picture.permute(0, 2, 3, 1).flatten(2))))

    def predict_taught(self, vectors: Tensor) -> Tensor:
        """Vectors -> what the teachers say of them, standardised: (batch, vectors, taught_width)."""
        return self.taught(vectors)

    def statistics(self, features: Tensor) -> Tensor:
        """What the heads hear: the vectors' mean over time, and the deviation of what they predict: (batch, WIDTH + taught_width)."""
        vectors = self(features)
        return self.statistics_of(vectors, self.predict_taught(vectors))

    @property
    def statistics_size(self) -> int:
        """How many numbers the statistics of a clip are."""
        return WIDTH + self.taught.out_features

    @staticmethod
    def statistics_of(vectors: Tensor, predicted: Tensor) -> Tensor:
        """The statistics of vectors (batch, vectors, WIDTH), and of what they predict (batch, vectors, taught_width)."""
        spread = deviation(predicted.float(), 1e-5)
        return torch.cat([vectors.float().mean(dim=1), spread], dim=1)


class EmotionNetwork(nn.Module):
    """An encoder, and the linear heads that hear emotion in its statistics (heads.py).

    There is an emotion head per corpus, as each of them acts, speaks and records in its own way: what they say is mixed by
    how much a clip sounds like each corpus. What sounds like none of them gets the mean of all heads.
    """

    def __init__(self, encoder: Encoder, corpora: int, labels: int) -> None:
        super().__init__()
        self.encoder, self.corpora = encoder, corpora
        size = encoder.statistics_size
        self.register_buffer("centre", torch.zeros(size))
        self.register_buffer("spread", torch.ones(size))
        self.emotion = nn.Linear(size, corpora * labels)
        self.corpus = nn.Linear(size, corpora)
        self.speech = nn.Linear(size, 1)

    def standardised(self, statistics: Tensor) -> Tensor:
        """The encoder's statistics of clips (batch, size), as the population's deviations from its mean."""
        return (statistics - self.centre) / self.spread

    def likeness(self, standardised: Tensor) -> Tensor:
        """How much a clip sounds like each corpus: (batch, corpora), rows of sum 1.

        Each corpus is told from all others on its own; what none of them claims belongs to all alike.
        """
        claimed = torch.sigmoid(self.corpus(standardised))
        claimed = claimed / claimed.sum(dim=1, keepdim=True).clamp(min=1.0)
        return claimed + (1.0 - claimed.sum(dim=1, keepdim=True)) / self.corpora

    def embedding(self, standardised: Tensor) -> Tensor:
        """What each corpus's head would say, without its bias, so that the population's mean is 0: (batch, corpora x labels).

        A speaker's baseline in it is worth as much as one in the statistics, which are many more.
        """
        return nn.functional.linear(standardised, self.emotion.weight)

    def logits(self, embedding: Tensor, baseline: Tensor, likeness: Tensor) -> Tensor:
        """Emotion logits (batch, labels), heard against the speaker's own baseline (zeros: the population's)."""
        each = (embedding - baseline + self.emotion.bias).unflatten(1, (self.corpora, -1))
        return (likeness[:, :, None] * each).sum(dim=1)


def naming(network: EmotionNetwork, labels: list[int]) -> EmotionNetwork:
    """The same network with these outputs alone: what nobody taught it, it shall not name."""
    head = nn.Linear(network.emotion.in_features, network.corpora * len(labels))
    with torch.no_grad():
        head.weight.copy_(network.emotion.weight.unflatten(0, (network.corpora, -1))[:, labels].flatten(0, 1))
        head.bias.copy_(network.emotion.bias.unflatten(0, (network.corpora, -1))[:, labels].flatten())
    network.emotion = head
    return network


def calibrated(logits: Tensor, likeness: Tensor, log_temperatures: Tensor) -> Tensor:
    """Logits (clips, labels) by the corpora's temperatures, mixed by how much a clip sounds like each of them: likeness (clips, corpora), rows of sum 1."""
    return logits * torch.exp(-(likeness @ log_temperatures))[:, None]


class Waveform(nn.Module):
    """What is exported.

    Waveform (batch, samples) at 16 kHz and baseline (batch, size) -> logits (batch, labels), already calibrated,
    speech (batch, 1), embedding (batch, size); the size is corpora x labels.
    `log_temperatures` (corpora,): see calibrate.py.
    """

    def __init__(self, network: EmotionNetwork, log_temperatures: Tensor) -> None:
        super().__init__()
        self.log_mel, self.network = LogMel(), network
        self.register_buffer("log_temperatures", log_temperatures)

    def forward(self, waveform: Tensor, baseline: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        network = self.network
        heard = network.standardised(network.encoder.statistics(normalise(self.log_mel(waveform))))
        embedding, likeness = network.embedding(heard), network.likeness(heard)
        logits = network.logits(embedding, baseline, likeness)
        return calibrated(logits, likeness, self.log_temperatures), network.speech(heard), embedding
