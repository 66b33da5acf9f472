"""New papers that come fast wait for each other, and share one transaction.

Each paper goes in whole or not at all, however many go in together. A statement costs DuckDB more
than a paper's rows do, so papers that come every few milliseconds are put in some dozens at a
time; a paper that comes after a pause, as when each must first be read and coded, goes in at once.
Whoever asks the warehouse anything, or ends, sees them all: `Writer.con` puts in what waits.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from warehouse.rows import NewPaper
from warehouse.sources import KnownSource

MOST = 32
"""So many papers wait at most: beyond, a statement's share of a paper's cost is small."""
MOST_BYTES = 64 << 20
"""Their rows take no more memory than this."""
PATIENCE = 2.0
"""Seconds after the last papers went in for which the next ones wait: what a kill may cost."""


@dataclass(frozen=True, slots=True)
class Waiter:
    """A new paper, and its source as it will be known."""

    paper: NewPaper
    source: str
    seen: KnownSource


@dataclass
class Waiting:
    """The papers that wait."""

    papers: list[Waiter] = field(default_factory=list)
    n_bytes: int = 0
    last: float = float("-inf")

    def add(self, one: Waiter) -> bool:
        """Let a paper wait; return whether it is time to put all in."""
        self.papers.append(one)
        self.n_bytes += one.paper.n_bytes
        return (
            time.monotonic() - self.last >= PATIENCE
            or len(self.papers) >= MOST
            or self.n_bytes >= MOST_BYTES
        )

    def take(self) -> list[Waiter]:
        """Return those that wait, and let none wait any more."""
        taken, self.papers, self.n_bytes = self.papers, [], 0
        return taken

    def went_in(self) -> None:
        """Note that papers went in just now."""
        self.last = time.monotonic()
