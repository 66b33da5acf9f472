"""The command line's groups: each says what it adds, and only what a command needs is loaded."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from typing import cast

import pytest
import typer
from typer.core import TyperGroup
from typer.main import get_command

from flows.commands import GROUPS
from flows.settings import Settings

HEAVY = {"pyarrow", "numpy", "pandas", "prefect", "onnxruntime", "sklearn", "rich"}


def test_each_group_adds_the_commands_it_is_said_to_add() -> None:
    def commands(group: str) -> set[str]:
        app = typer.Typer()
        import_module(f"flows.commands.{group}").add(app)
        app.command("one-more")(lambda: None)  # with one command alone there is no group
        return set(cast("TyperGroup", get_command(app)).commands) - {"one-more"}

    assert {group: commands(group) for group in GROUPS} == {
        group: set(said) for group, said in GROUPS.items()
    }


@pytest.mark.parametrize("arguments", [["status"], ["sql", "SELECT count(*) FROM papers"]])
def test_short_answers_load_no_heavy_library(arguments: list[str], settings: Settings) -> None:
    from warehouse.writer import Writer

    with Writer(settings.warehouse_path) as writer:
        writer.publish()
    code = (
        "import sys; from flows.cli import main\n"
        "try: main()\n"
        "finally: print(*sorted(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, *arguments, "--warehouse", str(settings.warehouse_path)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert HEAVY & set(run.stderr.split()) == set()
