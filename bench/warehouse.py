"""How the warehouse bears size: loading, deciding that nothing changed, publishing, answers.

``python -m bench.warehouse --papers N`` makes N papers (1,000; the full size is 10,000, about
1 million passages, 5 million codes, 2 million mentions), loads them one by one as `ingest` does,
asks all that `bench.answers` asks, and writes ``bench/results-warehouse.md`` with the figures of
every size measured so far beside each other, so that growth shows.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import warehouse
from bench import answers
from bench.made_warehouse import LABELS, Maker, n_rows, papers
from bench.warehouse_page import write_page
from warehouse.writer import Writer

MTIME_NS = 1_700_000_000_000_000_000
"""Time of change of the made files."""


@dataclass
class Clock:
    """Wall and processor seconds of named pieces of work."""

    wall: dict[str, float] = field(default_factory=dict)
    cpu: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def of(self, name: str) -> Iterator[None]:
        """Add what the block takes to `name`."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall[name] = self.wall.get(name, 0.0) + time.perf_counter() - wall
        self.cpu[name] = self.cpu.get(name, 0.0) + time.process_time() - cpu


def run(home: Path, n: int) -> dict[str, float]:
    """Make, load and measure n papers under `home`; return figures by name.

    Each stage notes its figures in ``home``; one that was measured before is not run again.
    """
    path, folder = home / "clusterlore.duckdb", home / "papers"
    figures: dict[str, float] = {"papers": n}
    stages: dict[str, Callable[[Clock], dict[str, float] | None]] = {
        "load": lambda clock: _load(path, folder, n, clock),
        "publish": lambda clock: _publish(path, clock),
        "no change": lambda clock: _no_change(home, folder, n, clock),
        "one more": lambda clock: _one_more(path, folder, n, clock),
        "size": lambda _: _size(path),
    }
    for name, stage in stages.items():
        note = home / f"{name}.json"
        if not note.exists():
            clock = Clock()
            found = stage(clock) or {}
            for what, seconds in clock.wall.items():
                found |= {f"{what}, s": seconds, f"{what}, CPU s": clock.cpu[what]}
            found[f"peak memory: {name}, MB"] = _peak_mb()
            note.write_text(json.dumps(found), encoding="utf-8")
        figures |= json.loads(note.read_text(encoding="utf-8"))
    return figures


def _load(path: Path, folder: Path, n: int, clock: Clock) -> dict[str, float]:
    """Load n papers; return rows and rows a second, over all and in the last tenth.

    What was loaded is noted as it goes: a run that is stopped goes on where it was.
    """
    from flows.recipe import current_recipe

    recipe, note = current_recipe(path.parent / "models").hash, path.parent / "load.part.json"
    folder.mkdir(exist_ok=True)
    done = {"papers": 0, "rows": 0, "late": 0}
    if note.exists():
        kept = json.loads(note.read_text(encoding="utf-8"))
        done, clock.wall, clock.cpu = kept["done"], kept["wall"], kept["cpu"]
    with Writer(path) as writer:
        _catalogue(writer)
        for at, made in enumerate(papers(n, str(folder), done["papers"]), done["papers"]):
            late = at >= n * 0.9
            file = Path(made.reading.paper.source)
            file.write_bytes(b"made")
            os.utime(file, ns=(MTIME_NS, MTIME_NS))
            pause = at % 500 == 499 or at == n - 1
            with clock.of("loading, last tenth" if late else "loading, first nine tenths"):
                result = writer.load(made, size=4, mtime_ns=MTIME_NS, recipe=recipe)
                if pause:
                    writer.flush()
            if result.action == "loaded":  # else a stopped run loaded it, and its time is lost
                done["rows"] += n_rows(made)
                done["late"] += n_rows(made) if late else 0
            done["papers"] = at + 1
            if pause:
                part = {"done": done, "wall": clock.wall, "cpu": clock.cpu}
                note.write_text(json.dumps(part), encoding="utf-8")
    both = ("loading, first nine tenths", "loading, last tenth")
    return {
        "rows": done["rows"],
        "rows loaded a second": done["rows"] / sum(clock.wall[one] for one in both),
        "rows loaded a CPU second": done["rows"] / sum(clock.cpu[one] for one in both),
        "rows loaded a second, last tenth": done["late"] / clock.wall[both[1]],
        "rows loaded a CPU second, last tenth": done["late"] / clock.cpu[both[1]],
    }


def _catalogue(writer: Writer) -> None:
    writer.sync_codebook(
        [("1", name, label, "made") for name, labels in LABELS.items() for label in labels]
    )
    writer.sync_models(
        [
            {"model_id": f"bench-{name}", "dimension": name, "status": "current",
             "card": card(name)}
            for name in LABELS
        ]
    )  # fmt: skip


def _publish(path: Path, clock: Clock) -> None:
    """Publish a first time: every kept answer is filled."""
    with Writer(path) as writer, clock.of("publishing a first time, all answers filled"):
        writer.publish()


def _size(path: Path) -> dict[str, float]:
    tables = ("passages", "codes", "mentions")
    with warehouse.open(path) as reader:
        rows = [reader.sql(f"SELECT count(*) FROM {table}").rows()[0][0] for table in tables]
    return {**dict(zip(tables, rows, strict=True)), "file, MB": path.stat().st_size / 1e6}


def card(dimension: str) -> str:
    """Return a model's card with made figures for its labels, as real ones have."""
    labels = {name: {"true": 60, "found": 58, "right": 45} for name in LABELS[dimension]}
    return json.dumps({"figures": {"real": {"n": 500, "labels": labels}}})


def _no_change(home: Path, folder: Path, n: int, clock: Clock) -> None:
    """Ingest the same files again, through and through."""
    from flows.ingest import ingest
    from flows.settings import Settings

    with clock.of("ingest in which nothing changed"):
        report = ingest([folder], Settings(home=home))
    assert report.actions["unchanged"] == n, report.actions


def _one_more(path: Path, folder: Path, n: int, clock: Clock) -> None:
    with Writer(path) as writer:
        with clock.of("one more paper: loading"):
            writer.load(Maker(n, str(folder)).paper(n + 1), size=1, mtime_ns=1, recipe="bench")
            writer.flush()
        with clock.of("one more paper: publishing"):
            writer.publish()


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Run from the command line; return 1 where an answer is too slow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--papers", type=int, default=1_000)
    parser.add_argument("--times", type=int, default=10)
    parser.add_argument("--keep", type=Path, help="work in this folder, and leave all there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="clusterlore-bench-") as name:
        home = given.keep or Path(name)
        home.mkdir(parents=True, exist_ok=True)
        figures = run(home, given.papers)
        for what, value in figures.items():
            print(f"{what:<52} {value:>14,.1f}", file=sys.stderr, flush=True)
        asked = answers.measure(home / "clusterlore.duckdb", given.times)
    write_page(given.papers, figures, asked)
    return answers.say(asked)


if __name__ == "__main__":
    sys.exit(main())
