"""The soak, shortened: runs and workers are killed, bad files land, and the rows are the same."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from bench.soak import rows_of

CLI = str(Path(sys.executable).with_name("clusterlore"))


def _ingest(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [CLI, "ingest", str(folder), "--workers", "2"],
        env={**os.environ, "CLUSTERLORE_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _until_at_work(run: subprocess.Popen[bytes]) -> None:
    """Wait until the run's workers are there (or it ended)."""
    deadline = time.monotonic() + 60
    while run.poll() is None and time.monotonic() < deadline:
        if len(psutil.Process(run.pid).children(recursive=True)) >= 2:
            return
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_kills_and_bad_files_leave_the_rows_of_a_quiet_run(
    papers: Callable[..., Path], tmp_path: Path
) -> None:
    draw = random.Random(11)
    folder = papers(24)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing follows")
    (folder / "empty.txt").write_bytes(b"")
    loud, quiet = tmp_path / "loud", tmp_path / "quiet"
    for victim in ("run", "worker", "run"):
        run = _ingest(folder, loud)
        _until_at_work(run)
        time.sleep(draw.uniform(1.0, 4.0))
        if run.poll() is None:
            tree = psutil.Process(run.pid).children(recursive=True)
            if victim == "worker" and tree:
                draw.choice(tree).kill()
                run.wait(timeout=200)
            else:
                run.kill()
                run.wait()
                psutil.wait_procs(tree, timeout=15)
                assert [one for one in tree if one.is_running()] == []
    assert _ingest(folder, loud).wait(timeout=200) == 0
    assert _ingest(folder, quiet).wait(timeout=200) == 0
    assert rows_of(loud) == rows_of(quiet)
