"""Rules and the trained tagger joined: each candidate's confidence with the other's word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate
from pipeline.protocols import TaggedSpan


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the two are trusted in one kind.

    `alone` is the score above which the tagger alone makes a mention; `lone_rule` the factor on a
    rule's confidence where a tagger at hand proposes nothing there.
    """

    alone: float
    lone_rule: float
    lone_name: float


TRUST = {
    "COUNTRY": Trust(0.95, 1.0, 1.0),
    "ACTOR": Trust(0.6, 0.7, 0.9),
    "STANDARD": Trust(0.6, 0.8, 0.95),
    "CLUSTER": Trust(0.6, 0.75, 0.9),
}


def join(
    candidates: Iterable[Candidate], tags: tuple[TaggedSpan, ...] | None, text: str
) -> list[Candidate]:
    """Return candidates with confidences that heed the tagger, and what it alone proposes.

    Parameters
    ----------
    candidates : iterable of Candidate
        From vocabularies and rules.
    tags : tuple of TaggedSpan, or None
        None where there is no tagger: the candidates come back as they are.
    text : str
        The passage.
    """
    found = list(candidates)
    if not tags:
        return found
    joined = [_heeding(one, tags) for one in found]
    spans = {(c.kind, c.start, c.end) for c in found}
    for tag in tags:
        if (tag.kind, tag.start, tag.end) in spans or tag.kind not in TRUST:
            continue
        if tag.score >= TRUST[tag.kind].alone and text[tag.start : tag.end].strip():
            joined.append(
                Candidate(
                    tag.kind, tag.start, tag.end, "tagger", 0.5 + tag.score * 0.3,
                    subtype=tag.subtype, reason="found by the tagger",
                )  # fmt: skip
            )
    return joined


def _heeding(one: Candidate, tags: tuple[TaggedSpan, ...]) -> Candidate:
    if one.kind not in TRUST:
        return one
    over = [t for t in tags if t.start < one.end and one.start < t.end]
    exact = next((t for t in over if (t.kind, t.start, t.end) == (one.kind, *one.span)), None)
    if exact is not None:
        sure = 1 - (1 - one.confidence) * (1 - 0.9 * exact.score)
        return replace(one, confidence=sure, method=f"both ({one.method})",
                       subtype=one.subtype or exact.subtype)
    trust = TRUST[one.kind]
    if any(t.kind == one.kind for t in over):
        return one
    factor = trust.lone_name if one.method.startswith("vocabulary") else trust.lone_rule
    return replace(one, confidence=one.confidence * factor)
