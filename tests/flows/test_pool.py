"""Worker processes: order kept, a death costs one paper, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from pathlib import Path
from typing import Any, ClassVar

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows import pool
from flows.work import Outcome, Task, WorkSettings
from pipeline.ids import sha256_bytes

TEXT = b"# Potters of Ubriva\n\nThe potters of Ubriva fire their kilns with husks. " * 4
SETTINGS = WorkSettings("models", 5.0, 2 << 30, 1 << 20)


def _task(name: str, data: bytes = b"") -> Task:
    return Task(name, sha256_bytes(data or name.encode()), data or name.encode())


def test_batches_keep_the_order_and_large_papers_travel_alone() -> None:
    tasks = [_task(f"{i}") for i in range(10)] + [_task("big", b"x" * pool.BATCH_BYTES)]
    batches = [[task.label for task in batch] for batch in pool.batched(tasks)]
    assert batches == [[f"{i}" for i in range(8)], ["8", "9"], ["big"]]


def test_outcomes_come_in_order_and_few_batches_wait() -> None:
    started: list[int] = []

    def submit(batch: list[Task]) -> Future[list[Outcome]]:
        future: Future[list[Outcome]] = Future()
        started.append(len(started))
        outcomes = [Outcome(task.label, task.sha256, None) for task in batch]
        delay = 0.05 if len(started) % 2 else 0.0
        threading.Timer(delay, future.set_result, [outcomes]).start()
        return future

    batches = [[_task(str(i))] for i in range(20)]
    seen = []
    for at, outcome in enumerate(pool.flowing(batches, submit, workers=1)):
        seen.append(outcome.label)
        assert len(started) <= at + pool.AHEAD + 1
    assert seen == [str(i) for i in range(20)]


def test_a_paper_that_kills_its_process_costs_itself_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "_OneProcess", Acting)
    Acting.log = []
    tasks = [_task("a"), _task("killer"), _task("b")]
    outcomes = list(pool.work_in_processes(tasks, pool.Workers(SETTINGS, 2)))
    assert [(one.label, one.reason) for one in outcomes] == [
        ("a", "fine"),
        ("killer", "crashed"),
        ("b", "fine"),
    ]


class Acting(pool._OneProcess):
    """A process of one thread, which dies of a killer as a process does: with all it was sent."""

    log: ClassVar[list[tuple[str, ...]]]

    def start(self) -> Any:
        with self._lock:
            if self._closed:
                raise pool.WorkerDied("stopped", pool.STOPPED)
            if self._executor is None:
                self._executor = ThreadPoolExecutor(1)  # type: ignore[assignment]
                self.dead = False
            return self

    def submit(self, _run: object, batch: list[Task]) -> Future[list[Outcome]]:
        if self.dead:
            raise BrokenProcessPool("it is dead")
        assert self._executor is not None
        return self._executor.submit(self.act, batch)

    def act(self, batch: list[Task]) -> list[Outcome]:
        if self.dead:
            raise BrokenProcessPool("it died before")
        time.sleep(0.005)
        labels = tuple(task.label for task in batch)
        self.log.append(labels)
        if "missing" in labels:
            raise ImportError("not a paper's fault")
        if any(label.startswith("killer") for label in labels):
            self.dead = True
            raise BrokenProcessPool("killed")
        return [Outcome(task.label, task.sha256, None, "read", "fine") for task in batch]

    def stop(self) -> None:
        with self._lock:
            executor, self._executor = self._executor, None
        if executor is not None:
            executor.shutdown(wait=True)


@given(
    killers=st.sets(st.integers(0, 29), max_size=6),
    large=st.sets(st.integers(0, 29)),
    workers=st.integers(1, 4),
)
@settings(max_examples=25, deadline=None)
def test_whoever_dies_and_whatever_was_sent_behind_every_paper_has_its_outcome(
    killers: set[int], large: set[int], workers: int
) -> None:
    names = [f"killer{i}" if i in killers else f"{i}" for i in range(30)]
    size = {name: pool.BATCH_BYTES if i in large else 10 for i, name in enumerate(names)}
    tasks = [_task(name, name.encode().ljust(size[name])) for name in names]
    Acting.log = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "_OneProcess", Acting)
        outcomes = list(pool.work_in_processes(tasks, pool.Workers(SETTINGS, workers)))
    reasons = ["crashed" if i in killers else "fine" for i in range(30)]
    assert [(one.label, one.reason) for one in outcomes] == list(zip(names, reasons, strict=True))
    # Each killer was tried again alone; nobody else was, but for those who shared its batch.
    batches = [tuple(task.label for task in batch) for batch in pool.batched(tasks)]
    done = Counter(Acting.log)
    again = [batch for batch in batches if any(label.startswith("killer") for label in batch)]
    alone = [(label,) for batch in again for label in batch]
    assert done == Counter([*batches, *alone])


def test_what_is_no_papers_fault_ends_the_run_and_all_threads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool, "_OneProcess", Acting)
    Acting.log = []
    tasks = [_task(name, name.encode().ljust(pool.BATCH_BYTES)) for name in ("a", "missing", "b")]
    with pytest.raises(ImportError):
        list(pool.work_in_processes(tasks * 5, pool.Workers(SETTINGS, 2)))
    assert not [one for one in threading.enumerate() if one.name.startswith("worker-")]


def test_a_worker_that_is_killed_at_work_costs_no_paper(papers: Callable[..., Path]) -> None:
    tasks = [
        Task(path.name, sha256_bytes(path.read_bytes()), path.read_bytes())
        for path in sorted(papers(12).glob("*.txt"))
    ]
    workers = pool.Workers(SETTINGS, 1)
    outcomes = []
    for outcome in pool.work_in_processes(list(tasks), workers):
        outcomes.append(outcome)
        executor = workers._all[0]._executor
        if len(outcomes) == 1 and executor is not None:
            next(iter(executor._processes.values())).kill()
    assert [(one.label, one.reason) for one in outcomes] == [(task.label, "") for task in tasks]


def test_a_worker_that_could_not_start_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the process that workers fork from was killed the moment before."""
    tries: list[int] = []

    class Falling(ProcessPoolExecutor):
        def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
            tries.append(1)
            if len(tries) == 1:
                raise EOFError("unexpected EOF")
            return super().submit(*args, **kwargs)

    monkeypatch.setattr(pool, "ProcessPoolExecutor", Falling)
    with pool.Workers(SETTINGS, 1) as workers:
        (outcome,) = workers.run([_task("a.txt", TEXT)])
    assert (outcome.reason, len(tries)) == ("", 3)


