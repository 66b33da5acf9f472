"""Reading: SQL against the published copy, with no way out of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from pipeline.errors import QueryRefused, WarehouseDamaged, WarehouseError, WarehouseMissing
from warehouse.connect import NO_DOWNLOADS, our_errors
from warehouse.few_rows import FEW, FewRows, few_rows
from warehouse.migrate import applied, check_known, migrations
from warehouse.publish import published_path

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

CATALOG = "clusterlore"
FILTERED_ROWS = 500
"""So many places (rowid) at most let a scan skip what it need not unpack (late materialisation)."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take; `seconds` 0 means no limit."""

    memory: str = "4GB"
    threads: int = 2
    seconds: float = 0.0


class Result:
    """A query's result, complete unless it was asked for cut; `cut` says whether rows are missing.

    `columns` are the names in order.
    """

    def __init__(self, found: pa.Table | FewRows, *, cut: bool = False) -> None:
        self._found, self.cut = found, cut
        self.columns: tuple[str, ...] = tuple(found.column_names)

    def __len__(self) -> int:
        return int(self._found.num_rows)

    def arrow(self) -> pa.Table:
        """Return an Arrow table."""
        if isinstance(self._found, FewRows):
            self._found = self._found.arrow()
        return self._found

    def pandas(self) -> pd.DataFrame:
        """Return a pandas frame."""
        frame: pd.DataFrame = self.arrow().to_pandas()
        return frame

    def polars(self) -> pl.DataFrame:
        """Return a polars frame (needs polars installed)."""
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows as Python values; a map becomes a list of pairs."""
        return list(self._rows())

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self._rows()]

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        if isinstance(self._found, FewRows):
            yield from self._found.rows
            return
        for batch in self._found.to_batches(max_chunksize=10_000):
            columns = [_shortest(column).to_pylist() for column in batch.columns]
            yield from zip(*columns, strict=True)


def _shortest(column: pa.Array) -> pa.Array:
    """Return single-precision numbers as the shortest decimals that mean them: .9, not .8999…"""
    import pyarrow as pa

    if not pa.types.is_float32(column.type):
        return column
    return column.cast(pa.string()).cast(pa.float64())


class Reader:
    """The published copy, open read-only; see `warehouse.open`.

    A reader keeps the copy it opened, whatever is published after.
    """

    def __init__(self, path: Path, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.path = published_path(path)
        if not self.path.is_file():
            raise WarehouseMissing(_missing(path, self.path))
        self._con = _open_safely(self.path, self.limits)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the copy."""
        self._con.close()

    def sql(
        self,
        query: str,
        params: Mapping[str, Any] | Sequence[Any] | None = None,
        *,
        limit: int | None = None,
        seconds: float | None = None,
    ) -> Result:
        """Run one SELECT.

        Parameters
        ----------
        query : str
            One statement that reads; ``$name`` or ``?`` for values.
        params : mapping or sequence, optional
            The values; they never become part of the SQL.
        limit : int, optional
            At most so many rows; `Result.cut` says whether there were more.
        seconds : float, optional
            Stop after so long, in place of the reader's own limit.

        Raises
        ------
        QueryRefused
            The SQL failed, took too long, or is something a reader may not do.
        """
        import duckdb

        from warehouse.guard import check_reads_only

        cursor = self._con.cursor()
        cursor.execute(f"USE {CATALOG}")
        limit_seconds = self.limits.seconds if seconds is None else seconds
        stopped = threading.Event()

        def stop() -> None:
            stopped.set()
            cursor.interrupt()

        timer = threading.Timer(limit_seconds, stop) if limit_seconds else None
        try:
            check_reads_only(cursor, query)
            if timer is not None:
                timer.daemon = True
                timer.start()
            cursor.execute(query, params if params is None else _plain(params))
            return _fetch(cursor, limit)
        except (duckdb.Error, RuntimeError) as error:
            if stopped.is_set():
                raise QueryRefused(
                    f"the query was stopped after {limit_seconds:g} seconds; ask for less"
                ) from error
            raise QueryRefused(_sql_error(error)) from error
        finally:
            if timer is not None:
                timer.cancel()
            cursor.close()

    def named(
        self, name: str, params: Mapping[str, Any] | None = None, *, limit: int | None = None
    ) -> Result:
        """Run a named query; see `warehouse.named.run_named`."""
        from warehouse.named import run_named

        return run_named(self, name, params, limit=limit)


def _plain(params: Mapping[str, Any] | Sequence[Any]) -> dict[str, Any] | list[Any]:
    return dict(params) if isinstance(params, Mapping) else list(params)


def _fetch(cursor: DuckDBPyConnection, limit: int | None) -> Result:
    if limit is not None and limit <= FEW and (few := few_rows(cursor, limit + 1)) is not None:
        return Result(few.first(limit), cut=few.num_rows > limit)
    if limit is None:
        return Result(cursor.to_arrow_table())
    import pyarrow as pa

    reader = cursor.to_arrow_reader(max(1, min(limit + 1, 100_000)))
    batches, seen = [], 0
    for batch in reader:
        batches.append(batch)
        seen += batch.num_rows
        if seen > limit:
            break
    table = pa.Table.from_batches(batches, reader.schema)
    return Result(table.slice(0, limit), cut=seen > limit)


def _sql_error(error: Exception) -> str:
    """Return what DuckDB says in one line, without the stack of a failure of its own."""
    said = str(error).split("Stack Trace:")[0]
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    return " ".join(line for line in lines if not set(line) <= set("^ ")) or type(error).__name__


def _missing(asked: Path, published: Path) -> str:
    if asked.is_file():
        return (
            f"{published} is missing: the warehouse has no copy for readers yet;"
            " run `clusterlore publish` (or any `ingest`) to make it"
        )
    return f"no warehouse at {asked}; make one with `clusterlore ingest PATH`"


def _open_safely(path: Path, limits: Limits) -> DuckDBPyConnection:
    """Attach read-only, then lock everything else out.

    The file is attached to a database in memory: DuckDB shares one instance among all that open a
    path in a process, which would hand a newly published copy's readers the old one.
    """
    import duckdb

    config = {
        **NO_DOWNLOADS,
        "memory_limit": limits.memory,
        "threads": limits.threads,
        "dynamic_or_filter_threshold": str(FILTERED_ROWS),
        "python_enable_replacements": "false",
        "temp_directory": "",
    }
    con = duckdb.connect(":memory:", config=config)
    try:
        with our_errors(path):
            con.execute(f"ATTACH '{_quoted(path)}' AS {CATALOG} (READ_ONLY, TYPE duckdb)")
            con.execute(f"USE {CATALOG}")
        done = _versions(con, path)
        check_known(done, migrations(), path)
        newest = migrations()[-1].version
        if max(done) < newest:
            raise WarehouseError(
                f"{path} has schema version {max(done)}, this Clusterlore reads {newest};"
                " run `clusterlore publish` to bring it up to date"
            )
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
    except BaseException:
        con.close()
        raise
    return con


def _versions(con: DuckDBPyConnection, path: Path) -> dict[int, str]:
    with our_errors(path):
        done = applied(con)
    if not done:
        raise WarehouseDamaged(
            f"{path} is a DuckDB file but no warehouse; give another --warehouse"
        )
    return done


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
