"""Baselines that stand beside every figure: majority, keywords of the codebook, word features."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from models.crossval import TrainingSet, honest_selection
from models.measures import Bools, macro_f1, main_measure
from pipeline.codebook import Dimension

LEAST_DOCUMENTS = 3
"""Words of fewer training passages are left out of the word features."""


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
    patterns = [_any_of(label.cues) for label in dimension.labels]
    texts = [row.text.lower() for row in data.rows]
    hits = np.array([[len(p.findall(text)) if p else 0 for p in patterns] for text in texts])
    if not dimension.single:
        return hits > 0
    names = dimension.label_names
    default = names.index("none") if "none" in names else 0
    best = np.where(hits.max(1) > 0, hits.argmax(1), default)
    chosen: Bools = np.arange(len(names))[None, :] == best[:, None]
    return chosen


def _any_of(cues: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, cues))})\b") if cues else None


def word_features(data: TrainingSet, single: bool) -> Bools:
    """Select by logistic regressions on TF-IDF of words and pairs, cross-validated in the folds.

    Words are counted once for all dimensions; which of them count, and how much, is learned from
    each fold's training passages alone.
    """
    from sklearn.feature_extraction.text import TfidfTransformer
    from sklearn.linear_model import LogisticRegression

    counts = _word_counts(tuple(row.text for row in data.rows))
    probability = np.zeros(data.truth.shape)
    for fold in sorted(set(data.folds.tolist())):
        train, test = data.folds != fold, data.folds == fold
        known = counts[:, np.flatnonzero((counts[train] > 0).sum(0).A1 >= LEAST_DOCUMENTS)]
        weighting = TfidfTransformer(sublinear_tf=True).fit(known[train])
        x, unseen = weighting.transform(known[train]), weighting.transform(known[test])
        for j, y in enumerate(data.truth[train].T):
            if not 0 < y.sum() < len(y):
                probability[test, j] = y.mean()
                continue
            model = LogisticRegression(C=10.0, solver="liblinear").fit(x, y)
            probability[test, j] = model.predict_proba(unseen)[:, 1]
    return honest_selection(data, probability, single)


@lru_cache(maxsize=2)
def _word_counts(texts: tuple[str, ...]) -> Any:
    from scipy import sparse
    from sklearn.feature_extraction.text import CountVectorizer

    found = CountVectorizer(ngram_range=(1, 2), dtype=np.float32).fit_transform(texts)
    return sparse.csr_matrix(found)


def baseline_figures(dimension: Dimension, data: TrainingSet, use: Bools) -> dict[str, Any]:
    """Return the figures of the three baselines over the passages in `use`."""
    makers: dict[str, Callable[[], Bools]] = {
        "majority": lambda: majority(data, dimension.single),
        "keywords": lambda: keywords(dimension, data),
        "words": lambda: word_features(data, dimension.single),
    }
    out: dict[str, Any] = {}
    for name, make in makers.items():
        found = make()[use]
        truth = data.truth[use]
        value = main_measure(truth, found, dimension.single)
        out[name] = {"value": value, "macro_f1": macro_f1(truth, found)}
    return out
