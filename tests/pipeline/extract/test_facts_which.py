"""Shares of people at work, lists of bare numbers, changes, founding years: which number, what."""

from __future__ import annotations

import pytest
from marked import metrics_told

_PLACE = "The [Zarqa tile cluster|CLUSTER:JO]"


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"{_PLACE} had registered 9 per cent of the kiln workforce by 2009.", "employment", 9),
        (f"{_PLACE} has 4,000 workers. Some 70 per cent of these were guests.", "employment", 70),
        (f"{_PLACE} has 4,000 workers. Barely 6 per cent of them read.", "employment", 6),
    ],
)
def test_a_share_of_those_who_work_there(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


def test_jobs_that_women_hold_are_no_size() -> None:
    told = metrics_told(f"Women hold fewer than 12 percent of the jobs in {_PLACE}.")
    assert "employment" not in {metric for metric, _ in told}


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"{_PLACE} took shape after 1957.", "founded", 1957),
        (f"{_PLACE} grew up in 1962 beside the quarry.", "founded", 1962),
        (
            f"The workforce of {_PLACE} fell: 61,000 in 2004, 45,000 in 2010, then 37,500 in 2015.",
            "employment",
            45000,
        ),
        (f"The firms of {_PLACE} employ 12,000 workers.", "employment", 12000),
        (
            f"Employment in {_PLACE} fell from a peak of 9,800 (1994) to 1,700 (2008).",
            "employment",
            1700,
        ),
        (
            f"Exports of {_PLACE} rose from 21 million dollars in that year to 380 million.",
            "exports",
            380e6,
        ),
    ],
)
def test_what_a_number_counts(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"Masters in {_PLACE} founded their own shops after 1996.", 1996),
        (f"The plants of {_PLACE} employ 40 workers on average.", 40),
        (f"Exports of {_PLACE} rose from 21 million dollars in that year to 380 million.", 21e6),
    ],
)
def test_what_is_no_number_of_the_place(text: str, value: float) -> None:
    assert value not in {one for _, one in metrics_told(text)}


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (
            "The shoe trade of [Jordan|COUNTRY:JO] is old. Exports reached USD 90 million.",
            "exports",
            90e6,
        ),
    ],
)
def test_the_industry_told_in_the_sentence_before(text: str, metric: str, value: float) -> None:
    assert (metric, value) in metrics_told(text)


def test_the_trade_of_a_whole_country_is_no_industry() -> None:
    text = "The steel mills of [Jordan|COUNTRY:JO] are old. Merchandise exports were USD 9 billion."
    assert "exports" not in {metric for metric, _ in metrics_told(text)}


def test_a_few_that_are_said_to_exist_are_a_size() -> None:
    assert ("firms", 14) in metrics_told(
        f"{_PLACE} has shrunk. Of the 60 works there 14 factories remain."
    )
