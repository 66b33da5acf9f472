"""All benchmarks of speed in one command; writes ``bench/results-SIZE.md``.

python -m bench [--size small|full] [--repeats N] [--only NAME …]

With ``--only``, the other sections stay as they were measured before, each with its own date.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench import cold_start, ingest_speed, many_papers
from bench.measure import machine

Rows = list[tuple[str, str, str]]
BENCHES: dict[str, tuple[str, Callable[[str, int], Rows]]] = {
    "start": ("Cold start of each command", lambda _size, n: cold_start.measure(max(3, n))),
    "speed": ("Ingest, end to end", ingest_speed.measure),
    "workers": ("One worker and two, longer", ingest_speed.by_workers),
    "many": ("Many papers", many_papers.measure),
}


def section(title: str, rows: Rows, repeats: int, where: str) -> str:
    """Return one benchmark's part of the page."""
    lines = [f"## {title}", "", f"{datetime.now(UTC):%Y-%m-%d}, medians of {repeats}. {where}", ""]
    lines += ["| what | measured | asked |", "| --- | --- | --- |"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows), ""])


def sections_of(page: str) -> dict[str, str]:
    """Return title to text of the sections of an earlier page."""
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0].removeprefix("## "): part.rstrip() + "\n" for part in parts}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=sorted(BENCHES), default=None)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    out = options.out or Path(__file__).with_name(f"results-{options.size}.md")
    known = sections_of(out.read_text(encoding="utf-8")) if options.only and out.exists() else {}
    for name, (title, measure) in BENCHES.items():
        if options.only and name not in options.only:
            continue
        started, where = time.monotonic(), machine()
        print(f"{title} …", file=sys.stderr, flush=True)
        known[title] = section(
            title, measure(options.size, options.repeats), options.repeats, where
        )
        print(f"  {time.monotonic() - started:.0f} s", file=sys.stderr)
        ordered = [known[title] for title, _ in BENCHES.values() if title in known]
        head = f"# Benchmarks, {options.size}\n\n`python -m bench --size {options.size}`\n"
        out.write_text("\n".join([head, *ordered]), encoding="utf-8")
    print(out.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
