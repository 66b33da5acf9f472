"""Soak: papers keep arriving, processes keep being killed, and the rows are those of a quiet run.

    python -m bench.soak [--minutes 30] [--kill-every 120] [--out bench/results-soak.md]

`serve` runs with a schedule over a folder. Papers (bad ones among them) land in it; every so often
the next of KINDS has its turn and is killed with SIGKILL as soon as one runs; `serve` is
started again when it is gone. At the end one ingest settles what is left, and every row is compared
with those of one quiet run over the same files.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.made_papers import write_papers
from bench.measure import CLI, ROOT, machine, run

KINDS = {
    "flow": "prefect.engine",
    "worker": "multiprocessing.forkserver",
    "server": "flows.prefect_server",
    "reader": "guard_child",
    "runner": "flows.deployments run",
    "serve": "serve --port",
}
"""What is killed, and words of its command line."""
PATIENCE = 60.0
"""Seconds to wait for a process of the kind whose turn it is, before the next kind has it."""
TABLES = {
    "papers": "paper_id, title, year, source, sha256, n_words",
    "paper_sources": "paper_id, source, sha256, relation",
    "rejects": "source, sha256, stage, reason",
    "passages": 'passage_id, paper_id, ordinal, start, "end", text',
    "mentions": 'mention_id, passage_id, kind, entity_id, surface, start, "end"',
    "facts": "fact_id, passage_id, metric, value, unit, quote",
    "codes": "passage_id, dimension, label, round(probability, 4), selected, model_id",
}


def rows_of(home: Path) -> dict[str, tuple[int, str]]:
    """Return table to number of rows and a hash of their content, in no order."""
    import warehouse

    found = {}
    with warehouse.open(home / "clusterlore.duckdb") as reader:
        for table, columns in TABLES.items():
            rows = sorted(map(repr, reader.sql(f"SELECT {columns} FROM {table}").rows()))
            digest = hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]
            found[table] = (len(rows), digest)
    return found


def runs_of(home: Path) -> str:
    """Say how the runs ended."""
    import warehouse

    with warehouse.open(home / "clusterlore.duckdb") as reader:
        rows = reader.sql("SELECT status, count(*) FROM runs GROUP BY 1 ORDER BY 1").rows()
    return ", ".join(f"{n} {status}" for status, n in rows)


def _write(lines: list[str], out: Path | None) -> None:
    """Print the figures, and keep them where a file is given."""
    text = "\n".join(["# The soak", "", f"{datetime.now(UTC):%Y-%m-%d}. {machine()}", "", *lines])
    print(text)
    if out is not None:
        out.write_text(text + "\n", encoding="utf-8")


def soak(
    minutes: float, kill_every: float, words: int = 400, seed: int = 7, out: Path | None = None
) -> int:
    """Run the soak; return 0 where the rows are the same."""
    draw = random.Random(seed)
    top = Path(tempfile.mkdtemp(prefix="clusterlore-soak-"))
    inbox = top / "in"
    inbox.mkdir()
    files = _make(top / "made", max(6, int(minutes * 6)), words, seed, draw)
    env = {**os.environ, "CLUSTERLORE_HOME": str(top / "home")}
    add = [CLI, "schedule", "add", "ingest", str(inbox), "--every", "10s", "--workers", "2"]
    subprocess.run(add, env=env, check=True, cwd=ROOT)
    serve: subprocess.Popen[bytes] | None = None
    started = last_kill = time.monotonic()
    kills: list[str] = []
    turns: list[str] = []
    tries = 0
    landed = 0
    while (passed := time.monotonic() - started) < minutes * 60:
        if serve is None or serve.poll() is not None:
            serve = _serve(env)
        while landed < len(files) * min(1.0, passed / (minutes * 48)):
            _land(files[landed], inbox)
            landed += 1
        waited = time.monotonic() - last_kill - kill_every
        if waited > 0:
            if waited > PATIENCE * tries:
                turns.append(min(KINDS, key=turns.count))
                tries += 1
            if hit := _kill_one(serve, turns[-1], draw):
                kills.append(hit)
                last_kill, tries = time.monotonic(), 0
                print(f"{passed:,.0f} s: killed {hit}", flush=True)
        time.sleep(0.2)
    for file in files[landed:]:
        _land(file, inbox)
    if serve is not None and serve.poll() is None:
        serve.send_signal(signal.SIGTERM)
        serve.wait(timeout=180)
    left = left_behind(env["CLUSTERLORE_HOME"])
    run([CLI, "ingest", str(inbox)], {"CLUSTERLORE_HOME": env["CLUSTERLORE_HOME"]})
    quiet = {"CLUSTERLORE_HOME": str(top / "quiet")}
    run([CLI, "ingest", str(inbox)], quiet)
    loud_rows, quiet_rows = rows_of(top / "home"), rows_of(top / "quiet")
    said = ", ".join(f"{kills.count(kind)} {kind}" for kind in sorted(set(kills)))
    lines = [f"{len(files)} files in {minutes:g} minutes; killed: {said}.", ""]
    lines += [f"{len(left)} processes left behind; runs: {runs_of(top / 'home')}.", ""]
    lines += _compared(loud_rows, quiet_rows)
    good = loud_rows == quiet_rows and not left
    _write(lines, out)
    if good:
        shutil.rmtree(top, ignore_errors=True)
    else:
        print(f"kept for looking at: {top}")
    return 0 if good else 1


def _make(folder: Path, n: int, words: int, seed: int, draw: random.Random) -> list[Path]:
    """Write papers and a tenth as many bad files; return all, shuffled."""
    write_papers(folder, n, words, seed)
    for i in range(max(1, n // 10)):
        (folder / f"bad-{i}.pdf").write_bytes(b"%PDF-1.7\n" + draw.randbytes(400))
    files = sorted(folder.iterdir())
    draw.shuffle(files)
    return files


def _serve(env: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [CLI, "serve", "--port", "0"], env=env, cwd=ROOT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _compared(loud: dict[str, tuple[int, str]], quiet: dict[str, tuple[int, str]]) -> list[str]:
    lines = ["| table | rows | rows of a quiet run | content |", "| --- | ---: | ---: | --- |"]
    for table in TABLES:
        same = "same" if loud[table] == quiet[table] else "DIFFERENT"
        lines.append(f"| {table} | {loud[table][0]:,} | {quiet[table][0]:,} | {same} |")
    return lines


def _land(file: Path, inbox: Path) -> None:
    """Copy a file in two halves, as a slow copy would."""
    data, target = file.read_bytes(), inbox / file.name
    with target.open("wb") as out:
        out.write(data[: len(data) // 2])
        out.flush()
        time.sleep(0.2)
        out.write(data[len(data) // 2 :])


def _kill_one(serve: subprocess.Popen[bytes], kind: str, draw: random.Random) -> str:
    """Kill a process of a kind; return the kind, or nothing where none runs."""
    found = [one for one in _tree(serve.pid) if KINDS[kind] in _command(one)]
    if not found:
        return ""
    try:
        draw.choice(found).kill()
    except psutil.NoSuchProcess:
        return ""
    return kind


def _tree(pid: int) -> list[psutil.Process]:
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""


def left_behind(home: str, seconds: float = 30.0) -> list[psutil.Process]:
    """Return processes of this home that still run after a while."""
    deadline = time.monotonic() + seconds
    while True:
        left = [one for one in psutil.process_iter(["environ"]) if _ours(one, home)]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.5)


def _ours(process: psutil.Process, home: str) -> bool:
    environ = process.info["environ"] or {}
    return environ.get("CLUSTERLORE_HOME") == home and process.pid != os.getpid()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--kill-every", type=float, default=120.0)
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("results-soak.md"))
    options = parser.parse_args()
    return soak(options.minutes, options.kill_every, out=options.out)


if __name__ == "__main__":
    sys.exit(main())
