"""Worker processes that load their models once; a crash costs one paper, never the run."""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from flows.work import Outcome, PaperWorker, Task, WorkSettings

BATCH_BYTES = 400_000
BATCH_PAPERS = 8

_worker: PaperWorker | None = None


def _start(settings: WorkSettings) -> None:
    """Make this process a worker; its reading child ends with it."""
    global _worker  # noqa: PLW0603 - one per process, as process pools want it
    _worker = PaperWorker(settings)
    atexit.register(_worker.close)


def _run(tasks: Sequence[Task]) -> list[Outcome]:
    if _worker is None:
        raise RuntimeError("a task reached a process that is no worker")
    return _worker(tasks)


def batched(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    """Group tasks, so that small papers share a trip and large ones travel alone."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        if batch and (len(batch) >= BATCH_PAPERS or size + len(task.data) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(task)
        size += len(task.data)
    if batch:
        yield batch


def work_here(tasks: Iterable[Task], settings: WorkSettings) -> Iterator[Outcome]:
    """Do the work in this process."""
    worker = PaperWorker(settings)
    try:
        for batch in batched(tasks):
            yield from worker(batch)
    finally:
        worker.close()


def work_in_processes(
    tasks: Iterable[Task], settings: WorkSettings, workers: int
) -> Iterator[Outcome]:
    """Do the work in `workers` processes; outcomes come as they are done.

    At most two batches a worker are under way, so that memory stays flat however many files
    there are. Where a process dies, its batches are done again one paper at a time, and the
    paper that kills its process is an outcome with reason ``crashed``.
    """
    pending: dict[Future[list[Outcome]], list[Task]] = {}
    source = batched(tasks)
    lost: list[Task] = []
    pool = _pool(settings, workers)
    try:
        exhausted = False
        while pending or not exhausted:
            while not exhausted and len(pending) < 2 * workers:
                batch = next(source, None)
                if batch is None:
                    exhausted = True
                    break
                try:
                    pending[pool.submit(_run, batch)] = batch
                except BrokenProcessPool:
                    lost.extend(batch)
                    pool = _restart(pool, settings, workers)
            done, _ = wait(pending, return_when=FIRST_COMPLETED) if pending else (set(), set())
            broken = False
            for future in done:
                batch = pending.pop(future)
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    broken = True
                    lost.extend(batch)
            if broken:
                lost.extend(task for batch in pending.values() for task in batch)
                pending.clear()
                pool = _restart(pool, settings, workers)
            while lost:
                task = lost.pop()
                try:
                    yield from pool.submit(_run, [task]).result()
                except BrokenProcessPool:
                    yield Outcome(task.label, task.sha256, None, "extract", "crashed", CRASHED)
                    pool = _restart(pool, settings, workers)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


CRASHED = "The process that read this file died twice; it was left out. Please report the file."


def _pool(settings: WorkSettings, workers: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would carry this process's threads and locks half alive.
    return ProcessPoolExecutor(
        workers, multiprocessing.get_context("spawn"), initializer=_start, initargs=(settings,)
    )


def _restart(
    pool: ProcessPoolExecutor, settings: WorkSettings, workers: int
) -> ProcessPoolExecutor:
    pool.shutdown(wait=False, cancel_futures=True)
    return _pool(settings, workers)


Work = Callable[[Iterable[Task]], Iterator[Outcome]]
"""How tasks become outcomes: here, in processes, or on an engine."""
