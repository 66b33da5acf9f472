"""Which passages to annotate next: the unsure, the varied, random ones, or by label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.errors import UnknownNameError

WAYS = ("unsure", "varied", "random", "label")


@dataclass(frozen=True)
class Candidate:
    """A stored passage that nobody annotated yet.

    `impact` says how much its unsure labels would change the evidence map (1 / the passages now
    in the cells they would fill, summed over its unsure labels); `probabilities` by
    (dimension, label); `vector` (384,) the encoder's.
    """

    passage_id: str
    group: str
    text: str
    impact: float
    probabilities: dict[tuple[str, str], float]
    vector: npt.NDArray[np.float32]


def choose_next(
    candidates: Sequence[Candidate],
    n: int,
    way: str,
    *,
    label: tuple[str, str] | None = None,
    seed: int = 1,
) -> list[Candidate]:
    """Choose passages to annotate.

    ``unsure``: those whose doubt matters most to the evidence map, then by closeness to even
    odds; ``varied``: far from one another (greedy k-centre; Sener & Savarese 2018); ``random``:
    evenly, for honest estimates; ``label``: those a label is likeliest for.

    Raises
    ------
    UnknownNameError
        An unknown way, or ``label`` without one.
    """
    if way not in WAYS or (way == "label" and label is None):
        raise UnknownNameError("way to sample", way, WAYS)
    if way == "random":
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(candidates))[:n]
        return [candidates[i] for i in order]
    if way == "varied":
        return _spread(candidates, n)
    if way == "label" and label is not None:
        wanted = label
        return sorted(candidates, key=lambda c: (-c.probabilities.get(wanted, 0.0), c.passage_id))[
            :n
        ]
    return sorted(candidates, key=lambda c: (-c.impact, _certainty(c), c.passage_id))[:n]


def _certainty(candidate: Candidate) -> float:
    return min((abs(p - 0.5) for p in candidate.probabilities.values()), default=0.5)


def _spread(candidates: Sequence[Candidate], n: int) -> list[Candidate]:
    if not candidates:
        return []
    vectors = np.stack([c.vector for c in candidates])
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    centre = vectors.mean(0)
    chosen = [int(np.argmax(vectors @ centre))]
    nearest = vectors @ vectors[chosen[0]]
    while len(chosen) < min(n, len(candidates)):
        nearest[chosen] = np.inf
        chosen.append(int(np.argmin(nearest)))
        nearest = np.maximum(nearest, vectors @ vectors[chosen[-1]])
    return [candidates[i] for i in chosen]
