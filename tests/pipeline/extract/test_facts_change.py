"""The two years of a change, and numbers of today beside a year of the past."""

from __future__ import annotations

import pytest

from flows.evaluation.facts import facts_of_marked

MARK = "The [Sialkot surgical instruments cluster|CLUSTER:PK] "


def _years(text: str, value: float) -> tuple[int | None, int | None, int | None]:
    fact = next(one for one in facts_of_marked("p", text) if one.value == value)
    return fact.year, fact.year_from, fact.year_to


@pytest.mark.parametrize(
    ("text", "value", "years"),
    [
        ("had 140 firms in 2012, from 60 in 1998.", 140, (2012, 1998, 2012)),
        ("had 140 firms in 2012, against 60 firms in 1998.", 140, (2012, 1998, 2012)),
        ("exported USD 90 million in 2004 and 150 million in 2011.", 150e6, (2011, 2004, 2011)),
        ("exported USD 90 million in 2004, up 12 per cent on the previous year.", 12,
         (2004, 2003, 2004)),
        ("had 140 firms in 2007/08.", 140, (None, 2007, 2008)),
        ("had 140 firms in 2012.", 140, (2012, None, None)),
    ],
)  # fmt: skip
def test_a_change_has_the_years_of_both_its_ends(
    text: str, value: float, years: tuple[int | None, int | None, int | None]
) -> None:
    assert _years(MARK + text, value) == years


@pytest.mark.parametrize(
    ("text", "value", "year"),
    [
        ("exported goods worth USD 90 million in 2004, and is said to employ 9,000 workers.",
         9000, None),
        ("took shape after 1957, when the station opened; it now has 240 firms.", 240, None),
        ("had 240 firms in 2004 and gave work to 9,000 people.", 9000, 2004),
        ("is made up of 240 firms and in 2004 exported goods worth USD 90 million.", 240, None),
        ("had 240 firms in 2004 (Chamber 2009, quoted in Roe 2012).", 240, 2004),
        ("has 240 firms and exported goods worth USD 90 million in 2004.", 240, None),
    ],
)  # fmt: skip
def test_what_is_told_in_the_present_keeps_no_year_of_another_clause(
    text: str, value: float, year: int | None
) -> None:
    assert _years(MARK + text, value)[0] == year
