"""Folds that keep documents apart: no group stands on both sides of a split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence


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


def kept_folds(
    groups: Sequence[str], origins: Sequence[str], n_folds: int, kept: Mapping[str, int]
) -> list[int]:
    """Return folds in which groups named in `kept` stay where they were.

    New groups go, largest first, to the fold with the fewest passages of their origin. So the
    corpus can grow while weights trained without a fold still have not seen any of it.

    Raises
    ------
    ValueError
        Where a kept fold is not among the `n_folds`.
    """
    wrong = sorted(g for g, fold in kept.items() if fold not in range(n_folds))
    if wrong:
        raise ValueError(f"{wrong[0]} was in fold {kept[wrong[0]]}; expected 0 to {n_folds - 1}")
    fold_of = dict(kept)
    for origin in sorted(set(origins)):
        sizes = Counter(g for g, one in zip(groups, origins, strict=True) if one == origin)
        load = [0] * n_folds
        for group, size in sizes.items():
            if group in fold_of:
                load[fold_of[group]] += size
        for group, size in sorted(sizes.items(), key=lambda item: (-item[1], item[0])):
            if group not in fold_of:
                fold_of[group] = load.index(min(load))
                load[fold_of[group]] += size
    return [fold_of[group] for group in groups]
