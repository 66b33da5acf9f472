"""Corrections by people (being written)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def apply_corrections(con: DuckDBPyConnection, paper_id: str, at: datetime) -> None:
    """Apply to a paper just loaded what people corrected before."""


def apply_labels(con: DuckDBPyConnection, paper_id: str | None, at: datetime) -> None:
    """Apply labels that people set to codes just made."""
