"""The rows of a warehouse, to compare two states whole."""

from __future__ import annotations

from typing import Any

from warehouse.writer import Writer

TIMES = {"ingested_at", "made_at", "noted_at", "happened_at", "valid_from", "valid_to", "at"}
LOGS = {"migrations", "runs", "paper_events"}
HAVE_TIMES = {"filled": {"state"}}
"""Columns whose text holds a time of loading."""


def rows(writer: Writer, *, times: bool = False) -> dict[str, list[tuple[Any, ...]]]:
    """Return table name to sorted rows, of every table but the logs."""
    tables = writer.con.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE NOT temporary"
    ).fetchall()
    found = {}
    for (table,) in tables:
        if table.split(".")[1] in LOGS:
            continue
        read = writer.con.execute(f"FROM {table}")
        names = [column[0] for column in read.description]
        timed = TIMES | HAVE_TIMES.get(table.split(".")[1], set())
        keep = [at for at, name in enumerate(names) if times or name not in timed]
        found[table] = sorted((tuple(row[at] for at in keep) for row in read.fetchall()), key=repr)
    return found


def one(writer: Writer, sql: str, *params: Any) -> Any:
    """Return the one value of a query."""
    (row,) = writer.con.execute(sql, list(params)).fetchall()
    return row[0]


def column(writer: Writer, sql: str, *params: Any) -> list[Any]:
    """Return the first column of a query, sorted."""
    return sorted((row[0] for row in writer.con.execute(sql, list(params)).fetchall()), key=repr)
