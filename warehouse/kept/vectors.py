"""The mean vector of each paper: made when it is loaded, else when a copy is published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
ROWS = 20_000
"""Vectors in memory at a time."""
ENOUGH = 2_000
"""Papers whose vectors are put in together: DuckDB's log takes a list with all those beside it."""


class FreshVectors:
    """The vectors of papers that have just come, put in many at a time.

    What is lost with a killed writer or a transaction that failed, or stands for a paper that was
    replaced since, is made good by `keep_paper_vectors`.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[datetime, np.ndarray]] = {}

    def add(self, paper_id: str, at: datetime, vectors: Sequence[tuple[str, bytes]]) -> None:
        """Note a paper that came at a time, with its passages' vectors."""
        vector = paper_vector(vectors)
        if vector is not None:
            self._waiting[paper_id] = at, vector

    def put_in(self, con: DuckDBPyConnection, at_least: int = 1) -> None:
        """Put them in, where they are so many, and let none wait any more."""
        if len(self._waiting) < at_least:
            return
        from warehouse.batches import rows_batch
        from warehouse.rows import insert_batch

        rows = [(name, *of_paper) for name, of_paper in self._waiting.items()]
        batch = rows_batch(rows, paper_id="text", ingested_at="time", vector="floats")
        insert_batch(con, "kept.paper_vectors", batch)
        self._waiting.clear()


def keep_paper_vectors(con: DuckDBPyConnection) -> None:
    """Bring ``kept.paper_vectors`` up to date with the papers and their passages' vectors."""
    import pyarrow as pa

    con.execute(_sql("drop_vectors"))
    sums: dict[str, np.ndarray] = {}
    odd: set[str] = set()
    reader = con.execute(_sql("fresh_vectors")).to_arrow_reader(ROWS)
    for batch in reader:
        _add(batch, sums, odd)
    made = [(name, total) for name, total in sums.items() if name not in odd]
    if not made:
        return
    table = pa.table({
        "paper_id": pa.array([name for name, _ in made], pa.string()),
        "vector": pa.array([_unit(total) for _, total in made], pa.list_(pa.float32())),
    })  # fmt: skip
    con.register("fresh_vectors", table)
    con.execute(_sql("insert_vectors"))
    con.unregister("fresh_vectors")


def paper_vector(vectors: Sequence[tuple[str, bytes]]) -> np.ndarray | None:
    """Return the mean direction of a paper's passages; None where there is none to speak of.

    Parameters
    ----------
    vectors : sequence of (passage id, little-endian float16 values)
    """
    blobs = [blob for _, blob in vectors]
    if not blobs or not blobs[0] or any(len(blob) != len(blobs[0]) for blob in blobs):
        return None
    values = np.frombuffer(b"".join(blobs), "<f2").reshape(len(blobs), -1)
    return _unit(values.sum(axis=0, dtype=np.float32))


def _add(batch: pa.RecordBatch, sums: dict[str, np.ndarray], odd: set[str]) -> None:
    """Add the vectors of a batch to their papers' sums; `odd`: papers of unequal vectors.

    The bytes are taken from Arrow's own buffers: as Python objects they would take longer than all
    else that a copy for readers needs.
    """
    names, blobs = batch.column(0).to_pylist(), batch.column(1)
    if not names:
        return
    _, offsets, data = blobs.buffers()
    ends = np.frombuffer(offsets, "<i4")[blobs.offset : blobs.offset + len(names) + 1]
    starts = [0, *(at for at in range(1, len(names)) if names[at] != names[at - 1])]
    for start, end in zip(starts, [*starts[1:], len(names)], strict=True):
        name = str(names[start])
        lengths = np.diff(ends[start : end + 1])
        before = sums.get(name)
        if not lengths[0] or (lengths != lengths[0]).any():
            odd.add(name)
            continue
        values = np.frombuffer(data, "<f2", int(lengths.sum()) // 2, int(ends[start]))
        total = values.reshape(len(lengths), -1).sum(axis=0, dtype=np.float32)
        if before is not None and before.shape != total.shape:
            odd.add(name)
            continue
        sums[name] = total if before is None else before + total


def _unit(vector: np.ndarray) -> np.ndarray:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
