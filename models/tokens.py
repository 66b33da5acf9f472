"""Word pieces of passages with their places in the text and the case of their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from models.scheme import MAX_TOKENS, case_class


@dataclass(frozen=True, slots=True)
class Tokens:
    """One passage: `ids` and `cases` (T,), `offsets` (T, 2) in characters of the text.

    The first and last token are the encoder's own marks, with offsets (0, 0).
    """

    ids: npt.NDArray[np.int64]
    cases: npt.NDArray[np.int64]
    offsets: npt.NDArray[np.int64]


class PieceTokenizer:
    """The encoder's tokenizer, cut at `MAX_TOKENS` pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()

    @classmethod
    def from_file(cls, path: Path) -> PieceTokenizer:
        """Load a ``tokenizer.json``."""
        return cls(Tokenizer.from_file(str(path)))

    @classmethod
    def from_bytes(cls, data: bytes) -> PieceTokenizer:
        """Load the bytes of a ``tokenizer.json``."""
        return cls(Tokenizer.from_buffer(data))

    def __call__(self, texts: Sequence[str]) -> list[Tokens]:
        """Tokenise a batch, one `Tokens` per text."""
        encodings = self._tokenizer.encode_batch(list(texts))
        return [_tokens(text, one) for text, one in zip(texts, encodings, strict=True)]


def _tokens(text: str, encoding: Encoding) -> Tokens:
    offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
    words = encoding.word_ids
    spans: dict[int, tuple[int, int]] = {}
    for word, (start, end) in zip(words, encoding.offsets, strict=True):
        if word is not None:
            first, last = spans.get(word, (start, end))
            spans[word] = (min(first, start), max(last, end))
    case_of = {word: case_class(text[start:end]) for word, (start, end) in spans.items()}
    cases = [0 if word is None else case_of[word] for word in words]
    return Tokens(np.array(encoding.ids, dtype=np.int64), np.array(cases, dtype=np.int64), offsets)


def pad(rows: Sequence[npt.NDArray[np.int64]], fill: int = 0) -> npt.NDArray[np.int64]:
    """Stack rows of different length into (rows, longest), filled up with `fill`."""
    out = np.full((len(rows), max(len(row) for row in rows)), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return out
