"""Thresholds on calibrated probabilities: three working points and an abstaining band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.measures import Bools, Floats

POINTS = ("balanced", "precise", "sensitive")
PRECISE_PRECISION = 0.90
SENSITIVE_RECALL = 0.90
BAND_ODDS = (0.6, 0.4)
"""A yes is sure from this share of right ones on, a no from this share of wrong ones down."""
PRIOR_POSITIVES = 60.0
"""A label's own precise threshold counts as much as that of all labels at so many positives."""


@dataclass(frozen=True, slots=True)
class LabelPoints:
    """One label's thresholds; probabilities in ``[unsure_from, unsure_to)`` are unsure."""

    balanced: float
    precise: float
    sensitive: float
    unsure_from: float
    unsure_to: float

    def threshold(self, point: str) -> float:
        """Return the threshold of a working point."""
        return float(getattr(self, point))

    def decision(self, probability: float) -> str:
        """Return yes, no or unsure."""
        if self.unsure_from <= probability < self.unsure_to:
            return "unsure"
        return "yes" if probability >= self.unsure_to else "no"


def choose_points(truth: Bools, probability: Floats) -> list[LabelPoints]:
    """Choose each label's points from held-out probabilities (passages, labels).

    The balanced threshold is half the F1 that all labels together can reach: for calibrated
    probabilities that is where F1 is largest (Lipton, Elkan and Naryanaswamy 2014, "Optimal
    thresholding of classifiers to maximize F1 measure", theorem 1). A threshold searched for on a
    few hundred passages, or label by label, follows their luck and did worse on other documents.
    """
    balanced = _half_of_best_f1(truth.ravel(), probability.ravel())
    common_precise = _for_precision(truth.ravel(), probability.ravel())
    points = []
    for y, p in zip(truth.T, probability.T, strict=True):
        own_weight = y.sum() / (y.sum() + PRIOR_POSITIVES)
        precise = own_weight * _for_precision(y, p) + (1 - own_weight) * common_precise
        sensitive = min(balanced, _for_recall(y, p))
        points.append(
            LabelPoints(
                float(balanced),
                float(max(precise, balanced)),
                float(sensitive),
                float(min(BAND_ODDS[1], balanced) * 0.9),
                float(max(BAND_ODDS[0] * 0.9, balanced * 1.1)),
            )
        )
    return points


def _sorted(y: Bools, p: Floats) -> tuple[Floats, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    order = np.argsort(-p, kind="stable")
    return p[order], np.cumsum(y[order]), np.arange(1, len(p) + 1)


def _half_of_best_f1(y: Bools, p: Floats) -> float:
    if not y.any():
        return 0.5
    _, hits, found = _sorted(y, p)
    return float(np.clip((hits / (found + y.sum())).max(), 0.05, 0.9))


def _for_precision(y: Bools, p: Floats) -> float:
    values, hits, found = _sorted(y, p)
    # A lower bound of precision (one pseudo-miss) keeps tiny runs of luck from deciding.
    fine = np.flatnonzero(hits / (found + 1) >= PRECISE_PRECISION)
    return float(values[fine[-1]]) if len(fine) else 0.9


def _for_recall(y: Bools, p: Floats) -> float:
    if not y.any():
        return 0.2
    values, hits, _ = _sorted(y, p)
    return float(max(0.02, values[int(np.argmax(hits >= SENSITIVE_RECALL * y.sum()))]))


def select(probability: Floats, points: Sequence[LabelPoints], point: str, single: bool) -> Bools:
    """Return selected labels (passages, labels); the most probable one where single."""
    if single:
        chosen = np.zeros(probability.shape, dtype=bool)
        if len(chosen):
            chosen[np.arange(len(chosen)), probability.argmax(1)] = True
        return chosen
    return probability >= np.array([one.threshold(point) for one in points])
