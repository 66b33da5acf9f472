"""Measures of coding: F1, accuracy, calibration, with intervals over documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % bootstrap interval over documents and the number of items."""

    value: float
    low: float
    high: float
    n: int

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}] (n={self.n})"


def counts(truth: Bools, found: Bools) -> npt.NDArray[np.int64]:
    """Return (labels, 3) true positives, found and true, from two (passages, labels) arrays."""
    return np.stack([(truth & found).sum(0), found.sum(0), truth.sum(0)], axis=-1)


def micro_f1(truth: Bools, found: Bools) -> float:
    """Return 2·TP / (found + true) over all pairs; 1.0 where neither has any."""
    total = found.sum() + truth.sum()
    return float(2 * (truth & found).sum() / total) if total else 1.0


def macro_f1(truth: Bools, found: Bools) -> float:
    """Return the mean F1 of the labels that occur in truth or are found (as scikit-learn does)."""
    table = counts(truth, found)
    total = table[:, 1] + table[:, 2]
    there = total > 0
    if not there.any():
        return 1.0
    return float((2 * table[there, 0] / total[there]).mean())


def main_measure(truth: Bools, found: Bools, single: bool) -> float:
    """Return accuracy where the dimension has one label (0.0 of nothing), else micro-F1."""
    if not single:
        return micro_f1(truth, found)
    return float((truth & found).any(1).mean()) if len(truth) else 0.0


def precision_recall(truth: Bools, found: Bools) -> tuple[float, float]:
    """Return micro precision (1.0 where nothing is found) and micro recall."""
    hits = (truth & found).sum()
    precision = float(hits / found.sum()) if found.sum() else 1.0
    return precision, float(hits / truth.sum()) if truth.sum() else 1.0


def bootstrap(
    measure: Callable[[npt.NDArray[np.int64]], float],
    groups: Sequence[str],
    *,
    draws: int = 500,
    seed: int = 7,
) -> Interval:
    """Return a measure with its interval from resampling whole documents.

    Parameters
    ----------
    measure : callable
        Takes row numbers (with repetition) and returns the figure.
    groups : sequence of str
        Document of each row.
    """
    rng = np.random.default_rng(seed)
    names = sorted(set(groups))
    group_array = np.array(groups)
    rows = {name: np.flatnonzero(group_array == name) for name in names}
    everything = np.arange(len(groups))
    values = []
    for _ in range(draws):
        drawn = rng.choice(len(names), len(names))
        values.append(measure(np.concatenate([rows[names[i]] for i in drawn])))
    low, high = np.quantile(values, [0.025, 0.975])
    return Interval(measure(everything), float(low), float(high), len(groups))


def calibration_error(
    truth: Bools, probability: Floats, *, bins: int = 10, least: float = 0.1
) -> float:
    """Return the expected calibration error over pairs with probability ≥ `least`.

    Ten bins of equal mass; the mean distance of probability and observed share, weighted by
    the bins' sizes (Naeini et al. 2015, with equal-mass bins).
    """
    use = probability >= least
    p, y = probability[use], truth[use].astype(float)
    if not len(p):
        return 0.0
    order = np.argsort(p, kind="stable")
    parts = np.array_split(order, bins)
    return float(
        sum(len(part) * abs(p[part].mean() - y[part].mean()) for part in parts if len(part))
        / len(p)
    )
