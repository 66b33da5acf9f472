"""Which work of a reference list a citation means: certain, or None."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import JaroWinkler
from rapidfuzz.fuzz import ratio

from pipeline.records import Work
from pipeline.structure.names import acronym, fold, letters, surname
from pipeline.structure.references import parse_references

if TYPE_CHECKING:
    from pipeline.structure.citations import CitationSpan

__all__ = ["Resolver", "loose_works", "resolve"]

_ACCEPT = 0.72
_CLEAR = 0.08
"""A work is meant where it scores `_ACCEPT` and the next one is at least `_CLEAR` behind."""
_WORDY = {
    "forthcoming": "press",
    "in press": "press",
    "im erscheinen": "press",
    "accepted": "press",
    "n.d.": "none",
    "n. d.": "none",
    "o.j.": "none",
    "o. j.": "none",
    "undated": "none",
}


def loose_works(references: Sequence[str]) -> tuple[Work, ...]:
    """Return the works of loose reference strings, one each, in order."""
    return parse_references([text for text in references if text.strip()])


def resolve(spans: Sequence[CitationSpan], works: Sequence[Work]) -> list[Work | None]:
    """Return for each citation the work it means, None where none or more than one fits."""
    resolver = Resolver(works)
    return [resolver(span) for span in spans]


class Resolver:
    """Finds the work a citation means among those of one list."""

    def __init__(self, works: Sequence[Work]) -> None:
        self._works = list(works)
        self._keys = {work.key: work for work in works if work.key}
        self._by_year: dict[str, list[Work]] = {}
        for work in self._works:
            self._by_year.setdefault(_year(work.year)[0], []).append(work)
        self._last = max((int(y) for y in self._by_year if y.isdigit()), default=0)
        self._known: dict[tuple[object, ...], Work | None] = {}

    def __call__(self, span: CitationSpan) -> Work | None:
        """Return the work, or None where none or more than one fits."""
        if span.number is not None:
            return self._keys.get(span.number)
        key = (span.authors, span.year, span.et_al)
        if key not in self._known:
            self._known[key] = self._find(span)
        return self._known[key]

    def _find(self, span: CitationSpan) -> Work | None:
        digits, letter = _year(span.year)
        same = self._scored(span, self._by_year.get(digits, ()), letter)
        best = _clear(same)
        if best is not None or same:
            return best
        # A work that was in press has come out since, or the other way round.
        if digits == "press":
            newest = [work for work in self._works if self._is_newest(work)]
        elif digits.isdigit():
            newest = self._by_year.get("press", [])
        else:
            return None
        near = [work for score, work in self._scored(span, newest, "") if score > 0.93]
        return near[0] if len(near) == 1 else None

    def _is_newest(self, work: Work) -> bool:
        year = _year(work.year)[0]
        return year.isdigit() and int(year) >= self._last - 1

    def _scored(
        self, span: CitationSpan, works: Sequence[Work], letter: str
    ) -> list[tuple[float, Work]]:
        found = []
        for work in works:
            score = _authors_score(span.authors, span.et_al, work.authors)
            if score < _ACCEPT:
                continue
            other = _year(work.year)[1]
            if letter and other and letter != other:
                continue
            if letter != other:
                score -= 0.04
            found.append((score, work))
        return sorted(found, key=lambda pair: -pair[0])


def _clear(found: list[tuple[float, Work]]) -> Work | None:
    if not found:
        return None
    if len(found) > 1 and found[0][0] - found[1][0] < _CLEAR:
        return None
    return found[0][1]


@lru_cache(maxsize=4096)
def _year(year: str | None) -> tuple[str, str]:
    """Return a year's digits (or a word for its kind) and its letter."""
    text = " ".join((year or "").casefold().split())
    found = re.match(r"(\d{4})([a-z]?)$", text)
    if found:
        return found.group(1), found.group(2)
    return _WORDY.get(text, "unpublished" if text.startswith("unpublished") else text), ""


