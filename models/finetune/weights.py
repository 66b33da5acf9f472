"""Saved weights of the network: the average of several, and the folds they were kept from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import torch

from models.passages import CORPUS_FOLDER

FOLDS = CORPUS_FOLDER / "folds.json"
"""The fold of each document: who trained on what stays known while the corpus grows."""


def average(paths: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of networks that were tuned from the same start.

    Averages of such weights generalise better than each of them at the price of one (Wortsman et
    al. 2022, "Model soups", section 3).
    """
    states = [torch.load(path, weights_only=True) for path in paths]
    return {
        name: torch.stack([state[name].float() for state in states]).mean(0)
        if states[0][name].is_floating_point()
        else states[0][name]
        for name in states[0]
    }


def read_folds(path: Path = FOLDS) -> dict[str, int]:
    """Return document to fold; empty where none were kept yet."""
    if not path.exists():
        return {}
    found: dict[str, int] = json.loads(path.read_text(encoding="utf-8"))
    return found


def write_folds(folds: Mapping[str, int], path: Path = FOLDS) -> None:
    """Keep the folds, one line a document in order of name."""
    text = json.dumps(dict(sorted(folds.items())), indent=0, ensure_ascii=False)
    path.write_text(text + "\n", encoding="utf-8")
