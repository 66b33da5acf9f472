"""The two years of a change: "117 in 2011, from 22 in 1999", "up 6 % on the year before"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.facts_subject import Subject
from pipeline.extract.facts_words import Verdict
from pipeline.extract.facts_years import When, is_decade
from pipeline.extract.quantities import Amount

Years = tuple[int, int]
"""The earlier and the later year; the value is that of the later."""
_OLDER = re.compile(
    r"(?:[^;.]|\.\d){0,60}?\b(?:from|against|compared\s+(?:with|to)|(?:less|fewer|more)\s+than)\s(?:[^;.]|\.\d){1,40}?"
    r"\b(?:in|of)\s+(?:the\s+)?$|(?:[^;.]|\.\d){0,60}?\b(?:from|against)\s(?:[^;.]|\.\d){1,30}\($"
)
"""Between a number and the year of the older number that it is measured against."""
_POINTED = re.compile(
    r"(?:[^;.]|\.\d){0,60}?\b(?:from|against|compared\s+(?:with|to))\s(?:[^;.]|\.\d){1,40}\s"
)
_ON_LAST = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:on|over|from|than\s+in)\s+(?:the\s+)?"
    r"(?:(?:previous|preceding|prior)\s+year|year\s+(?:before|earlier))\b"
)
_TO = re.compile(r"\s+to\s+(?:\w+\s+)?")
_IN_IT = re.compile(r"\bfrom\s[^,;]*$")
_UNTIL = re.compile(r"[^;.,]{0,30}\b(?:until|till|up\s+to|to)\s+")
_COUNTED = {"farms": "firms"}
"""Units that count the same."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A number of the sentence with its years."""

    amount: Amount
    verdict: Verdict
    subject: Subject
    when: When | None
    years: Years | None


def years_of_change(  # noqa: PLR0911
    text: str,
    amount: Amount,
    verdict: Verdict,
    subject: Subject,
    when: When | None,
    whens: Sequence[When],
    before: Sequence[Dated],
) -> Years | None:
    """Return the years of the two ends of a change; None where the number is none or lacks one."""
    if when is None or is_decade(when):
        return None
    if amount.change_from is not None:
        near = [w for w in whens if amount.start <= w.end and w.start <= amount.end + 10]
        first = [
            w for w in whens if w.end <= amount.start and _TO.fullmatch(text[w.end : amount.start])
        ]
        near = near if len(near) > 1 else [*first, *near]
        told = sorted({w.year for w in near if w.year})
        if len(near) == 2 and len(told) == 2:
            return told[0], told[1]
        # "At that date, its share having slipped from 38 per cent in 1990 to 19."
        later = [w.year for w in whens if w.year and w.end <= amount.start and not w.aside]
        if len(near) == 1 and _IN_IT.search(text[amount.start : near[0].end]) and told and later:
            return (told[0], later[-1]) if told[0] < later[-1] else None
    if when.year_from and when.year_to:
        return (when.year_from, when.year_to) if amount.change_from is not None else None
    year = when.year
    if year is None:
        return None
    if verdict.metric == "growth":
        if amount.per is None and _ON_LAST.match(text, amount.end):
            return year - 1, year
        # "Output went from 38,000 in 1995 to 121,000 in 2003, while jobs grew by 40 per cent."
        same = [one.years for one in before if one.years and one.years[1] == year]
        return same[-1] if same else _growing(text, amount, year, whens)
    for old in whens:
        between = text[amount.end : old.start]
        # "Against 2,450 four years earlier": what points at a year needs no "in" before it.
        pointing = not re.match(r".{0,12}\d{4}", text[old.start : old.end])
        older = _OLDER.fullmatch(between) or (pointing and _POINTED.fullmatch(between))
        if old.year and old.year < year and old.start > amount.end and older:
            return old.year, year
    return _since_told(amount, verdict, subject, year, before)


def _growing(text: str, amount: Amount, year: int, whens: Sequence[When]) -> Years | None:
    """Return the years of "86 million in 2003, expanded at 17.5 per cent a year until 2010"."""
    last = next((w for w in whens if w.year == year and w.start >= amount.end), None)
    if amount.per is None or last is None or not _UNTIL.fullmatch(text[amount.end : last.start]):
        return None
    first = [w.year for w in whens if w.year and w.end <= amount.start and not w.aside]
    return (first[-1], year) if first and first[-1] < year else None


def _since_told(
    amount: Amount, verdict: Verdict, subject: Subject, year: int, before: Sequence[Dated]
) -> Years | None:
    """Return the years of "In 1960 there were 63 shops; by 1990 their number had reached 322"."""
    for one in reversed(before):
        same = one.verdict.metric == verdict.metric and one.subject.entity_id == subject.entity_id
        again = not amount.noun.strip()  # "344 plants" is a number of its own
        unit = _COUNTED.get(amount.unit or "", amount.unit)
        if same and again and one.subject.country == subject.country and unit in (
            None, _COUNTED.get(one.amount.unit or "", one.amount.unit)
        ):  # fmt: skip
            first = one.when.year if one.when else None
            return (first, year) if first is not None and first < year else None
    return None


__all__ = ["Dated", "Years", "years_of_change"]
