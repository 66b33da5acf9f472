"""What is found in a marked sentence, as tests compare it."""

from __future__ import annotations

from flows.evaluation.facts import facts_of_marked

Years = tuple[int | None, int | None, int | None]
"""Year, or first and last year."""


def metrics_told(marked: str) -> set[tuple[str, float]]:
    """Return metric and value, to one place, of each fact."""
    return {(one.metric, round(one.value, 1)) for one in facts_of_marked("p", marked)}


def years(marked: str) -> dict[float, Years]:
    """Return the years of each value; a founding, whose value is its year, left out."""
    return {
        fact.value: (fact.year, fact.year_from, fact.year_to)
        for fact in facts_of_marked("p", marked)
        if fact.metric != "founded"
    }
