"""Counts of people and firms told once more, and the years in which clusters began."""

from __future__ import annotations

import pytest
from marked import metrics_told

_PLACE = "[Zarqa tile cluster|CLUSTER:JO]"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"The {_PLACE} dates from 1961, when a kiln was lit.", 1961),
        (f"The {_PLACE} dates its beginnings to 1884.", 1884),
        (f"The {_PLACE}, born in 1999, has 40 kilns.", 1999),
        (f"The {_PLACE} is old. It was set up in 1912 on 20 hectares.", 1912),
        (f"Opened in May 1988, the {_PLACE} lies by the river.", 1988),
        (f"Elders put the beginning of the {_PLACE} in 1930.", 1930),
    ],
)
def test_a_founding_year(text: str, year: float) -> None:
    assert ("founded", year) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"The association of the {_PLACE} is strong. It was set up in 1912.",
        f"The first kilns of the {_PLACE} opened, and 300 firms were there in 1990.",
    ],
)
def test_not_a_founding_year(text: str) -> None:
    assert not any(metric == "founded" for metric, _ in metrics_told(text))


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"The {_PLACE} had 310 firms in 1980; it had 420 at the start of 1990.", "firms", 420),
        (f"The {_PLACE} had 86 workshops in 1985, 412 at its height and 270 today.", "firms", 412),
        (f"The {_PLACE} had 86 workshops in 1985, 412 at its height and 270 today.", "firms", 270),
        (f"The {_PLACE} had 4,000 workers in 1995; in 2011 there were 1,150.", "employment", 1150),
        (f"In 1987 the {_PLACE} had 4,200 workers. In 1998 there were 3,100.", "employment", 3100),
        (f"The {_PLACE} had 400 mills in 1998 but no more than 256 ten years later.", "firms", 256),
    ],
)
def test_a_number_of_what_was_counted_before(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"The {_PLACE} had 310 firms in 1980; it had 420 accidents in 1990.",
        f"The {_PLACE} had 310 firms. Fines rose, and in 2011 there were 1,150 complaints.",
    ],
)
def test_another_thing_is_not_counted_again(text: str) -> None:
    assert not any(value in (420, 1150) for _, value in metrics_told(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"In 2012 only 3,100 women were weaving in the {_PLACE}.", 3100),
        (f"In the {_PLACE} about 1,600 people, many of them old, cut and fire there.", 1600),
        (f"The {_PLACE} hires some 22,000 people.", 22000),
        (f"The union puts the {_PLACE} at 60,000 persons.", 60000),
        (f"The {_PLACE} has 20,000 people in tiles.", 20000),
        (f"Jobs in the {_PLACE}, which had numbered 8,700 in 1993, were 2,900 in 2005.", 2900),
        (f"Employment in the {_PLACE} is disputed: the chamber speaks of 35,000.", 35000),
    ],
)
def test_people_at_work(text: str, value: float) -> None:
    assert ("employment", value) in metrics_told(text)


@pytest.mark.parametrize(
    "text",
    [
        f"Some 9,000 people were living in the {_PLACE} in 1990.",
        f"Of the 260 owners surveyed by the office in the {_PLACE}, most had no loan.",
        f"The {_PLACE} is to move to a site with 1,000 housing units.",
        f"The project works with 3,500 women in tiles in the {_PLACE}.",
        f"The {_PLACE} has old owners, few of whom are under sixty.",
        f"The {_PLACE} employs many; 500 rigs, of which 230 were lost, lay there.",
    ],
)
def test_no_size_of_a_cluster(text: str) -> None:
    assert not any(metric in ("firms", "employment") for metric, _ in metrics_told(text))


def test_an_older_count_keeps_its_own_unit() -> None:
    told = metrics_told(
        f"The {_PLACE} had 237 kilns, as against 160 in 1985, and about 9,000 workers."
    )
    assert ("employment", 160) not in told
