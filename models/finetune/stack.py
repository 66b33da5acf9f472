"""Held-out scores of the fold encoders become the feature store that heads learn from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.artefacts import Artefact, seal
from models.encoder import Encoded
from models.feature_store import save_store
from models.finetune.batches import Item
from models.judge import features_of
from models.scheme import Scheme
from models.tagging import decode_spans


def read_fold(path: Path) -> dict[str, dict[str, Any]]:
    """Read what ``--folds`` wrote: passage id to arrays."""
    out: dict[str, dict[str, Any]] = {}
    with np.load(path, allow_pickle=False) as data:
        for name in data.files:
            passage_id, part = name.rsplit("|", 1)
            out.setdefault(passage_id, {})[part] = data[name]
    return out


def _encoded(item: Item, scores: Mapping[str, Mapping[str, Any]]) -> Encoded:
    row = scores[item.passage.passage_id]
    return Encoded(row["codes"], row["pooled"], row["tags"], row["sentences"], item.tokens.offsets)


def build_stack(
    items: Sequence[Item],
    folds: Sequence[int],
    scores: Sequence[Mapping[str, Mapping[str, Any]]],
    scheme: Scheme,
    folder: Path,
    encoder_id: str,
) -> Artefact:
    """Write held_out.npz for all items and seal it under the encoder's id."""
    folder.mkdir(parents=True, exist_ok=True)
    hashes, logits, kinds = [], [], []
    for item, fold in zip(items, folds, strict=True):
        encoded = _encoded(item, scores[fold])
        spans = decode_spans(item.passage.text, encoded, scheme)
        hashes.append(item.passage.sha256)
        logits.append(encoded.codes)
        kinds.append(features_of(item.passage.text, encoded, spans, scheme).kinds)
    save_store(folder / "held_out.npz", hashes, np.stack(logits), np.stack(kinds), np.array(folds))
    return seal(folder, "stack", ["held_out.npz"], encoder_id=encoder_id)


def write_tags(
    items: Sequence[Item],
    folds: Sequence[int],
    scores: Sequence[Mapping[str, Mapping[str, Any]]],
    scheme: Scheme,
    path: Path,
) -> None:
    """Write the mentions that fold encoders tag in real passages they had not seen.

    Positions and scores only, for measuring entities with documents kept apart.
    """
    with path.open("w", encoding="utf-8") as sink:
        for item, fold in zip(items, folds, strict=True):
            if item.passage.origin == "written":
                continue
            encoded = _encoded(item, scores[fold])
            spans = [
                [one.kind, one.start, one.end, round(one.score, 4), one.subtype]
                for one in decode_spans(item.passage.text, encoded, scheme)
            ]
            sink.write(json.dumps({"id": item.passage.passage_id, "spans": spans}) + "\n")
