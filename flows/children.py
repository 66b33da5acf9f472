"""Child processes that end with their parent, however the parent ends."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import threading
import time

import psutil

_PR_SET_PDEATHSIG = 1
_LOOK_EVERY = 0.5
"""Seconds between looks at the parent where the system does not tell."""


def end_with_parent() -> None:
    """Make this process end when the one that started it ends, by a kill -9 too.

    The kernel's own signal (Linux) is bound to the parent's *thread*, which is wrong where a pool
    starts its processes from a thread that may end; so a thread of ours watches the parent.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        _watch(parent.join)
        return
    before = os.getppid()

    def until_adopted() -> None:
        while os.getppid() == before:
            time.sleep(_LOOK_EVERY)

    _watch(until_adopted)


def end_with_main_thread_of_parent() -> None:
    """As `end_with_parent`, told by the kernel where it can: for a child of a main thread."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    end_with_parent()


def _watch(gone: object) -> None:
    def run() -> None:
        assert callable(gone)
        gone()
        os._exit(1)

    threading.Thread(target=run, name="end-with-parent", daemon=True).start()


def stop_tree(pid: int, seconds: float = 5.0) -> None:
    """Ask a process and all below it to end; end those that don't within `seconds`."""
    try:
        top = psutil.Process(pid)
        tree = [*top.children(recursive=True), top]
    except psutil.NoSuchProcess:
        return
    for one in reversed(tree):
        _tell(one, signal.SIGTERM)
    _, left = psutil.wait_procs(tree, timeout=seconds)
    for one in left:
        _tell(one, signal.SIGKILL)
    psutil.wait_procs(left, timeout=seconds)


def _tell(process: psutil.Process, what: signal.Signals) -> None:
    try:
        process.send_signal(what)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return


def is_running(pid: int, started: float) -> bool:
    """Whether the process that had this id and start time (seconds since 1970) still runs."""
    try:
        process = psutil.Process(pid)
        same = abs(float(process.create_time()) - started) < 1.0
        return bool(same and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
