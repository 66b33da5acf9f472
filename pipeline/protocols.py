"""What `pipeline` needs from trained models; `flows` hands in what `models` has.

One call per batch of passages does all trained work, so that the encoder runs once per passage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A span a trained tagger proposes: kind as in the codebook, score in 0..1."""

    kind: str
    start: int
    end: int
    score: float
    subtype: str | None = None


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence of a passage with what the rules know of it, as features for the judge.

    `n_citations` counts citations inside it, `distinct_works` those resolved;
    `carried` says the sentence before ended in a citation or the citation after closes it.
    """

    start: int
    end: int
    n_citations: int = 0
    distinct_works: int = 0
    carried: bool = False
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class SentenceVerdict:
    """Probabilities over `CLAIM_SOURCES` and `ASSERTIONS`, in their order."""

    claim_source: tuple[float, ...]
    assertion: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PassageInput:
    """A passage as the models see it: its text without the heading, and its sentences."""

    text: str
    sentences: tuple[SentenceView, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeVerdict:
    """One label's probability and what the working point makes of it."""

    dimension: str
    label: str
    probability: float
    selected: bool
    decision: str


@dataclass(frozen=True, slots=True)
class PassageVerdict:
    """All that the trained models say of one passage.

    `vector` is the pooled encoder vector as little-endian float16 bytes (384 values);
    `codes` holds every label of every dimension.
    """

    spans: tuple[TaggedSpan, ...] = ()
    sentences: tuple[SentenceVerdict, ...] = ()
    codes: tuple[CodeVerdict, ...] = ()
    vector: bytes = b""


class Judge(Protocol):
    """The trained models behind one call."""

    @property
    def model_ids(self) -> dict[str, str]:
        """Dimension (and ``encoder``, ``tagger``, ``attribution``) to model id."""

    def judge(
        self, passages: Sequence[PassageInput], point: str = "balanced"
    ) -> list[PassageVerdict]:
        """Judge a batch at a working point; one verdict per passage, independent of batching."""


@dataclass(frozen=True, slots=True)
class NoJudge:
    """A judge with no trained models: rules alone. For tests and baselines."""

    model_ids: dict[str, str] = field(default_factory=dict)

    def judge(
        self, passages: Sequence[PassageInput], point: str = "balanced"
    ) -> list[PassageVerdict]:
        """Return empty verdicts."""
        return [PassageVerdict() for _ in passages]
