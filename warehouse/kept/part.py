"""A part of the warehouse in memory, under the same names, so that the same views answer for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
ONCE = (
    "passage_clusters", "passage_countries", "fact_origins", "independent_facts",
    "cluster_label_counts",
)  # fmt: skip
"""Views that are worked out once, in this order."""


@contextmanager
def part(con: DuckDBPyConnection, scope: str, once: Sequence[str] = ONCE) -> Iterator[None]:
    """Fill the database `part` by the SQL of `scope` and make it the one that names mean.

    Views of the warehouse whose tables are there are made in it too; a table of a view's name
    takes its place.

    Parameters
    ----------
    con : DuckDBPyConnection
        The writer's connection, outside a transaction.
    scope : str
        Statements that make tables in `part`.
    once : sequence of str
        The views that are worked out once.
    """
    home = _home(con)
    views = con.execute((HERE / "views.sql").read_text(encoding="utf-8")).fetchall()
    shapes = con.execute((HERE / "shapes.sql").read_text(encoding="utf-8")).fetchall()
    for (name,) in shapes:
        con.execute(f"CREATE OR REPLACE TEMP TABLE shape_{name} AS FROM kept.{name} LIMIT 0")
    con.execute("ATTACH ':memory:' AS part")
    try:
        con.execute(scope)
        con.execute("USE part")
        _make_views(con, views)
        _work_out(con, once)
        yield
    finally:
        con.execute(f"USE {home}")
        con.execute("DETACH part")


@contextmanager
def whole_part(con: DuckDBPyConnection) -> Iterator[str]:
    """Let names mean the whole warehouse, with what several answers rest on worked out once.

    Yields
    ------
    str
        The warehouse's own name, quoted: what is written goes there.
    """
    home = _home(con)
    views = con.execute((HERE / "views.sql").read_text(encoding="utf-8")).fetchall()
    tables = con.execute((HERE / "tables.sql").read_text(encoding="utf-8")).fetchall()
    con.execute("ATTACH ':memory:' AS part")
    try:
        con.execute("CREATE SCHEMA part.kept")
        for schema, name in tables:
            table = f"{schema}.{name}"  # names of our own migrations
            con.execute(f"CREATE VIEW part.{table} AS FROM {home}.{table}")
        con.execute("USE part")
        _make_views(con, views)
        _work_out(con, ONCE)
        yield home
    finally:
        con.execute(f"USE {home}")
        con.execute("DETACH part")


def _home(con: DuckDBPyConnection) -> str:
    (home,) = con.execute("SELECT current_database()").fetchone() or ("",)
    return '"' + str(home).replace('"', '""') + '"'


def _work_out(con: DuckDBPyConnection, names: Sequence[str]) -> None:
    """Put tables in the place of the views that several others stand on."""
    there = {row[0] for row in con.execute("SHOW TABLES").fetchall()}
    for name in names:
        if name in there:
            con.execute(f"CREATE TABLE worked_out AS FROM {name}")
            con.execute(f"DROP VIEW {name}")
            con.execute(f"ALTER TABLE worked_out RENAME TO {name}")


def _make_views(con: DuckDBPyConnection, views: list[tuple[str, str]]) -> None:
    """Make each view that can be: those that others stand on come first, in whatever order."""
    import duckdb

    there = {row[0] for row in con.execute("SHOW TABLES").fetchall()}
    waiting = [one for one in views if one[0] not in there]
    while waiting:
        left = []
        for name, sql in waiting:
            try:
                con.execute(sql)
            except duckdb.CatalogException:
                left.append((name, sql))
        if len(left) == len(waiting):
            return  # what is left speaks of tables that this part doesn't need
        waiting = left
