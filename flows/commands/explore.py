"""Placeholder until the room behind it stands."""

from __future__ import annotations

import typer


def add(app: typer.Typer) -> None:
    """Add nothing yet."""
