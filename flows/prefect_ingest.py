"""Ingest through Prefect: the plain function, with each batch of papers as a task.

The parameters of a flow are stored and shown by Prefect, so they never hold a secret: settings
(passwords, the webhook) come from the environment, or from the caller in the same process.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.engine import Engine, resolve_engine
from flows.ingest import IngestReport, ingest, work_settings
from flows.pool import AHEAD, Work, WorkerDied, Workers, batched, fallen
from flows.prefect_home import prefect_configured
from flows.prefect_server import prefect_api
from flows.settings import Settings
from flows.work import Outcome, PaperWorker, Task, WorkSettings
from pipeline.sources import expand

if TYPE_CHECKING:
    from prefect.futures import PrefectFuture

WAIT_SECONDS = 1800.0
"""How long a flow waits for another run that holds the warehouse."""
SETTLE_SECONDS = 1.0
SETTLE_AT_MOST = 30.0
"""Seconds a flow waits until the newest file has rested: it may be half copied."""
RETRIES = 2
TASK_BYTES = 200_000
"""Bytes of papers in one of Prefect's tasks, each of which costs it a tenth of a second."""
FLOW_SECONDS = 24 * 3600


def ingest_through_prefect(
    paths: Iterable[str | Path],
    settings: Settings,
    *,
    workers: int | None = None,
    on: str | None = None,
) -> IngestReport:
    """Ingest as a Prefect flow run on a server on this machine; see `flows.ingest.ingest`.

    Parameters
    ----------
    on : str, optional
        Engine of the work: ``dask`` for a cluster on this machine, ``dask://HOST:PORT`` for one
        that runs on loopback, ``dask+tls://HOST:PORT`` for one elsewhere.

    Raises
    ------
    UsageError
        As the plain function, or an engine that is not known or not safe.
    """
    engine = resolve_engine(on)
    with prefect_api(settings) as api, prefect_configured(settings, api):
        from flows.prefect_flows import run_ingest

        return run_ingest([str(path) for path in paths], settings, workers, engine)


class PrefectWork:
    """How tasks become outcomes by Prefect tasks; call it inside a flow run.

    Each task is a batch. A task is tried again, with back-off, where its process died; what can't
    pass by itself (a bad file) is an outcome, never an error.
    """

    def __init__(self, settings: Settings, engine: Engine, workers: int, read: Any) -> None:
        self._settings, self._engine = work_settings(settings), engine
        self._workers, self._read = workers, read

    def __call__(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield outcomes in the order of the tasks."""
        from prefect.utilities.annotations import quote

        with self._pool() as pool:
            pending: list[tuple[list[Task], PrefectFuture[list[Outcome]]]] = []
            for batch in batched(tasks, TASK_BYTES):
                if len(pending) >= AHEAD * self._workers:
                    yield from _settled(*pending.pop(0))
                # Quoted: Prefect would look for futures in every paper. Dask takes quotes apart.
                given = (batch, pool) if self._engine.remote else (quote(batch), quote(pool))
                future = self._read.submit(*given, name_of(batch))
                pending.append((batch, future))
            for one in pending:
                yield from _settled(*one)

    def _pool(self) -> AbstractContextManager[Any]:
        if self._engine.remote:
            return _settings_alone(self._settings)
        return Workers(self._settings, self._workers)


@contextmanager
def _settings_alone(settings: WorkSettings) -> Iterator[WorkSettings]:
    yield settings


def _settled(batch: list[Task], future: PrefectFuture[list[Outcome]]) -> list[Outcome]:
    outcome = future.result(raise_on_failure=False)
    if isinstance(outcome, BaseException):
        detail = (
            f"The engine failed on its batch ({type(outcome).__name__}: {outcome});"
            " the next run tries again."
        )
        return [fallen(task, "engine_failed", detail) for task in batch]
    return outcome


def name_of(batch: Sequence[Task]) -> str:
    """Return words for a batch on Prefect's page."""
    first = Path(batch[0].label).name
    return first if len(batch) == 1 else f"{first} and {len(batch) - 1} more"


def do_batch(batch: Sequence[Task], pool: Workers | WorkSettings, attempt: int) -> list[Outcome]:
    """Do one batch, wherever this runs; the second attempt goes paper by paper.

    Raises
    ------
    WorkerDied
        A process died at the first attempt: worth another.
    """
    if isinstance(pool, WorkSettings):
        return _own_worker(pool)(batch)
    if attempt > 1:
        return pool.run_singly(batch)
    return pool.run(batch)


def can_pass(error: object) -> bool:
    """Say whether what failed may go well at another try."""
    from pipeline.errors import ClusterloreError

    return not isinstance(error, ClusterloreError) and isinstance(
        error, WorkerDied | OSError | MemoryError
    )


_worker: tuple[WorkSettings, PaperWorker] | None = None


def _own_worker(settings: WorkSettings) -> PaperWorker:
    """Return this process's worker, made on the first batch that an engine sends here."""
    global _worker  # noqa: PLW0603 - one per process of the engine
    if _worker is None or _worker[0] != settings:
        if _worker is not None:
            _worker[1].close()
        _worker = settings, PaperWorker(settings)
    return _worker[1]


def run_plain(
    paths: Sequence[str],
    settings: Settings,
    workers: int | None,
    engine: Engine,
    read: Any,
    work: Work | None = None,
) -> IngestReport:
    """Run the plain function with Prefect's tasks as its work, unless `work` is given."""
    if not _settled_paths(paths):
        return IngestReport()  # a folder that is empty as yet is no failure for a schedule
    work = work or PrefectWork(settings, engine, workers or settings.worker_count, read)
    return ingest(paths, settings, work=work, wait=WAIT_SECONDS)


def _settled_paths(paths: Sequence[str]) -> bool:
    """Wait (not for ever) until no file is still being copied; say whether there is any file."""
    deadline = time.monotonic() + SETTLE_AT_MOST
    while True:
        newest = max((source.mtime_ns for source in expand(paths)), default=None)
        if newest is None:
            return False
        rested = time.time() - newest / 1e9
        # A time of change in the future (another machine's clock) is not waited for.
        if rested >= SETTLE_SECONDS or rested < 0 or time.monotonic() > deadline:
            return True
        time.sleep(SETTLE_SECONDS - rested)
