"""Putting papers' rows in and taking them out; the caller holds the transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.records import Issue, PaperBundle
from warehouse.batches import issues_batch, paper_batches, rows_batch, shared_batches
from warehouse.identity import Fingerprint
from warehouse.sources import KnownSource
from warehouse.statements import parts, statement

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper that is not there, its own rows made ready; `issues` are the warehouse's doubts."""

    bundle: PaperBundle
    mark: Fingerprint
    at: datetime
    tables: dict[str, pa.Table]
    issues: tuple[Issue, ...] = ()

    @property
    def paper_id(self) -> str:
        """Return the paper's id."""
        return self.bundle.reading.paper.paper_id

    @property
    def n_bytes(self) -> int:
        """Return what its rows take in memory."""
        return sum(table.nbytes for table in self.tables.values())


def new_paper(
    bundle: PaperBundle,
    mark: Fingerprint,
    *,
    recipe: str,
    cause: str,
    at: datetime,
    doubts: Sequence[tuple[str, str]] = (),
    seen: KnownSource | None = None,
) -> NewPaper:
    """Make a paper's rows ready, to be put in soon.

    Parameters
    ----------
    bundle, mark
        The paper and what it is recognised by.
    recipe, cause, at
        How it was read, why it comes now, and when.
    doubts : sequence of (problem, detail)
        What is doubtful about which paper it is: they become issues.
    seen : KnownSource, optional
        Its source, where its row is to be made, too.
    """
    paper = bundle.reading.paper
    tables = paper_batches(bundle, recipe=recipe, at=at)
    hashes = mark.minhash.astype("<u8").tobytes()
    tables["fingerprints"] = rows_batch(
        [(mark.paper_id, mark.doi, mark.title_key, mark.authors_key, hashes)],
        paper_id="text", doi="text", title_key="text", authors_key="text", minhash="bytes",
    )  # fmt: skip
    tables["paper_events"] = rows_batch(
        [(at, paper.paper_id, cause, paper.source, paper.sha256, recipe)],
        happened_at="time", paper_id="text", cause="text", source="text", sha256="text",
        recipe="text",
    )  # fmt: skip
    if seen is not None:
        tables["paper_sources"] = rows_batch(
            [(paper.paper_id, paper.source, seen.sha256, seen.relation, seen.size, seen.mtime_ns,
              recipe, at)],
            paper_id="text", source="text", sha256="text", relation="text", size="long",
            mtime_ns="long", recipe="text", noted_at="time",
        )  # fmt: skip
    issues = tuple(
        Issue.of(paper.paper_id, "identity", problem, detail) for problem, detail in doubts
    )
    return NewPaper(bundle, mark, at, tables, issues)


def insert_papers(con: DuckDBPyConnection, papers: Sequence[NewPaper]) -> None:
    """Insert all rows of papers that are not there, with one statement for each table.

    A statement costs more than the hundred rows of a paper: several papers share it. For those
    that only copy rows the optimizer costs more than all else: they go first, without it. Where
    one fails, whoever rolls back turns it on again.
    """
    import pyarrow as pa

    own: dict[str, list[pa.Table]] = defaultdict(list)
    for paper in papers:
        for table, rows in paper.tables.items():
            own[table].append(rows)
    con.execute("PRAGMA disable_optimizer")
    for table, several in own.items():
        insert_batch(con, table, pa.concat_tables(several))
    con.execute("PRAGMA enable_optimizer")
    doubts = [issue for paper in papers for issue in paper.issues]
    for table, rows in shared_batches([paper.bundle for paper in papers], doubts).items():
        insert_batch(con, table, rows)


def insert_batch(con: DuckDBPyConnection, table: str, batch: pa.Table) -> None:
    """Insert an Arrow table.

    DuckDB finds `batch` by its name here: registering a view for it takes twice as long.
    """
    con.execute(_inserts()[table])


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


@cache
def _inserts() -> dict[str, str]:
    """Return table name to the statement that inserts `batch` into it."""
    blocks = [block for block in parts("insert_paper") if not block.startswith("--")]
    return {block.split()[2]: block for block in blocks}
