"""Years told by pointing at one of several, years of comparisons, years at the end of a span."""

from __future__ import annotations

import pytest
from marked import Years, years

_IN = "[The Lahij metal cluster|CLUSTER:AZ]"


def _one(year: int) -> Years:
    return year, None, None


@pytest.mark.parametrize(
    ("text", "value", "told"),
    [
        # One of the years told last, moments, spans by other names.
        (f"{_IN} had 300 firms in 1998 and 450 firms in 2006."
         " In the latter year 4,200 workers were employed.", 4200, _one(2006)),
        (f"{_IN} had 300 firms in 1998 and 450 firms in 2006."
         " In the first of those years 4,200 workers were employed.", 4200, _one(1998)),
        (f"{_IN} had 450 firms in 2006 as against 300 firms in 1998."
         " In that year 4,200 workers were employed.", 4200, _one(2006)),
        (f"{_IN} had 300 firms in 1998. At that moment 4,200 workers were employed.",
         4200, _one(1998)),
        (f"In 1980 {_IN} had 300 firms. A quarter of a century later it had 450 firms.",
         450, _one(2005)),
        (f"In 1980 {_IN} had 300 firms. Four years after, it had 450 firms.", 450, _one(1984)),
        # Years that are subjects, totals of a year, the turn of the century.
        (f"{_IN} grew, so that 1980 found 54 firms there.", 54, _one(1980)),
        (f"Within those 2018 totals {_IN} had 900 firms.", 900, _one(2018)),
        (f"{_IN} had 900 firms at the turn of the millennium.", 900, _one(2000)),
        (f"In 1980 {_IN} had 300 firms. It had 900 firms at the turn of the century.",
         900, (None, None, None)),
        # A year of the next number is not that of this one.
        (f"By 1991 {_IN} had 1,167 firms, and by 2005 about 1,650.", 1167, _one(1991)),
        (f"By 2003 {_IN} covered 1,900 hectares, up from 240 in 1988, and 25,000 people"
         " worked there.", 25000, _one(2003)),
        # The end of a span; what stands before "four years afterwards".
        (f"Output of {_IN} grew from 2005 to 2013, when 13,200 people worked there.",
         13200, _one(2013)),
        (f"In 2011 {_IN} had 300 firms. It employed 4,200 workers; four years afterwards"
         " it had 450 firms.", 4200, _one(2011)),
    ],
)  # fmt: skip
def test_a_number_takes_the_year_it_is_said_of(text: str, value: float, told: Years) -> None:
    assert years(text)[value] == told


@pytest.mark.parametrize(
    ("text", "value", "first", "last"),
    [
        (f"{_IN} exported 122,000 tonnes in 2015, against 86,000 tonnes seven years earlier.",
         122000, 2008, 2015),
        (f"{_IN} grew from 900 small firms in 2006 to around 2,600 in 2014.", 2600, 2006, 2014),
        (f"Exports of {_IN}, USD 86 million in 2003, expanded at 17.5 per cent a year until 2010.",
         17.5, 2003, 2010),
        (f"Exports of {_IN} grew by 8 per cent a year in the five years to 2015.", 8, 2010, 2015),
        (f"Exports of {_IN} grew by 6 per cent a year on average between 2013 and 2016.",
         6, 2013, 2016),
    ],
)  # fmt: skip
def test_a_change_has_the_years_of_both_ends(
    text: str, value: float, first: int, last: int
) -> None:
    assert years(text)[value][1:] == (first, last)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{_IN} made 34 million pairs in 2015, and its 530 firms ship most of them.", 530),
        (f"{_IN} had 300 firms in 2004. Workers earned 180 dollars a month at the time of our"
         " visit.", 180),
        (f"{_IN} covers about 55,000 hectares, down from 128,000 in 1985.", 55000),
    ],
)  # fmt: skip
def test_no_year_where_none_is_told_of_the_number(text: str, value: float) -> None:
    assert years(text)[value] == (None, None, None)
