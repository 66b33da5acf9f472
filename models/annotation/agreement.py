"""Agreement between coders: Krippendorff's alpha, Cohen's kappa and F1, by label and pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from models.annotated import ADJUDICATED, Annotation


@dataclass(frozen=True, slots=True)
class LabelAgreement:
    """One label over all coders: `alpha` is None where the label never varies.

    `n` passages coded by two or more; `positives` how many codings have the label.
    """

    dimension: str
    label: str
    alpha: float | None
    n: int
    positives: int


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """Two coders over the passages both coded: kappa and F1 over all pairs of passage and label."""

    dimension: str
    first: str
    second: str
    kappa: float | None
    f1: float
    n: int


def _codings(rows: Iterable[Annotation], dimension: str) -> dict[str, dict[str, set[str]]]:
    """Return coder → passage → labels; adjudicated rows are no coder's."""
    found: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for row in rows:
        if row.dimension == dimension and row.origin != ADJUDICATED:
            labels = found[row.coder].setdefault(row.passage_sha256, set())
            if row.label:
                labels.add(row.label)
    return found


def label_agreement(
    rows: Sequence[Annotation], dimension: str, labels: Sequence[str]
) -> list[LabelAgreement]:
    """Return Krippendorff's alpha (nominal; Krippendorff 2011) per label, present or absent."""
    import krippendorff

    codings = _codings(rows, dimension)
    coders = sorted(codings)
    shared = [p for p, k in _times_coded(codings).items() if k >= 2]
    out = []
    for label in labels:
        matrix = np.array(
            [
                [float(label in codings[c][p]) if p in codings[c] else np.nan for p in shared]
                for c in coders
            ]
        )
        alpha = None
        if shared and len(set(matrix[~np.isnan(matrix)].tolist())) > 1:
            alpha = float(
                krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
            )
        positives = int(np.nansum(matrix)) if shared else 0
        out.append(LabelAgreement(dimension, label, alpha, len(shared), positives))
    return out


def pair_agreement(
    rows: Sequence[Annotation], dimension: str, labels: Sequence[str]
) -> list[PairAgreement]:
    """Return Cohen's kappa and F1 of each pair of coders with passages in common."""
    codings = _codings(rows, dimension)
    out = []
    for first, second in combinations(sorted(codings), 2):
        shared = sorted(codings[first].keys() & codings[second].keys())
        if not shared:
            continue
        a = np.array([[label in codings[first][p] for label in labels] for p in shared]).ravel()
        b = np.array([[label in codings[second][p] for label in labels] for p in shared]).ravel()
        total = a.sum() + b.sum()
        f1 = float(2 * (a & b).sum() / total) if total else 1.0
        out.append(PairAgreement(dimension, first, second, _kappa(a, b), f1, len(shared)))
    return out


def _kappa(a: np.ndarray, b: np.ndarray) -> float | None:
    observed = float((a == b).mean())
    chance = float(a.mean() * b.mean() + (1 - a.mean()) * (1 - b.mean()))
    return None if chance == 1.0 else (observed - chance) / (1 - chance)


def _times_coded(codings: dict[str, dict[str, set[str]]]) -> dict[str, int]:
    times: dict[str, int] = defaultdict(int)
    for passages in codings.values():
        for passage in passages:
            times[passage] += 1
    return times


def disputed(rows: Sequence[Annotation], dimension: str) -> list[tuple[str, dict[str, list[str]]]]:
    """Return disputed passages that nobody adjudicated: hash, coder → labels."""
    codings = _codings(rows, dimension)
    settled = {
        r.passage_sha256 for r in rows if r.dimension == dimension and r.origin == ADJUDICATED
    }
    out = []
    for passage, times in sorted(_times_coded(codings).items()):
        if times < 2 or passage in settled:
            continue
        by_coder = {
            c: sorted(codings[c][passage]) for c in sorted(codings) if passage in codings[c]
        }
        if len({tuple(found) for found in by_coder.values()}) > 1:
            out.append((passage, by_coder))
    return out
