"""What a reader may not run, beyond what the locked connection refuses anyway."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.errors import QueryRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


REFUSED = frozenset({
    "arrow_scan", "arrow_scan_dumb", "checkpoint", "disable_logging", "disable_profiling",
    "enable_logging", "enable_profiling", "force_checkpoint", "json_execute_serialized_sql",
    "pandas_scan", "python_map_function", "query", "setseed", "sleep_ms", "truncate_duckdb_logs",
    "write_log",
})  # fmt: skip
"""Functions that a SELECT can call and that do more than read: a log written to a file that may not
be opened ends the whole process (DuckDB 1.5). ``query`` would run any of them from a text."""

_CALLED = re.compile(r'(?:"((?:[^"]|"")+)"|(\w+))(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)*\(', re.DOTALL)


def check_reads_only(con: DuckDBPyConnection, query: str) -> None:
    """Refuse all but one statement that reads.

    Raises
    ------
    QueryRefused
        Nothing, several statements, one that is not a SELECT (or an EXPLAIN of one), or one that
        calls a function of `REFUSED`.
    """
    import duckdb

    found = con.extract_statements(query)
    if len(found) != 1:
        raise QueryRefused(f"{len(found)} statements; expected exactly one SELECT")
    # DuckDB turns some PRAGMAs into SELECTs before it says what they are: the first word tells.
    word = next((query[at:] for at, _ in duckdb.tokenize(query)), "")[:6].upper()
    kind = "PRAGMA" if word == "PRAGMA" else found[0].type.name
    if kind not in ("SELECT", "EXPLAIN"):
        raise QueryRefused(
            f"{kind} refused: SQL here only reads; expected a SELECT (corrections have"
            " commands of their own, exports have `clusterlore export`)"
        )
    for at, _ in duckdb.tokenize(query):
        called = _CALLED.match(query, at)
        name = (called[1] or called[2]).casefold() if called else ""
        if name in REFUSED:
            raise QueryRefused(f"{name}() refused: SQL here only reads; leave the function out")
