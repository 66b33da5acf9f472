"""Years told by pointing, years that carry over to the next sentence, years of something else."""

from __future__ import annotations

import pytest
from marked import years

from flows.evaluation.facts import facts_of_marked

_IN = "[The Lahij metal cluster|CLUSTER:AZ]"


@pytest.mark.parametrize(
    ("text", "value", "year"),
    [
        (f"{_IN} had 300 firms in 1998. In that year 4,200 workers were employed.", 4200, 1998),
        (f"{_IN} had 300 firms in 1998; by then 4,200 workers were employed.", 4200, 1998),
        (f"In 1990 {_IN} had 300 firms. Ten years on there were 450 firms.", 450, 2000),
        (f"{_IN} had 900 firms in 2004; three years later it had 1,450 firms.", 1450, 2007),
        (f"{_IN} had 900 firms in 2004. A decade earlier there had been 450 firms.", 450, 1994),
        (f"{_IN} had 900 firms in 2004. In the following year it had 1,450 firms.", 1450, 2005),
        (f"{_IN} had 900 firms in 2004. The firms employed 12,000 workers.", 12000, 2004),
        (f"By the 2011 census {_IN} had 900 firms.", 900, 2011),
        (f"{_IN} sold 52,000 tonnes in 2011, three times the volume of 2000.", 52000, 2011),
        (f"{_IN} had 900 firms, going by the 2015 survey.", 900, 2015),
    ],
)
def test_a_year_told_by_pointing_is_that_of_the_number(text: str, value: float, year: int) -> None:
    assert years(text)[value][0] == year


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{_IN} had 900 firms in 2004. Today it employs 12,000 workers.", 12000),
        (f"{_IN} had 900 firms in 2004. It employs 12,000 workers.", 12000),
        (f"{_IN} was founded in 1957. The firms employed 12,000 workers.", 12000),
        (f"{_IN} had 12,000 workers; in 2009 there were 300 firms.", 12000),
        (f"{_IN} flourished in the 1970s. The firms employed 12,000 workers.", 12000),
    ],
)
def test_a_year_of_something_else_is_not_that_of_the_number(text: str, value: float) -> None:
    assert years(text)[value] == (None, None, None)


def test_the_same_years_are_those_between_the_two_told_last() -> None:
    found = years(
        f"In 1991 {_IN} employed 14,000 people. Firms had dwindled to 1,100 by 2003;"
        " over the same years jobs fell by 48 per cent."
    )
    assert found[-48] == (None, 1991, 2003)


def test_a_season_points_on_to_a_season() -> None:
    found = years(
        f"In the 2000/01 season {_IN} exported 6,200 tonnes;"
        " four seasons later exports were 11,700 tonnes."
    )
    assert found[6200] == (None, 2000, 2001)
    assert found[11700] == (None, 2004, 2005)


def test_what_is_reached_in_a_span_is_of_its_end() -> None:
    found = years(
        f"Between 2011 and 2018 the exports of {_IN} rose by 6 per cent a year, to EUR 3.2 billion."
    )
    assert found[3.2e9][0] == 2018


def test_a_year_carried_on_is_said_to_be() -> None:
    marked = (
        "In 2004 the [Agra footwear cluster|CLUSTER:IN] had 300 firms. It employed 9,000 people."
    )
    told = [(f.value, f.year, "sentence before" in f.rule) for f in facts_of_marked("p", marked)]
    assert told == [(300.0, 2004, False), (9000.0, 2004, True)]
