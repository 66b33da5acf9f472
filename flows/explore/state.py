"""What the page holds open: the published copy, and the search index once it is asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.reader import Reader, Result
    from warehouse.search import Encodes, Searcher

MEMORY = "1GB"
SECONDS = 10.0
ROWS = 500


class Open:
    """The warehouse as last published; a newer copy is opened when there is one.

    Parameters
    ----------
    path : Path
        The warehouse file.
    encoder : Encodes, optional
        For search by meaning.
    """

    def __init__(self, path: Path, encoder: Encodes | None = None) -> None:
        self.path, self.encoder = path, encoder
        self._lock = threading.Lock()
        self._mark: tuple[int, int] | None = None
        self._reader: Reader | None = None
        self._searcher: Searcher | None = None

    def reader(self) -> Reader:
        """Return a reader of the newest copy, with the page's limits."""
        with self._lock:
            self._refresh()
            assert self._reader is not None
            return self._reader

    def sql(self, query: str) -> Result:
        """Answer a visitor's SQL in a process of its own, which ends with the page's limits."""
        from warehouse.fenced import fenced_sql
        from warehouse.reader import Limits

        return fenced_sql(self.path, query, limits=Limits(MEMORY, seconds=SECONDS), limit=ROWS)

    def searcher(self) -> Searcher:
        """Return a searcher of the newest copy."""
        from warehouse.search import Searcher

        with self._lock:
            self._refresh()
            if self._searcher is None:
                self._searcher = Searcher(self.path, self.encoder)
            return self._searcher

    def _refresh(self) -> None:
        from warehouse.publish import published_path
        from warehouse.reader import Limits, Reader

        copy = published_path(self.path)
        mark = (copy.stat().st_ino, copy.stat().st_mtime_ns) if copy.exists() else None
        if self._reader is not None and mark == self._mark:
            return
        # The old reader is left to requests that still use it; it closes with the last of them.
        self._reader = Reader(self.path, Limits(memory=MEMORY, seconds=SECONDS))
        self._searcher, self._mark = None, mark
