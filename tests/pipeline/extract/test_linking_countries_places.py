"""Tests for the country of a cluster that no list knows: what speaks for it, what does not."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.linking_countries import (
    contradicts,
    countries_spoken_of,
    country_beside,
    of_others,
    scene_of,
)
from pipeline.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def words() -> ClusterWords:
    return ClusterWords(load_vocabulary())


@pytest.mark.parametrize(
    ("text", "country", "weight"),
    [
        ("The Rwanda Basket Weavers' Union met twice.", "RW", 4),
        ("They went on strike in 2009 and won an hour a day.", "KR", 0),
        ("A welder gets 2 million won a month.", "KR", 3),
        ("Two makers moved to Shenzhen.", "CN", 0.25),
        ("The baskets are sold in Hamburg.", "DE", 0.25),
        ("It is nine hours from Hanoi.", "VN", 3),
    ],
)
def test_what_speaks_for_a_country(
    text: str, country: str, weight: float, words: ClusterWords
) -> None:
    assert countries_spoken_of(text, (), words)[country] == weight


@pytest.mark.parametrize(
    ("text", "name", "others"),
    [
        ("Boats go out on Lake Malawi at night.", "Malawi", True),
        ("Wages are low by Kenyan standards.", "Kenyan", True),
        ("A third of all vanilla exported from Uganda came from here.", "Uganda", False),
        ("Cloth bought from Uganda was cheaper.", "Uganda", True),
    ],
)
def test_whose_country_is_named(text: str, name: str, others: bool) -> None:
    start = text.index(name)
    assert of_others(text, start, start + len(name)) is others


@pytest.mark.parametrize(
    ("text", "named", "country"),
    [
        ("On the Zambian shore things differ. The Xyz cluster has 40 rigs.", "Zambian", "ZM"),
        ("Zambian owners complain. The Xyz cluster has 40 rigs.", "Zambian", None),
    ],
)
def test_a_scene_holds_for_the_cluster_that_comes_next(
    text: str, named: str, country: str | None
) -> None:
    start = text.index(named)
    assert scene_of(text, text.index("Xyz"), [(start, start + len(named), "ZM")]) == country


def test_the_region_behind_a_cluster_tells_its_country(words: ClusterWords) -> None:
    text = "In the Xyz footwear cluster of northern Karnataka it is otherwise."
    start = text.index("Xyz")
    assert country_beside(text, start, text.index(" of"), (), words) == "IN"


@pytest.mark.parametrize(
    ("paper", "country"),
    [
        (Counter({"AR": 3, "PH": 9}), "PH"),
        (Counter({"AR": 7, "PH": 9}), None),
        (Counter({"AR": 3, "US": 9}), None),
        (Counter({"AR": 3, "PH": 5, "ID": 5}), None),
    ],
)
def test_a_namesake_lies_where_all_else_is(paper: Counter[str], country: str | None) -> None:
    assert contradicts("AR", 1, paper) == country
