"""Names and order of everything the encoder scores: codes, tags, subtypes, sentence classes."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.codebook import Codebook
from pipeline.records import ASSERTIONS, CLAIM_SOURCES, ENTITY_KINDS

MAX_TOKENS = 256
"""Longest passage in word pieces; 180 words take about 240."""
TAGS = ("O", *(f"{prefix}-{kind}" for kind in ENTITY_KINDS for prefix in ("B", "I")))
SENTENCE_CLASSES = (*CLAIM_SOURCES, *ASSERTIONS)
CASES = 6
"""Letter-case classes of a token's word, given to the (uncased) encoder as token types."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """Order of the scores.

    `labels` are (dimension, label) pairs; `subtypes` are (kind, type) pairs of ACTOR and
    STANDARD, scored at a mention's first token; `single` names the one-label dimensions.
    """

    labels: tuple[tuple[str, str], ...]
    subtypes: tuple[tuple[str, str], ...]
    single: tuple[str, ...]

    @classmethod
    def of(cls, codebook: Codebook) -> Scheme:
        """Derive the scheme from a codebook, in the order of its files."""
        return cls(
            tuple((d.name, label) for d in codebook.dimensions.values() for label in d.label_names),
            tuple(
                (kind.kind, entry.name)
                for kind in codebook.entity_kinds.values()
                for entry in kind.types
            ),
            tuple(d.name for d in codebook.dimensions.values() if d.single),
        )

    def columns(self, dimension: str) -> list[int]:
        """Return the columns of a dimension's labels in the code scores."""
        return [i for i, (name, _) in enumerate(self.labels) if name == dimension]


def case_class(word: str) -> int:
    """Return 0 lower or no letters, 1 Capitalised, 2 ALL CAPS, 3 mIxed, 4 one capital, 5 digits."""
    if word.islower():
        return 0
    if not any(ch.isalpha() for ch in word):
        return 5 if any(ch.isdigit() for ch in word) else 0
    if len(word) == 1:
        return 4
    if word.isupper():
        return 2
    return 1 if word[0].isupper() and word[1:].islower() else 3
