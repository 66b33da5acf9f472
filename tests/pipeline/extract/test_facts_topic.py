"""Whom a number is said of: what a paragraph continues, and places that stand only beside."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.evaluation.facts import marked_context
from pipeline.extract.attribution import attribute
from pipeline.extract.facts import find_facts

_FIRST = "[The Lahij metal cluster|CLUSTER:AZ] had 300 firms in 1998."


def subjects(
    marked: str, before: str | None = _FIRST
) -> dict[float, tuple[str | None, str | None]]:
    """Return who each number is said of: the cluster's name and the country."""
    context = marked_context("p", marked)
    if before is not None:
        first = marked_context("q", before)
        context = replace(
            context, previous=first, paper_country="AZ", entities=first.entities | context.entities
        )
    entities = context.entities
    return {
        fact.value: (entities[fact.entity_id].name if fact.entity_id else None, fact.country)
        for fact in find_facts(context, attribute(context))
    }


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Exports of metal goods were worth USD 38 million.", 38e6),
        (
            "Exports of goods were worth USD 38 million, with [Iran|COUNTRY:IR] the main"
            " destination. The cluster's workers earned USD 90 a month.",
            90,
        ),
        ("Sales went to [Iraq|COUNTRY:IQ] and [Iran|COUNTRY:IR]. Output was 5,000 tonnes.", 5000),
        ("The firms bought lathes from [Italy|COUNTRY:IT]; they employed 4,000 workers.", 4000),
        (
            "Workers earned USD 90 a month. [The Rasht cluster|CLUSTER:IR] had paid more.",
            90,
        ),
        ("[Polish|COUNTRY:PL] seasonal workers make up 40 per cent of the labour force.", 40),
    ],
)
def test_a_paragraph_without_a_cluster_continues_the_one_before(text: str, value: float) -> None:
    assert subjects(text)[value] == ("The Lahij metal cluster", "AZ")


@pytest.mark.parametrize(
    ("text", "value", "country"),
    [
        ("[Kenya|COUNTRY:KE] had 1,300 metal firms in 2004.", 1300, "KE"),
        ("Metal exports of [Kenya|COUNTRY:KE]'s industry were USD 30 million.", 30e6, "KE"),
    ],
)
def test_another_country_is_the_subject_where_it_has_the_number(
    text: str, value: float, country: str
) -> None:
    assert subjects(text)[value] == (None, country)


def test_the_industry_is_that_of_the_country_before() -> None:
    found = subjects(
        "[Romania|COUNTRY:RO] became the workshop of [Veneto's shoemakers|CLUSTER:IT]. In 2003 the"
        " [Romanian|COUNTRY:RO] footwear industry employed 102,000 workers. Wages in the branch"
        " were 96 euros a month.",
        before=None,
    )
    assert found == {102000: (None, "RO"), 96: (None, "RO")}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "[The Ganja cluster|CLUSTER:AZ], with branches into [Shamkir|CLUSTER:AZ], has 640"
            " firms.",
            640,
        ),
        (
            "[The Ganja cluster|CLUSTER:AZ] flew its goods out by way of [Tbilisi|CLUSTER:GE]."
            " It had 640 firms.",
            640,
        ),
        (
            "[The Ganja cluster|CLUSTER:AZ] fared better than [Shamkir|CLUSTER:AZ]."
            " There were 640 firms in 2004.",
            640,
        ),
    ],
)
def test_a_cluster_beside_is_not_the_one_spoken_of(text: str, value: float) -> None:
    assert subjects(text)[value][0] == "The Ganja cluster"


def test_the_cluster_of_a_country_is_the_one_named_before() -> None:
    found = subjects(
        "[The Ganja cluster|CLUSTER:AZ] met [the Rasht cluster|CLUSTER:IR]. Workers of the"
        " [Azerbaijani|COUNTRY:AZ] cluster earned USD 140 a month."
    )
    assert found[140][0] == "The Ganja cluster"
