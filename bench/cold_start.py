"""How long each command takes from a standing start, and when ``ingest`` starts work."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
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
            times = [
                run([CLI, *arguments], env, fails=True, memory=False).seconds
                for _ in range(repeats)
            ]
            rows.append((what, f"{median(times):.2f} s", asked))
        starts = [_ingest_starts(paper, Path(name) / f"h{i}") for i in range(repeats)]
        began, loaded = (median(column) for column in zip(*starts, strict=True))
        rows.append(("ingest: starts work after", f"{began:.2f} s", "≤ 2.5 s"))
        rows.append(("ingest: one paper loaded after", f"{loaded:.2f} s", ""))
    return rows


def _ingest_starts(paper: Path, home: Path) -> tuple[float, float]:
    """Return the seconds until ``ingest`` begins its run, and until one paper is done."""
    import warehouse

    before = datetime.now(UTC).replace(tzinfo=None)
    found = run([CLI, "ingest", str(paper)], {"CLUSTERLORE_HOME": str(home)}, memory=False)
    with warehouse.open(home / "clusterlore.duckdb") as reader:
        (began,) = reader.sql("SELECT started_at FROM runs").rows()[0]
    return (began - before).total_seconds(), found.seconds
