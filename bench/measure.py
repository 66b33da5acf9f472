"""Measuring commands from outside: wall-clock seconds and peak memory of the whole process tree."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
PYTHON = sys.executable
CLI = str(Path(sys.executable).with_name("clusterlore"))


@dataclass(frozen=True, slots=True)
class Measured:
    """One run: seconds, peak MB of the tree and of its largest process, samples over time.

    A sample is seconds since the start, MB of the process itself, and of the largest below it.
    """

    seconds: float
    tree_mb: float
    largest_mb: float
    out: str
    samples: list[tuple[float, float, float]] = field(default_factory=list)


def run(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    *,
    fails: bool = False,
    memory: bool = True,
) -> Measured:
    """Run a command to its end; raises where it fails, unless `fails`.

    Looking at its memory takes time from a command that is over in half a second: `memory` off.
    """
    started = time.perf_counter()
    child = subprocess.Popen(
        list(command), env={**os.environ, **(env or {})}, cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    peaks = [0.0, 0.0]
    samples: list[tuple[float, float, float]] = []
    done = threading.Event()

    def look() -> None:
        while not done.wait(0.2):
            sizes = list(_sizes(child.pid))
            if sizes:
                peaks[0] = max(peaks[0], sum(sizes))
                peaks[1] = max(peaks[1], *sizes)
                below = max(sizes[1:], default=0.0)
                samples.append((time.perf_counter() - started, sizes[0], below))

    watcher = threading.Thread(target=look, daemon=True)
    if memory:
        watcher.start()
    out, err = child.communicate()
    seconds = time.perf_counter() - started
    done.set()
    if memory:
        watcher.join()
    if child.returncode and not fails:
        raise RuntimeError(f"{' '.join(command[:4])} … failed:\n{err[-2000:]}")
    return Measured(seconds, peaks[0], peaks[1], out, samples)


def _sizes(pid: int) -> list[float]:
    """Return the MB of a process, then of those below it."""
    try:
        top = psutil.Process(pid)
        tree = [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []
    sizes = []
    for one in tree:
        try:
            sizes.append(one.memory_info().rss / 1e6)
        except psutil.NoSuchProcess:
            continue
    return sizes


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def machine() -> str:
    """Say what this was measured on."""
    from importlib.metadata import version

    names = ("spacy", "onnxruntime", "duckdb", "prefect", "scikit-learn", "numpy")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    cores = len(os.sched_getaffinity(0))
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    ram = psutil.virtual_memory().total / 1e9
    load = os.getloadavg()[0]
    return (
        f"{cores} cores of {model}, {ram:.0f} GB; Python {platform.python_version()}; {versions};"
        f" load before it began {load:.1f}"
    )
