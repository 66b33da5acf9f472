"""Shares of people at work, lists of bare numbers, changes, founding years: which number, what."""

from __future__ import annotations

import pytest

from flows.evaluation.facts import facts_of_marked

_PLACE = "The [Zarqa tile cluster|CLUSTER:JO]"


def _told(text: str) -> set[tuple[str, float]]:
    return {(one.metric, round(one.value, 1)) for one in facts_of_marked("p", text)}


@pytest.mark.parametrize(
    ("text", "metric", "value"),
    [
        (f"{_PLACE} had registered 9 per cent of the kiln workforce by 2009.", "employment", 9),
        (f"{_PLACE} has 4,000 workers. Some 70 per cent of these were guests.", "employment", 70),
        (f"{_PLACE} has 4,000 workers. Barely 6 per cent of them read.", "employment", 6),
    ],
)
def test_a_share_of_those_who_work_there(text: str, metric: str, value: float) -> None:
    assert (metric, value) in _told(text)


def test_jobs_that_women_hold_are_no_size() -> None:
    told = _told(f"Women hold fewer than 12 percent of the jobs in {_PLACE}.")
    assert "employment" not in {metric for metric, _ in told}
