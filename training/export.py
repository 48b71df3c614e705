"""Network -> model folder: `model.onnx` and the manifest that says how to use it."""

import hashlib
import json
import os
import warnings
from dataclasses import dataclass
from pathlib import Path

# Else it would tell Microsoft what it loads (its docs/Privacy.md).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import numpy as np
import onnx
import onnxruntime
import torch
from calibrate import Calibration
from corpora import LABELS
from emotion import Trained
from families import FromWaveform
from log_mel import SAMPLE_RATE_HZ
from network import Waveform
from onnxruntime.quantization import QuantType, quantize_dynamic
from speakers import HALF_AT
from torch import Tensor, nn

VERSION = "1.9.1"  # of what the code here makes; readings tell it, and are made anew when it changes
LARGE_MATRIX = 2**15  # values; below that there is nothing to save
SPEECH_THRESHOLD = 0.5
BATCH = 2  # windows at once, which share the way of the weights from memory; with more, a worker holds more and the network is no faster
SAME, QUANTISED = 1e-3, 0.6  # what logits and embeddings may differ by from PyTorch's, before and after their matrices are integers


@dataclass(frozen=True)
class Learnt:
    """A trained network, the names of its outputs, how sure it may be, and how careful with a speaker's context (contexts.py)."""

    trained: Trained
    labels: list[str]
    calibration: Calibration
    power: int


def export(learnt: Learnt, folder: Path, name: str, licence: str, training: dict[str, object]) -> None:
    """Writes the folder and checks that the graph computes what the network does.

    Raises ValueError when ONNX Runtime's output differs from PyTorch's.
    """
    trained, calibration = learnt.trained, learnt.calibration
    graph = Waveform(trained.network, calibration.of(trained.corpora)).eval()
    size = trained.network.emotion.out_features
    inputs = {"waveform": torch.zeros(2, SAMPLE_RATE_HZ * 3), "baseline": torch.zeros(2, size)}
    _write_graph(graph, inputs, ["logits", "speech", "embedding"], folder)
    settings = training | calibration.settings()
    manifest = _manifest(folder, name, learnt.labels, licence, settings) | {
        "outputs": {"logits": "logits", "speech": "speech"},
        "adaptation": {
            "input": "baseline",
            "output": "embedding",
            "size": size,
            "halfAt": HALF_AT,
            "fullSpread": round(trained.full_spread, 3),
            "spreadPower": learnt.power,
        },
        "temperature": 1,  # the graph's logits are calibrated
        "abstainBelow": calibration.abstain_below,
        "speechThreshold": SPEECH_THRESHOLD,
    }
    _write_manifest(manifest, folder)


def export_family(network: nn.Module, folder: Path, name: str, licence: str, training: dict[str, object]) -> None:
    """Writes a folder for one of `FAMILIES`: it gives logits and nothing else."""
    _write_graph(FromWaveform(network).eval(), {"waveform": torch.zeros(2, SAMPLE_RATE_HZ * 3)}, ["logits"], folder)
    _write_manifest(_manifest(folder, name, list(LABELS), licence, training) | {"outputs": {"logits": "logits"}}, folder)


def _manifest(folder: Path, name: str, labels: list[str], licence: str, training: dict[str, object]) -> dict[str, object]:
    return {
        "name": name,
        "version": VERSION,
        "labels": labels,
        "sampleRateHz": SAMPLE_RATE_HZ,
        "windowMs": 3000,
        "minimumMs": 500,
        "batch": BATCH,
        "input": "waveform",
        "sha256": hashlib.sha256((folder / "model.onnx").read_bytes()).hexdigest(),
        "licence": licence,
        "training": training,
    }


def _write_manifest(manifest: dict[str, object], folder: Path) -> None:
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _write_graph(module: nn.Module, inputs: dict[str, Tensor], outputs: list[str], folder: Path) -> None:
    """Writes and verifies `model.onnx` for any number of clips, and of samples in a clip."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    batch, samples = torch.export.Dim("batch"), torch.export.Dim("samples", min=4096)
    dynamic = {name: {0: batch, 1: samples} if name == "waveform" else {0: batch} for name in inputs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_shapes=dynamic,
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    _strip(path)
    shapes = {name: value.shape[1:] for name, value in inputs.items()}
    _verify(module, shapes, path, SAME)
    _quantise(path)
    _verify(module, shapes, path, QUANTISED)


def _strip(path: Path) -> None:
    """Takes the exporter's notes away: they hold stack traces, with paths of the machine that trained."""
    model = onnx.load(path)
    for holder in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.value_info, *model.graph.initializer, *model.functions):
        del holder.metadata_props[:]
        holder.doc_string = ""
    onnx.save(model, path)


def _quantise(path: Path) -> None:
    """Stores the large matrices as 8-bit integers, one scale per column; their inputs are quantised as they come.

    Seven of the eight bits are used: processors without VNNI add two products in 16 bits, which would overflow. So every
    machine says the same.
    """
    model = onnx.load(path)
    sizes = {tensor.name: int(np.prod(tensor.dims)) for tensor in model.graph.initializer}
    large = [node.name for node in model.graph.node if node.op_type == "MatMul" and sizes.get(node.input[1], 0) >= LARGE_MATRIX]
    if large:
        quantize_dynamic(model, path, nodes_to_quantize=large, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
        _strip(path)


def _verify(module: nn.Module, shapes: dict[str, torch.Size], path: Path, tolerance: float) -> None:
    session = onnxruntime.InferenceSession(str(path))
    generator = np.random.default_rng(0)
    for batch, samples in ((1, 8_000), (1, 48_000), (3, 30_000)):
        inputs = {name: generator.normal(0, 0.2, (batch, samples) if name == "waveform" else (batch, *shape)).astype(np.float32) for name, shape in shapes.items()}
        with torch.inference_mode():
            expected = module(*(torch.from_numpy(value) for value in inputs.values()))
        expected = expected if isinstance(expected, tuple) else (expected,)
        for ours, theirs in zip(session.run(None, inputs), expected, strict=True):
            # Noise lies far from speech, so outputs may be large: the rounding then is, too.
            if not np.allclose(ours, theirs.numpy(), atol=tolerance * max(1.0, float(theirs.abs().mean()))):
                raise ValueError(f"{path}: the exported graph differs from the network for {batch} x {samples} samples")
