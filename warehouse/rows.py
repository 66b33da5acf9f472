"""Putting one paper's rows in and taking them out; the caller holds the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.records import Issue, PaperBundle
from warehouse.batches import issues_batch, paper_batches
from warehouse.statements import parts, statement

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


JOINED = ("works", "entities", "issues")
"""Tables that other papers share: what is there already is looked for first."""


@cache
def _inserts() -> dict[str, str]:
    """Return table name to the statement that inserts `batch` into it."""
    blocks = [block for block in parts("insert_paper") if not block.startswith("--")]
    return {block.split()[2]: block for block in blocks}


def insert_batch(con: DuckDBPyConnection, table: str, batch: pa.Table) -> None:
    """Insert an Arrow table.

    DuckDB finds `batch` by its name here: registering a view for it takes twice as long.
    """
    con.execute(_inserts()[table])


def insert_paper(
    con: DuckDBPyConnection, bundle: PaperBundle, *, recipe: str, at: datetime
) -> None:
    """Insert all rows of a paper that is not there.

    For statements that only copy a few rows the optimizer costs more than all else: they go
    first, without it. Where one fails, whoever rolls back turns it on again.
    """
    batches = paper_batches(bundle, recipe=recipe, at=at)
    con.execute("PRAGMA disable_optimizer")
    for table, rows in batches.items():
        if table not in JOINED:
            insert_batch(con, table, rows)
    con.execute("PRAGMA enable_optimizer")
    for table in JOINED:
        if table in batches:
            insert_batch(con, table, batches[table])


def remove_paper(con: DuckDBPyConnection, paper_id: str, *, cause: str, at: datetime) -> None:
    """Take a paper out with all its rows; its codes and facts go to history."""
    set_variables(con, paper=paper_id, cause=cause, moment=at)
    con.execute(statement("remove_paper"))
    con.execute(statement("drop_withdrawn"))
    con.execute("DELETE FROM papers WHERE paper_id = ?", [paper_id])
    con.execute("DELETE FROM fingerprints WHERE paper_id = ?", [paper_id])


def add_issues(con: DuckDBPyConnection, issues: Sequence[Issue]) -> None:
    """Insert issues that are not there yet."""
    if issues:
        insert_batch(con, "issues", issues_batch(issues))


def set_variables(con: DuckDBPyConnection, **values: Any) -> None:
    """Hand values to statements of several parts, which take no parameters."""
    for name, value in values.items():
        con.execute(f"SET VARIABLE {name} = ?", [value])
