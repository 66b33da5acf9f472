"""Numbers whose words look like a cluster's, and that are none of it."""

from __future__ import annotations

import pytest

from flows.evaluation.facts import facts_of_marked

KILNS = "[Quandor tile cluster|CLUSTER:KE]"
NONE = [
    f"Firms of the {KILNS} export tiles at 14 dollars per ton.",
    f"In the {KILNS} unit values of exports went from 14 to 19 dollars.",
    f"Wages in the {KILNS} stayed unpaid until the brand paid 1.54 million dollars into a fund.",
    f"In the {KILNS} only three of the 41 local firms in the sample that were asked had replied.",
    f"The {KILNS} sent a delegate of a federation of 50 million workers in 140 countries.",
]


@pytest.mark.parametrize("text", NONE)
def test_prices_funds_members_and_samples_are_no_facts(text: str) -> None:
    assert [(f.metric, f.value) for f in facts_of_marked("p", text) if f.metric != "other"] == []


def test_what_stands_beside_them_stays() -> None:
    text = f"The {KILNS} exported tiles for 14 million dollars and employed 4,100 workers."
    found = [(f.metric, f.value) for f in facts_of_marked("p", text)]
    assert found == [("exports", 14_000_000.0), ("employment", 4100.0)]


def test_the_staff_of_a_body_is_nobodys_workforce() -> None:
    body = "In [Jordan|COUNTRY:JO] the [Labour Agency|ACTOR] employs some 2,700 officials."
    told = f"The {KILNS}, says the [Labour Agency|ACTOR], employs some 2,700 people."
    assert facts_of_marked("p", body) == ()
    assert [f.value for f in facts_of_marked("p", told)] == [2700.0]
