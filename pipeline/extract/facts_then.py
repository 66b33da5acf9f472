"""Years told by pointing: "that year", "by then", "ten years on", "over the same period"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.facts_years import When, is_decade, lasting

_STRETCHES = (
    "years", "decade", "decades", "period", "periods", "span", "stretch", "interval",
    "quinquennium",
)  # fmt: skip
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
         "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty"),
        start=1,
    )
} | {"a": 1, "dozen": 12, "thirty": 30, "forty": 40, "fifty": 50}  # fmt: skip
_FAR = 60
"""More years than this lie between no two numbers that a paper compares."""
_ENDS = r"(?=\s*(?:$|[,.;:)]|(?:to|and|but|the|it|they|there)\b(?!\s+\w+ing\b)))"
_SAME = re.compile(
    r"\b(?:(?:[Ii]n|[Bb]y|[Oo]f|[Ff]or|[Aa]t|[Dd]uring|[Oo]ver|[Tt]hrough)\s+)?"
    r"(?:the\s+same|that|those|these)\s+(?:\w+\s+)?"
    r"(?P<unit>years|year|seasons?|decades?|periods?|span|stretch|interval|quinquennium"
    r"|spring|summer|autumn|winter)\b"
    r"|\b[Bb]y\s+then\b"
    r"|\b(?:[Bb]y|[Aa]t)\s+(?:that|the)\s+(?:time|date|point|moment)\b(?!\s+of\b)"
    r"|\b(?:was|were|had|stood|employed|counted|earned|worth)\s+then\b"
)
_SHIFT = re.compile(
    rf"\b(?P<n>{'|'.join(_NUMBERS)}|\d{{1,2}})\s+(?:short\s+)?(?P<unit>year|season|decade)s?\s+"
    r"(?P<way>later|on(?!\s+(?:the|an?|end|average)\b)|afterwards?|earlier|previously"
    rf"|before{_ENDS}|after(?=\s*(?:$|[,.;:)])))",
    re.IGNORECASE,
)
_CENTURY = re.compile(
    r"\b(?P<part>a\s+quarter\s+of\s+a|half\s+a|a)\s+century\s+"
    rf"(?P<way>later|on(?!\s+(?:the|an?|end)\b)|afterwards|earlier|before{_ENDS})",
    re.IGNORECASE,
)
_CENTURIES = {"a": 25, "h": 50}
"""Years of a part of a century, by its first letter; "a century" is a hundred."""
_WHICH = re.compile(
    r"\bthe\s+(?:(?P<which>former|latter)"
    r"|(?P<place>first|second|last)\s+of\s+(?:these|those|the\s+two))\s+(?:years?|seasons?|dates?)\b"
)
"""One of the years told last: "in the latter year", "at the second of those dates"."""
_AT_OUR_VISIT = re.compile(
    r"\bat\s+the\s+time\s+of\s+(?:(?:our|my|the)\s+)?(?:own\s+)?"
    r"(?:visits?|survey|fieldwork|interviews?|writing|research)\b(?!\W{1,3}(?:in\s+)?\w*\s?\d)"
)
"""A time of its own that the text leaves untold."""
_NEXT = re.compile(
    rf"\bthe\s+(?:(?P<back>previous|preceding)|next|following)\s+year\b"
    rf"|\bthe\s+year\s+(?:(?P<before>before)|after){_ENDS}"
)
_DECADE_BEFORE = re.compile(r"\bthe\s+(?:previous|preceding)\s+decade\b")
_AFTERWARDS = re.compile(
    r"\b(?:in|over)\s+the\s+(?:years|decades?)\s+(?:that|which)\s+followed\b"
    r"|\bin\s+(?:later|subsequent|the\s+following)\s+years\b"
)
_ASIDE = re.compile(
    r"\b(?:after|before|since)\s+(?:the\s+)?$"
    r"|\b(?:(?:as\s+)?against|compared\s+(?:with|to)|(?:up|down)\s+from)\s[^;.]*$"
)
_COMPARED = re.compile(r"\b(?:on|over|from|than)\s+$")


def with_pointers(text: str, whens: Sequence[When], known: Sequence[When]) -> list[When]:
    """Return what says when in a sentence together with what points at a year said before.

    Parameters
    ----------
    known : sequence of When
        What the sentences before told, in order. What points at nothing known stays out, but for
        "in the years that followed": that is some year, and not the one before it.
    """
    found = list(whens)
    pointers = [(match, _same) for match in _SAME.finditer(text)]
    pointers += [(match, _shifted) for match in _SHIFT.finditer(text)]
    pointers += [(match, _beside) for match in _NEXT.finditer(text)]
    pointers += [(match, _century) for match in _CENTURY.finditer(text)]
    pointers += [(match, _one_of) for match in _WHICH.finditer(text)]
    pointers += [(match, _ten_before) for match in _DECADE_BEFORE.finditer(text)]
    for match, resolve in sorted(pointers, key=lambda one: one[0].start()):
        if any(match.start() < one.end and one.start < match.end() for one in found):
            continue
        here = [w for w in _marked(text, found) if w.end <= match.start()]
        dated = [w for w in [*known, *here] if w.year or w.year_from]
        if resolve is not _one_of:
            dated = [w for w in dated if not w.aside] or dated
        when = resolve(text, match, dated) if dated else None
        if when is not None:
            found.append(replace(when, start=match.start(), end=match.end(), aside=False))
            found.sort(key=lambda one: one.start)
    for untold in (_AFTERWARDS, _AT_OUR_VISIT):
        found += [When(*match.span()) for match in untold.finditer(text)]
    return _marked(text, sorted(found, key=lambda one: one.start))


def _marked(text: str, whens: Sequence[When]) -> list[When]:
    """Mark the years that "that year" does not mean, while another was told.

    The year of a beginning, one that only opens a stretch ("had opened after 2000"), one that a
    number is measured against ("down from 86 in 1998").
    """
    kept = lasting(text, whens)
    return [
        replace(one, aside=True)
        if one not in kept or _ASIDE.search(text, max(0, one.start - 60), one.start)
        else one
        for one in whens
    ]


def _same(text: str, match: re.Match[str], earlier: Sequence[When]) -> When | None:
    """Return the year pointed at; for several years, the span told last or from year to year."""
    last = earlier[-1]
    if match["unit"] not in _STRETCHES:
        return last
    if last.year is None:
        return last
    others = [w for w in earlier if _last_year(w) not in (None, last.year)]
    first = (others[-1].year or others[-1].year_from) if others else None
    if first is None or not 0 < last.year - first <= _FAR:
        return last
    return When(0, 0, None, first, last.year)


def _one_of(text: str, match: re.Match[str], earlier: Sequence[When]) -> When | None:
    """Return the earlier or the later of the two years, or ends of a span, told last."""
    first = (match["which"] or match["place"]) in ("former", "first")
    last = earlier[-1]
    if last.year_from and last.year_to and not _season(last):
        return When(0, 0, last.year_from if first else last.year_to)
    others = [w for w in earlier[:-1] if _last_year(w) != _last_year(last)]
    if not others:
        return None
    return others[-1] if first else last


def _century(text: str, match: re.Match[str], earlier: Sequence[When]) -> When | None:
    part = match["part"].lower()
    by = 100 if part == "a" else _CENTURIES[part[0]]
    return _moved(earlier[-1], -by if match["way"].lower() in ("earlier", "before") else by)


def _shifted(text: str, match: re.Match[str], earlier: Sequence[When]) -> When | None:
    number = match["n"].lower()
    by = int(number) if number.isdigit() else _NUMBERS[number]
    by *= 10 if match["unit"].lower() == "decade" else 1
    back = match["way"].lower() in ("earlier", "previously", "before")
    return _moved(earlier[-1], -by if back else by)


def _beside(text: str, match: re.Match[str], earlier: Sequence[When]) -> When | None:
    """Return the year before or after; none for a growth "on the year before": it has its year."""
    back = bool(match["back"] or match["before"])
    if back and _COMPARED.search(text[: match.start()]):
        return None
    return _moved(earlier[-1], -1 if back else 1)


def _ten_before(text: str, match: re.Match[str], earlier: Sequence[When]) -> When | None:
    year = _last_year(earlier[-1])
    return When(0, 0, None, year - 10, year) if year else None


def _moved(when: When, by: int) -> When | None:
    if _season(when) and when.year_from and when.year_to:
        return When(0, 0, None, when.year_from + by, when.year_to + by)
    year = _last_year(when)
    return When(0, 0, year + by) if year else None


def _season(when: When) -> bool:
    """Say whether a span is one season or fiscal year: "2000/01"."""
    return bool(when.year_from and when.year_to and when.year_to - when.year_from == 1)


def _last_year(when: When) -> int | None:
    return when.year or when.year_to or when.year_from


def _end_of(when: When) -> When:
    return replace(when, year=when.year_to, year_from=None, year_to=None) if when.year_to else when


def before_all(text: str, whens: Sequence[When], start: int, end: int) -> bool:
    """Say whether a number stands in a clause before all that says when, which only points on.

    "Makers billed 50 billion and kept 231,500 people; four years afterwards …" is of the year
    told before, not of four years later.
    """
    return (
        bool(whens)
        and all(one.start >= end and _moves(text[one.start : one.end]) for one in whens)
        and ";" in text[end : min(one.start for one in whens)]
    )


def _moves(said: str) -> bool:
    return any(one.search(said) for one in (_SHIFT, _CENTURY, _NEXT))


def carried(whens: Sequence[When]) -> When | None:
    """Return the time that a sentence leaves to the next: its latest year; the end of a span.

    A season stays whole; "since 1990" and decades leave nothing.
    """
    closed = [w for w in whens if w.year or (w.year_to and not is_decade(w))]
    if not closed:
        return None
    latest = max(closed, key=lambda one: (_last_year(one) or 0, one.start))
    kept = latest if latest.year or _season(latest) else _end_of(latest)
    return replace(kept, start=0, end=0)


__all__ = ["before_all", "carried", "with_pointers"]
