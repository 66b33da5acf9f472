"""A new model's codes in place of an old one's, without reading the papers again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from pipeline.errors import UsageError
from pipeline.records import Code
from warehouse.batches import codes_batch, rows_batch
from warehouse.corrections import apply_labels
from warehouse.rows import set_variables
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def recode(
    con: DuckDBPyConnection,
    codes: Sequence[Code],
    model_id: str,
    dimension: str | None,
    paper_ids: Sequence[str] | None,
    recipe: str | None,
    at: datetime,
) -> int:
    """Replace the codes of one dimension; see `Writer.recode`."""
    dimensions = {code.dimension for code in codes} | ({dimension} if dimension else set())
    if len(dimensions) != 1:
        raise UsageError(f"codes of {sorted(dimensions) or 'no dimension'}; expected exactly one")
    con.register("batch", codes_batch(codes, at))
    con.register("chosen", rows_batch([(one,) for one in paper_ids or ()], paper_id="text"))
    set_variables(
        con, moment=at, model=model_id, dimension=dimensions.pop(), given=paper_ids is not None,
        recipe=recipe,
    )  # fmt: skip
    try:
        con.execute(statement("recode"))
    finally:
        con.unregister("batch")
        con.unregister("chosen")
    row = con.execute("SELECT getvariable('replaced')").fetchone()
    apply_labels(con, at)
    return int(row[0]) if row else 0
