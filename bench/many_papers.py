"""Memory over many papers, and a run in which nothing changed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bench.made_papers import write_papers
from bench.measure import CLI, Measured, median, run

SIZES = {"small": (200, 250), "full": (2_000, 150)}
"""Papers, and words in each."""


def measure(size: str, repeats: int) -> list[tuple[str, str, str]]:
    """Return rows of (what, value, what is asked)."""
    n, words = SIZES[size]
    with tempfile.TemporaryDirectory(prefix="clusterlore-bench-") as name:
        papers, env = Path(name) / "papers", {"CLUSTERLORE_HOME": str(Path(name) / "home")}
        total = write_papers(papers, n, words, seed=2)
        first = run([CLI, "ingest", str(papers)], env)
        loads, size_mb = _loading(Path(name) / "home", n)
        again = [run([CLI, "ingest", str(papers)], env).seconds for _ in range(repeats)]
    return [
        (
            f"{n:,} papers, {total:,} words",
            f"{first.seconds:,.0f} s, {total / first.seconds:,.0f} words/s",
            "",
        ),
        ("largest process, peak", f"{first.largest_mb:,.0f} MB", "≤ 1,200 MB"),
        ("  largest worker, by quarters of the run", _by_quarters(first, 2), "flat"),
        ("  writing process, by quarters", _by_quarters(first, 1), ""),
        ("loader, beside the workers", f"{loads:.1f} papers/s", ""),
        ("warehouse", f"{size_mb / n * 1000:,.0f} kB a paper of {total // n:,} words", ""),
        ("all processes, peak", f"{first.tree_mb:,.0f} MB", ""),
        (f"no change over {n:,} files", f"{median(again):.2f} s", "≤ 3 s for 2,000"),
    ]


def _by_quarters(run: Measured, column: int) -> str:
    """Return the peaks of a column of the samples in each quarter of a run."""
    end = run.samples[-1][0] if run.samples else 1.0
    quarters: list[list[float]] = [[0.0] for _ in range(4)]
    for sample in run.samples:
        quarters[min(3, int(4 * sample[0] / end))].append(sample[column])
    return " / ".join(f"{max(one):,.0f}" for one in quarters) + " MB"


def _loading(home: Path, n: int) -> tuple[float, float]:
    """Return papers a second that the loader takes by itself, and the warehouse's MB."""
    import warehouse

    path = home / "clusterlore.duckdb"
    with warehouse.open(path) as reader:
        (said,) = reader.sql("SELECT report FROM runs WHERE flow = 'ingest'").rows()[0]
    return n / json.loads(said)["seconds"]["load"], path.stat().st_size / 1e6
