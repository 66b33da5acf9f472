"""Rules and the trained tagger joined: each candidate's confidence with the other's word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.extract.candidates import Candidate
from pipeline.extract.tokens import overlaps
from pipeline.protocols import TaggedSpan


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the two are trusted in one kind.

    `alone` is the score from which the tagger alone makes a mention. `lone_rule` and `lone_name`
    are the factors on the confidence of rules and of vocabularies where a tagger is at hand and
    proposes nothing there.
    """

    alone: float
    lone_rule: float
    lone_name: float


TRUST = {
    "COUNTRY": Trust(0.95, 1.0, 1.0),
    "ACTOR": Trust(0.8, 1.0, 1.0),
    "STANDARD": Trust(0.98, 0.95, 1.0),
    "CLUSTER": Trust(0.9, 0.9, 1.0),
}
"""Chosen for each kind by cross-validation over the folds' held-out tags, with the vocabularies and
without the measured documents' names. Where tagger and rule disagree on the bounds of a name, the
rule is right nine times in ten; a standard that the tagger alone sees is right from a high score
only, an organisation from a lower one. Neighbouring thresholds differ by less than a point."""
LONE_PLACE = 0.8
"""The factor for a bare place without the tagger's word: it is left standing where the paper has
introduced a cluster there, not where a vocabulary alone knows of one ("flown out by Nairobi")."""
SURE = 0.5
_LINK_AT_END = re.compile(r"\s+(?:and|or|of|for|in|on|to|with|the|by|from)$")
_REST = re.compile(r"(?:-?\w+)(?:-\w+)*")
_CLUSTER_WORD = re.compile(
    r"\b(?:clusters?|districts?|valley|corridor|parks?|zones?|belt|estates?|hub|industr\w+|EPZ|SEZ)\b",
    re.IGNORECASE,
)


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
    taken = [one.span for one in joined if one.confidence >= SURE]
    for tag in (_whole(tag, text) for tag in tags):
        trust = TRUST.get(tag.kind)
        if trust is None or tag.score < trust.alone or overlaps(tag.start, tag.end, taken):
            continue
        surface = text[tag.start : tag.end]
        if not any(letter.isupper() for letter in surface):
            continue
        if tag.kind == "CLUSTER" and not _CLUSTER_WORD.search(surface):
            continue
        joined.append(
            Candidate(
                tag.kind,
                tag.start,
                tag.end,
                "tagger",
                0.5 + 0.4 * (tag.score - 0.5),
                subtype=tag.subtype,
                reason="found by the tagger",
            )
        )
    return joined


def _whole(tag: TaggedSpan, text: str) -> TaggedSpan:
    """Return a proposal without signs at its ends and with the rest of a word cut in two."""
    start, end = tag.start, tag.end
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ").+'’"):
        end -= 1
    while start < end and not (text[start].isalnum() or text[start] == "("):
        start += 1
    rest = _REST.match(text, end)
    end = rest.end() if rest is not None and text[end - 1 : end].isalnum() else end
    while (link := _LINK_AT_END.search(text[start:end])) is not None:
        end = start + link.start()  # no name ends in "and"
    return replace(tag, start=start, end=end)


def _heeding(one: Candidate, tags: tuple[TaggedSpan, ...]) -> Candidate:
    if one.kind not in TRUST:
        return one
    over = [t for t in tags if t.start < one.end and one.start < t.end]
    exact = next((t for t in over if (t.kind, t.start, t.end) == (one.kind, *one.span)), None)
    if exact is not None:
        sure = 1 - (1 - one.confidence) * (1 - 0.9 * exact.score)
        return replace(
            one,
            confidence=sure,
            method=f"both ({one.method})",
            subtype=one.subtype or exact.subtype,
        )
    trust = TRUST[one.kind]
    agreeing = max((t.score for t in over if t.kind == one.kind), default=0.0)
    if agreeing:
        if one.confidence >= SURE:
            return one
        # The tagger sees a name here and the rule its bounds.
        return replace(one, confidence=1 - (1 - one.confidence) * (1 - 0.5 * agreeing))
    factor = trust.lone_name if one.method.startswith("vocabulary") else trust.lone_rule
    if one.method == "rule:place":
        factor = LONE_PLACE
    return replace(one, confidence=one.confidence * factor)
