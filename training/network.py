"""The network: 16 kHz waveform in; emotion logits, a speech logit and an embedding out."""

import torch
from log_mel import MEL_BANDS, LogMel, normalise
from torch import Tensor, nn

STRIDE = 4  # frames per vector of the network: 25 vectors a second
WIDTH = 256  # of each vector
BLOCKS = 4
TAUGHT_BLOCK = 3  # the block whose output predicts the teachers; the last one is free for the emotion
EMBEDDING = 256


def over_time(convolution: nn.Conv2d, x: Tensor) -> Tensor:
    """Convolves vectors (batch, vectors, channels) over time, as pictures one pixel wide with channels last.

    On a CPU that is learnt six times faster than a depthwise Conv1d.
    """
    return convolution(x.transpose(1, 2)[..., None]).squeeze(3).transpose(1, 2)


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


class EmotionNetwork(nn.Module):
    """Normalised log-mel -> convolutions -> blocks -> attentive statistics -> heads.

    `taught_width` is the number of the teachers' features that `predict_taught` learns.
    """

    def __init__(self, labels: int, taught_width: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            *(nn.Conv2d(1, 16, 3, stride=2, padding=1), nn.ReLU()),
            *(nn.Conv2d(16, 48, 3, stride=2, padding=1), nn.ReLU()),
        )
        self.project = nn.Linear(48 * (MEL_BANDS // STRIDE), WIDTH)
        self.blocks = nn.ModuleList([Block() for _ in range(BLOCKS)])
        self.taught_norm, self.taught = nn.LayerNorm(WIDTH), nn.Linear(WIDTH, max(taught_width, 1))
        self.norm = nn.LayerNorm(WIDTH)
        self.attention = nn.Sequential(nn.Linear(WIDTH, 64), nn.Tanh(), nn.Linear(64, 1))
        self.embed = nn.Linear(2 * WIDTH, EMBEDDING)
        # Its running mean is the population's: embeddings are centred on it, as a speaker's baseline needs.
        self.centre = nn.BatchNorm1d(EMBEDDING, affine=False)
        self.dropout = nn.Dropout(0.3)
        self.emotion = nn.Linear(EMBEDDING, labels)
        self.speech = nn.Linear(EMBEDDING, 1)

    def vectors(self, features: Tensor) -> tuple[Tensor, Tensor]:
        """(batch, MEL_BANDS, frames) -> last block's and TAUGHT_BLOCK's vectors, (batch, frames / STRIDE, WIDTH) each."""
        picture = self.stem(features.transpose(1, 2)[:, None])
        x = self.project(picture.permute(0, 2, 3, 1).flatten(2))
        taught = x
        for number, block in enumerate(self.blocks, start=1):
            x = block(x)
            if number == TAUGHT_BLOCK:
                taught = x
        return x, taught

    def predict_taught(self, vectors: Tensor) -> Tensor:
        """TAUGHT_BLOCK's vectors -> the teachers' standardised features, (batch, vectors, taught_width)."""
        return self.taught(self.taught_norm(vectors))

    def embedding(self, vectors: Tensor) -> Tensor:
        """The last block's vectors -> (batch, EMBEDDING), centred on the population.

        Mean and deviation over time, weighted by attention (Okabe et al. 2018).
        """
        x = self.norm(vectors).float()
        weights = torch.softmax(self.attention(x).float(), dim=1)
        mean = (weights * x).sum(dim=1)
        variance = (weights * x**2).sum(dim=1) - mean**2
        return self.centre(self.embed(torch.cat([mean, variance.clamp(min=1e-5).sqrt()], dim=1)).float())

    def heads(self, embedding: Tensor, baseline: Tensor) -> tuple[Tensor, Tensor]:
        """(emotion logits, speech logit). The emotion is heard against the speaker's own baseline (zeros: the population's)."""
        return self.emotion(self.dropout(embedding - baseline)), self.speech(self.dropout(embedding))


def naming(network: EmotionNetwork, labels: list[int]) -> EmotionNetwork:
    """The same network with these outputs alone: what nobody taught it, it shall not name."""
    head = nn.Linear(EMBEDDING, len(labels))
    with torch.no_grad():
        head.weight.copy_(network.emotion.weight[labels])
        head.bias.copy_(network.emotion.bias[labels])
    network.emotion = head
    return network


def corrected(logits: Tensor, likeness: Tensor, log_temperatures: Tensor, biases: Tensor) -> Tensor:
    """Logits (clips, labels) by the corpora's corrections, mixed by how much a clip sounds like each of them: likeness (clips, corpora), rows of sum 1."""
    return logits * torch.exp(-(likeness @ log_temperatures))[:, None] + likeness @ biases


class Waveform(nn.Module):
    """What is exported.

    Waveform (batch, samples) at 16 kHz and baseline (batch, EMBEDDING) -> logits (batch, labels), already calibrated,
    speech (batch, 1), embedding (batch, EMBEDDING).
    `domain` gives the logits of the corpora that an embedding may sound like; `log_temperatures` (corpora,) and `biases`
    (corpora, labels) belong to these, see calibrate.py.
    """

    def __init__(self, network: EmotionNetwork, domain: nn.Linear, log_temperatures: Tensor, biases: Tensor) -> None:
        super().__init__()
        self.log_mel = LogMel()
        self.network, self.domain = network, domain
        self.register_buffer("log_temperatures", log_temperatures)
        self.register_buffer("biases", biases)

    def forward(self, waveform: Tensor, baseline: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        vectors, _ = self.network.vectors(normalise(self.log_mel(waveform)))
        embedding = self.network.embedding(vectors)
        logits, speech = self.network.heads(embedding, baseline)
        likeness = torch.softmax(self.domain(embedding), dim=1)
        return corrected(logits, likeness, self.log_temperatures, self.biases), speech, embedding
