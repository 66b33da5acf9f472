"""Tests for bare places: where something happens, or part of a name, is no cluster."""

from __future__ import annotations

import pytest

from pipeline.extract.cluster_memory import _tells_where


@pytest.mark.parametrize(
    ("before", "behind", "where"),
    [
        ("Two of them had moved to ", " by then.", True),
        ("The lanes of ", " are narrow.", True),
        ("It is run by the ", " Loom Owners' Circle.", True),
        ("Kiln owners of ", " met twice.", False),
        ("Compared with the mills, and compared to ", ", it is small.", False),
        ("A tenth of ", "'s sales went abroad.", False),
        ("", " turned to iron.", False),
    ],
)
def test_a_place_that_only_tells_where(before: str, behind: str, where: bool) -> None:
    assert _tells_where(before, behind) is where
