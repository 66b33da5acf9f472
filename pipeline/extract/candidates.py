"""A place in a passage that may be a mention, and what proposes it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may name an entity.

    Attributes
    ----------
    kind : str
        CLUSTER, COUNTRY, ACTOR or STANDARD; or ``NONE`` for a name known to be none of these.
    start, end : int
        Characters of the passage.
    method : str
        ``vocabulary:…``, ``rule:…``, ``tagger`` or ``both``.
    confidence : float
        How likely it is a mention, 0 to 1.
    name : str or None
        Canonical name (for COUNTRY the code), where the proposer knows it.
    subtype : str or None
        Type of actor or standard.
    country : str or None
        Country of a cluster.
    place, sector : str or None
        Place words, and words or canonical name of the trade, of a cluster.
    reason : str
        Why it was linked so.
    """

    kind: str
    start: int
    end: int
    method: str
    confidence: float
    name: str | None = None
    subtype: str | None = None
    country: str | None = None
    place: str | None = None
    sector: str | None = None
    reason: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.start, self.end


def longest(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Keep the longest of overlapping spans, whatever their kinds; in order of start.

    Of two alike in span, the surer one stands. A known non-name (kind ``NONE``) takes part and
    is then dropped.
    """
    order = sorted(
        candidates, key=lambda c: (c.start - c.end, c.kind == "NONE", -c.confidence, c.start)
    )
    taken: list[Candidate] = []
    used: list[tuple[int, int]] = []
    for one in order:
        if all(one.end <= first or last <= one.start for first, last in used):
            taken.append(one)
            used.append(one.span)
    return sorted((c for c in taken if c.kind != "NONE"), key=lambda c: c.start)
