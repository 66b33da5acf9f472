"""Spellings of one name brought together, under strict conditions.

Two names are one where they agree without accents, dashes, articles, legal forms and the choice
between British and American spelling; or, being long, differ by a typing error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.extract.tokens import plain

_SPELLINGS = (
    (re.compile(r"\blabor\b"), "labour"),
    (re.compile(r"\bcenter(s?)\b"), r"centre\1"),
    (re.compile(r"\bprogram(s?)\b"), r"programme\1"),
    (re.compile(r"iz(ation|e|ed|ing)\b"), r"is\1"),
    (re.compile(r"\bdefense\b"), "defence"),
    (re.compile(r"\bfiber(s?)\b"), r"fibre\1"),
    (re.compile(r"\bjewelry\b"), "jewellery"),
    (re.compile(r"\bu s\b"), "us"),
)
_HINT = re.compile(r"labor|center|program|iz[ae]|izing|defense|fiber|jewelry|\bu s\b")
_LEGAL = re.compile(r"(?: (?:inc|ltd|limited|gmbh|ag|sa|spa|llc|plc|corp|co|pvt|bv|nv|ab|as))+$")
_ARTICLE = re.compile(r"^(?:the|a|an) ")


def key(name: str) -> str:
    """Return the form under which spellings of a name agree."""
    found = _ARTICLE.sub("", plain(name))
    if _HINT.search(found):
        for pattern, kept in _SPELLINGS:
            found = pattern.sub(kept, found)
    return _LEGAL.sub("", found) or found


def close(one: str, other: str, *, longest: int = 2) -> bool:
    """Return whether two keys differ by a typing error only.

    One letter may differ in names of 5 letters and more, two from 14 on; the first letter agrees,
    figures agree, and a single short word that differs is no typing error.
    """
    if one == other:
        return True
    size = min(len(one), len(other))
    if size < 5 or one[0] != other[0] or abs(len(one) - len(other)) > longest:
        return False
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    allowed = 1 if size < 14 else longest
    if DamerauLevenshtein.distance(one, other, score_cutoff=allowed) > allowed:
        return False
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return one.replace(" ", "") == other.replace(" ", "")
    # North/South, first/last, men/women: short words that differ make another name.
    return all(a == b or min(len(a), len(b)) >= 5 for a, b in zip(ours, theirs, strict=True))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the one known key that `name` is a misspelling of; None if none or several."""
    found = [other for other in known if close(name, other)]
    return found[0] if len(found) == 1 else None
