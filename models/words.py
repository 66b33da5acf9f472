"""What the words of a passage alone say of its labels, as a second opinion beside the encoder.

A linear model on words, pairs of words and pieces of words errs elsewhere than a fine-tuned
encoder does: their scores together are better than either (stacking; Wolpert 1992). All labels are
fitted at once by ridge regression in its dual form (Saunders, Gammerman & Vovk 1998), since the
matrix of similarities between passages serves every label, fold and dimension.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from models.measures import Bools, Floats

BLOCK = 2**15
"""Buckets of either block: words and pairs first, pieces of words behind."""
BUCKETS = 2 * BLOCK
RIDGE = 1.0
"""Chosen by grouped cross-validation among .3, 1 and 3; the three are within .003 of F1."""
OFTEN = 0.05
"""Share of passages from which on a bucket is multiplied as dense: faster than as sparse."""
MOST = 16_000
"""Of more passages every second (third …) is learned from: memory grows as the square, to 1 GB."""

_WORD = re.compile(r"\w\w+")


@lru_cache(maxsize=100_000)
def _pieces(word: str) -> tuple[int, ...]:
    framed = f" {word} "
    return tuple(
        BLOCK + _bucket(framed[i : i + n])
        for n in (3, 4, 5)
        for i in range(max(1, len(framed) - n + 1))
    )


def _bucket(gram: str) -> int:
    return zlib.crc32(gram.encode("utf-8", "replace")) % BLOCK


@lru_cache(maxsize=4_096)
def buckets(text: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the buckets a text falls in, ascending, and 1 + log of how often, float32."""
    words = _WORD.findall(text.lower())
    found = [_bucket(word) for word in words]
    found += [_bucket(f"{one} {two}") for one, two in pairwise(words)]
    for word in words:
        found.extend(_pieces(word))
    places, times = np.unique(np.array(found, dtype=np.int64), return_counts=True)
    return places, (1 + np.log(times)).astype(np.float32)


def _weighted(
    counted: tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]], rarity: npt.NDArray[np.float32]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return a text's buckets with TF-IDF weights, each block of length 1."""
    places, counts = counted
    weights = counts * rarity[places]
    split = int(np.searchsorted(places, BLOCK))
    for block in (slice(0, split), slice(split, None)):
        weights[block] /= np.linalg.norm(weights[block]) + 1e-9
    return places, weights


@dataclass(frozen=True, slots=True)
class WordScores:
    """Fitted weights: `rarity` (buckets,), `weights` (buckets, labels) int8, `scales` (labels,)."""

    rarity: npt.NDArray[np.float32]
    weights: npt.NDArray[np.int8]
    scales: npt.NDArray[np.float32]

    def scores(self, texts: Sequence[str]) -> Floats:
        """Return (passages, labels): how far each label's words stand out, about -1 to 1."""
        out = np.zeros((len(texts), len(self.scales)))
        for i, text in enumerate(texts):
            places, weights = _weighted(buckets(text), self.rarity)
            out[i] = (weights @ self.weights[places].astype(np.float32)) * self.scales
        return out

    def to_bytes(self) -> bytes:
        """Return ``.npz`` bytes."""
        sink = io.BytesIO()
        np.savez_compressed(
            sink, rarity=self.rarity.astype(np.float16), weights=self.weights, scales=self.scales
        )
        return sink.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> WordScores:
        """Rebuild from ``.npz`` bytes, without pickle."""
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            return cls(arrays["rarity"].astype(np.float32), arrays["weights"], arrays["scales"])


class WordKernel:
    """Similarities of training passages by their words, made once for all dimensions.

    Parameters
    ----------
    texts : sequence of str
        The passages; `places` below are numbers among them.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._step = max(1, -(-len(texts) // MOST))

    @cached_property
    def _counted(self) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]]:
        return [buckets(text) for text in self._texts]

    @cached_property
    def _rarity(self) -> npt.NDArray[np.float32]:
        seen = np.zeros(BUCKETS)
        for places, _ in self._counted:
            seen[places] += 1
        rarity = np.log((1 + len(self._texts)) / (1 + seen)) + 1
        # As it is stored, so that training and coding weigh words alike.
        return rarity.astype(np.float16).astype(np.float32)

    @cached_property
    def _matrix(self) -> Any:
        from scipy import sparse

        rows = [_weighted(counted, self._rarity) for counted in self._counted]
        starts = np.cumsum([0, *(len(places) for places, _ in rows)])
        places = np.concatenate([places for places, _ in rows])
        weights = np.concatenate([weights for _, weights in rows])
        return sparse.csr_matrix((weights, places, starts), shape=(len(rows), BUCKETS))

    @cached_property
    def _similar(self) -> npt.NDArray[np.float32]:
        columns = self._matrix.tocsc()
        often = np.diff(columns.indptr) > OFTEN * len(self._texts)
        dense = columns[:, np.flatnonzero(often)].toarray()
        rest = columns[:, np.flatnonzero(~often)].tocsr()
        similar = dense @ dense[:: self._step].T
        similar += (rest @ rest[:: self._step].T).toarray()
        return np.asarray(similar, dtype=np.float32)

    def fit(self, places: Sequence[int], truth: Bools) -> WordScores:
        """Learn from the passages at `places` with truth (places, labels)."""
        at, truth = self._learnable(np.asarray(places), truth)
        weights = self._matrix[at].T @ self._dual(at, truth)
        scales = np.abs(weights).max(0) / 127 + 1e-12
        return WordScores(
            self._rarity,
            np.round(weights / scales).astype(np.int8),
            scales.astype(np.float32),
        )

    def held_out(self, places: Sequence[int], truth: Bools, folds: npt.NDArray[np.int64]) -> Floats:
        """Return scores (places, labels), each learned from the other folds' passages alone."""
        at = np.asarray(places)
        out = np.zeros(truth.shape)
        for fold in np.unique(folds):
            test = folds == fold
            learned, answers = self._learnable(at[~test], truth[~test])
            similar = self._similar[np.ix_(at[test], learned // self._step)]
            out[test] = similar @ self._dual(learned, answers)
        return out

    def _learnable(self, at: npt.NDArray[Any], truth: Bools) -> tuple[npt.NDArray[Any], Bools]:
        use = at % self._step == 0
        return at[use], truth[use]

    def _dual(self, at: npt.NDArray[Any], truth: Bools) -> npt.NDArray[np.float32]:
        from scipy.linalg import solve

        ridge = self._similar[np.ix_(at, at // self._step)]
        ridge[np.diag_indices(len(at))] += RIDGE
        rest = (truth - truth.mean(0)).astype(np.float32)
        return np.asarray(solve(ridge, rest, assume_a="pos", overwrite_a=True, check_finite=False))
