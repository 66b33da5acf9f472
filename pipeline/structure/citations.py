"""Citations in running text: where they stand, whom they name, which work they mean."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.structure.authors import Authors, authors_before
from pipeline.structure.lexicon import words
from pipeline.structure.resolve import loose_works, resolve
from pipeline.structure.sentences import nested_brackets

__all__ = ["CitationSpan", "citation_regions", "find_citations", "loose_works", "resolve"]

_YEAR = re.compile(r"(?P<year>(?:1[5-9]|20)\d\d)(?P<letter>[a-k])?(?![^\W⁰¹²³⁴-⁹])(?![/–-]\d|\.\d)")
_NO_YEAR = re.compile(r"[\d/_–-]|\d[.,]")
_WORDY = re.compile(
    r"\b(?P<word>forthcoming|in\spress|unpublished|n\.\s?d\.|o\.\s?J\.|undated|in\spreparation"
    r"|im\sErscheinen)(?!\w)"
)
_MORE = re.compile(r"\s*(?:,|&|/|and|und)\s*(?P<letter>[a-k])\b(?![\w.'’])")
_BETWEEN = re.compile(r"\s*(?:[,;&/]|and|und|,\s*and)\s*")
_LOCATOR = re.compile(
    r"\s*[:,]?\s*(?:\(?(?:pp?|S|ch|chap|chapter|fn|note|sec|section|vol|table|fig|Kap)s?\.?\s?)?"
    r"(?:\d{1,4}[a-z]?|[ivxl]{1,6}|preface)\s?(?:[-–]\s?\d{1,4})?\s?(?:ff?|et seqq?)?\b\.?"
)
_NUMBER = re.compile(
    r"\[(?P<list>\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,15})(?P<rest>\s?[,:]\s?(?:pp?|S)\.?\s?[\d–-]{1,12})?\]"
)
_FOLLOWING = re.compile(r"\s{1,3}([^\W\d_][\w.]*)")
_LEFT = 160
_SENTENCE = re.compile(r"[.!?]\s+(?=[A-Z])|\n")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LEAD_IN = re.compile(r"(?:\b(?:cf|see|vgl|siehe)\.?\s)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CitationSpan:
    """One cited work at one place.

    Attributes
    ----------
    surface, start, end : str, int, int
        The characters of the text, from the first author (or the year alone, where the authors
        stand before an earlier year) to the year.
    authors : tuple of str
        As printed, in order; empty for a numeric citation.
    year : str or None
        Such as ``1999a`` or ``forthcoming``.
    number : str or None
        The key of a numeric citation, such as ``12``.
    et_al : bool
        Whether more authors are said to follow.
    sure : bool
        False where the words may be no citation ("the Atlanta Agreement (1997)"): such a span
        counts only where it resolves.
    """

    surface: str
    start: int
    end: int
    authors: tuple[str, ...] = ()
    year: str | None = None
    number: str | None = None
    et_al: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a span's bracket is: opening and end, None outside brackets."""

    span: CitationSpan
    bracket: tuple[int, int] | None


def find_citations(text: str) -> tuple[CitationSpan, ...]:
    """Return the citations of a text, in order; works cited together are one span each.

    Author-year citations in brackets and in the sentence, with locators, several years, letters
    and "et al."; bodies as authors; numbers in square brackets.
    """
    return tuple(place.span for place in _places(text))


def citation_regions(text: str) -> list[tuple[int, int]]:
    """Return the spans inside which no mention of an entity counts, in order, apart.

    A bracket that holds nothing but citations, locators and words such as "see" is one region as
    a whole; else a region runs from the authors to the year, its bracket included.
    """
    places = [place for place in _places(text) if place.span.sure]
    regions: list[tuple[int, int]] = []
    by_bracket: dict[tuple[int, int] | None, list[_Place]] = {}
    for place in places:
        by_bracket.setdefault(place.bracket, []).append(place)
    for bracket, group in by_bracket.items():
        spans = [(p.span.start, p.span.end) for p in group]
        if bracket is not None and _only_citations(text, bracket, spans):
            spans = [(min(bracket[0], spans[0][0]), bracket[1])]
        regions += spans
    return _united(regions)


