"""Costly answers kept as tables of the schema ``kept``: filled before a copy is published.

One file ``TABLE.sql`` for each: a SELECT whose columns are the table's, in order. What is kept can
always be computed again; nothing reads it but named queries, the page and exports. ``kept.filled``
tells what has changed since the last filling; where that is little, it alone is worked out.
"""

from __future__ import annotations

from contextlib import nullcontext
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.kept.part import ONCE, part, whole_part
from warehouse.kept.vectors import keep_paper_vectors

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["KEPT", "keep"]

HERE = Path(__file__).parent
KEPT = (
    "spoken_of", "evidence", "cluster_labels", "paper_labels", "path_outcomes", "standard_uses",
    "actor_pairs", "cited_works", "claims", "label_years", "paper_counts",
    "paper_countries", "numbers", "contradicted", "clusters",
)  # fmt: skip
"""The tables in the order of filling: later ones read earlier ones."""
OF_PAPERS = (
    "spoken_of", "evidence", "paper_labels", "path_outcomes", "claims", "paper_counts",
    "paper_countries",
)  # fmt: skip
"""Tables whose rows are each of one paper."""
SUMS = ("cluster_labels", "standard_uses", "actor_pairs", "cited_works", "label_years")
"""Tables of counts over papers: what new papers bring is added."""
OF_ENTITIES = ("numbers", "contradicted", "clusters")
"""Tables whose rows are each of one entity, over all papers."""
ONCE_OF_EVIDENCE = ("passage_clusters", "passage_countries")
"""What the evidence map rests on twice."""
LITTLE = 0.2
"""Share of papers changed up to which the changed ones alone are worked out."""


def keep(con: DuckDBPyConnection, threads: int = 2) -> None:
    """Bring the kept tables up to date, in one transaction; the caller checkpoints.

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
        con.execute("SET VARIABLE kept_sql = ?", [_mark()])
        con.execute(_sql("what_differs"))
        whole, papers, sums = _what_to_do(con)
        if papers:
            _fresh(con, "part_of_papers", (*OF_PAPERS, *(SUMS if sums else ())))
        if sums:
            _fresh(con, "part_of_entities", OF_ENTITIES)
        if "evidence" in whole:
            _fresh(con, "part_of_evidence", ("evidence",))
        with whole_part(con) if whole else nullcontext("") as home:
            kept = f"{home}.kept" if home else "kept"
            con.execute("BEGIN")
            try:
                if papers:
                    _replace_papers(con, kept)
                if sums:
                    _add_sums(con)
                _fill_whole(con, whole, kept)
                if home:
                    con.execute(f"USE {home}")
                keep_paper_vectors(con)
                con.execute(_sql("note_filled"))
                con.execute("COMMIT")
            except BaseException:
                con.execute("ROLLBACK")
                raise
    finally:
        con.execute(f"SET threads = {int(before)}")


def _what_to_do(con: DuckDBPyConnection) -> tuple[tuple[str, ...], bool, bool]:
    """Return the tables to fill whole, whether to do papers alone, and whether to add sums."""
    row = con.execute(_sql("how_much")).fetchone() or (True, 0, 0, 0)
    anew, n_changed, n_known, n_papers = row
    if anew or n_changed > LITTLE * n_papers:
        return KEPT, False, False
    if not n_changed:
        return (), False, False
    if n_known:
        return tuple(name for name in KEPT if name not in OF_PAPERS), True, False
    return (), True, True


def _fresh(con: DuckDBPyConnection, scope: str, names: tuple[str, ...]) -> None:
    """Work out tables within a part of the warehouse, each into ``temp.fresh_NAME``."""
    once = ONCE_OF_EVIDENCE if names == ("evidence",) else ONCE
    with part(con, _sql(scope), once):
        for name in KEPT:
            if name in names:
                con.execute(f"CREATE TABLE part.kept.{name} AS FROM temp.shape_{name}")
                con.execute(f"INSERT INTO part.kept.{name} {_sql(name)}")  # our own file
                con.execute(f"CREATE OR REPLACE TEMP TABLE fresh_{name} AS FROM part.kept.{name}")


def _replace_papers(con: DuckDBPyConnection, kept: str) -> None:
    for name in OF_PAPERS:
        con.execute(
            f"DELETE FROM {kept}.{name}"  # noqa: S608 - names of KEPT
            " WHERE paper_id IN (SELECT paper_id FROM changed WHERE known)"
        )
        con.execute(f"INSERT INTO {kept}.{name} FROM fresh_{name}")


def _add_sums(con: DuckDBPyConnection) -> None:
    for name in SUMS:
        con.execute(_sql(f"add/{name}"))
    for name in OF_ENTITIES:
        con.execute(
            f"DELETE FROM kept.{name} WHERE entity_id IN (SELECT entity_id FROM spoken)"  # noqa: S608 - names of KEPT
        )
        con.execute(f"INSERT INTO kept.{name} FROM fresh_{name} SEMI JOIN spoken USING (entity_id)")


def _fill_whole(con: DuckDBPyConnection, names: tuple[str, ...], kept: str) -> None:
    for name in names:
        table = f"{kept}.{name}"
        con.execute(f"DELETE FROM {table}")  # noqa: S608 - names of KEPT
        if name == "evidence":
            con.execute(f"INSERT INTO {table} FROM temp.fresh_evidence")
        else:
            con.execute(f"INSERT INTO {table} {_sql(name)}")  # our own file


def _mark() -> str:
    """Return a hash of how the tables are filled: another way fills all anew."""
    return sha256("".join(_sql(name) for name in KEPT).encode()).hexdigest()[:16]


def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
