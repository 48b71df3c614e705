"""The textbook's methods, trained on the same folds as ours, so that the card can set them side by side.

Functionals with a linear support vector machine, a plain deep network on the same functionals, a convolutional network
and an LSTM on the log-mel spectrogram: what papers and notebooks on speech emotion use. They learn from labels alone,
from the same augmented clips, and are exported as model folders like any other.
"""

import torch
from audio import CROP_FRAMES
from augment import Augmenter
from batches import Corpus
from cache import Example
from corpora import LABELS
from learn import Progress
from log_mel import MEL_BANDS, LogMel, normalise
from recipe import Recipe
from torch import Tensor, nn

EPOCHS = 8
RATE = 1e-3


class Functionals(nn.Module):
    """(batch, MEL_BANDS, frames) -> (batch, 4 MEL_BANDS): mean and deviation over time of each band and of its change."""

    SIZE = 4 * MEL_BANDS

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.BatchNorm1d(self.SIZE, affine=False)

    def forward(self, features: Tensor) -> Tensor:
        change = features[:, :, 1:] - features[:, :, :-1]
        statistics = [value for part in (features, change) for value in (part.mean(dim=2), (part.var(dim=2) + 1e-5).sqrt())]
        return self.scale(torch.cat(statistics, dim=1))


class Linear(nn.Sequential):
    """A linear classifier on functionals; with `hinge` it is a multi-class support vector machine."""

    def __init__(self) -> None:
        super().__init__(Functionals(), nn.Linear(Functionals.SIZE, len(LABELS)))


class Deep(nn.Sequential):
    """Two hidden layers on functionals."""

    WIDTH = 256

    def __init__(self) -> None:
        hidden = [(Functionals.SIZE, self.WIDTH), (self.WIDTH, self.WIDTH)]
        layers = [layer for sizes in hidden for layer in (nn.Linear(*sizes), nn.ReLU(), nn.Dropout(0.3))]
        super().__init__(Functionals(), *layers, nn.Linear(self.WIDTH, len(LABELS)))


class Convolutional(nn.Module):
    """Four convolutions over every other frame with pooling between them, then the mean over bands and time."""

    CHANNELS = (1, 16, 32, 64, 128)

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for before, after in zip(self.CHANNELS, self.CHANNELS[1:], strict=False):
            layers += [nn.Conv2d(before, after, 3, padding=1), nn.BatchNorm2d(after), nn.ReLU(), nn.MaxPool2d(2)]
        self.body = nn.Sequential(*layers)
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(self.CHANNELS[-1], len(LABELS)))

    def forward(self, features: Tensor) -> Tensor:
        return self.head(self.body(features[:, None, :, ::2]).mean(dim=(2, 3)))


class Recurrent(nn.Module):
    """Two layers of LSTM over every other frame, then the mean over time."""

    WIDTH = 128

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(MEL_BANDS, self.WIDTH, num_layers=2, batch_first=True)
        self.head = nn.Sequential(nn.Dropout(0.3), nn.Linear(self.WIDTH, len(LABELS)))

    def forward(self, features: Tensor) -> Tensor:
        return self.head(self.lstm(features[:, :, ::2].transpose(1, 2))[0].mean(dim=1))


FAMILIES: dict[str, type[nn.Module]] = {"svm": Linear, "dnn": Deep, "cnn": Convolutional, "lstm": Recurrent}


class FromWaveform(nn.Module):
    """What is exported: waveform (batch, samples) at 16 kHz -> logits (batch, labels)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.log_mel, self.network = LogMel(), network

    def forward(self, waveform: Tensor) -> Tensor:
        return self.network(normalise(self.log_mel(waveform)))


class _Learner:
    """A network and how it learns from labels."""

    def __init__(self, family: str, steps: int, recipe: Recipe) -> None:
        torch.manual_seed(recipe.seed)
        self.network = FAMILIES[family]().to(memory_format=torch.channels_last)
        self.cost = nn.functional.multi_margin_loss if family == "svm" else nn.functional.cross_entropy
        self.adam = torch.optim.AdamW(self.network.parameters(), lr=RATE, weight_decay=recipe.weight_decay)
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(self.adam, RATE, steps + 1)

    def learn(self, features: Tensor, corpus: Corpus, indices: list[int]) -> None:
        """One step."""
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.network(features)
        self.adam.zero_grad()
        corpus.label_loss(logits.float(), indices, self.cost).backward()
        self.adam.step()
        self.schedule.step()


def learn_families(examples: list[Example], recipe: Recipe, name: str) -> dict[str, nn.Module]:
    """All of `FAMILIES` learnt from the same batches of `examples`, in eval mode."""
    corpus, augment = Corpus(examples, recipe), Augmenter(recipe.seed)
    steps = corpus.batches(EPOCHS)
    learners = {family: _Learner(family, steps, recipe) for family in FAMILIES}
    progress = Progress(name, steps)
    for batch in corpus.draw(steps, CROP_FRAMES):
        features = augment(batch.log_mel)
        for learner in learners.values():
            learner.learn(features, corpus, batch.indices)
        progress.add()
    return {family: learner.network.eval() for family, learner in learners.items()}
