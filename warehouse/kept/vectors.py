"""The mean vector of each paper; only papers read anew since the last time are computed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
ROWS = 20_000
"""Vectors in memory at a time."""


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


def _add(batch: pa.RecordBatch, sums: dict[str, np.ndarray], odd: set[str]) -> None:
    """Add the vectors of a batch to their papers' sums; `odd`: papers of unequal vectors."""
    names = np.array(batch.column(0).to_pylist(), dtype=object)
    if not len(names):
        return
    starts = np.flatnonzero(np.concatenate(([True], names[1:] != names[:-1])))
    for start, end in zip(starts, [*starts[1:], len(names)], strict=True):
        name = str(names[start])
        blobs = batch.column(1)[int(start) : int(end)].to_pylist()
        length = len(blobs[0])
        before = sums.get(name)
        if not length or any(len(blob) != length for blob in blobs):
            odd.add(name)
            continue
        matrix = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)
        total = matrix.astype(np.float32).sum(axis=0)
        if before is not None and before.shape != total.shape:
            odd.add(name)
            continue
        sums[name] = total if before is None else before + total


def _unit(vector: np.ndarray) -> np.ndarray:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector


def _sql(name: str) -> str:
    return (HERE / f"{name}.sql").read_text(encoding="utf-8")
