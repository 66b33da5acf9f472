"""SQL of others, in a process of its own: it ends with its time and its memory, come what may.

DuckDB heeds its memory limit where it plans for memory, and an interruption between two batches of
rows. One call such as ``repeat('x', 2000000000)`` knows neither. So such SQL runs in a child: the
system holds it to its memory, and its parent ends it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.errors import ClusterloreError, QueryRefused
from warehouse.reader import Limits, Reader, Result

if TYPE_CHECKING:
    from collections.abc import Mapping

REFUSED = 3
"""What the child returns where it says why on its error stream."""
GRACE = 0.5
"""Seconds that DuckDB has for stopping a query by itself."""
START = 60.0
"""Seconds beyond the query's own in which the child must have started and answered."""
BESIDE = 768 << 20
"""Bytes of memory beyond the query's own: for the program itself."""
MOST_BYTES = 64 << 20
"""Bytes of a result that is to be shown."""
UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30}


def fenced_sql(
    path: Path,
    query: str,
    params: Mapping[str, Any] | None = None,
    *,
    limits: Limits,
    limit: int | None = None,
    most_bytes: int = MOST_BYTES,
) -> Result:
    """Run one SELECT against the published copy in a process of its own.

    Parameters
    ----------
    path : Path
        The warehouse file.
    query, params, limit
        As for `Reader.sql`; values are text, numbers or None.
    limits : Limits
        `seconds` must not be 0.
    most_bytes : int
        The largest result that is taken.

    Raises
    ------
    QueryRefused
        The SQL failed, took too long or too much memory, or is something a reader may not do.
    """
    import pyarrow as pa

    asked = {
        "path": str(path), "query": query, "params": dict(params) if params else None,
        "limit": limit, "memory": limits.memory, "threads": limits.threads,
        "seconds": limits.seconds, "most_bytes": most_bytes,
    }  # fmt: skip
    try:
        done = subprocess.run(
            [sys.executable, "-m", "warehouse.fenced"],
            input=json.dumps(asked).encode(), capture_output=True, check=False,
            timeout=limits.seconds + START,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise QueryRefused(_stopped(limits.seconds)) from error
    if done.returncode == REFUSED:
        raise QueryRefused(done.stderr.decode(errors="replace").strip())
    if done.returncode:
        raise QueryRefused(_too_much(limits.memory))  # the system ended it
    reader = pa.ipc.open_stream(done.stdout)
    cut = (reader.schema.metadata or {}).get(b"cut") == b"1"
    return Result(reader.read_all().replace_schema_metadata(None), cut=cut)


def main() -> int:
    """Answer the one question on the input: rows on the output, or a line on the error stream."""
    import pyarrow as pa

    asked = json.load(sys.stdin.buffer)
    limits = Limits(asked["memory"], asked["threads"], asked["seconds"])
    _hold_memory(_n_bytes(limits.memory) + BESIDE)
    try:
        with Reader(Path(asked["path"]), limits) as reader, _ended_after(limits.seconds):
            result = reader.sql(asked["query"], asked["params"], limit=asked["limit"])
            table = result.arrow()
        if table.nbytes > asked["most_bytes"]:
            raise QueryRefused(
                f"the result has {table.nbytes / 1e6:,.0f} MB; ask for fewer or shorter cells"
            )
    except (ClusterloreError, MemoryError) as error:
        no_room = isinstance(error, MemoryError) or "Out of Memory" in str(error)
        sys.stderr.write(f"{_too_much(limits.memory) if no_room else error}\n")
        return REFUSED
    table = table.replace_schema_metadata({"cut": "1" if result.cut else "0"})
    with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as out:
        out.write_table(table)
    sys.stdout.buffer.flush()
    return 0


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """End this process where the block takes longer, in the midst of a call too."""

    def end() -> None:
        sys.stderr.write(f"{_stopped(seconds)}\n")
        sys.stderr.flush()
        os._exit(REFUSED)

    timer = threading.Timer(seconds + GRACE, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stopped(seconds: float) -> str:
    return f"the query was stopped after {seconds:g} seconds; ask for less"


def _too_much(memory: str) -> str:
    return f"the query took more memory than {memory}; ask for less"


def _hold_memory(n_bytes: int) -> None:
    """Let the system refuse this process more memory than so much, where it can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_DATA, (n_bytes, n_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _n_bytes(memory: str) -> int:
    number = memory.rstrip("KMGIBkmgib ")
    return int(float(number) * UNITS[memory[len(number) :].strip().upper()])


if __name__ == "__main__":
    sys.exit(main())
