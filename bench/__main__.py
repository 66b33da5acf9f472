"""All benchmarks of speed in one command; writes ``bench/results-SIZE.md``.

python -m bench [--size small|full] [--repeats N] [--only NAME …]
"""

from __future__ import annotations

import argparse
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
    "many": ("Many papers", many_papers.measure),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", choices=("small", "full"), default="small")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--only", nargs="*", choices=sorted(BENCHES), default=None)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    out = options.out or Path(__file__).with_name(f"results-{options.size}.md")
    lines = [f"# Benchmarks, {options.size}", "", f"{datetime.now(UTC):%Y-%m-%d}. {machine()}", ""]
    lines += [f"Medians of {options.repeats} rounds. `python -m bench --size {options.size}`.", ""]
    for name, (title, measure) in BENCHES.items():
        if options.only and name not in options.only:
            continue
        started = time.monotonic()
        print(f"{title} …", file=sys.stderr, flush=True)
        rows = measure(options.size, options.repeats)
        lines += [f"## {title}", "", "| what | measured | asked |", "| --- | --- | --- |"]
        lines += [f"| {' | '.join(row)} |" for row in rows] + [""]
        print(f"  {time.monotonic() - started:.0f} s", file=sys.stderr)
    out.write_text("\n".join(lines), encoding="utf-8")
    print(out.read_text(encoding="utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
