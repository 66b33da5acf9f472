"""``sql`` and ``status``: answers out."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.output import emit, emit_json, emit_table, say
from pipeline.errors import UnknownNameError, UsageError, WarehouseError

if TYPE_CHECKING:
    from warehouse.reader import Reader, Result

FORMATS = ("table", "csv", "json", "parquet")
TABLE_ROWS = 200
"""Rows a table for reading shows where no limit is asked for."""
_NAME = re.compile(r"[A-Za-z_]\w*")


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("sql")(sql_command)
    app.command("status")(status_command)


def open_warehouse(warehouse: Path | None) -> Reader:
    """Open the published copy of the warehouse that the settings or the option name."""
    import warehouse as room
    from flows.settings import Settings

    return room.open(warehouse or Settings().warehouse_path)


def sql_command(
    query: Annotated[
        str | None, typer.Argument(help="A SELECT, or the name of a query (see --list).")
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="name=value, for a named query.")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    format_: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, json or parquet.")
    ] = "table",
    limit: Annotated[int | None, typer.Option(min=0, help="At most so many rows.")] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Write to this file.")] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV: leave cells alone that a spreadsheet would run.")
    ] = False,
    seconds: Annotated[float, typer.Option(min=0, help="Stop after so long; 0: never.")] = 0.0,
    show_sql: Annotated[bool, typer.Option("--show", help="Print the named query's SQL.")] = False,
    warehouse: Annotated[Path | None, typer.Option(help="The warehouse file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Short for --format json.")] = False,
) -> None:
    """Ask the warehouse in SQL, read-only, or by a named query."""
    format_ = "json" if as_json else format_
    if format_ not in FORMATS:
        raise UnknownNameError("format", format_, FORMATS)
    if list_:
        _list(as_json=format_ == "json")
        return
    if query is None:
        raise UsageError("nothing to ask: give a SELECT, a query's name, or --list")
    if format_ == "parquet" and out is None:
        raise UsageError("parquet needs --out FILE: it is not text for a terminal")
    sql, params = _resolve(query, _pairs(param or []))
    if show_sql:
        emit(sql)
        return
    at_most = TABLE_ROWS if limit is None and format_ == "table" else limit
    if seconds and not _NAME.fullmatch(query.strip()):
        result = _fenced(warehouse, sql, params, at_most, seconds)
    else:
        with open_warehouse(warehouse) as reader:
            result = reader.sql(sql, params, limit=at_most, seconds=seconds)
    _write(result, format_, out, raw)
    if result.cut:
        say(f"cut at {at_most} rows; there are more (--limit N, or another --format for all)")


def _fenced(
    warehouse: Path | None,
    sql: str,
    params: dict[str, str | None] | None,
    limit: int | None,
    seconds: float,
) -> Result:
    """Ask in a process of its own, which ends after so long even in the midst of one call."""
    from flows.settings import Settings
    from warehouse.fenced import fenced_sql
    from warehouse.reader import Limits

    path, limits = warehouse or Settings().warehouse_path, Limits(seconds=seconds)
    return fenced_sql(path, sql, params, limits=limits, limit=limit, most_bytes=4 << 30)


def _resolve(query: str, given: dict[str, str]) -> tuple[str, dict[str, str | None] | None]:
    """Return SQL and parameters: a single word is a query's name, all else is SQL."""
    if _NAME.fullmatch(query.strip()):
        from warehouse.named import named_query

        found = named_query(query.strip())
        return found.sql, found.bind(given) or None
    return query, {**given} or None


def _pairs(given: list[str]) -> dict[str, str]:
    pairs = {}
    for one in given:
        name, equals, value = one.partition("=")
        if not equals or not name:
            raise UsageError(f"--param {one!r}; expected name=value")
        pairs[name.strip()] = value
    return pairs


def _list(*, as_json: bool) -> None:
    from warehouse.named import named_queries

    found = named_queries().values()
    if as_json:
        emit_json(
            [
                {
                    "name": one.name,
                    "purpose": one.purpose,
                    "parameters": [
                        {"name": p.name, "what": p.what, "default": p.default}
                        for p in one.parameters
                    ],
                }
                for one in found
            ]
        )
        return
    width = max((len(one.name) for one in found), default=0)
    for one in found:
        needs = "".join(
            f" --param {p.name}={'…' if p.default is None else p.default}" for p in one.parameters
        )
        emit(f"{one.name:<{width}}  {one.purpose}{'  [' + needs.strip() + ']' if needs else ''}")


def _write(result: Result, format_: str, out: Path | None, raw: bool) -> None:
    from warehouse.formats import write_csv, write_json, write_parquet

    if format_ == "parquet" and out is not None:
        write_parquet(result, out)
        return
    if format_ == "table" and out is None:
        emit_table(result.columns, result.rows())
        return
    try:
        target: Any = (
            nullcontext(sys.stdout)
            if out is None
            else out.open("w", encoding="utf-8", newline="\n")
        )
        with target as stream:
            if format_ == "json":
                write_json(result.columns, result.rows(), stream)
            else:
                write_csv(result.columns, result.rows(), stream, raw=raw)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise WarehouseError(f"can't write {out}: {error.strerror or error}") from error


def status_command(
    warehouse: Annotated[Path | None, typer.Option(help="The warehouse file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say what is in the warehouse: rows, rejects, issues, models, the last runs."""
    from warehouse.overview import overview

    with open_warehouse(warehouse) as reader:
        found = overview(reader)
    if as_json:
        emit_json(found)
        return
    emit_table(["in the warehouse", "rows"], list(found["rows"].items()))
    for title, key in (("rejected", "rejects"), ("issues", "issues"), ("codes by", "codes")):
        if found[key]:
            emit("")
            emit_table([title, "n"], list(found[key].items()))
    if found["runs"]:
        emit("")
        columns = ["run_id", "flow", "started_at", "status", "counts"]
        emit_table(columns, [[run[name] for name in columns] for run in found["runs"]])
    say(f"{found['path']}: {found['bytes'] / 1e6:,.1f} MB, schema {found['schema']}")
