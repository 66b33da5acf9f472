"""Folds that keep documents apart: no group stands on both sides of a split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def grouped_folds(groups: Sequence[str], n_folds: int) -> list[int]:
    """Return the fold of each item; all items of a group share it.

    Groups go, largest first, to the fold that holds the fewest items so far, so that folds come
    out about equal and do not depend on the order of the items.

    Raises
    ------
    ValueError
        Where there are fewer groups than folds.
    """
    sizes = Counter(groups)
    if len(sizes) < n_folds:
        raise ValueError(f"{len(sizes)} groups; expected at least one per fold ({n_folds})")
    load = [0] * n_folds
    fold_of = {}
    for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
        fold = load.index(min(load))
        fold_of[group] = fold
        load[fold] += size
    return [fold_of[group] for group in groups]


def origin_folds(groups: Sequence[str], origins: Sequence[str], n_folds: int) -> list[int]:
    """Return folds in which each origin (real, written, annotated) is spread evenly."""
    folds = [0] * len(groups)
    for origin in sorted(set(origins)):
        places = [i for i, one in enumerate(origins) if one == origin]
        n = min(n_folds, len({groups[i] for i in places}))
        found = grouped_folds([groups[i] for i in places], n)
        for place, fold in zip(places, found, strict=True):
            folds[place] = fold
    return folds
