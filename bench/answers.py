"""How long named queries and search take: ``python -m bench.answers FILE``.

FILE is a published warehouse of any size, such as the one that ``bench.warehouse`` makes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import warehouse
from warehouse import search
from warehouse.named import named_queries

LIMIT_SECONDS = 0.300
QUERIES = ("wages", "export certified", "union strike", '"effluent water"', "buyers price quality")


class AnyVector:
    """Stands in for the encoder: a query's vector costs the same whatever it means."""

    def encode(self, texts: list[str]) -> np.ndarray:
        return np.random.default_rng(len(texts[0])).normal(size=(1, 384)).astype(np.float32)


def timed(call: Callable[[], Any], times: int) -> float:
    """Return the 95th percentile of the seconds that `times` calls take, after one to warm up."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return float(np.quantile(taken, 0.95))


def main() -> int:
    """Print a line for each query, then one JSON line of all; return 1 if one is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=10)
    given = parser.parse_args()
    figures: dict[str, float] = {}
    with warehouse.open(given.file) as reader:
        papers = reader.sql("SELECT count(*) FROM papers").rows()[0][0]
        first = reader.sql("SELECT paper_id FROM papers LIMIT 1").rows()[0][0]
        values = {"paper": first, "label": "market", "country": "AB"}
        for name, query in named_queries().items():
            params = {p.name: values[p.name] for p in query.parameters if p.default is None}
            run = lambda n=name, p=params: reader.named(n, p).rows()  # noqa: E731
            figures[name] = timed(run, given.times)
    start = time.perf_counter()
    search.update(given.file)
    figures["search: index"] = time.perf_counter() - start
    with search.Searcher(given.file, AnyVector()) as searcher:
        for words in QUERIES:
            figures[f"search: {words}"] = timed(lambda w=words: searcher.search(w), given.times)
        figures["search: with a country"] = timed(
            lambda: searcher.search("wages", filters={"country": "AB"}), given.times
        )
    for name, seconds in figures.items():
        print(f"{name:32} {seconds * 1000:9.1f} ms", file=sys.stderr)
    print(json.dumps({"papers": papers, "p95_seconds": figures}))
    slow = [n for n, s in figures.items() if s > LIMIT_SECONDS and n != "search: index"]
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
