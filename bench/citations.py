"""How many citations of the three real papers resolve to the right work of the reference list.

Run: ``python -m bench.citations``. The citations were checked by eye;
``tests/golden/citations.jsonl`` holds of each the paper, the place in its file, and hashes of the
letters around it and of its entry, but no text: it says something only where the papers are.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.readers import read_bytes
from pipeline.records import Reading
from pipeline.structure import structure

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden" / "citations.jsonl"
PAPERS = ROOT.parent / "shared" / "papers"
WANTED = 0.9


@dataclass(frozen=True)
class Score:
    """Citations of one paper: `right` of `known` resolve as checked; `extra` are none."""

    paper: str
    known: int
    right: int
    missed: int
    extra: int
    entries: int
    works: int


def mark(letters: str) -> str:
    return hashlib.sha256(letters.encode()).hexdigest()[:16]


def letters_of(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def found(reading: Reading) -> Iterator[tuple[str, str | None]]:
    """Yield each citation's mark (of the 40 letters that end with it) and its entry's mark."""
    entries = {work.work_id: mark(letters_of(work.raw)[:60]) for work in reading.works}
    starts = {passage.passage_id: passage.start for passage in reading.passages}
    for citation in reading.citations:
        end = starts[citation.passage_id] + citation.end
        before = letters_of(reading.text[max(0, end - 120) : end])[-40:]
        yield mark(before), entries.get(citation.work_id or "")


def read(path: Path) -> Reading:
    return structure(read_bytes(path.read_bytes(), path.name), source=path.name, sha256="0" * 64)


def score(path: Path, golden: list[dict[str, str | None]]) -> Score:
    reading = read(path)
    wanted = {row["mark"]: row["entry"] for row in golden if row["paper"] == path.name[:3]}
    got = dict(found(reading))
    right = sum(key in got and got[key] == entry for key, entry in wanted.items())
    return Score(
        path.name[:3],
        len(wanted),
        right,
        sum(key not in got for key in wanted),
        sum(key not in wanted for key in got),
        sum(1 for p in reading.works),
        len({work.work_id for work in reading.works}),
    )


def scores() -> list[Score]:
    golden = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return [score(path, golden) for path in sorted(PAPERS.glob("*.txt"))]


def main() -> int:
    """Print the shares; 1 where less than `WANTED` is right."""
    if not PAPERS.is_dir():
        print("The three papers are not at hand: no ../shared/papers.", file=sys.stderr)
        return 1
    rows = scores()
    print("paper  checked  right  missed  extra  works")
    for row in rows:
        print(
            f"{row.paper:5}  {row.known:7}  {row.right / row.known:5.1%}  {row.missed:6}"
            f"  {row.extra:5}  {row.works:5}"
        )
    share = sum(r.right for r in rows) / sum(r.known for r in rows)
    print(f"all    {sum(r.known for r in rows):7}  {share:5.1%}")
    return 0 if share >= WANTED else 1


if __name__ == "__main__":
    sys.exit(main())
