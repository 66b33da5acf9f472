"""Grouped cross-validation of heads: held-out probabilities, honest thresholds, figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from models.features import PassageFeatures
from models.heads import Head, HeadCard
from models.measures import (
    Bools,
    Floats,
    bootstrap,
    calibration_error,
    counts,
    macro_f1,
    main_measure,
    precision_recall,
)
from models.passages import MEASURED_ORIGINS
from models.working_points import choose_points, select


@dataclass(frozen=True)
class TrainingSet:
    """Passages coded in one dimension.

    `truth` (passages, labels), `groups` and `origins` (passages,), `folds` (passages,): the fold
    that a passage is held out in; all passages of a group share it; `definitions` (labels, 384);
    `places` the passages' numbers in the material they were taken from.
    """

    rows: Sequence[PassageFeatures]
    truth: Bools
    groups: Sequence[str]
    origins: Sequence[str]
    folds: npt.NDArray[np.int64]
    definitions: Floats | None = None
    places: Sequence[int] = ()

    def head(self, card: HeadCard, own_columns: Sequence[int]) -> Head:
        """Return an unfitted head of a card."""
        return Head(card, own_columns, self.definitions)

    def fitted(self, card: HeadCard, own_columns: Sequence[int], places: Sequence[int]) -> Head:
        """Return a head of a card that learned from the passages at `places`."""
        return self.head(card, own_columns).fit(
            [self.rows[i] for i in places],
            self.truth[places],
            self.weights(card)[places],
            self.real[places],
        )

    @property
    def real(self) -> Bools:
        """Which passages are of real texts (or were annotated here): what is measured on."""
        return np.array([origin in MEASURED_ORIGINS for origin in self.origins])

    @property
    def written(self) -> Bools:
        """Which passages were written for training."""
        return np.array([origin == "written" for origin in self.origins])

    def weights(self, card: HeadCard) -> Floats:
        """Return the weight of each passage."""
        return np.where(self.real, card.real_weight, 1.0)


def held_out(card: HeadCard, data: TrainingSet, own_columns: Sequence[int]) -> Floats:
    """Return probabilities (passages, labels), each from a head that never saw the document."""
    out = np.zeros(data.truth.shape)
    for fold in sorted(set(data.folds.tolist())):
        train, test = _places(data.folds != fold), _places(data.folds == fold)
        head = data.fitted(card, own_columns, train)
        out[test] = head.probabilities([data.rows[i] for i in test])
    return out


def honest_selection(
    data: TrainingSet, probability: Floats, single: bool, point: str = "balanced"
) -> Bools:
    """Select labels by thresholds that were chosen on the other folds' passages.

    Thresholds come from real passages where there are some, since written ones are more even.
    """
    found = np.zeros(data.truth.shape, dtype=bool)
    for fold in sorted(set(data.folds.tolist())):
        test = np.flatnonzero(data.folds == fold)
        others = data.folds != fold
        base = others & data.real if (others & data.real).sum() >= 50 else others
        points = choose_points(data.truth[base], probability[base])
        found[test] = select(probability[test], points, point, single)
    return found


def figures(
    data: TrainingSet, probability: Floats, card: HeadCard, use: Bools, *, draws: int = 300
) -> dict[str, Any]:
    """Return the held-out figures over the passages in `use`: overall, by label, by document."""
    found = honest_selection(data, probability, card.single)
    places = _places(use)
    truth, got, p = data.truth[places], found[places], probability[places]
    groups = [data.groups[i] for i in places]
    main = main_measure(truth, got, card.single)
    table = counts(truth, got)
    out: dict[str, Any] = {
        "n": len(places),
        "documents": len(set(groups)),
        "measure": "accuracy" if card.single else "micro_f1",
        "value": main,
        "macro_f1": macro_f1(truth, got),
        "calibration_error": calibration_error(truth, p),
        "labels": {
            label: {"true": int(t), "found": int(f), "right": int(h)}
            for label, (h, f, t) in zip(card.labels, table.tolist(), strict=True)
        },
    }
    interval = bootstrap(lambda i: main_measure(truth[i], got[i], card.single), groups, draws=draws)
    out["interval"] = [interval.low, interval.high]
    out["by_document"] = {
        name: main_measure(truth[i], got[i], card.single)
        for name in sorted(set(groups))
        if len(i := np.flatnonzero(np.array(groups) == name)) >= 15
    }
    if not card.single:
        precise = honest_selection(data, probability, False, "precise")[places]
        out["precise"] = dict(
            zip(("precision", "recall"), precision_recall(truth, precise), strict=True)
        )
    return out


def _places(use: Bools) -> list[int]:
    return [int(i) for i in np.flatnonzero(use)]
