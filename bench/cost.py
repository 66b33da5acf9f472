"""What many papers cost, from measured figures: ``python -m bench.cost --words-per-second W
--loads-per-second L``.

Reading, encoding and loading are counted per core; the loader is one process whatever the number
of workers, so it sets the ceiling.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rates:
    """Measured on the machine that counts: words a second of one worker, papers a second of the
    loader, bytes of warehouse a paper, words a paper.
    """

    words_per_second: float
    papers_loaded_per_second: float
    bytes_per_paper: float
    words_per_paper: float = 8_000


def hours(papers: int, workers: int, rates: Rates) -> float:
    """Return the hours that a run takes: the slower of working and loading."""
    working = papers * rates.words_per_paper / (rates.words_per_second * workers)
    loading = papers / rates.papers_loaded_per_second
    return max(working, loading) / 3600


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words-per-second", type=float, required=True, help="of one worker")
    parser.add_argument("--loads-per-second", type=float, required=True, help="loader alone")
    parser.add_argument("--kb-per-paper", type=float, default=700.0)
    parser.add_argument("--words-per-paper", type=float, default=8_000)
    parser.add_argument("--euro-per-core-hour", type=float, default=0.05)
    given = parser.parse_args()
    rates = Rates(
        given.words_per_second, given.loads_per_second, given.kb_per_paper * 1e3,
        given.words_per_paper,
    )  # fmt: skip
    print("| papers | workers | hours | core-hours | cost | warehouse |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: |")
    for papers, workers in (
        (1_000, 2), (50_000, 2), (50_000, 16), (1_000_000, 16), (1_000_000, 128),
    ):  # fmt: skip
        took = hours(papers, workers, rates)
        cores = papers * rates.words_per_paper / rates.words_per_second / 3600
        disk = papers * rates.bytes_per_paper / 1e9
        print(
            f"| {papers:,} | {workers} | {took:,.1f} | {cores:,.0f} |"
            f" {cores * given.euro_per_core_hour:,.0f} € | {disk:,.1f} GB |"
        )


if __name__ == "__main__":
    main()
