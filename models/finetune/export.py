"""The trained network as ONNX with 8-bit weights, checked against the reference it came from."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from models.artefacts import Artefact, seal
from models.encoder import Encoder
from models.finetune.batches import Item
from models.finetune.net import MultiTaskNet
from models.scheme import Scheme

OUTPUTS = ["codes", "tags", "sentences", "pooled"]


class _OnePassage(nn.Module):
    """The network over whole passages without padding: no mask goes in."""

    def __init__(self, net: MultiTaskNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: torch.Tensor, cases: torch.Tensor) -> tuple[torch.Tensor, ...]:
        scores = self.net(ids, torch.ones_like(ids), cases)
        return scores.codes, scores.tags, scores.sentences, scores.pooled


def export(
    net: MultiTaskNet, scheme: Scheme, tokenizer: Path, licence: str, folder: Path
) -> Artefact:
    """Write encoder.onnx (8 bit), tokenizer.json, scheme.json and LICENSE, and seal the folder."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    net.float().eval()
    sample = torch.ones((1, 24), dtype=torch.long)
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            _OnePassage(net),
            (sample, torch.zeros_like(sample)),
            str(whole),
            input_names=["ids", "cases"],
            output_names=OUTPUTS,
            dynamic_axes={"ids": {1: "tokens"}, "cases": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(
            whole,
            folder / "encoder.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather", "Gemm"],
        )
    shutil.copy(tokenizer, folder / "tokenizer.json")
    (folder / "LICENSE").write_text(licence, encoding="utf-8")
    (folder / "scheme.json").write_text(
        json.dumps(
            {"labels": scheme.labels, "subtypes": scheme.subtypes, "single": scheme.single},
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    return seal(folder, "encoder", ["encoder.onnx", "tokenizer.json", "scheme.json", "LICENSE"])


def compare(net: MultiTaskNet, items: Sequence[Item], folder: Path) -> dict[str, float]:
    """Return how far the exported encoder is from the reference.

    ``probability_mean`` and ``probability_max`` are absolute differences of label probabilities,
    ``cosine_min`` the least similarity of pooled vectors, ``tags_agree`` the share of tokens with
    the same best tag.
    """
    encoder = Encoder(folder, threads=2)
    differences, cosines, same, tokens = [], [], 0, 0
    net.eval()
    for item in items:
        ids = torch.from_numpy(item.tokens.ids)[None]
        with torch.no_grad():
            want = net(ids, torch.ones_like(ids), torch.from_numpy(item.tokens.cases)[None])
        got = encoder([item.passage.text])[0]
        reference = want.codes[0].numpy()
        differences.append(np.abs(1 / (1 + np.exp(-reference)) - 1 / (1 + np.exp(-got.codes))))
        pooled = want.pooled[0].numpy()
        norm = np.linalg.norm(pooled) * np.linalg.norm(got.pooled)
        cosines.append(float(pooled @ got.pooled / norm))
        same += int((want.tags[0].numpy().argmax(1) == got.tags.argmax(1)).sum())
        tokens += len(item.tokens.ids)
    return {
        "probability_mean": float(np.mean(differences)),
        "probability_max": float(np.max(differences)),
        "cosine_min": min(cosines),
        "tags_agree": same / tokens,
    }
