"""Years, spans of years and decades in running text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.facts_tense import BEGINS, IN_BRACKETS, in_the_past, present_elsewhere

_Y = r"(?:1[5-9]|20)\d\d"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?"
)
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}(?!\d))", re.ASCII
)
_SPAN = re.compile(
    rf"(?:\b(?:between|from|during|over)\s+)?(?:{_MONTH}\s+)?(?<![\w.,])(?P<a>{_Y})\s?"
    rf"(?:[–—/-]|\s(?:and|to|until|till|through|up to)(?:\s{_MONTH})?\s)\s?(?P<b>{_Y}|(?<=[–—/-])\d\d(?!\d)|(?<=[–—/-]\s)\d\d(?!\d))(?![\w]|,\d|\.\d|\s?(?:%|per\s?cent|percent))",  # noqa: E501
    re.IGNORECASE,
)
_DECADE = re.compile(
    r"(?P<part>early|late|mid|middle of the)?[\s-]*(?<![\w.,])(?P<y>(?:1[5-9]|20)\d0)(?:['’]?s|ies)\b"  # noqa: E501
)
_SPOKEN = re.compile(
    r"\b(?:the|early|late|mid)[\s-]+(?P<word>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b"
)
_SPOKEN_YEARS = {
    "twenties": 1920, "thirties": 1930, "forties": 1940, "fifties": 1950, "sixties": 1960,
    "seventies": 1970, "eighties": 1980, "nineties": 1990,
}  # fmt: skip
_SOME_YEAR = re.compile(r"(?:1[5-9]|20)\d")
_SINGLE = re.compile(rf"(?<![\w.,$€£])(?<!\d[-–/])(?P<y>{_Y})(?![\w%]|,\d|\.\d|-\w)")
_LEAD = re.compile(
    rf"(?:\b(?:in|by|since|until|till|from|to|of|year|during|after|before|early|late|mid|around|about|"
    rf"and|for|through|than|fiscal|FY|season|crisis|circa|between|end|the|at|or|its|as|those|these|{_MONTH})[\s-]*|[(,;–/-]\s*)$",
    re.IGNORECASE,
)
_NOUN = re.compile(
    r"\s+(?:(?!in|and|to|was|were|the|it|had|of|for|as|by|on|with|at|that|which|when|but|or|there|"
    r"is|are|a|an|from|until|this|these|they|only|some|about|more|its|their|all|saw|has|have|did|"
    r"we|only|over|almost|nearly|after|before|alone|because|onwards|onward|up)[a-z]+)"
)
_COUNTED = re.compile(
    r"\s+(?:(?!on|in|and|the|to|with|had|for|from|it|of|by|at)[a-z]\w*\s+){0,2}(?:people|persons|workers|firms|companies|enterprises|factories|units|jobs|"
    r"tonnes|tons|pairs|pieces|households|farms|workshops|employees|members|dollars|euros|rupees|"
    r"hectares|acres|suppliers|exporters|manufacturers|producers|plants|tanneries|looms|women|"
    r"clusters|km|ha|kg|metres|artisans|weavers|stations|establishments)\b"
)
_TAKEN = re.compile(
    r"\s+(?:(?!and\b|to\b|in\b|of\b)[a-z]+\s+){0,2}?(?:census(?:es)?|surveys?|tables|data|count"
    r"|statistics|figures|totals?|yearbook|register|season|crisis|recession|slump|outbreak|strike|edition"
    r"|harvest|crop|elections?|earthquake|reforms?)\b"
)
"""What a year behind an article tells when of: "the 2011 census", not "the 2011 workers"."""
_ARTICLES = ("the", "these", "those")
_REFERENCE = re.compile(
    r"\bthan\s+(?:in|at|during|before)\s+(?:the\s+)?$"
    r"|\b(?:times|half|twice|double|above|below|over|under|to)\s+(?:that|the\s+(?:\w+\s+)?"
    r"(?:volume|value|level|figure|number|output|total|amount|peak|size|rate))\s+(?:of|in)\s+$"
)
"""What only measures a number against another year: "three times the volume of 2000"."""
_PRONOUN = re.compile(r"\s*,?\s*(?:it|they|there|this|these|the)\b")
_SAW = re.compile(r"\s+(?:saw|found|brought|witnessed)\s+(?!in\b|that\b)")
"""What a year does that is the subject of its clause: "so that 1980 found 54 of them"."""
_IN = re.compile(r"\b(?:in|since|until|after|before|during)\s+$")
_NEW_CLAUSE = re.compile(r"(?:\s*\([^()]*\))?\s*[;,]\s+(?:(?:and|but|while)\s+)?(?:in|by|since)\s*")
_OLDER = re.compile(
    r"\b(?:from|against|than|compared (?:with|to))\s+(?:\w+\s+){0,3}\S*\s*(?:\w+\s+){0,3}"
    r"(?:in|since)?\s*$"
)
_SINCE = re.compile(
    r"\b(?:since|from|after|beginning in|starting in)\s+(?:the\s+)?"
    rf"(?:early |late |mid-?|about |{_MONTH} )?$",
    re.IGNORECASE,
)


_TURN = re.compile(r"\bturn\s+of\s+the\s+(?:new\s+)?(?P<which>century|millennium)\b")
_SMALL = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "decade": 10, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_STRETCH_TO = re.compile(
    rf"\b(?:in|over|during)\s+the\s+(?:(?P<n>{'|'.join(_SMALL)})(?:\s+years)?)\s+"
    rf"(?:up\s+)?(?:to|until|ending\s+in)\s+(?:{_MONTH}\s+)?$"
)


_BEGAN = re.compile(
    r"\b(?:founded|established|opened|created|built|approved|took shape|begun|began|started"
    r"|inaugurated|launched|set up|dates?|designated|declared)\b[^;.]{0,60}$",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"\b(?:today|now|currently|at present|nowadays|covers?|counts|comprises|employs|houses|extends"
    r"|consists|contains|offers|hosts|includes|has (?:since|grown)|have since)\b"
)
_LATER = re.compile(
    r"\b(?:years?|decades?)\s+(?:on|later|afterwards?)\b|\b(?:has|have|had)\s+since\b"
)


@dataclass(frozen=True, slots=True)
class When:
    """A stretch that says when: one year, or a span.

    `aside` is set where later sentences do not mean it by "that year": the year of a beginning,
    or one that a number is only measured against.
    """

    start: int
    end: int
    year: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    aside: bool = False


def find_years(text: str) -> list[When]:
    """Return what says when in a text, in order, none overlapping.

    Two digits complete a span ("2007/08"); a decade is a span of ten years; "since 1990" is open
    at its end. Four digits before a counted thing or behind a currency sign are no year.
    """
    found: list[When] = []
    if "ties" not in text and "turn of" not in text and not _SOME_YEAR.search(text):
        return found

    def free(start: int, end: int) -> bool:
        return not any(start < one.end and one.start < end for one in found)

    for match in _SPAN.finditer(text):
        first = int(match["a"])
        last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
        if last < first and len(match["b"]) == 2:
            last += 100
        counted = (
            "/" not in match[0]  # "the 2000/01 season"
            and not re.match(r"from|between", match[0])
            and _COUNTED.match(text, match.end())
        )
        if first < last <= first + 150 and not counted:
            found.append(When(match.start(), match.end(), None, first, last))
    for match in _DECADE.finditer(text):
        if free(*match.span()):
            year = int(match["y"])
            found.append(When(match.start(), match.end(), None, year, year + 9))
    for match in _SPOKEN.finditer(text):
        if free(*match.span()):
            year = _SPOKEN_YEARS[match["word"]]
            found.append(When(match.start(), match.end(), None, year, year + 9))
    for match in _SINGLE.finditer(text):
        if not free(*match.span()) or not _is_year(text, match):
            continue
        year = int(match["y"])
        if _SINCE.search(text, max(0, match.start() - 18), match.start()) and _open(text, match):
            found.append(When(match.start(), match.end(), None, year, None))
        else:
            found.append(When(match.start(), match.end(), year))
    found = [*_turns(text), *_years_to(text, found)]
    found.sort(key=lambda one: one.start)
    return found


def _turns(text: str) -> list[When]:
    """Return "the turn of the millennium" as 2000; that of "the century" is some year, not told."""
    return [
        When(*match.span(), 2000 if match["which"] == "millennium" else None)
        for match in _TURN.finditer(text)
    ]


def _years_to(text: str, found: Sequence[When]) -> list[When]:
    """Return what was found, "in the five years to 2015" made a span."""
    done = []
    for one in found:
        match = _STRETCH_TO.search(text, max(0, one.start - 60), one.start)
        if match and one.year:
            first = one.year - _SMALL[match["n"].lower()]
            done.append(When(match.start(), one.end, None, first, one.year))
        else:
            done.append(one)
    return done


def _open(text: str, match: re.Match[str]) -> bool:
    """Say whether a year opens a span: "since 1990", "beginning in 1960", "from 2003"."""
    before = text[max(0, match.start() - 18) : match.start()]
    return (
        re.search(r"\b(?:since|beginning in|starting in)\s", before, re.IGNORECASE) is not None
        or re.search(r"\b[Ff]rom\s$", before) is not None
    )


def _is_year(text: str, match: re.Match[str]) -> bool:
    lead = BEGINS.search(text, max(0, match.start() - 14), match.start())
    if lead or _SAW.match(text, match.end()):
        return True
    counted = _COUNTED.match(text, match.end())
    if counted and not (_IN.search(text, max(0, match.start() - 8), match.start())
                        and len(counted.group().split()) > 1):  # fmt: skip
        return False
    lead = _LEAD.search(text, max(0, match.start() - 14), match.start())
    if lead:
        word = lead.group().strip().casefold()
        vague = word in ("about", "around", "than", "and", "to", "or", "its", "as", *_ARTICLES)
        noun = vague and _NOUN.match(text, match.end())
        return not noun or (word in _ARTICLES and _TAKEN.match(text, match.end()) is not None)
    return match.start() == 0 or text[match.end() : match.end() + 1] in (")", ",")


_MEASURED = re.compile(
    r"[,(]\s+(?:(?:(?:up|down)\s+)?from|(?:as\s+)?(?:against|compared\s+(?:with|to)))\s"
    r"|\b(?:up|down)\s+from\s|\bas\s+(?:against|compared\s+(?:with|to))\s"
)


def is_decade(when: When) -> bool:
    """Say whether a span is a decade: "the 1990s"."""
    first, last = when.year_from, when.year_to
    return first is not None and last is not None and first % 10 == 0 and last - first == 9


def date_days(text: str) -> list[tuple[int, int]]:
    """Return the days of dates ("26 July", "April 24"): no amounts."""
    return [match.span() for match in _DATE.finditer(text)]


def best_when(
    text: str, whens: Sequence[When], start: int, end: int, others: Sequence[tuple[int, int]]
) -> When | None:
    """Return what says when for the stretch `start` to `end`: the nearest, in its own clause.

    Parameters
    ----------
    others : sequence of (int, int)
        Other amounts: a year behind one of them belongs to that one.
    """
    best, cost = None, 1e9
    for when in whens:
        if _elsewhere(text, when, start, end, others):
            continue
        low, high = (when.end, start) if when.end <= start else (end, when.start)
        between = text[low:high]
        one = float(len(between)) + 70.0 * between.count(";") + 8.0 * between.count(",")
        if when.start >= end and any(low <= first < high for first, _ in others):
            one += 60.0
        if when.end <= start and any(low <= first < high for first, _ in others):
            one += 12.0
        if when.start >= end and _NEW_CLAUSE.search(between) and (
            _PRONOUN.match(text, when.end)
            or any(when.end <= first <= when.end + 12 for first, _ in others)
        ):  # fmt: skip
            one += 100.0  # "by 1991 it had 1,167 units, and by 2005 about 1,650"
        if when.end <= start and _OLDER.search(text[max(0, when.start - 45) : when.start]):
            one += 100.0
        # A bracket right behind, or "in 1998" right behind, belongs to what it follows.
        if when.start >= end and len(between) <= 5:
            one -= 60.0
        if when.end and when.year_to is None and when.year_from is not None:
            one += 60.0  # "nine exporters, gathered since 1998 in a club, shipped 6,200 tonnes"
        if one < cost:
            best, cost = when, one
    return best


def _elsewhere(
    text: str, when: When, start: int, end: int, others: Sequence[tuple[int, int]]
) -> bool:
    """Say whether a year is said of something else than the number from `start` to `end`.

    The year of another number in brackets; one that the number is measured against; one behind a
    semicolon, in a clause with a number of its own.
    """
    if not when.end:
        return False
    if _REFERENCE.search(text[max(0, when.start - 45) : when.start]):
        return True
    for bracket in IN_BRACKETS.finditer(text):
        low, high = bracket.span()
        if low <= when.start < high and not low <= start < high:
            return any(low <= first < high for first, _ in others)
    between = text[end : when.start]
    if _older_one(text, when, start, others):
        return True
    return ";" in between and any(
        when.start >= end and end + between.index(";") <= first for first, _ in others
    )


def _older_one(text: str, when: When, start: int, others: Sequence[tuple[int, int]]) -> bool:
    """Say whether a year is that of the older number of a comparison, and this is not that number.

    "1,900 hectares, up from 240 in 1988, and 25,000 people"; "1,000, as against 2,300 in 1999".
    """
    low = max(0, when.start - 45)
    marks = list(_MEASURED.finditer(text, low, when.start))
    if not marks:
        return False
    mark = marks[-1].end()
    measured = any(mark <= first and last <= when.start for first, last in others)
    return measured and not mark <= start < when.start


def lasting(text: str, whens: Sequence[When]) -> list[When]:
    """Return what may hold for the next sentence, too: not the year of a beginning.

    In "opened in 1962, and in 1998 …" that is the first only.
    """
    ends = [w.end for w in whens]
    lows = [max(w.start - 80, *(end for end in (0, *ends) if end <= w.start)) for w in whens]
    return [w for w, low in zip(whens, lows, strict=True) if not _BEGAN.search(text[low : w.start])]


def current(text: str, start: int, end: int, when: When | None) -> When | None:
    """Return None where the year is that of a beginning and the number is of today, or later.

    "Founded in 2003, the park today counts 177 firms"; "begun in 1989; ten years on there were …".
    """
    if when is None or not when.end:
        return when
    if present_elsewhere(text, start, end, (when.start, when.end)):
        return None
    if when.end > start:
        return when
    between = text[when.end : start]
    if _LATER.search(between):
        return None
    began = _BEGAN.search(text[max(0, when.start - 80) : when.start])
    return None if began and _NOW.search(between) else when


__all__ = [
    "When",
    "best_when",
    "current",
    "date_days",
    "find_years",
    "in_the_past",
    "is_decade",
    "lasting",
]
