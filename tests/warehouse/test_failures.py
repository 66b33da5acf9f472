"""What can go wrong around the file: one clear line each, nothing lost."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from made_papers import bundle
from snapshots import column, rows
from test_loading import offenders

import warehouse
from pipeline.errors import WarehouseDamaged, WarehouseError, WarehouseLocked
from warehouse.writer import Writer

HERE = Path(__file__).parent
N_PAPERS = 25

LOADER = """
import sys
from made_papers import bundle
from pathlib import Path
from warehouse.writer import Writer

with Writer(Path(sys.argv[1]), wait=30) as writer:
    for at in range(int(sys.argv[2])):
        body = tuple(f"Body {at} of part {part} says its {at * part} words." for part in range(9))
        made = bundle(f"{at}.txt", title=f"Paper {at}", body=body)
        writer.load(made, size=1, mtime_ns=2, recipe="r1")
        print(at, flush=True)
        if at % 5 == 4:
            writer.publish()
    writer.publish()
"""


def loader(path: Path, n: int = N_PAPERS) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{HERE}:{HERE.parents[1]}"}
    return subprocess.Popen(
        [sys.executable, "-c", LOADER, str(path), str(n)],
        stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip


def run_to_the_end(path: Path) -> int:
    with loader(path) as process:
        process.communicate(timeout=200)
        return process.returncode


def snapshot(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with Writer(path, wait=10) as writer:
        assert offenders(writer) == {}
        return rows(writer)


@pytest.mark.slow
def test_killed_at_random_moments_it_opens_verifies_and_ends_the_same(tmp_path: Path) -> None:
    undisturbed = tmp_path / "undisturbed.duckdb"
    assert run_to_the_end(undisturbed) == 0
    expected = snapshot(undisturbed)
    path = tmp_path / "killed.duckdb"
    chance = random.Random(20)
    for _ in range(20):
        process = loader(path)
        assert process.stdout is not None
        for _ in range(chance.randrange(N_PAPERS + 1)):
            process.stdout.readline()
        time.sleep(chance.random() * 0.05)
        process.send_signal(signal.SIGKILL)
        process.wait(30)
        process.stdout.close()
        with Writer(path, wait=10) as writer:
            assert offenders(writer) == {}
    assert run_to_the_end(path) == 0
    assert snapshot(path) == expected


def test_what_a_killed_run_loaded_is_shown_by_the_next_that_changes_nothing(path: Path) -> None:
    child = os.fork()
    if child == 0:  # no end of a `with` block is reached
        writer = Writer(path).__enter__()
        writer.load(bundle("a.txt"), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
        writer.load(
            bundle("b.txt", title="Two", body=("Other words.",)), size=1, mtime_ns=2, recipe="r1"
        )
        writer.flush()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with Writer(path) as writer:
        writer.finish_run(writer.start_run("ingest"), "done", {}, None)
        writer.publish()
    with warehouse.open(path) as reader:
        for table in ("papers", "kept.paper_counts", "kept.claims"):
            assert reader.sql(f"SELECT count(DISTINCT paper_id) FROM {table}").rows() == [(2,)]


def test_a_second_writer_is_told_who_holds_it(path: Path) -> None:
    with Writer(path), pytest.raises(WarehouseLocked, match=f"process {os.getpid()}"):
        Writer(path).__enter__()


def test_an_error_inside_a_load_undoes_it_whole(writer: Writer) -> None:
    writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
    before, known = rows(writer), writer.known()
    bad = bundle("b.txt", title="Two", body=("Second body of other words.",))
    object.__setattr__(bad.codes[0], "selected", "neither")
    with pytest.raises(Exception, match="neither"):
        writer.load(bad, size=1, mtime_ns=2, recipe="r1")
    assert rows(writer) == before
    assert writer.known() == known
    writer.load(
        bundle("b.txt", title="Two", body=("Second body of other words.",)),
        size=1, mtime_ns=2, recipe="r1",
    )  # fmt: skip
    assert column(writer, "SELECT source FROM papers") == ["a.txt", "b.txt"]


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "w.duckdb"
    with Writer(path) as writer:
        writer.load(bundle(), size=1, mtime_ns=2, recipe="r1")
        writer.publish()
        before = rows(writer)
    child = os.fork()
    if child == 0:  # a limit on the size of files stands in for a full disk, in this child alone
        code = 1
        try:
            size = path.stat().st_size
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            code = _fill(path)
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    with Writer(path) as writer:
        kept = rows(writer)
        assert offenders(writer) == {}
    assert {"a.txt"} <= {row[1] for row in kept["main.paper_sources"]}
    assert set(before["main.passages"]) <= set(kept["main.passages"])


def _fill(path: Path) -> int:
    """Load until there is no room; 0 where that was said in one line that names the disk."""
    words = " ".join(str(number) for number in range(60_000))
    try:
        with Writer(path) as writer:
            for at in range(200):
                made = bundle(f"{at}.txt", title=f"Paper {at}", body=(f"Body {at} of {words}",))
                writer.load(made, size=1, mtime_ns=2, recipe="r1")
                writer.publish()
    except WarehouseError as error:
        return 0 if "no room left" in str(error) and "\n" not in str(error) else 2
    return 3


@pytest.mark.skipif(os.geteuid() == 0 and sys.platform != "linux", reason="root writes anywhere")
def test_a_folder_that_can_not_be_written_is_one_clear_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(WarehouseError) as error:
        Writer(blocked / "w.duckdb").__enter__()
    assert "\n" not in str(error.value)
    with pytest.raises(WarehouseError) as error:
        Writer(Path("/proc/w.duckdb")).__enter__()
    assert "\n" not in str(error.value)


def test_a_damaged_file_is_one_clear_line_and_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"nothing of the kind" * 5000)
    before = path.read_bytes()
    with pytest.raises(WarehouseDamaged, match="not a readable warehouse"):
        Writer(path).__enter__()
    assert path.read_bytes() == before
    with pytest.raises(WarehouseDamaged):  # and the lock was given back
        Writer(path).__enter__()
