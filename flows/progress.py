"""A progress bar on stderr; lines now and then where stderr is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from flows.ingest import Progress

SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def shown_progress(what: str) -> Iterator[Progress]:
    """Yield a callback that shows how far a run is."""
    if not sys.stderr.isatty():
        last = [time.monotonic()]

        def line(done: int, total: int, label: str) -> None:
            if done == total or time.monotonic() - last[0] > SECONDS_BETWEEN_LINES:
                last[0] = time.monotonic()
                sys.stderr.write(f"{what}: {done} of {total} ({label})\n")

        yield line
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Bar(*columns, TextColumn("{task.fields[label]}"), console=Console(stderr=True)) as bar:
        task = bar.add_task(what, total=None, label="")
        yield lambda done, total, label: bar.update(
            task, completed=done, total=total, label=label[-40:]
        )
