"""Amounts as they are said: halves of thousands, stuck currency signs, fractions around a noun."""

from __future__ import annotations

import pytest

from pipeline.extract.quantities import find_amounts
from pipeline.extract.quantities_lexicon import load_lexicon


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("some seven and a half thousand workers", 7500, "persons"),
        ("one and a half million pairs", 1_500_000, "pairs"),
        ("2 and a quarter million pairs", 2_250_000, "pairs"),
        ("a machinist got R312", 312, "ZAR"),
        ("at Rs1,450 a head", 1450, "?rs"),
        ("three chairs out of four are sold there", 75, "percent"),
        ("the valley makes one Spanish toy in five.", 20, "percent"),
        ("spread over 12.5 km²", 12.5, "km2"),
        ("and another 25 or so makers of lasts and firms", 25, "firms"),
        ("some forty-odd mills", 40, "firms"),
        ("LL 480,000 a month", 480_000, "LBP"),
        ("worth N$ 35 million", 35_000_000, "NAD"),
        ("1,200 locators", 1200, "firms"),
        ("3,400 operatives", 3400, "persons"),
    ],
)
def test_amounts_as_they_are_said(text: str, value: float, unit: str) -> None:
    amount = find_amounts(text, load_lexicon(), [])[0]
    assert (amount.value, amount.unit) == (value, unit)


def test_a_time_behind_an_unknown_currency_is_no_number_of_months() -> None:
    amount = find_amounts("wages of QQQ 6,150 a month", load_lexicon(), [])[0]
    assert (amount.unit, amount.per) == (None, "per month")


@pytest.mark.parametrize("text", ["R2 = 0.43", "two mills in three years"])
def test_no_currency_and_no_share(text: str) -> None:
    units = [one.unit for one in find_amounts(text, load_lexicon(), [])]
    assert "ZAR" not in units
    assert "percent" not in units


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("exports crossed $1b", 1e9),
        ("exports of US$2.5b that year", 2.5e9),
        ("as Table 1b says", 1.0),
        ("$1 ball pens", 1.0),
    ],
)
def test_a_small_b_means_billions_behind_money_alone(text: str, value: float) -> None:
    (amount,) = find_amounts(text, load_lexicon(), ())
    assert amount.value == value
