"""One module per group of commands; each has `add(app)` and imports heavy rooms when it runs."""

from __future__ import annotations

from importlib import import_module

import typer

GROUPS = {
    "ingest": ("ingest", "predict"),
    "query": ("sql", "status"),
    "prove": ("show", "verify", "changes", "publish", "doctor", "withdraw", "restore", "correct"),
    "annotate": ("annotate",),
    "learn": ("train", "evaluate", "models"),
    "schedule": ("watch", "serve", "fetch", "recode", "schedule"),
    "explore": ("search", "export", "explore"),
}
"""Modules, and the commands that each adds."""


def register(app: typer.Typer, command: str = "") -> None:
    """Add every group of commands to the application.

    Where the command that will run is known, its group is enough: making the parameters of forty
    commands takes a tenth of a second.
    """
    wanted = [group for group, commands in GROUPS.items() if command in commands]
    for group in wanted or GROUPS:
        import_module(f"flows.commands.{group}").add(app)
