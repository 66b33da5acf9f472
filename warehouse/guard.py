"""What a reader may not run, beyond what the locked connection refuses anyway."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import QueryRefused

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def check_reads_only(con: DuckDBPyConnection, query: str) -> None:
    """Refuse all but one statement that reads.

    Raises
    ------
    QueryRefused
        Nothing, several statements, or one that is not a SELECT (or an EXPLAIN of one).
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
