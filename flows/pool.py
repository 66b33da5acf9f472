"""Worker processes that load their models once; a crash costs one paper, never the run.

They are forked from a process that has loaded `flows.preloaded` and does nothing else, where the
system has such a thing; else each starts from nothing. None is forked from the process that asks:
a fork would carry its threads half alive.
"""

from __future__ import annotations

import atexit
import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import (
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import BaseContext
from queue import Empty, SimpleQueue

import psutil

from flows.children import end_with_parent
from flows.work import Outcome, PaperWorker, Task, WorkSettings

BATCH_BYTES = 20_000
BATCH_PAPERS = 8
"""A batch is about a second's work: small enough that no worker has much left when the others are
done, large enough that its way between processes does not count."""
AHEAD = 4
"""Batches a worker may have waiting: memory stays flat however many files there are."""
EXTRACT_SECONDS = 120.0
"""Seconds a paper's extraction may take on top of its reading before its worker is ended."""
START_SECONDS = 180.0
"""Seconds a worker may take to load its models."""

WAITS = (0.1, 0.5, 2.0)
"""Seconds between tries of starting a worker."""

CRASHED = "The process that read this file died twice; it was left out. Please report the file."
NOT_STARTED = "No process could be started for this file ({}); the next run tries again."
STOPPED = "The run was stopped before this file; run it again."
TOO_SLOW = "Extraction took more than {:.0f} seconds and was stopped. Split the file."

Work = Callable[[Iterable[Task]], Iterator[Outcome]]
"""How tasks become outcomes: here, in processes, or on an engine."""

_Sent = Future[list[Outcome]]
"""A batch on its way through a process."""

_worker: PaperWorker | None = None


def _context() -> BaseContext:
    """Return the way processes start here."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["flows.preloaded"])
    return context


def _start(settings: WorkSettings) -> None:
    """Make this process a worker; its reading child ends with it, and it with its parent."""
    global _worker  # noqa: PLW0603 - one per process, as process pools want it
    # Ctrl-C reaches the whole group: the parent decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    _worker = PaperWorker(settings)
    atexit.register(_worker.close)


def _prepare() -> None:
    if _worker is not None:
        _worker.prepare()


def _run(tasks: Sequence[Task]) -> list[Outcome]:
    if _worker is None:
        raise RuntimeError("a task reached a process that is no worker")
    return _worker(tasks)


def batched(tasks: Iterable[Task], most_bytes: int = BATCH_BYTES) -> Iterator[list[Task]]:
    """Group tasks, so that small papers share a trip and large ones travel alone."""
    batch: list[Task] = []
    size = 0
    for task in tasks:
        if batch and (len(batch) >= BATCH_PAPERS or size + len(task.data) > most_bytes):
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


class WorkerDied(Exception):  # noqa: N818 - reads as an event
    """A worker process died or was ended because it took too long; `reason` says which."""

    def __init__(self, reason: str, detail: str) -> None:
        self.reason, self.detail = reason, detail
        super().__init__(detail)


class _OneProcess:
    """One worker process, started anew after a death."""

    def __init__(self, settings: WorkSettings) -> None:
        self._settings = settings
        self._executor: ProcessPoolExecutor | None = None
        self._fresh, self._closed = True, False
        self._lock = threading.Lock()

    def start(self) -> ProcessPoolExecutor:
        """Start the process if there is none, and let it load its models."""
        with self._lock:
            if self._closed:
                raise WorkerDied("stopped", STOPPED)
            if self._executor is None:
                self._executor, self._fresh = _begun(self._settings), True
            return self._executor

    def run(self, batch: Sequence[Task]) -> list[Outcome]:
        """Run a batch; raises WorkerDied."""
        return self.end(self.begin(batch), batch)

    def begin(self, batch: Sequence[Task]) -> _Sent:
        """Send a batch, which is done after those sent before; raises WorkerDied."""
        executor = self.start()
        try:
            return executor.submit(_run, batch)
        except RuntimeError as error:  # it died a moment ago, or was ended
            self.stop()
            raise WorkerDied("crashed", CRASHED) from error

    def end(self, sent: _Sent, batch: Sequence[Task]) -> list[Outcome]:
        """Wait for the first batch that was sent; its time counts from now. Raises WorkerDied."""
        each = self._settings.read_seconds + EXTRACT_SECONDS
        allowed = each * len(batch) + (START_SECONDS if self._fresh else 0.0)
        try:
            outcomes = sent.result(timeout=allowed)
        except (BrokenProcessPool, CancelledError) as error:
            self.stop()
            raise WorkerDied("crashed", CRASHED) from error
        except TimeoutError as error:
            self.stop()
            raise WorkerDied("too_slow", TOO_SLOW.format(each)) from error
        self._fresh = False
        return outcomes

    def close(self) -> None:
        """End the process for good."""
        self._closed = True
        self.stop()

    def stop(self) -> None:
        """End the process, at once if it is at work."""
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is None:
            return
        processes = list((executor._processes or {}).values())
        for process in processes:
            process.terminate()
            _end_surely(process.pid)
        if sys.version_info < (3, 11, 4):
            # Else one that is still being sent a batch is waited for (gh-94777). Later Pythons
            # close it themselves; twice at once would close somebody else's file.
            executor._call_queue._reader.close()  # type: ignore[attr-defined]
        executor.shutdown(wait=True, cancel_futures=True)


def _begun(settings: WorkSettings) -> ProcessPoolExecutor:
    """Start a worker process, which loads its models meanwhile.

    The process that workers are forked from may just have been killed: it is noticed, and started
    anew, a moment later.
    """
    waits = iter(WAITS)
    while True:
        executor = ProcessPoolExecutor(1, _context(), initializer=_start, initargs=(settings,))
        try:
            # What goes wrong in it goes wrong again with the first batch, which tells.
            executor.submit(_prepare)
            return executor
        except (EOFError, OSError) as error:
            executor.shutdown(wait=False)
            wait = next(waits, None)
            if wait is None:
                raise WorkerDied("not_started", NOT_STARTED.format(error)) from error
            time.sleep(wait)


def _end_surely(pid: int | None) -> None:
    """End a worker that counts as ended because the process it was forked from was killed."""
    try:
        process = psutil.Process(pid)
        if process.status() != psutil.STATUS_ZOMBIE and "forkserver" in " ".join(process.cmdline()):
            process.kill()
    except psutil.Error:
        return


@dataclass(frozen=True, slots=True)
class _Job:
    """A batch, and what becomes of it."""

    batch: Sequence[Task]
    outcomes: Future[list[Outcome]] = field(default_factory=Future)


Jobs = SimpleQueue[_Job | None]
"""Jobs that wait for a process; None says to one that there will be no more."""


class Workers:
    """So many worker processes; `run` may be called from as many threads. A context manager."""

    def __init__(self, settings: WorkSettings, n: int) -> None:
        self.n = n
        self._all = [_OneProcess(settings) for _ in range(n)]
        self._free: SimpleQueue[_OneProcess] = SimpleQueue()
        for one in self._all:
            self._free.put(one)

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Start all processes; they load their models while the caller does something else."""
        starters = ThreadPoolExecutor(self.n, thread_name_prefix="start")
        for one in self._all:
            starters.submit(one.start)
        starters.shutdown(wait=False)

    def close(self) -> None:
        """End all processes; threads that wait for one get WorkerDied."""
        for one in self._all:
            one.close()

    def run(self, batch: Sequence[Task]) -> list[Outcome]:
        """Run a batch on a free process.

        Raises
        ------
        WorkerDied
            The process died or took too long: `run_singly` finds out by which paper.
        """
        one = self._free.get()
        try:
            return one.run(batch)
        finally:
            self._free.put(one)

    def run_singly(self, batch: Sequence[Task]) -> list[Outcome]:
        """Run a batch paper by paper; one that its process dies of is an outcome that says so."""
        return _singly(self.run, batch)

    def serve(self, jobs: Jobs) -> None:
        """Do jobs on one process, which nobody else uses meanwhile, until None comes.

        The next batch is sent before the last is done, so that the process need not wait until
        the one that writes has a moment for it; not where fewer batches wait than there are
        processes, another of which may be free sooner. A batch that its process dies of is done
        again paper by paper; one that was sent behind it is not to blame, and is sent anew.
        """
        one = self._free.get()
        behind: tuple[_Job | None, _Sent | None] | None = None
        while True:
            job, sent = behind or (jobs.get(), None)
            behind = None
            if job is None:
                break
            with _told_to(job.outcomes):
                try:
                    sent = sent or one.begin(job.batch)
                    if jobs.qsize() >= self.n:
                        behind = _begun_behind(one, jobs)
                    outcomes = one.end(sent, job.batch)
                except WorkerDied:
                    behind = behind and (behind[0], None)
                    outcomes = _singly(one.run, job.batch)
                job.outcomes.set_result(outcomes)
        self._free.put(one)


def _begun_behind(one: _OneProcess, jobs: Jobs) -> tuple[_Job | None, _Sent | None] | None:
    """Send a process its next batch, if one waits that is small enough to lie in the pipe."""
    try:
        job = jobs.get_nowait()
    except Empty:  # the other threads were faster
        return None
    if job is None or sum(len(task.data) for task in job.batch) > BATCH_BYTES:
        return job, None
    try:
        return job, one.begin(job.batch)
    except WorkerDied:  # of the batch before, which tells
        return job, None


def _singly(run: Callable[[list[Task]], list[Outcome]], batch: Sequence[Task]) -> list[Outcome]:
    outcomes = []
    for task in batch:
        try:
            outcomes += run([task])
        except WorkerDied as died:
            outcomes.append(fallen(task, died.reason, died.detail))
    return outcomes


@contextmanager
def _told_to(outcomes: Future[list[Outcome]]) -> Iterator[None]:
    """Tell whoever waits for a job what went wrong with it, and go on with the next."""
    try:
        yield
    except Exception as error:  # noqa: BLE001 - raised where the outcomes are asked for
        outcomes.set_exception(error)


def fallen(task: Task, reason: str = "crashed", detail: str = CRASHED) -> Outcome:
    """Return the outcome of a paper that its process did not survive."""
    return Outcome(task.label, task.sha256, None, "extract", reason, detail)


def work_in_processes(tasks: Iterable[Task], pool: Workers) -> Iterator[Outcome]:
    """Do the work in a pool's processes; outcomes come in the order of the tasks.

    Where a process dies, its batch is done again one paper at a time, and the paper that kills
    its process is an outcome with reason ``crashed`` (or ``too_slow``).
    """
    jobs: Jobs = SimpleQueue()
    threads = [
        threading.Thread(target=pool.serve, args=(jobs,), name=f"worker-{n}", daemon=True)
        for n in range(pool.n)
    ]
    for thread in threads:
        thread.start()

    def submit(batch: list[Task]) -> Future[list[Outcome]]:
        job = _Job(batch)
        jobs.put(job)
        return job.outcomes

    try:
        yield from flowing(batched(tasks), submit, pool.n)
    finally:
        pool.close()
        for _ in threads:
            jobs.put(None)
        for thread in threads:
            thread.join()


def flowing(
    batches: Iterable[list[Task]],
    submit: Callable[[list[Task]], Future[list[Outcome]]],
    workers: int,
) -> Iterator[Outcome]:
    """Keep every worker busy with a bounded number of batches.

    Outcomes come in the order of the batches, so that nothing in the warehouse depends on which
    worker was faster.
    """
    source = iter(batches)
    pending: deque[Future[list[Outcome]]] = deque()
    more = True
    while more or pending:
        while more and len(pending) < AHEAD * workers:
            batch = next(source, None)
            if batch is None:
                more = False
            else:
                pending.append(submit(batch))
        if pending:
            yield from pending.popleft().result()
