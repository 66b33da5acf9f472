"""Opening DuckDB files: no downloads, and DuckDB's errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.errors import (
    WarehouseDamaged,
    WarehouseError,
    WarehouseLocked,
    WarehouseNewer,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NO_DOWNLOADS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}
SMALL = 32 << 20
"""Bytes of the file and its log up to which texts aren't compressed."""
_DAMAGED = (
    "not a valid duckdb", "could not read enough bytes", "corrupt", "checksum", "serializ",
)  # fmt: skip


@contextmanager
def our_errors(path: Path) -> Iterator[None]:
    """Turn what DuckDB says of a file into one line that a person can act on."""
    import duckdb

    try:
        yield
    except (duckdb.Error, OSError) as error:
        raise translated(error, path) from error


def translated(error: Exception, path: Path) -> WarehouseError:
    """Return the error of our tree for an error of DuckDB about the file at `path`."""
    text = str(error)
    first = text.splitlines()[0] if text else type(error).__name__
    low = text.lower()
    if "could not set lock" in low:
        return WarehouseLocked(f"{path} is open in another process; wait for it to end")
    if "no space left" in low or "file too large" in low or "disk full" in low:
        return WarehouseError(
            f"no room left on the disk for {path}; nothing that was loaded before is lost:"
            " make room and run it again"
        )
    if "read-only file system" in low or "permission denied" in low:
        return WarehouseError(f"can't write {path}; choose a place that can be written ({first})")
    if "newer version of duckdb" in low or "storage version" in low:
        return WarehouseNewer(f"{path} was written by a newer DuckDB; use a newer Clusterlore")
    if any(word in low for word in _DAMAGED):
        return WarehouseDamaged(
            f"{path} is not a readable warehouse ({first}); restore it from its published copy"
            " or a backup, or move it away and ingest again"
        )
    return WarehouseError(f"{path}: {first}")


def open_writing(path: Path, threads: int = 1) -> DuckDBPyConnection:
    """Open the writer's file, making it if it is missing.

    One thread: the batches of one paper are small, and starting tasks costs more than it saves.
    """
    import duckdb

    with our_errors(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        con = duckdb.connect(str(path), config={**NO_DOWNLOADS, "threads": threads})
        con.execute("SET wal_autocheckpoint = '64MB'")
        con.execute("SET preserve_insertion_order = true")
    return con


def checkpoint(con: DuckDBPyConnection, path: Path) -> None:
    """Bring the log of a writer's file into it.

    Weighing FSST, which shortens texts, is two thirds of the time that takes. In a small file, most
    blocks of which are half empty, it saves nothing: there it is left out. In one that grew, texts
    are shortened when they are next written, as a table's last 122,880 rows are with each more.
    """
    log = path.with_name(path.name + ".wal")
    size = sum(one.stat().st_size for one in (path, log) if one.exists())
    con.execute("SET disabled_compression_methods = ?", ["fsst" if size <= SMALL else ""])
    con.execute("CHECKPOINT")