def _only_citations(text: str, bracket: tuple[int, int], spans: list[tuple[int, int]]) -> bool:
    rest, at = [], bracket[0]
    for start, end in spans:
        rest.append(text[at : max(at, start)])
        at = max(at, end)
    rest.append(text[at : bracket[1]])
    left = _WORD.findall(_LOCATOR.sub(" ", " ".join(rest)))
    unknown = [word for word in left if word.casefold() not in words("leads")]
    return not any(word[0].isupper() for word in unknown) and len(unknown) <= 4


def _united(regions: list[tuple[int, int]]) -> list[tuple[int, int]]:
    done: list[tuple[int, int]] = []
    for start, end in sorted(regions):
        if done and start <= done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return done


class _Brackets:
    """The closed brackets of a text, asked for the innermost one around a place."""

    def __init__(self, text: str) -> None:
        self._pairs = nested_brackets(text)
        self._starts = [pair[0] for pair in self._pairs]

    def around(self, at: int) -> tuple[int, int] | None:
        index = bisect_right(self._starts, at) - 1
        for _ in range(6):  # Deeper nesting is no prose.
            if index < 0:
                return None
            if self._pairs[index][1] > at:
                return self._pairs[index]
            index -= 1
        return None


def _places(text: str) -> list[_Place]:
    brackets = _Brackets(text)
    found = list(_author_year(text, brackets))
    taken = [place.span.start for place in found]
    for match in _NUMBER.finditer(text):
        if bisect_left(taken, match.start()) == bisect_left(taken, match.end()):
            found += _numbers(match)
    found.sort(key=lambda place: (place.span.start, place.span.end))
    return found


def _numbers(match: re.Match[str]) -> Iterator[_Place]:
    where = (match.start(), match.end())
    parts = re.split(r"\s?[,;]\s?", match.group("list"))
    for part in parts:
        ends = [int(n) for n in re.split(r"\s?[–-]\s?", part)]
        first, last = ends[0], ends[-1]
        if len(ends) > 2 or last < first or last - first > 30 or first == 0:
            continue
        for number in range(first, last + 1):
            yield _Place(CitationSpan(match.group(), *where, number=str(number)), where)


def _author_year(text: str, brackets: _Brackets) -> Iterator[_Place]:
    last: _Place | None = None
    last_end = 0  # behind the last citation and its locator
    for match in _dates(text):
        at = match.start()
        if at < last_end:
            continue
        bracket = brackets.around(at)
        place = _continued(text, match, last, last_end, bracket) or _fresh(
            text, match, brackets, bracket, last_end
        )
        if place is None:
            continue
        yield place
        last = place
        end = match.end()
        while more := _MORE.match(text, end):
            span = place.span
            letter = CitationSpan(
                more.group("letter"), more.start("letter"), more.end("letter"), span.authors,
                _digits(match) + more.group("letter"), None, span.et_al, span.sure,
            )  # fmt: skip
            last = _Place(letter, bracket)
            yield last
            end = more.end()
        last_end = _behind(text, end)


def _dates(text: str) -> list[re.Match[str]]:
    """Return what may be the date of a citation, in order."""
    years = [
        match
        for match in _YEAR.finditer(text)
        if not _NO_YEAR.search(text[max(0, match.start() - 2) : match.start()])
        or (text[max(0, match.start() - 2) : match.start()][-1:].isspace())
    ]
    words_for_it = list(_WORDY.finditer(text))
    if not words_for_it:
        return years
    return sorted(years + words_for_it, key=lambda match: match.start())


def _behind(text: str, end: int) -> int:
    """Return the place behind the locators that follow a year."""
    page = 0
    for _ in range(4):
        locator = _LOCATOR.match(text, end)
        if not locator:
            break
        number = re.search(r"\d+", locator.group())
        # After ", " a number like a year is one, unless pages as high came before it.
        bare = re.fullmatch(r"\s*,?\s*(?:1[5-9]|20)\d\d[a-z]?", locator.group())
        if bare and not page <= int(number.group() if number else 0) <= page + 500:
            break
        page = int(number.group()) if number else page
        end = locator.end()
    return end


def _word(match: re.Match[str]) -> str | None:
    return match.groupdict().get("word")


def _digits(match: re.Match[str]) -> str:
    return match.groupdict().get("year") or ""


def _year_of(match: re.Match[str]) -> str:
    word = _word(match)
    if word:
        return re.sub(r"\s+", " ", word)
    return _digits(match) + (match.group("letter") or "")


