"""Vectors of passages in files that are mapped, not read.

Scanning a million vectors of 384 values takes seconds in half precision. So each is also kept as
its `SHORT` strongest directions (principal components, in single precision): these are scanned,
and the nearest `RESCORED` are measured exactly.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

SHORT = 96
RESCORED = 2_000
EXACT_UP_TO = 20_000
"""Up to so many vectors all are measured exactly."""
ID_BYTES = 64


class VectorStore:
    """The vectors of a search index, by row.

    Parameters
    ----------
    folder : Path
        Holds ``full.f16`` (rows, values), ``short.f32`` (rows, `SHORT`), ``ids`` (rows of
        `ID_BYTES` bytes), ``axes.npy`` (values, `SHORT`) and ``dead.json`` (rows that are gone).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows, self.values = 0, 0
        self.dead: set[int] = set()
        self._order: npt.NDArray[np.intp] | None = None
        if not (folder / "axes.npy").exists():
            return
        self.axes: npt.NDArray[np.float32] = np.load(folder / "axes.npy", allow_pickle=False)
        self.values = self.axes.shape[0]
        width = self.axes.shape[1]
        self.rows = (folder / "ids").stat().st_size // ID_BYTES
        self.full = np.memmap(folder / "full.f16", "<f2", "r", shape=(self.rows, self.values))
        self.short = np.memmap(folder / "short.f32", "<f4", "r", shape=(self.rows, width))
        self.ids = np.memmap(folder / "ids", f"S{ID_BYTES}", "r", shape=(self.rows,))
        self.dead = set(json.loads((folder / "dead.json").read_text(encoding="utf-8")))

    def nearest(
        self, vector: npt.ArrayLike, n: int, only: Sequence[str] | None = None
    ) -> list[str]:
        """Return the ids of the `n` vectors nearest to `vector` by cosine, the nearest first.

        Parameters
        ----------
        vector : array-like
            As many values as the stored vectors have, of any length.
        n : int
            At most so many.
        only : sequence of str, optional
            Look at these ids alone.
        """
        query = unit(np.asarray(vector, dtype=np.float32)[None, :])[0]
        if not self.rows or query.shape != (self.values,):
            return []
        alive = self.rows - len(self.dead)
        n = min(n, alive)
        if only is not None:
            rows = self._rows_of(only)
        elif self.rows <= EXACT_UP_TO:
            rows = np.arange(self.rows)
        else:
            near = self.short @ (query @ self.axes)
            if self.dead:
                near[list(self.dead)] = -np.inf
            rows = _top(near, min(max(RESCORED, 2 * n), self.rows))
        exact = np.asarray(self.full[rows], dtype=np.float32) @ query
        if self.dead:
            exact[np.isin(rows, list(self.dead))] = -np.inf
        best = rows[_top(exact, min(n, int((exact > -np.inf).sum())))]
        return [one.decode() for one in self.ids[best].tolist()]

    def _rows_of(self, ids: Sequence[str]) -> npt.NDArray[np.intp]:
        """Return the rows of those ids that have a vector."""
        if self._order is None:
            self._order = np.argsort(self.ids, kind="stable")
        wanted = np.array([one.encode() for one in ids], dtype=self.ids.dtype)
        at = np.searchsorted(self.ids, wanted, sorter=self._order, side="right") - 1
        rows = self._order[np.maximum(at, 0)]
        return np.asarray(rows[self.ids[rows] == wanted])


def write_axes(folder: Path, sample: npt.NDArray[np.float32]) -> None:
    """Choose the directions from a sample of unit vectors (rows, values) and begin empty files."""
    folder.mkdir(parents=True, exist_ok=True)
    _, axes = np.linalg.eigh(sample.T @ sample)
    np.save(folder / "axes.npy", np.ascontiguousarray(axes[:, ::-1][:, :SHORT]).astype(np.float32))
    for name in ("full.f16", "short.f32", "ids"):
        (folder / name).write_bytes(b"")
    kill(folder, ())


def append(folder: Path, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Add unit vectors (rows, values) at the end."""
    axes = np.load(folder / "axes.npy", allow_pickle=False)
    parts = {
        "full.f16": vectors.astype("<f2"),
        "short.f32": (vectors @ axes).astype("<f4"),
        "ids": np.array([one.encode() for one in ids], dtype=f"S{ID_BYTES}"),
    }
    for name, part in parts.items():
        with (folder / name).open("ab") as out:
            out.write(part.tobytes())


def kill(folder: Path, rows: Sequence[int]) -> None:
    """Note the rows that are gone."""
    (folder / "dead.json").write_text(json.dumps(sorted(rows)), encoding="utf-8")


def unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return vectors (rows, values) at length 1."""
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(length == 0, 1, length)).astype(np.float32, copy=False)


def _top(scores: npt.NDArray[np.float32], n: int) -> npt.NDArray[np.intp]:
    """Return the places of the `n` highest scores, highest first."""
    if n <= 0:
        return np.empty(0, dtype=np.intp)
    places = np.argpartition(-scores, n - 1)[:n] if n < len(scores) else np.arange(len(scores))
    return places[np.lexsort((places, -scores[places]))]
