"""Contradictions: numbers in units of one kind are compared in one; currencies stay apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.warehouse.golden import make_bundle
from warehouse.writer import Writer

Said = tuple[float, str]


def contradicted(path: Path, one: Said, other: Said) -> list[tuple[str, float, float]]:
    """Return unit, low and high where two papers' numbers of one cluster and year contradict."""
    with Writer(path) as writer:
        for name, (value, unit) in (("a", one), ("b", other)):
            made = make_bundle(name)
            (fact, *_) = made.evidence.facts
            fact = replace(fact, metric="output", value=value, unit=unit, year=2005,
                           claim_source="own", work_id=None)  # fmt: skip
            made = replace(made, evidence=replace(made.evidence, facts=(fact,)))
            writer.load(made, size=1, mtime_ns=1, recipe="r")
        return writer.con.execute("SELECT unit, low, high FROM contradictions").fetchall()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((12_000, "persons"), (12, "thousand persons")),
        ((1_500, "million USD"), (1.5, "billion USD")),
        ((1_500, "million USD"), (1_500_000_000, "USD")),
        ((3, "crore INR"), (30, "million INR")),
        ((2, "tonnes"), (2_000, "kg")),
        ((5, "km2"), (500, "ha")),
        ((10, "dozens"), (120, "pieces")),
        ((2_000, "USD per tonne"), (2, "USD per kg")),
        ((900, "USD"), (100, "EUR")),
        ((900, "INR"), (100, "PKR")),
        ((900, "USD"), (100, "tonnes")),
        ((900, "USD per month"), (100, "USD per day")),
    ],
)
def test_what_agrees_or_can_not_be_compared(path: Path, one: Said, other: Said) -> None:
    assert contradicted(path, one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((12_000, "persons"), (15, "thousand persons"), ("persons", 12_000.0, 15_000.0)),
        ((1_500, "million USD"), (1.5, "million USD"), ("million USD", 1.5, 1_500.0)),
        ((1, "tonnes"), (3_000, "kg"), ("kg", 1_000.0, 3_000.0)),
        ((0.1, "tonnes"), (0.3, "tonnes"), ("tonnes", 0.1, 0.3)),
        ((900, "EUR"), (100, "EUR"), ("EUR", 100.0, 900.0)),
    ],
)
def test_what_contradicts(
    path: Path, one: Said, other: Said, expected: tuple[str, float, float]
) -> None:
    assert contradicted(path, one, other) == [expected]
