"""Baselines that stand beside every figure: majority, keywords of the codebook, word features."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from models.crossval import TrainingSet, held_out, honest_selection
from models.heads import HeadCard
from models.measures import Bools, macro_f1, main_measure
from pipeline.codebook import Dimension


def majority(data: TrainingSet, single: bool) -> Bools:
    """Select, for every passage, the labels that most training passages of the other folds have.

    Where no label has half of the passages, the most frequent one is taken.
    """
    found = np.zeros(data.truth.shape, dtype=bool)
    for fold in set(data.folds.tolist()):
        share = data.truth[data.folds != fold].mean(0)
        chosen = share >= 0.5
        if single or not chosen.any():
            chosen = np.arange(len(share)) == share.argmax()
        found[data.folds == fold] = chosen
    return found


def keywords(dimension: Dimension, data: TrainingSet) -> Bools:
    """Select labels whose cue words the passage holds; the label with most where single.

    A passage without any cue gets, where single, the label ``none`` if there is one, else the
    first.
    """
    hits = np.array(
        [[_hits(label.cues, row.text) for label in dimension.labels] for row in data.rows]
    )
    if not dimension.single:
        return hits > 0
    names = dimension.label_names
    default = names.index("none") if "none" in names else 0
    best = np.where(hits.max(1) > 0, hits.argmax(1), default)
    chosen: Bools = np.arange(len(names))[None, :] == best[:, None]
    return chosen


def _hits(cues: tuple[str, ...], text: str) -> int:
    if not cues:
        return 0
    pattern = r"\b(?:" + "|".join(re.escape(cue) for cue in cues) + r")\b"
    return len(re.findall(pattern, text.lower()))


def word_features(data: TrainingSet, dimension: Dimension) -> Bools:
    """Select by logistic regressions on TF-IDF of words, cross-validated in the same folds."""
    card = HeadCard(
        dimension=dimension.name,
        labels=dimension.label_names,
        single=dimension.single,
        features=("words",),
        c=10.0,
    )
    return honest_selection(data, held_out(card, data, ()), dimension.single)


def baseline_figures(dimension: Dimension, data: TrainingSet, use: Bools) -> dict[str, Any]:
    """Return the figures of the three baselines over the passages in `use`."""
    makers: dict[str, Callable[[], Bools]] = {
        "majority": lambda: majority(data, dimension.single),
        "keywords": lambda: keywords(dimension, data),
        "words": lambda: word_features(data, dimension),
    }
    out: dict[str, Any] = {}
    for name, make in makers.items():
        found = make()[use]
        truth = data.truth[use]
        value = main_measure(truth, found, dimension.single)
        out[name] = {"value": value, "macro_f1": macro_f1(truth, found)}
    return out