def _continued(
    text: str,
    match: re.Match[str],
    last: _Place | None,
    last_end: int,
    bracket: tuple[int, int] | None,
) -> _Place | None:
    """Return a further year of the citation before ("Gereffi 1994, 1999")."""
    if last is None or bracket is None or last.bracket != bracket:
        return None
    if not _BETWEEN.fullmatch(text, last_end, match.start()):
        return None
    span = last.span
    year = CitationSpan(
        match.group(),
        match.start(),
        match.end(),
        span.authors,
        _year_of(match),
        None,
        span.et_al,
        span.sure,
    )
    return _Place(year, bracket)


def _fresh(
    text: str,
    match: re.Match[str],
    brackets: _Brackets,
    bracket: tuple[int, int] | None,
    last_end: int,
) -> _Place | None:
    at = match.start()
    if bracket is not None and not text[bracket[0] + 1 : at].strip():
        return _narrative(text, match, brackets, bracket, last_end)
    low = max(last_end, at - _LEFT, bracket[0] + 1 if bracket else 0)
    low = max(low, text.rfind(";", low, at) + 1)
    inner = text.rfind(")", low, at)
    if inner >= 0 and not re.match(r"\)\s*,?\s*$", text[inner:at]):
        low = inner + 1
    if bracket is None:
        low = max([low, *(m.end() for m in _SENTENCE.finditer(text, low, at))])
    left = text[low:at]
    authors = authors_before(left, bracket=bracket is not None)
    if authors is None:
        return None
    start = low + authors.start
    sure = authors.sure
    if bracket is None:
        if _word(match):
            return None
        led = _LEAD_IN.search(text, max(0, start - 12), start) is not None
        paged = re.match(r":\s?\d", text[match.end() : match.end() + 3]) is not None
        joined = authors.et_al or any(sign in left[authors.start :] for sign in "/&")
        if not (
            led or paged or joined or (text[last_end:start].strip() in (";", ",") and last_end)
        ):
            return None
    elif authors.names and _unlikely(text, authors, match):
        sure = False
    return _Place(_span(text, start, match.end(), match, authors, sure), bracket)


def _unlikely(text: str, authors: Authors, match: re.Match[str]) -> bool:
    """Say whether a lone name and year in brackets are no citation ("Punjab 1999 census")."""
    if len(authors.names) > 1 or authors.et_al:
        return False
    if _word(match) and len(authors.names[0].split()) > 4:
        return True
    after = _FOLLOWING.match(text, match.end())
    if after is None or after.group(1).casefold() in words("reporting"):
        return False
    return after.group(1).casefold() not in words("after_year")


def _narrative(
    text: str, match: re.Match[str], brackets: _Brackets, bracket: tuple[int, int], last_end: int
) -> _Place | None:
    outer = brackets.around(bracket[0] - 1) if bracket[0] else None
    low = max(
        last_end if last_end <= bracket[0] else 0, bracket[0] - _LEFT, outer[0] + 1 if outer else 0
    )
    before = text[low : bracket[0]]
    cut = max(
        [
            0,
            *(
                m.end()
                for m in re.finditer(r"[;)\]]|(?<![A-Z]\.)(?<=[.!?:])\s+(?=[A-Z])|\n", before)
            ),
        ]
    )
    # A body's short name in brackets may stand between: "… Development (WCED) (1987)".
    authors = authors_before(before[cut:], bracket=outer is not None)
    if authors is None:
        return None
    start = low + cut + authors.start
    end = bracket[1] if text[match.end() : bracket[1] - 1].strip() == "" else match.end()
    sure = authors.sure or _reported(text, start, bracket[1])
    last = authors.names[-1].split()[-1].casefold()
    if last in words("not_authors") or last in words("months"):
        sure = False
    return _Place(_span(text, start, end, match, authors, sure), bracket)


def _reported(text: str, start: int, end: int) -> bool:
    """Say whether the words around a name and year make it someone who says something."""
    after = re.match(r"[\s,]*(\w+)", text[end : end + 30])
    if after and after.group(1).casefold() in words("reporting"):
        return True
    before = re.search(r"([\w.]+)\s+(?:the\s+)?$", text[max(0, start - 30) : start])
    return before is not None and before.group(1).casefold() in words("reporting_before")


def _span(
    text: str, start: int, end: int, match: re.Match[str], authors: Authors, sure: bool
) -> CitationSpan:
    return CitationSpan(
        text[start:end], start, end, authors.names, _year_of(match), None, authors.et_al, sure
    )
