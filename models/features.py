"""Features of passages: parts that a card switches on, each a block of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from pipeline.errors import UnknownNameError

Matrix = Any  # scipy.sparse or dense (passages, columns): scikit-learn takes either


@dataclass(frozen=True, slots=True)
class PassageFeatures:
    """What parts are made from, for one passage.

    `logits` (labels of the scheme,), `pooled` (384,), `sentence_max` (labels,) the largest logit
    similarity of a single sentence to the labels' definitions, `kinds` (kinds + subtypes,) counts
    of tagged mentions.
    """

    text: str
    logits: npt.NDArray[np.float32]
    pooled: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.float32]


class Part(Protocol):
    """A block of columns; `fit` learns vocabularies from training passages alone."""

    def fit(self, rows: Sequence[PassageFeatures]) -> None:
        """Learn what the part needs."""

    def make(self, rows: Sequence[PassageFeatures]) -> Matrix:
        """Return (passages, columns)."""


class DensePart:
    """Logits, pooled vectors or counts of mentions, taken as they are."""

    def __init__(self, field: str, columns: Sequence[int] | None = None) -> None:
        self.field, self.columns = field, columns

    def fit(self, rows: Sequence[PassageFeatures]) -> None:
        """Learn nothing."""

    def make(self, rows: Sequence[PassageFeatures]) -> Matrix:
        """Return the field of each passage, float64."""
        block = np.stack([getattr(row, self.field) for row in rows]).astype(np.float64)
        return block if self.columns is None else block[:, list(self.columns)]


class TextPart:
    """TF-IDF of words or characters."""

    def __init__(self, analyzer: str, ngrams: tuple[int, int], least: int) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self.vectorizer = TfidfVectorizer(
            analyzer=analyzer, ngram_range=ngrams, min_df=least, sublinear_tf=True,
            max_features=30_000, dtype=np.float32,
        )  # fmt: skip

    def fit(self, rows: Sequence[PassageFeatures]) -> None:
        """Learn the vocabulary."""
        self.vectorizer.fit([row.text for row in rows])

    def make(self, rows: Sequence[PassageFeatures]) -> Matrix:
        """Return the weighted counts, sparse."""
        return self.vectorizer.transform([row.text for row in rows])


def build_part(name: str, own_columns: Sequence[int]) -> Part:
    """Return a part by its name on the card.

    Raises
    ------
    UnknownNameError
        Names the parts there are.
    """
    makers: Mapping[str, Any] = {
        "own_logits": lambda: DensePart("logits", own_columns),
        "all_logits": lambda: DensePart("logits"),
        "encoder": lambda: DensePart("pooled"),
        "mentions": lambda: DensePart("kinds"),
        "words": lambda: TextPart("word", (1, 2), 3),
        "characters": lambda: TextPart("char_wb", (3, 5), 5),
    }
    if name not in makers:
        raise UnknownNameError("feature", name, makers)
    part: Part = makers[name]()
    return part


def stack(blocks: Sequence[Matrix]) -> Matrix:
    """Put blocks side by side; dense only if all are."""
    if len(blocks) == 1:
        return blocks[0]
    from scipy import sparse

    if any(sparse.issparse(block) for block in blocks):
        return sparse.hstack(blocks).tocsr()
    return np.hstack(blocks)
