"""What many papers cost, from measured figures: ``python -m bench.cost [--write]``.

Figures are those of ``bench/results-full.md`` (``python -m bench --size full``), or given. Reading,
encoding and loading are counted per core; the loader is one process whatever the number of
workers, so it sets the ceiling. ``--write`` puts the table into ``docs/scale.md``.
"""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results-full.md"
PAGE = ROOT / "docs" / "scale.md"
MARKS = ("<!-- cost: made by python -m bench.cost --write -->", "<!-- end of cost -->")
CASES = ((1_000, 2), (50_000, 2), (50_000, 16), (1_000_000, 16), (1_000_000, 64), (1_000_000, 256))
"""Papers, and workers."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Measured on the machine that counts: words a second of one worker and of the loader, bytes
    of warehouse a word; words a paper as they are expected.
    """

    words_per_second: float
    loaded_per_second: float
    bytes_per_word: float
    words_per_paper: float = 8_000


def hours(papers: int, workers: int, rates: Rates) -> float:
    """Return the hours that a run takes: the slower of working and loading."""
    words = papers * rates.words_per_paper
    working = words / (rates.words_per_second * workers)
    return max(working, words / rates.loaded_per_second) / 3600


def measured(page: str, words_per_paper: float) -> Rates:
    """Read the rates from a page that the benchmarks wrote.

    Raises
    ------
    SystemExit
        A figure is missing.
    """
    rate = _figure(page, r"\| one worker \| [\d.,]+ s, ([\d,]+) words/s")
    loaded = _figure(page, r"\| loader alone \| ([\d,]+) words/s")
    size = _figure(page, r"\| warehouse \| ([\d,]+) kB a paper of")
    words = _figure(page, r"\| warehouse \| [\d,]+ kB a paper of ([\d,]+) words")
    return Rates(rate, loaded, size * 1e3 / words, words_per_paper)


def _figure(page: str, pattern: str) -> float:
    found = re.search(pattern, page)
    if found is None:
        sys.exit(f"{RESULTS}: no figure like {pattern!r}; run `python -m bench --size full`")
    return float(found[1].replace(",", ""))


def table(rates: Rates, euro_per_core_hour: float, source: str = RESULTS.name) -> str:
    """Return the table as markdown."""
    lines = [
        f"{rates.words_per_second:,.0f} words a second of one worker,"
        f" {rates.loaded_per_second:,.0f} of the loader,"
        f" {rates.bytes_per_word:,.0f} bytes of warehouse a word ({source});"
        f" {rates.words_per_paper:,.0f} words a paper, {euro_per_core_hour} € a core-hour.",
        "",
        "| papers | workers | hours | core-hours | cost | warehouse |",
        "| ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for papers, workers in CASES:
        words = papers * rates.words_per_paper
        cores = words / rates.words_per_second / 3600 + words / rates.loaded_per_second / 3600
        lines.append(
            f"| {papers:,} | {workers} | {hours(papers, workers, rates):,.1f} | {cores:,.0f} |"
            f" {cores * euro_per_core_hour:,.0f} € | {words * rates.bytes_per_word / 1e9:,.1f} GB |"
        )
    ceiling = rates.loaded_per_second / rates.words_per_second
    lines += ["", f"More than {ceiling:,.0f} workers wait for the one loader."]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, nargs="+", default=[RESULTS], help="first found")
    parser.add_argument("--words-per-paper", type=float, default=8_000)
    parser.add_argument("--euro-per-core-hour", type=float, default=0.05)
    parser.add_argument("--write", action="store_true", help="put the table into docs/scale.md")
    given = parser.parse_args()
    page = "\n".join(path.read_text(encoding="utf-8") for path in given.results)
    rates = measured(page, given.words_per_paper)
    names = ", ".join(path.name for path in given.results)
    found = table(rates, given.euro_per_core_hour, names)
    print(found)
    if given.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(MARKS[0])
        after = rest.split(MARKS[1])[1]
        PAGE.write_text(f"{before}{MARKS[0]}\n{found}\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
