"""The codebook's labels, the models, the recipes and the runs, as rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from warehouse.batches import rows_batch
from warehouse.statements import statement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

CodebookRow = tuple[str, str, str, str]
_LABEL = ("codebook_version", "dimension", "label", "definition")
_MODEL = {
    "model_id": "text", "dimension": "text", "status": "text", "trained_at": "time",
    "card": "text", "promoted_at": "time", "reason": "text",
}  # fmt: skip


def codebook_differs(con: DuckDBPyConnection, rows: Sequence[CodebookRow]) -> bool:
    """Whether the labels of the rows' versions differ from those that are there."""
    versions = sorted({row[0] for row in rows})
    there = con.execute(
        "FROM codebook_labels WHERE list_contains(?, codebook_version)", [versions]
    ).fetchall()
    return sorted(there) != sorted(tuple(row) for row in rows)


def sync_codebook(con: DuckDBPyConnection, rows: Sequence[CodebookRow]) -> None:
    """Put the labels of the rows' versions in place of those that are there."""
    con.execute(
        "DELETE FROM codebook_labels WHERE list_contains(?, codebook_version)",
        [sorted({row[0] for row in rows})],
    )
    con.register("batch", rows_batch(rows, **dict.fromkeys(_LABEL, "text")))
    con.execute("INSERT INTO codebook_labels BY NAME FROM batch")
    con.unregister("batch")


def models_differ(con: DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a model is new or changed."""
    there = set(con.execute(statement("models")).fetchall())
    return any(_model_row(row) not in there for row in rows)


def sync_models(con: DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put the models named in the rows in place of what was known of them."""
    made = [_model_row(row) for row in rows]
    con.execute("DELETE FROM models WHERE list_contains(?, model_id)", [[row[0] for row in made]])
    con.register("batch", rows_batch(made, **_MODEL))
    con.execute("INSERT INTO models BY NAME FROM batch")
    con.unregister("batch")


def recipe_unknown(con: DuckDBPyConnection, recipe: str) -> bool:
    """Whether nothing is noted about a recipe yet."""
    return not con.execute("FROM recipes WHERE recipe = ? LIMIT 1", [recipe]).fetchall()


def describe_recipe(con: DuckDBPyConnection, recipe: str, parts: Mapping[str, str]) -> None:
    """Note the parts of a recipe."""
    rows = [(recipe, part, value) for part, value in sorted(parts.items())]
    con.register("batch", rows_batch(rows, recipe="text", part="text", value="text"))
    con.execute("INSERT INTO recipes BY NAME FROM batch")
    con.unregister("batch")


def start_run(con: DuckDBPyConnection, flow: str, at: datetime) -> str:
    """Note that a run began; earlier ones of its flow that never ended were killed."""
    con.execute(statement("run_marks"), [flow])
    # A run is an event, not content: its id is drawn, not derived.
    run_id = f"run_{at:%Y%m%dT%H%M%S}_{uuid.uuid4().hex[:8]}"
    con.execute(
        "INSERT INTO runs (run_id, flow, started_at, status) VALUES (?, ?, ?, 'running')",
        [run_id, flow, at],
    )
    return run_id


def finish_run(
    con: DuckDBPyConnection,
    run_id: str,
    status: str,
    counts: Mapping[str, int],
    report: str | None,
    at: datetime,
) -> None:
    """Note how a run ended."""
    row = (run_id, status, at, sorted(counts.items()), report)
    kinds = {
        "run_id": "text",
        "status": "text",
        "ended_at": "time",
        "counts": "counts",
        "report": "text",
    }
    con.register("batch", rows_batch([row], **kinds))
    con.execute(statement("finish_run"))
    con.unregister("batch")


def _model_row(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(_time(row.get(name)) if kind == "time" else row.get(name)
                 for name, kind in _MODEL.items())  # fmt: skip


def _time(value: Any) -> datetime | None:
    """Return a time as naive UTC; text is read as ISO 8601."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        value = value.astimezone(UTC).replace(tzinfo=None)
    return value if isinstance(value, datetime) else None
