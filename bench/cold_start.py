"""How long each command takes from a standing start, and when ``ingest`` starts work."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

from bench.measure import CLI, ROOT, median, run

COMMANDS: dict[str, tuple[list[str], str]] = {
    "--help": (["--help"], "≤ 0.7 s"),
    "sql": (["sql", "SELECT count(*) FROM papers"], "≤ 0.7 s"),
    "sql --list": (["sql", "--list"], ""),
    "status": (["status"], "≤ 0.7 s"),
    "ingest --help": (["ingest", "--help"], ""),
    "show": (["show", "no_such_id"], ""),
    "verify": (["verify", "--no-sources"], ""),
    "doctor": (["doctor"], ""),
    "models list": (["models", "list"], ""),
    "schedule list": (["schedule", "list"], ""),
    "recode (nothing to do)": (["recode"], ""),
}


def measure(repeats: int) -> list[tuple[str, str, str]]:
    """Return rows of (what, median, what is asked)."""
    with tempfile.TemporaryDirectory(prefix="clusterlore-bench-") as name:
        env = {"CLUSTERLORE_HOME": str(Path(name) / "home")}
        source = ROOT / "examples" / "papers"
        paper = next(iter(sorted(source.glob("*.txt"))))
        run([CLI, "ingest", str(paper)], env)
        rows = []
        for what, (arguments, asked) in COMMANDS.items():
            times = [run([CLI, *arguments], env, fails=True).seconds for _ in range(repeats)]
            rows.append((what, f"{median(times):.2f} s", asked))
        starts = [_until_first(paper, Path(name) / f"h{i}") for i in range(repeats)]
        rows.append(("ingest: first paper loaded after", f"{median(starts):.2f} s", "≤ 2.5 s"))
    return rows


def _until_first(paper: Path, home: Path) -> float:
    """Return the seconds until ``ingest`` says that a paper is done."""
    import os

    started = time.perf_counter()
    child = subprocess.Popen(
        [CLI, "ingest", str(paper)], cwd=ROOT, env={**os.environ, "CLUSTERLORE_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stderr is not None
    child.stderr.readline()
    seconds = time.perf_counter() - started
    child.stderr.read()
    child.wait()
    return seconds
