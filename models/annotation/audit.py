"""Annotated labels that are likely wrong: what held-out models firmly deny (confident learning)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.crossval import TrainingSet
from models.measures import Floats


@dataclass(frozen=True, slots=True)
class Suspect:
    """A label that a held-out model contradicts.

    `given` says whether coders set it; `probability` is the model's, from a head that never saw
    the document.
    """

    row: int
    label: str
    given: bool
    probability: float


def suspects(data: TrainingSet, probability: Floats, labels: Sequence[str]) -> list[Suspect]:
    """Return suspects, most contradicted first.

    A given label is suspect where its probability lies under the mean probability of passages
    without it, a missing one where it lies over the mean of those with it (Northcutt et al.
    2021, per-class thresholds).
    """
    out = []
    for j, label in enumerate(labels):
        given, p = data.truth[:, j], probability[:, j]
        if given.sum() < 5 or (~given).sum() < 5:
            continue
        with_it, without = float(p[given].mean()), float(p[~given].mean())
        for i in np.flatnonzero(given & (p < without)):
            out.append(Suspect(int(i), label, True, float(p[i])))
        for i in np.flatnonzero(~given & (p > max(with_it, 0.5))):
            out.append(Suspect(int(i), label, False, float(p[i])))
    return sorted(out, key=lambda s: s.probability if s.given else 1 - s.probability)
