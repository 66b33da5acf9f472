"""Which country a passage speaks of, for places that no list knows."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.extract.cluster_words import ClusterWords
from pipeline.extract.linking_countries import countries_spoken_of, of_others, one_of
from pipeline.vocabulary import load_vocabulary


@pytest.fixture(scope="module")
def words() -> ClusterWords:
    return ClusterWords(load_vocabulary())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Buyers in Denmark asked for more.", "Denmark"),
        ("Polish and Czech importers came.", "Polish"),
        ("Hong Kong traders brought the looms.", "Hong Kong"),
        ("Lebanese- and Italian-owned tanneries stood there.", "Lebanese"),
        ("A Canadian development project counted them.", "Canadian"),
        ("No one has described it in English.", "English"),
    ],
)
def test_the_country_of_buyers_owners_and_languages_is_not_the_places(text: str, name: str) -> None:
    start = text.index(name)
    assert of_others(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "name"),
    [("The town lies in Tajikistan.", "Tajikistan"), ("Chilean wineries grew.", "Chilean")],
)
def test_a_country_of_its_own_counts(text: str, name: str) -> None:
    start = text.index(name)
    assert not of_others(text, start, start + len(name))


@pytest.mark.parametrize(
    ("text", "named", "country"),
    [
        ("Weavers of Xyzton earn 90 taka a day.", (), "BD"),
        ("Xyzton is three hours from Shanghai.", (), "CN"),
        ("Xyzton sold 300 tonnes for RMB 4 million to German makers.", ("German",), "CN"),
    ],
)
def test_money_and_well_known_places_tell_the_country(
    text: str, named: tuple[str, ...], country: str, words: ClusterWords
) -> None:
    spans = [(text.index(one), text.index(one) + len(one), "DE") for one in named]
    assert one_of(countries_spoken_of(text, spans, words), Counter()) == country


def test_two_countries_alike_tell_none() -> None:
    assert one_of(Counter({"IT": 4, "ES": 4}), Counter()) is None
