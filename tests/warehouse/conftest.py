"""Fixtures of the warehouse's tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from warehouse.writer import Writer


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where a warehouse can be made."""
    return tmp_path / "w.duckdb"


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    """Return an open writer on an empty warehouse."""
    with Writer(path) as opened:
        yield opened
