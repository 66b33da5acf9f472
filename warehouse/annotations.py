"""Coders' annotations: one row per passage, coder, dimension, label and codebook version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.ids import content_id
from warehouse.batches import rows_batch
from warehouse.statements import statement

if TYPE_CHECKING:
    from warehouse.writer import Writer

_COLUMNS = {
    "annotation_id": "text", "passage_sha256": "text", "passage_id": "text", "dimension": "text",
    "label": "text", "coder": "text", "codebook_version": "text", "at": "time", "origin": "text",
    "text": "text", "group": "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewAnnotation:
    """One coder's verdict on one passage: `labels` by dimension, empty where none applies."""

    passage_sha256: str
    passage_id: str | None
    text: str
    group: str
    coder: str
    labels: Mapping[str, Sequence[str]]


def add_annotations(
    writer: Writer, rows: Sequence[NewAnnotation], *, codebook_version: str, origin: str
) -> int:
    """Store annotations; return how many rows are new.

    A coder's newer verdict on the same passage and dimension replaces that coder's older one;
    other coders' rows stay as they are, since disagreement is information.
    """
    with writer.transaction() as at:
        made = []
        for row in rows:
            for dimension, labels in sorted(row.labels.items()):
                writer.con.execute(
                    statement("drop_annotation"),
                    [row.passage_sha256, dimension, row.coder, codebook_version],
                )
                chosen: list[str | None] = [*labels] or [None]
                for label in chosen:
                    key = (row.passage_sha256, dimension, label, row.coder, codebook_version)
                    made.append(
                        (content_id("annotation", *key), row.passage_sha256, row.passage_id,
                         dimension, label, row.coder, codebook_version, at, origin, row.text,
                         row.group)
                    )  # fmt: skip
        if made:
            writer.con.register("batch", rows_batch(made, **_COLUMNS))
            writer.con.execute("INSERT INTO annotations BY NAME FROM batch")
            writer.con.unregister("batch")
    return len(made)
