"""Scores of marked spans: exact and overlapping, with intervals over documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Spans = Sequence[tuple[str, int, int]]
DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, F1 and its 95 % interval over documents; `gold` and `found` counted."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    gold: int
    found: int

    def as_json(self) -> dict[str, float | int]:
        """Return the figures under their names."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "gold": self.gold,
            "found": self.found,
        }


def tally(gold: Spans, found: Spans, kind: str, *, overlap: bool) -> tuple[int, int, int, int]:
    """Return right among found, found, met among gold, gold, for one passage and kind."""
    truth = {span for span in gold if span[0] == kind}
    told = {span for span in found if span[0] == kind}
    if not overlap:
        same = len(truth & told)
        return same, len(told), same, len(truth)
    right = sum(any(_touch(a, b) for b in truth) for a in told)
    met = sum(any(_touch(a, b) for b in told) for a in truth)
    return right, len(told), met, len(truth)


def _touch(one: tuple[str, int, int], other: tuple[str, int, int]) -> bool:
    return one[1] < other[2] and other[1] < one[2]


def score(counts: Mapping[str, Sequence[tuple[int, int, int, int]]], seed: int = 7) -> Score:
    """Score tallies by document; the interval is a bootstrap over documents.

    Parameters
    ----------
    counts : mapping
        Document to the tallies of its passages.
    seed : int
        Of the draws.
    """
    rows = np.array([np.sum(list(one), axis=0) for one in counts.values() if len(one)], dtype=float)
    if not len(rows):
        return Score(0.0, 0.0, 0.0, 0.0, 0.0, 0, 0)
    total = rows.sum(axis=0)
    precision, recall, f1 = (float(v) for v in _figures(total[None, :])[0])
    draws = np.random.default_rng(seed).integers(0, len(rows), (DRAWS, len(rows)))
    drawn = _figures(rows[draws].sum(axis=1))[:, 2]
    low, high = (float(v) for v in np.quantile(drawn, [0.025, 0.975]))
    return Score(precision, recall, f1, low, high, int(total[3]), int(total[1]))


def _figures(sums: np.ndarray) -> np.ndarray:
    right, found, met, gold = sums.T
    precision = right / np.maximum(found, 1)
    recall = met / np.maximum(gold, 1)
    f1 = 2 * precision * recall / np.maximum(precision + recall, 1e-9)
    return np.stack([precision, recall, f1], axis=1)
