"""The mean vector of each paper; only papers read anew since the last time are computed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent


def keep_paper_vectors(con: DuckDBPyConnection) -> None:
    """Bring ``kept.paper_vectors`` up to date with the papers and their passages' vectors."""
    import pyarrow as pa

    con.execute((HERE / "drop_vectors.sql").read_text(encoding="utf-8"))
    cursor = con.execute((HERE / "fresh_vectors.sql").read_text(encoding="utf-8"))
    rows: list[tuple[str, object, np.ndarray]] = []
    while batch := cursor.fetchmany(500):
        for paper_id, ingested_at, blobs in batch:
            sizes = {len(blob) for blob in blobs}
            if len(sizes) == 1 and sizes != {0}:
                matrix = np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)
                rows.append((paper_id, ingested_at, _unit(matrix.mean(axis=0, dtype=np.float32))))
    if not rows:
        return
    table = pa.table({
        "paper_id": pa.array([row[0] for row in rows], pa.string()),
        "ingested_at": pa.array([row[1] for row in rows], pa.timestamp("us")),
        "vector": pa.array([row[2] for row in rows], pa.list_(pa.float32())),
    })  # fmt: skip
    con.register("fresh_vectors", table)
    con.execute("INSERT INTO kept.paper_vectors BY NAME FROM fresh_vectors")
    con.unregister("fresh_vectors")


def _unit(vector: np.ndarray) -> np.ndarray:
    length = float(np.linalg.norm(vector))
    return vector / length if length else vector
