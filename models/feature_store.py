"""Held-out encoder scores of the training passages, by hash of their text.

The encoder was fine-tuned on these passages: its own scores for them are better than for any
passage it will meet. Heads therefore learn from scores that fold encoders gave to passages they
had not seen, and are used with the scores of the encoder trained on all (stacking; Wolpert 1992).
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.artefacts import SHIPPED, open_artefact
from models.features import PassageFeatures

FOLDER = SHIPPED / "stack"


@dataclass(frozen=True)
class FeatureStore:
    """`rows` maps a text's SHA-256 to (logits, counts of mentions, fold)."""

    encoder_id: str
    rows: Mapping[str, tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], int]]

    def features(self, text: str, sha256: str) -> PassageFeatures | None:
        """Return the stored features of a passage, or None where it is not in the store."""
        row = self.rows.get(sha256)
        if row is None:
            return None
        return PassageFeatures(text, row[0], np.zeros(0, dtype=np.float32), row[1])

    def fold(self, sha256: str) -> int | None:
        """Return the fold a passage was held out in."""
        row = self.rows.get(sha256)
        return None if row is None else row[2]


def save_store(
    path: Path,
    hashes: Sequence[str],
    logits: npt.NDArray[np.float32],
    kinds: npt.NDArray[np.float32],
    folds: npt.NDArray[np.int64],
) -> None:
    """Write the store: hashes as bytes, scores as float16."""
    keys = np.frombuffer(b"".join(bytes.fromhex(one) for one in hashes), dtype=np.uint8)
    np.savez_compressed(
        path,
        keys=keys.reshape(-1, 32),
        logits=logits.astype(np.float16),
        kinds=kinds.astype(np.float16),
        folds=folds.astype(np.int8),
    )


def load_store(folder: Path = FOLDER) -> FeatureStore:
    """Load the shipped store after checking its hash (ModelError where it was changed)."""
    artefact = open_artefact(folder)
    with np.load(io.BytesIO(artefact.read("held_out.npz")), allow_pickle=False) as data:
        keys, logits, kinds = data["keys"], data["logits"], data["kinds"]
        folds = data["folds"]
    rows = {
        key.tobytes().hex(): (logit.astype(np.float32), kind.astype(np.float32), int(fold))
        for key, logit, kind, fold in zip(keys, logits, kinds, folds, strict=True)
    }
    return FeatureStore(artefact.model_id, rows)
