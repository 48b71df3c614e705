"""Network -> model folder: `model.onnx` and the manifest that says how to use it."""

import hashlib
import json
import warnings
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from calibrate import Calibration
from corpora import LABELS
from network import SAMPLE_RATE_HZ, EmotionNetwork, Waveform


def export(network: EmotionNetwork, calibration: Calibration, folder: Path, name: str, training: dict[str, object]) -> None:
    """Writes the folder and checks that the graph computes what the network does.

    Raises ValueError when ONNX Runtime's output differs from PyTorch's.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.onnx"
    module = Waveform(network).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            (torch.zeros(2, SAMPLE_RATE_HZ * 3),),
            str(path),
            input_names=["waveform"],
            output_names=["logits", "speech"],
            dynamic_shapes={"waveform": {0: torch.export.Dim("batch"), 1: torch.export.Dim("samples", min=4096)}},
            dynamo=True,
            external_data=False,
            verbose=False,
        )
    _strip(path)
    _verify(module, path)
    manifest = {
        "name": name,
        "version": "1.0.0",
        "labels": list(LABELS),
        "sampleRateHz": SAMPLE_RATE_HZ,
        "windowMs": 3000,
        "hopMs": 1000,
        "minimumMs": 500,
        "input": "waveform",
        "outputs": {"logits": "logits", "speech": "speech"},
        "temperature": calibration.temperature,
        "abstainBelow": calibration.abstain_below,
        "speechThreshold": 0.5,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "licence": "CC-BY-NC-SA-4.0",
        "training": training,
    }
    (folder / "model.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def _strip(path: Path) -> None:
    """Takes the exporter's notes away: they hold stack traces, with paths of the machine that trained."""
    model = onnx.load(path)
    for holder in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.value_info, *model.graph.initializer, *model.functions):
        del holder.metadata_props[:]
        holder.doc_string = ""
    onnx.save(model, path)


def _verify(module: Waveform, path: Path) -> None:
    session = onnxruntime.InferenceSession(str(path))
    generator = np.random.default_rng(0)
    for shape in ((1, 8_000), (1, 48_000), (3, 30_000)):
        waveform = generator.normal(0, 0.1, shape).astype(np.float32)
        with torch.inference_mode():
            expected = module(torch.from_numpy(waveform))
        for ours, theirs in zip(session.run(None, {"waveform": waveform}), expected, strict=True):
            if not np.allclose(ours, theirs.numpy(), atol=1e-3):
                raise ValueError(f"{path}: the exported graph differs from the network for input {shape}")
