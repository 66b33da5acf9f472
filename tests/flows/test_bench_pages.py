"""What the benchmarks write is kept by section, and feeds the cost model."""

from __future__ import annotations

import pytest

from bench.__main__ import section, sections_of
from bench.cost import Rates, hours, measured, table

SPEED = section(
    "Ingest, end to end",
    [
        ("one worker", "20.0 s, 3,000 words/s, largest process 300 MB", ""),
        ("loader alone", "30,000 words/s", ""),
    ],
    1,
    "here",
)
MANY = section("Many papers", [("warehouse", "60 kB a paper of 600 words", "")], 1, "here")


def test_sections_are_read_back() -> None:
    page = f"# Benchmarks, full\n\nhow\n\n{SPEED}\n{MANY}"
    assert sections_of(page) == {"Ingest, end to end": SPEED, "Many papers": MANY}


def test_rates_come_from_the_page() -> None:
    assert measured(f"{SPEED}\n{MANY}", 8_000) == Rates(3_000, 30_000, 100, 8_000)
    with pytest.raises(SystemExit, match="no figure like"):
        measured(MANY, 8_000)


def test_the_slower_of_working_and_loading_decides() -> None:
    rates = Rates(2_000, 20_000, 100, 7_200)
    assert hours(1_000, 1, rates) == 1.0
    assert hours(1_000, 4, rates) == 0.25
    assert hours(1_000, 100, rates) == hours(1_000, 10, rates) == 0.1
    lines = table(rates, 0.05).splitlines()
    assert "| 1,000 | 2 | 0.5 | 1 | 0 € | 0.7 GB |" in lines
    assert lines[-1] == "More than 10 workers wait for the one loader."
