"""How a paper speaks as a whole: of its own fieldwork, through citations, or without a source.

The same bare sentence ("Exports fell by a third in 2008") is the authors' own in a case study,
a cited finding in a review, and a report without a source in an encyclopaedia.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.extract.context import PassageContext

OURS = re.compile(
    r"\b(?:[Ww]e|[Oo]urs?|I|[Mm]y|[Ii]nterview\w*|[Rr]espondents?|[Ii]nformants?|[Ff]ieldwork"
    r"|[Vv]isited|[Tt]old us|[Ss]urvey(?:ed)?|[Ss]ample)\b"
)
"""Words of authors who were there themselves."""
NUMBERED = re.compile(r"\[\d{1,3}\]")
"""A source as encyclopaedias print it."""

Features = Mapping[str, float]


def voice_of(contexts: Sequence[PassageContext]) -> tuple[tuple[str, float], ...]:
    """Return the named shares of a paper's sentences that its voice is told by, 0 to 1 each.

    Parameters
    ----------
    contexts : sequence of PassageContext
        All coded passages of the paper, with their sentences.
    """
    sentences = [(c, one) for c in contexts for one in c.sentences]
    if not sentences:
        return ()
    n = len(sentences)
    cited = sum(one.n_citations > 0 for _, one in sentences) / n
    ours = sum(OURS.search(c.text, one.start, one.end) is not None for c, one in sentences) / n
    literature = sum(dict(one.features).get("literature", 0.0) for _, one in sentences) / n
    numbered = sum(len(NUMBERED.findall(c.text)) for c in contexts) / n
    found = {
        "cited_paper": min(1.0, 2 * cited),
        "no_cite_paper": float(cited == 0),
        "numbered_paper": float(numbered > 0.05),
        "our_paper": min(1.0, 3 * ours),
        "literature_paper": min(1.0, 3 * literature),
    }
    return tuple(found.items())


def with_voice(features: Features, voice: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Return a sentence's features with those of its paper and what the two make together."""
    row = {**features, **dict(voice)}
    for name, value in voice:
        if name in ("cited_paper", "no_cite_paper", "our_paper"):
            row[f"fact_{name}"] = features.get("fact", 0.0) * value
    return row


__all__ = ["NUMBERED", "OURS", "voice_of", "with_voice"]
