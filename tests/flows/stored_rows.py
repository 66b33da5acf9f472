"""What two ways of ingesting the same papers must agree on."""

from __future__ import annotations

import warehouse
from flows.settings import Settings

TABLES = {
    "papers": "paper_id, title, source, sha256, n_words, recipe",
    "paper_sources": "paper_id, source, sha256, relation",
    "rejects": "source, sha256, stage, reason",
    "passages": 'passage_id, ordinal, start, "end", text',
    "mentions": "mention_id, kind, entity_id, surface",
    "facts": "fact_id, metric, value, unit",
    "codes": "passage_id, dimension, label, round(probability, 3), selected, model_id",
    "runs": "flow, status, counts",
}


def rows_of(settings: Settings) -> dict[str, list[str]]:
    """Return table to its rows, in no order, as text."""
    with warehouse.open(settings.warehouse_path) as reader:
        return {
            table: sorted(map(repr, reader.sql(f"SELECT {columns} FROM {table}").rows()))
            for table, columns in TABLES.items()
        }
