"""How long named queries and search take: ``python -m bench.answers FILE``.

FILE is a published warehouse; ``python -m bench.warehouse`` makes one and asks the same of it.
Each query is asked with what must be given alone, and with all that can be given.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import warehouse
from warehouse import search
from warehouse.named import NamedQuery, named_queries
from warehouse.reader import Reader

LIMIT_SECONDS = 0.300
INDEX = "search: making the index"
TIMED_ALONE = {INDEX}
"""No answers: these may take longer."""
WORDS = ("wages", "export certified", "union strike", '"effluent water"', "buyers price quality")
FILTERS: dict[str, Any] = {
    "country": "PK", "year_from": 2015, "label": "improved", "claim": "own", "role": "body",
    "author": "Author 1", "since": "2020-01-01", "language": "en",
}  # fmt: skip


class AnyVector:
    """Stands in for the encoder: a query's vector costs the same whatever it means."""

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.random.default_rng(len(texts[0])).normal(size=(1, 384)).astype(np.float32)


def timed(call: Callable[[], Any], times: int) -> tuple[float, float]:
    """Return median and 95th percentile of the seconds of `times` calls, after one to warm up."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return float(np.quantile(taken, 0.5)), float(np.quantile(taken, 0.95))


def measure(file: Path, times: int) -> dict[str, tuple[float, float]]:
    """Return median and 95th percentile of seconds by name."""
    return named(file, times) | searches(file, times)


def named(file: Path, times: int) -> dict[str, tuple[float, float]]:
    """Ask every named query."""
    figures: dict[str, tuple[float, float]] = {}
    with warehouse.open(file) as reader:
        values = _values(reader)
        for name, query in named_queries().items():
            for more, params in _variants(query, values):
                figures[name + more] = timed(partial(_ask, reader, name, params), times)
    return figures


def searches(file: Path, times: int) -> dict[str, tuple[float, float]]:
    """Make the index and search, with and without filters."""
    start = time.perf_counter()
    search.update(file)
    taken = time.perf_counter() - start
    figures = {INDEX: (taken, taken)}
    with search.Searcher(file, AnyVector()) as searcher:
        common, rare = _words(file)
        for words in (common, rare, f"{common} {rare}", *WORDS):
            figures[f"search: {words}"] = timed(partial(searcher.search, words), times)
        for name, value in FILTERS.items():
            for words in (common, rare):
                ask = partial(searcher.search, words, filters={name: value})
                figures[f"search: {words}, {name} {value}"] = timed(ask, times)
        both = {"country": "PK", "label": "improved", "year_from": 2015}
        ask = partial(searcher.search, common, filters=both)
        figures[f"search: {common}, three filters"] = timed(ask, times)
    return figures


def _ask(reader: Reader, name: str, params: Mapping[str, Any]) -> object:
    return reader.named(name, params).rows()


def _values(reader: Reader) -> dict[str, Any]:
    """Return values that are there, by name of parameter."""
    (paper,) = reader.sql("SELECT min(paper_id) FROM papers").rows()[0]
    (cluster,) = reader.sql("SELECT min(name) FROM entities WHERE kind = 'CLUSTER'").rows()[0]
    (actor,) = reader.sql("SELECT min(name) FROM entities WHERE kind = 'ACTOR'").rows()[0]
    (standard,) = reader.sql("SELECT min(name) FROM entities WHERE kind = 'STANDARD'").rows()[0]
    return {
        "paper": paper, "cluster": cluster, "actor": actor, "standard": standard, "label": "market",
        "country": "PK", "decade": 2010, "governance": "public_vertical", "path": "market",
        "metric": "employment", "dimension": "upgrading_path", "since": "2020-01-01",
    }  # fmt: skip


def _variants(query: NamedQuery, values: Mapping[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    least = {p.name: values[p.name] for p in query.parameters if p.default is None}
    most = {p.name: values[p.name] for p in query.parameters if p.name in values}
    if query.name == "sample_quotes":
        most["dimension"] = "upgrading_path"
    return [("", least)] + ([(" (all given)", most)] if most != least else [])


def _words(file: Path) -> tuple[str, str]:
    """Return a word that most passages have, and one that few have."""
    with warehouse.open(file) as reader:
        rows = reader.sql("SELECT text FROM passages LIMIT 500").rows()
    counts: dict[str, int] = {}
    for (text,) in rows:
        for word in set(text.rstrip(".").split()):
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return ranked[0], ranked[-1]


def say(figures: Mapping[str, tuple[float, float]]) -> int:
    """Print a line for each answer, then one JSON line of all; return 1 if one is too slow."""
    print(f"{'':52} {'p50 ms':>9} {'p95 ms':>9}", file=sys.stderr)
    for name, (middle, high) in figures.items():
        print(f"{name:52} {middle * 1000:9.1f} {high * 1000:9.1f}", file=sys.stderr)
    print(json.dumps({"p95_seconds": {name: high for name, (_, high) in figures.items()}}))
    slow = [n for n, (_, s) in figures.items() if s > LIMIT_SECONDS and n not in TIMED_ALONE]
    return 1 if slow else 0


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    return say(measure(given.file, given.times))


if __name__ == "__main__":
    sys.exit(main())
