"""How long named queries and search take: ``python -m bench.answers [FILE] [--papers N]``.

FILE is a published warehouse; without one, N made papers are loaded first (`bench.warehouse`).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import warehouse
from bench import warehouse as made
from warehouse import search
from warehouse.named import named_queries

LIMIT_SECONDS = 0.300
QUERIES = ("wages", "export certified", "union strike", '"effluent water"', "buyers price quality")


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


def main() -> int:
    """Print a line for each query, then one JSON line of all; return 1 if one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--papers", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.file
        if file is None:
            file = Path(folder) / "bench.duckdb"
            made.run(file, given.papers)
        papers, figures = measure(file, given.times)
    print(f"{'':32} {'p50 ms':>9} {'p95 ms':>9}", file=sys.stderr)
    for name, (middle, high) in figures.items():
        print(f"{name:32} {middle * 1000:9.1f} {high * 1000:9.1f}", file=sys.stderr)
    print(json.dumps({"papers": papers, "p95_seconds": {n: f[1] for n, f in figures.items()}}))
    slow = [n for n, (_, s) in figures.items() if s > LIMIT_SECONDS and n != "search: index"]
    return 1 if slow else 0


def measure(file: Path, times: int) -> tuple[int, dict[str, tuple[float, float]]]:
    """Return the number of papers, and median and 95th percentile of seconds by name."""
    figures: dict[str, tuple[float, float]] = {}
    with warehouse.open(file) as reader:
        papers = reader.sql("SELECT count(*) FROM papers").rows()[0][0]
        first = reader.sql("SELECT paper_id FROM papers LIMIT 1").rows()[0][0]

        def ask(name: str, params: dict[str, Any]) -> object:
            return reader.named(name, params).rows()

        values = {"paper": first, "label": "market", "country": "PK"}
        for name, query in named_queries().items():
            params = {p.name: values[p.name] for p in query.parameters if p.default is None}
            figures[name] = timed(partial(ask, name, params), times)
    start = time.perf_counter()
    search.update(file)
    taken = time.perf_counter() - start
    figures["search: index"] = (taken, taken)
    with search.Searcher(file, AnyVector()) as searcher:
        for words in QUERIES:
            figures[f"search: {words}"] = timed(partial(searcher.search, words), times)
        figures["search: with a country"] = timed(
            partial(searcher.search, "wages", filters={"country": "PK"}), times
        )
    return int(papers), figures


if __name__ == "__main__":
    sys.exit(main())
