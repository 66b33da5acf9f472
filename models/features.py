"""Features of passages: parts that a card switches on, each a block of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from models.measures import Floats
from models.words import WordScores
from pipeline.errors import ModelError, UnknownNameError

Matrix = Any  # scipy.sparse or dense (passages, columns): scikit-learn takes either

SENTENCE_MAX = "sentence_max"
NEEDS_DEFINITIONS = ("definitions", SENTENCE_MAX)
NEEDS_VECTORS = ("encoder", *NEEDS_DEFINITIONS)
OWN_WORDS = "own_words"
PARTS = (
    "own_logits", "all_logits", OWN_WORDS, "mentions", "words", "characters", *NEEDS_VECTORS
)  # fmt: skip
"""Names that a card may give under `features`."""


@dataclass(frozen=True, slots=True)
class PassageFeatures:
    """What parts are made from, for one passage.

    `logits` (labels of the scheme,), `pooled` (384,), `kinds` (kinds + subtypes,) counts of tagged
    mentions, `sentences` (sentences, 384) a vector of each sentence, made only where a card asks,
    `held_words` (labels of the dimension,) what the words of a training passage say, learned
    without it; None for any other passage, whose words are scored by what was learned from all.
    """

    text: str
    logits: npt.NDArray[np.float32]
    pooled: npt.NDArray[np.float32]
    kinds: npt.NDArray[np.float32]
    sentences: npt.NDArray[np.float32] | None = None
    held_words: Floats | None = None


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


class WordPart:
    """The verdict of the words alone, held out for training passages."""

    scorer: WordScores | None = None

    def fit(self, rows: Sequence[PassageFeatures]) -> None:
        """Learn nothing: `scorer` is fitted beside the head, since it needs the truth."""

    def make(self, rows: Sequence[PassageFeatures]) -> Matrix:
        """Return (passages, labels)."""
        held = [row.held_words for row in rows if row.held_words is not None]
        if len(held) == len(rows):
            return np.stack(held)
        if self.scorer is None:
            raise ModelError("own_words: passages without held-out scores, and no words learned")
        return self.scorer.scores([row.text for row in rows])


class SimilarityPart:
    """Cosine of the passage, or of its nearest sentence, to each label's definition.

    Parameters
    ----------
    definitions : ndarray of shape (labels, 384)
        The encoder's vectors of the definitions.
    by_sentence : bool
        Take the largest cosine over the sentences instead of the passage's.
    """

    def __init__(self, definitions: npt.NDArray[Any], by_sentence: bool) -> None:
        self._definitions, self._by_sentence = _unit(definitions), by_sentence

    def fit(self, rows: Sequence[PassageFeatures]) -> None:
        """Learn nothing."""

    def make(self, rows: Sequence[PassageFeatures]) -> Matrix:
        """Return (passages, labels)."""
        return np.stack([(self._vectors(row) @ self._definitions.T).max(0) for row in rows])

    def _vectors(self, row: PassageFeatures) -> npt.NDArray[Any]:
        if not self._by_sentence:
            return _unit(row.pooled[None])
        if row.sentences is None:
            raise ModelError("sentence_max: passages came without vectors of their sentences")
        return _unit(row.sentences)


def _unit(vectors: npt.NDArray[Any]) -> npt.NDArray[Any]:
    vectors = np.asarray(vectors, dtype=np.float64)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9))


def build_part(
    name: str, own_columns: Sequence[int], definitions: npt.NDArray[Any] | None = None
) -> Part:
    """Return a part by its name on the card.

    Raises
    ------
    UnknownNameError
        Names the parts there are.
    ModelError
        A part that compares with definitions where there are none.
    """
    if name in NEEDS_DEFINITIONS:
        if definitions is None:
            raise ModelError(
                f"{name}: no definitions to compare with; expected a codebook's labels"
            )
        return SimilarityPart(definitions, by_sentence=name == SENTENCE_MAX)
    makers: Mapping[str, Any] = {
        "own_logits": lambda: DensePart("logits", own_columns),
        "all_logits": lambda: DensePart("logits"),
        OWN_WORDS: WordPart,
        "encoder": lambda: DensePart("pooled"),
        "mentions": lambda: DensePart("kinds"),
        "words": lambda: TextPart("word", (1, 2), 3),
        "characters": lambda: TextPart("char_wb", (3, 5), 5),
    }
    if name not in makers:
        raise UnknownNameError("feature", name, PARTS)
    part: Part = makers[name]()
    return part


def attach(parts: Sequence[Part], words: WordScores | None) -> None:
    """Give the parts that score words what was learned of them."""
    for part in parts:
        if isinstance(part, WordPart):
            part.scorer = words


def stack(blocks: Sequence[Matrix]) -> Matrix:
    """Put blocks side by side; dense only if all are."""
    if len(blocks) == 1:
        return blocks[0]
    from scipy import sparse

    if any(sparse.issparse(block) for block in blocks):
        return sparse.hstack(blocks).tocsr()
    return np.hstack(blocks)
