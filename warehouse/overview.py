"""What is in the warehouse, in one look."""

from __future__ import annotations

from typing import Any

from warehouse.few_rows import FEW
from warehouse.reader import Reader
from warehouse.statements import statement


def overview(reader: Reader) -> dict[str, Any]:
    """Return counts of rows, rejects and issues by kind, codes by dimension, and the last runs."""
    runs = [
        {**run, "counts": dict(run["counts"] or ())}
        for run in reader.sql(statement("last_runs"), limit=FEW).dicts()
    ]
    counts: dict[str, dict[str, int]] = {"rows": {}, "rejects": {}, "issues": {}, "codes": {}}
    for group, name, n in reader.sql(statement("overview"), limit=FEW).rows():
        counts[group][name] = n
    schema = reader.sql("SELECT max(version) FROM migrations", limit=1).rows()[0][0]
    size = reader.path.stat().st_size
    return {"path": str(reader.path), "bytes": size, "schema": schema, **counts, "runs": runs}