def _authors_score(cited: tuple[str, ...], et_al: bool, listed: tuple[str, ...]) -> float:
    """Return how well the authors of a citation fit those of an entry, 0 to 1."""
    if not cited or not listed:
        return 0.0
    if not any("," in name for name in listed):
        body = 0.0 if et_al else _body_score(" and ".join(cited), " and ".join(listed))
        if body >= 0.9:
            return body
    firsts = _name_score(cited[0], listed[0])
    if firsts < 0.75:
        return _swapped(cited, listed)
    rest = [_name_score(a, b) for a, b in zip(cited[1:], listed[1:], strict=False)]
    if rest and min(rest) < 0.6:
        return 0.0
    return (firsts + sum(rest)) / (1 + len(rest)) - _count_misfit(len(cited), len(listed), et_al)


def _count_misfit(cited: int, listed: int, et_al: bool) -> float:
    """Return what a citation loses where it names another number of authors than the entry."""
    if et_al:
        return 0.2 if listed < 2 else 0.12 if listed == 2 else 0.0
    return 0.25 if cited > listed else 0.12 * min(listed - cited, 2)


def _swapped(cited: tuple[str, ...], listed: tuple[str, ...]) -> float:
    """Two authors in the other order ("Newell and Garvey" for "Garvey and Newell")."""
    if len(cited) == 2 == len(listed):
        return min(_name_score(cited[0], listed[1]), _name_score(cited[1], listed[0])) - 0.1
    return 0.0


@lru_cache(maxsize=65_536)
def _name_score(cited: str, listed: str) -> float:
    """Return how alike two printed names are, 0 to 1; initials that clash tell them apart."""
    a, b = surname(cited), surname(listed)
    if not a or not b:
        return 0.0
    plain_a, plain_b = a.replace(" ", ""), b.replace(" ", "")
    if plain_a == plain_b:
        score = 1.0
    elif (
        a.endswith(" " + b) or b.endswith(" " + a) or b.startswith(a + " ") or a.startswith(b + " ")
    ):
        score = 0.93
    elif set(a.split()) == set(b.split()) or set(a.split()) < set(b.split()):
        score = 0.9
    elif "," not in listed and _body_score(cited, listed) >= 0.9:
        return 0.95
    elif len(plain_a) < 4 or len(plain_b) < 4:
        return 0.0
    else:
        alike = max(ratio(plain_a, plain_b) / 100, JaroWinkler.similarity(plain_a, plain_b) - 0.05)
        score = alike * 0.95 if alike >= 0.8 else 0.0
    return score * _initials_fit(cited, listed)


def _initials_fit(cited: str, listed: str) -> float:
    given = listed.split(",", 1)[1] if "," in listed else ""
    theirs = re.findall(r"[^\W\d_]+", given)
    ours = re.findall(r"\b([^\W\d_])\.?(?=\s|$|,)", cited)
    if ours and theirs and fold(ours[0]) != fold(theirs[0][0]):
        return 0.6
    return 1.0


@lru_cache(maxsize=65_536)
def _body_score(cited: str, listed: str) -> float:
    """Return how alike two names of bodies are; an acronym fits its full name."""
    short = re.findall(r"\(([^()]{2,40})\)|[-–]\s?([A-Z]{3,10})$", listed)
    plain = re.sub(r"\([^()]*\)", "", listed)
    options = [plain, listed, *(x for pair in short for x in pair if x)]
    a = letters(cited)
    if any(a == letters(option) for option in options if option):
        return 1.0
    if re.fullmatch(r"[A-Z][A-Za-z&]{1,9}", cited) and a == acronym(plain):
        return 0.95
    if len(cited.split()) > 2 or len(plain.split()) > 2:
        alike = ratio(a, letters(plain)) / 100
        return alike if alike >= 0.9 else 0.0
    return 0.0
