"""`watch`: what lands in a folder is in the warehouse within seconds."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.ingest import IngestReport, ingest, work_settings
from flows.pool import Work, batched
from flows.settings import Settings
from flows.work import Outcome, PaperWorker, Task
from pipeline.errors import UsageError, WarehouseLocked

SETTLE_SECONDS = 1.0
"""A file whose size and time of change stayed the same for so long is complete."""
WAIT_SECONDS = 3600.0
RESCAN_SECONDS = 300.0
"""All is looked at again so often, for folders whose system tells nothing (network drives)."""
UNFINISHED = (".part", ".crdownload", ".tmp", ".partial", ".download", ".filepart", ".new")

Heard = Callable[[IngestReport], None]
Reads = Callable[[list[Path], Settings, Work], IngestReport]
"""What a watcher calls with the files that landed, and the way to work on them."""


def plainly(paths: list[Path], settings: Settings, work: Work) -> IngestReport:
    """Ingest by the plain function, waiting for another run that holds the warehouse."""
    return ingest(paths, settings, work=work, wait=WAIT_SECONDS)


@contextmanager
def through_prefect(settings: Settings, say: Callable[[str], None]) -> Iterator[Reads]:
    """Yield a way to ingest as a run of the flow on Prefect's server: the one that `serve` runs
    for this home, else one that lives as long as the block.

    Where the server is gone, papers are read all the same.
    """
    import httpx

    from flows.prefect_home import prefect_configured
    from flows.prefect_server import prefect_api

    with prefect_api(settings) as api, prefect_configured(settings, api):
        from flows.prefect_flows import given, ingest_flow

        def read(paths: list[Path], settings: Settings, work: Work) -> IngestReport:
            try:
                with given(settings, work):
                    return ingest_flow([str(path) for path in paths])
            except (httpx.HTTPError, RuntimeError) as error:
                say(f"Prefect's server did not answer ({type(error).__name__}); going on without")
                return plainly(paths, settings, work)

        yield read


def watch(
    folder: Path,
    settings: Settings,
    *,
    heard: Heard,
    stop: threading.Event | None = None,
    settle: float = SETTLE_SECONDS,
    rescan: float = RESCAN_SECONDS,
    reads: Reads = plainly,
) -> None:
    """Ingest what is in a folder, and then what lands there, until `stop` is set.

    Models are loaded once. Where another run holds the warehouse, it waits for it.

    Parameters
    ----------
    heard : callable
        Called with the report of each run in which something happened.
    reads : callable
        How what landed is ingested: plainly, or `through_prefect`.

    Raises
    ------
    UsageError
        No such folder.
    """
    from watchfiles import watch as changes

    if not folder.is_dir():
        raise UsageError(f"No such folder: {str(folder)!r}")
    stop = stop or threading.Event()
    worker = PaperWorker(work_settings(settings))

    def work(tasks: Iterable[Task]) -> Iterator[Outcome]:
        for batch in batched(tasks):
            yield from worker(batch)

    def take(paths: list[Path]) -> None:
        try:
            report = reads(paths, settings, work)
        except UsageError:
            return  # gone again, or nothing there yet
        except WarehouseLocked:
            return  # the next look brings it
        if report.n_sources > report.actions["unchanged"]:
            heard(report)

    pending = Landing(settle)
    try:
        take([folder])
        last = time.monotonic()
        for found in changes(
            folder, stop_event=stop, yield_on_timeout=True, rust_timeout=int(settle * 500),
            debounce=200, raise_interrupt=True,
        ):  # fmt: skip
            pending.note(Path(path) for _, path in found)
            complete = pending.complete()
            if complete:
                take(complete)
            elif not pending.waiting and time.monotonic() - last > rescan:
                last = time.monotonic()
                take([folder])
    finally:
        worker.close()


class Landing:
    """Files that are landing; `complete` hands out those that stopped changing."""

    def __init__(self, settle: float, now: Callable[[], float] = time.monotonic) -> None:
        self._settle, self._now = settle, now
        self._seen: dict[Path, tuple[tuple[int, int], float]] = {}

    @property
    def waiting(self) -> int:
        """How many files are still landing."""
        return len(self._seen)

    def note(self, paths: Iterable[Path]) -> None:
        """Note files that changed; names of unfinished and hidden files are left out."""
        for path in paths:
            name = path.name.lower()
            if name.startswith((".", "~$")) or name.endswith(UNFINISHED) or not path.is_file():
                continue
            self._seen[path] = (_stamp(path), self._now())

    def complete(self) -> list[Path]:
        """Return files that were the same for long enough, and forget them."""
        done = []
        for path, (stamp, since) in list(self._seen.items()):
            now = _stamp(path)
            if now == (-1, -1):
                del self._seen[path]
            elif now != stamp:
                self._seen[path] = (now, self._now())
            elif self._now() - since >= self._settle:
                del self._seen[path]
                done.append(path)
        return sorted(done)


def _stamp(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except OSError:
        return (-1, -1)
    return stat.st_size, stat.st_mtime_ns
