"""Worker processes: order kept, a death costs one paper, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

import psutil
import pytest

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
    def run(_self: object, batch: list[Task]) -> list[Outcome]:
        if any(task.label == "killer" for task in batch):
            raise pool.WorkerDied("crashed", pool.CRASHED)
        return [Outcome(task.label, task.sha256, None, "read", "fine") for task in batch]

    monkeypatch.setattr(pool._OneProcess, "run", run)
    tasks = [_task("a"), _task("killer"), _task("b")]
    outcomes = list(pool.work_in_processes(tasks, pool.Workers(SETTINGS, 2)))
    assert [(one.label, one.reason) for one in outcomes] == [
        ("a", "fine"),
        ("killer", "crashed"),
        ("b", "fine"),
    ]


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
        (outcome,) = workers.run_surely([_task("a.txt", TEXT)])
    assert (outcome.reason, len(tries)) == ("", 3)


def test_what_workers_fork_from_may_be_killed() -> None:
    with pool.Workers(SETTINGS, 1) as workers:
        assert [one.reason for one in workers.run_surely([_task("a.txt", TEXT)])] == [""]
        os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
        for name in ("b.txt", "c.txt"):
            (outcome,) = workers.run_surely([_task(name, TEXT + name.encode())])
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
