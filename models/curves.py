"""Curves for a model's page: learning, calibration, and transfer from written to real passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from models.crossval import TrainingSet, held_out, honest_selection
from models.heads import HeadCard
from models.measures import Bools, Floats, main_measure
from models.working_points import choose_points, select

SHARES = (0.25, 0.5, 1.0)


def learning_curve(
    card: HeadCard, data: TrainingSet, own_columns: Sequence[int], *, seed: int = 3
) -> list[dict[str, Any]]:
    """Return the held-out figure on real passages by the share of training documents.

    Only the head learns from the share; the encoder under it was tuned on all documents of the
    other folds. The curve shows what more annotations bring to retraining, not to fine-tuning.
    """
    rng = np.random.default_rng(seed)
    names = sorted(set(data.groups))
    order = rng.permutation(len(names))
    use = data.real if data.real.any() else np.ones(len(data.rows), dtype=bool)
    out = []
    for share in SHARES:
        kept = {names[i] for i in order[: max(6, round(share * len(names)))]}
        thin = np.array([g in kept for g in data.groups])
        probability = np.zeros(data.truth.shape)
        for fold in sorted(set(data.folds.tolist())):
            train = [int(i) for i in np.flatnonzero((data.folds != fold) & thin)]
            test = [int(i) for i in np.flatnonzero(data.folds == fold)]
            head = data.fitted(card, own_columns, train)
            probability[test] = head.probabilities([data.rows[i] for i in test])
        found = honest_selection(data, probability, card.single)
        value = main_measure(data.truth[use], found[use], card.single)
        out.append({"share": share, "passages": int(thin.sum()), "value": value})
    return out


def calibration_curve(truth: Bools, probability: Floats, bins: int = 10) -> list[dict[str, float]]:
    """Return (mean probability, observed share, n) of ten bins of equal mass, from ≥ .1 on."""
    use = probability >= 0.1
    p, y = probability[use], truth[use]
    parts = np.array_split(np.argsort(p, kind="stable"), bins)
    return [
        {"probability": float(p[part].mean()), "share": float(y[part].mean()), "n": len(part)}
        for part in parts
        if len(part)
    ]


def transfer(card: HeadCard, data: TrainingSet, own_columns: Sequence[int]) -> float | None:
    """Return the figure on real passages of a head that learned from written ones alone.

    Thresholds come from written passages too. None where there are no real passages.
    """
    if not data.real.any() or data.real.all():
        return None
    written = [int(i) for i in np.flatnonzero(~data.real)]
    real = [int(i) for i in np.flatnonzero(data.real)]
    rows = [data.rows[i] for i in written]
    head = data.head(card, own_columns).fit(rows, data.truth[written], np.ones(len(written)))
    inner = TrainingSet(
        rows,
        data.truth[written],
        [data.groups[i] for i in written],
        ["written"] * len(written),
        data.folds[written],
        data.definitions,
    )
    points = choose_points(inner.truth, held_out(card, inner, own_columns))
    probability = head.probabilities([data.rows[i] for i in real])
    found = select(probability, points, "balanced", card.single)
    return main_measure(data.truth[real], found, card.single)
