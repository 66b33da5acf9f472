"""The page ``results-warehouse.md``: figures of each size beside each other, and what is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bench.answers import LIMIT_SECONDS, TIMED_ALONE
from bench.measure import machine

KEPT = Path(__file__).with_name("results-warehouse.json")
PAGE = KEPT.with_suffix(".md")
ASKED = {
    "rows loaded a second": "≥ 30,000",
    "ingest in which nothing changed, s": "≤ 10",
    "publishing a first time, all answers filled, s": "≤ 20",
    "one more paper: publishing, s": "≤ 20",
}


def write_page(
    papers: int, figures: Mapping[str, float], asked: Mapping[str, tuple[float, float]]
) -> None:
    """Note the figures of one size and write the page of all sizes."""
    sizes = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    sizes[str(papers)] = {
        "when": f"{datetime.now(UTC):%Y-%m-%d}. {machine()}",
        "figures": dict(figures),
        "p95_ms": {name: high * 1000 for name, (_, high) in asked.items()},
    }
    sizes = dict(sorted(sizes.items(), key=lambda one: int(one[0])))
    KEPT.write_text(json.dumps(sizes, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text("\n".join(_lines(sizes)), encoding="utf-8")


def _lines(sizes: Mapping[str, dict[str, object]]) -> list[str]:
    lines = ["# How the warehouse bears size", "", "`python -m bench.warehouse --papers N`.", ""]
    lines += [f"- {int(n):,} papers: {one['when']}" for n, one in sizes.items()]
    lines += ["", "Times are of the wall clock, with processor time (CPU) where it is a long one:"]
    lines += ["other work on the machine shows in the first and not in the second.", ""]
    lines += _table("what", "figures", sizes, ASKED)
    slowest = f"≤ {LIMIT_SECONDS * 1000:.0f}"
    names = {name for one in sizes.values() for name in one["p95_ms"]}  # type: ignore[attr-defined]
    lines += ["", "95th percentile of answers, ms:", ""]
    return lines + _table("answer", "p95_ms", sizes, dict.fromkeys(names - TIMED_ALONE, slowest))


def _table(
    head: str, part: str, sizes: Mapping[str, dict[str, object]], asked: Mapping[str, str]
) -> list[str]:
    columns: list[dict[str, float]] = [one[part] for one in sizes.values()]  # type: ignore[misc]
    names = list(dict.fromkeys(name for column in columns for name in column))
    heads = [head, *(f"{int(n):,} papers" for n in sizes), "growth", "asked"]
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(columns) + 1)} --- |"]
    for name in names:
        values = [column.get(name) for column in columns]
        shown = ["" if value is None else _number(value) for value in values]
        first, last = values[0], values[-1]
        growth = f"× {last / first:.1f}" if len(values) > 1 and first and last else ""
        lines.append(f"| {' | '.join([name, *shown, growth, asked.get(name, '')])} |")
    return lines


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}"
