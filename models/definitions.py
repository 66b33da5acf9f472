"""What the codebook says of a label, as vectors that passages can be compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from models.features import PassageFeatures
from models.measures import Floats

if TYPE_CHECKING:
    from pipeline.codebook import Dimension, Label

Encode = Callable[[Sequence[str]], list[PassageFeatures]]


def described(dimension: Dimension, label: Label) -> str:
    """Return the words that a label is compared by: dimension, name and definition."""
    return f"{dimension.title}: {label.name.replace('_', ' ')}. {label.definition}"


def definition_vectors(dimension: Dimension, encode: Encode) -> Floats:
    """Return the encoder's vectors (labels, 384) of the definitions of a dimension's labels."""
    texts = [described(dimension, label) for label in dimension.labels]
    return np.stack([row.pooled for row in encode(texts)]).astype(float)


def with_sentences(rows: Sequence[PassageFeatures], encode: Encode) -> list[PassageFeatures]:
    """Return the rows with a vector of each sentence; costs one encoder pass a sentence."""
    from pipeline.structure.sentences import split_sentences

    parts = [[row.text[a:b] for a, b in split_sentences(row.text)] or [row.text] for row in rows]
    vectors = iter(encode([sentence for one in parts for sentence in one]))
    return [
        replace(row, sentences=np.stack([next(vectors).pooled for _ in one]))
        for row, one in zip(rows, parts, strict=True)
    ]
