"""One module per group of commands; each has `add(app)` and imports heavy rooms when it runs."""

from __future__ import annotations

from importlib import import_module

import typer

GROUPS = ("ingest", "query", "prove", "annotate", "learn", "schedule", "explore")


def register(app: typer.Typer) -> None:
    """Add every group of commands to the application."""
    for group in GROUPS:
        import_module(f"flows.commands.{group}").add(app)
