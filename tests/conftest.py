"""Fixtures that several rooms share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# Machines differ and are shared: a law is a law however long one example takes.
settings.register_profile("clusterlore", deadline=None)
settings.load_profile("clusterlore")

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the repository's root."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real papers and samples, or skip where it is missing."""
    if not (SHARED / "papers").is_dir():
        pytest.skip("the real papers are not at hand: no ../shared beside the repository")
    return SHARED


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a home of its own, so that none writes into the user's."""
    monkeypatch.setenv("CLUSTERLORE_HOME", str(tmp_path / "home"))
