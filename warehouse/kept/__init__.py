"""Costly answers kept as tables of the schema ``kept``: filled before a copy is published.

One file ``TABLE.sql`` for each: a SELECT whose columns are the table's, in order. What is kept can
always be computed again; nothing reads it but named queries, the page and exports.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.kept.vectors import keep_paper_vectors

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["KEPT", "keep"]

KEPT = (
    "spoken_of", "evidence", "cluster_labels", "paper_labels", "path_outcomes", "standard_uses",
    "actor_pairs", "cited_works", "claims", "label_years", "paper_counts",
    "paper_countries", "numbers", "contradicted", "clusters",
)  # fmt: skip
"""The tables in the order of filling: later ones read earlier ones."""


def keep(con: DuckDBPyConnection, threads: int = 2) -> None:
    """Fill the kept tables anew, in one transaction; the caller checkpoints.

    Parameters
    ----------
    con : DuckDBPyConnection
        The writer's connection, outside a transaction.
    threads : int
        Threads for this work; the writer itself runs on one.
    """
    (before,) = con.execute("SELECT current_setting('threads')").fetchone() or (1,)
    con.execute(f"SET threads = {int(threads)}")
    try:
        con.execute("BEGIN")
        try:
            con.execute(_sql("countries_now"))
            for name in KEPT:
                select = _sql(name)
                con.execute(f"DELETE FROM kept.{name}")  # noqa: S608 - names of KEPT
                con.execute(f"INSERT INTO kept.{name} {select}")  # our own file
            con.execute("DROP TABLE temp.countries_now")
            keep_paper_vectors(con)
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    finally:
        con.execute(f"SET threads = {int(before)}")


def _sql(name: str) -> str:
    return (Path(__file__).parent / f"{name}.sql").read_text(encoding="utf-8")
