"""Facts compared: which found fact is the coded one, and what that makes together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flows.evaluation.spans import Score, score
from pipeline.extract.tokens import plain as folded
from pipeline.records import Entity, Fact

TOLERANCE = 0.005
"""Relative difference up to which two values count as the same."""


@dataclass(frozen=True, slots=True)
class Number:
    """One fact as it is compared: the coded ones and the found ones alike."""

    metric: str
    value: float
    cluster: str | None
    country: str | None
    year: int | None
    year_from: int | None
    year_to: int | None
    unit: str


@dataclass(frozen=True, slots=True)
class Case:
    """A passage with what is coded in it and what was found."""

    document: str
    gold: tuple[Number, ...]
    found: tuple[Number, ...]
    text: str = ""


def coded_number(row: Mapping[str, Any]) -> Number:
    """Return a coded fact as it is compared; the year of a founding is its value."""
    founded = int(row["value"]) if row["metric"] == "founded" else None
    return Number(
        row["metric"], float(row["value"]), row.get("cluster"), row.get("country"),
        row.get("year") or founded, row.get("year_from"), row.get("year_to"), row.get("unit", ""),
    )  # fmt: skip


def found_number(fact: Fact, entities: Mapping[str, Entity]) -> Number:
    """Return a found fact as it is compared."""
    entity = entities.get(fact.entity_id or "")
    return Number(
        fact.metric, fact.value, entity.name if entity else None, fact.country,
        fact.year, fact.year_from, fact.year_to, fact.unit,
    )  # fmt: skip


def matches(gold: Number, found: Number) -> bool:
    """Return whether a found fact is the coded one (issue: metric, value, cluster or country)."""
    if gold.metric != found.metric:
        return False
    if abs(gold.value - found.value) > TOLERANCE * abs(gold.value):
        return False
    if gold.cluster and found.cluster and folded(gold.cluster) == folded(found.cluster):
        return True
    return gold.country == found.country or (not gold.cluster and not gold.country)


def same_year(gold: Number, found: Number) -> bool:
    """Return whether the year, or the span, is the coded one."""
    if gold.year is not None:
        return gold.year == found.year
    if found.year is not None and found.year_from is None:
        return False
    return (gold.year_from, gold.year_to) == (found.year_from, found.year_to)


def pair_up(case: Case) -> list[tuple[Number, Number]]:
    """Return coded and found facts that match, each used once; metric ``other`` left out."""
    left = [one for one in case.found if one.metric != "other"]
    pairs = []
    for one in case.gold:
        if one.metric == "other":
            continue
        hit = next((other for other in left if matches(one, other)), None)
        if hit is not None:
            left.remove(hit)
            pairs.append((one, hit))
    return pairs


def figures(cases: Sequence[Case]) -> dict[str, Any]:
    """Return F1 with its interval over documents, and how often year and unit are right."""
    counts: dict[str, list[tuple[int, int, int, int]]] = {}
    pairs: list[tuple[Number, Number]] = []
    by_metric: dict[str, list[int]] = {}
    for case in cases:
        hits = pair_up(case)
        pairs += hits
        gold = [one for one in case.gold if one.metric != "other"]
        found = [one for one in case.found if one.metric != "other"]
        counts.setdefault(case.document, []).append((len(hits), len(found), len(hits), len(gold)))
        for place, many in enumerate(([a for a, _ in hits], found, gold)):
            for one in many:
                by_metric.setdefault(one.metric, [0, 0, 0])[place] += 1
    total: Score = score(counts)
    return {
        **total.as_json(),
        "year_right": sum(same_year(a, b) for a, b in pairs) / max(1, len(pairs)),
        "unit_right": sum(a.unit == b.unit for a, b in pairs) / max(1, len(pairs)),
        "documents": len(counts),
        "by_metric": {
            name: dict(zip(("right", "found", "coded"), three, strict=True))
            for name, three in sorted(by_metric.items())
        },
    }
