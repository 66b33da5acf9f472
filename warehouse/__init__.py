"""Evidence becomes answers. Knows pipeline's records; never models or flows.

``warehouse.open(path)`` is the way in for readers: SQL to Arrow, pandas or polars.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.reader import Limits, Reader

__all__ = ["open"]


def open(path: str | Path, *, limits: Limits | None = None) -> Reader:  # noqa: A001
    """Open the published copy of a warehouse for reading; close it or use it in a `with`.

    Parameters
    ----------
    path : path
        The warehouse file (``clusterlore.duckdb``), whose published copy stands beside it, or a
        published copy itself.
    limits : Limits, optional
        Memory, threads and seconds a query may take.

    Raises
    ------
    WarehouseMissing, WarehouseNewer, WarehouseDamaged
        One line that says what was got, what was expected and what to do.
    """
    from warehouse.reader import Reader

    return Reader(Path(path), limits)