def test_what_workers_fork_from_may_be_killed() -> None:
    with pool.Workers(SETTINGS, 1) as workers:
        assert [one.reason for one in workers.run([_task("a.txt", TEXT)])] == [""]
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
        for name in ("b.txt", "c.txt"):
            batch = [_task(name, TEXT + name.encode())]
            try:
                (outcome,) = workers.run(batch)
            except pool.WorkerDied:
                (outcome,) = workers.run_singly(batch)
            assert (outcome.label, outcome.reason, outcome.detail) == (name, "", "")


def test_what_workers_fork_from_has_no_thread_of_its_own() -> None:
    if not Path("/proc/self/task").is_dir():
        pytest.skip("the system has no /proc")
    code = "import flows.preloaded, os; assert len(os.listdir('/proc/self/task')) == 1"
    subprocess.run([sys.executable, "-c", code], check=True)


PARENT = """
import signal, sys, time
from flows.pool import Workers
from flows.work import WorkSettings
if __name__ == "__main__":
    # A run in the background inherits an ignored Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    workers = Workers(WorkSettings("models", 5.0, 2 << 30, 1 << 20), 1)
    workers.run([])
    print("ready", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_run(how: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT, encoding="utf-8")
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert parent.stdout.readline() == "ready\n"
    children = psutil.Process(parent.pid).children(recursive=True)
    assert children
    os.kill(parent.pid, how)
    parent.wait(timeout=120)
    parent.stdout.close()
    deadline = time.monotonic() + 10
    while any(_alive(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [child for child in children if _alive(child)] == []


def _alive(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
