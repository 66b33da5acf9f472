"""``correct``, ``withdraw`` and ``restore``: what people know better."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.output import emit, emit_json, emit_table, say
from pipeline.errors import UnknownNameError

if TYPE_CHECKING:
    from warehouse.corrections import Corrections

WarehouseOption = Annotated[Path | None, typer.Option(help="The warehouse file.")]
ReasonOption = Annotated[str, typer.Option("--reason", "-r", help="Why; it is kept.")]
ByOption = Annotated[str | None, typer.Option("--by", help="Who says so; by default, you.")]

corrections = typer.Typer(
    name="correct",
    help="Correct facts, labels and entities; corrections outlive a new reading.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(corrections)
    app.command("withdraw")(withdraw_command)
    app.command("restore")(restore_command)


def _who(by: str | None) -> str:
    return by or os.environ.get("CLUSTERLORE_CODER") or getpass.getuser()


def _write(warehouse: Path | None, work: Callable[[Corrections], str], done: str) -> None:
    """Do one correction, publish, and print its id."""
    from flows.settings import Settings
    from pipeline.errors import WarehouseMissing
    from warehouse.writer import Writer

    path = warehouse or Settings().warehouse_path
    if not path.is_file():
        raise WarehouseMissing(f"no warehouse at {path}; make one with `clusterlore ingest PATH`")
    with Writer(path, wait=10) as writer:
        made = work(writer.corrections)
        writer.publish()
    emit(made)
    say(done)


@corrections.command("fact")
def fact_command(
    fact_id: Annotated[str, typer.Argument()],
    reason: ReasonOption,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Deny a fact: it leaves the facts and stays out."""
    _write(
        warehouse,
        lambda make: make.deny_fact(fact_id, by=_who(by), reason=reason),
        "denied; `correct undo` with the id above brings it back",
    )


@corrections.command("label")
def label_command(
    passage_id: Annotated[str, typer.Argument()],
    dimension: Annotated[str, typer.Argument()],
    label: Annotated[str, typer.Argument()],
    reason: ReasonOption,
    not_: Annotated[bool, typer.Option("--not", help="The label does not apply.")] = False,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Set a label of a passage, or take it away with --not."""
    from pipeline.codebook import load_codebook

    dimensions = load_codebook().dimensions
    if dimension not in dimensions:
        raise UnknownNameError("dimension", dimension, dimensions)
    known = [one.name for one in dimensions[dimension].labels]
    if label not in known:
        raise UnknownNameError(f"label of {dimension}", label, known)
    alone = dimensions[dimension].selection == "single"
    _write(
        warehouse,
        lambda make: make.set_label(
            passage_id, dimension, label, selected=not not_, alone=alone, by=_who(by), reason=reason
        ),
        "set; the model's word is in history",
    )


@corrections.command("merge")
def merge_command(
    entity_id: Annotated[str, typer.Argument()],
    into: Annotated[str, typer.Argument(help="The entity that stays.")],
    reason: ReasonOption,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Say that two entities are one."""
    _write(
        warehouse,
        lambda make: make.merge_entities(entity_id, into, by=_who(by), reason=reason),
        f"merged into {into}",
    )


@corrections.command("split")
def split_command(
    entity_id: Annotated[str, typer.Argument()],
    surface: Annotated[str, typer.Argument(help="Mentions written exactly so.")],
    name: Annotated[str, typer.Argument(help="The other entity's canonical name.")],
    reason: ReasonOption,
    country: Annotated[str | None, typer.Option(help="ISO 3166 alpha-2.")] = None,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Say that some mentions of an entity mean another one."""
    _write(
        warehouse,
        lambda make: make.split_named(
            entity_id, surface, name, country, by=_who(by), reason=reason
        ),
        "split",
    )


@corrections.command("rename")
def rename_command(
    entity_id: Annotated[str, typer.Argument()],
    name: Annotated[str, typer.Argument()],
    reason: ReasonOption,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Give an entity another name; its id stays."""
    _write(
        warehouse,
        lambda make: make.rename_entity(entity_id, name, by=_who(by), reason=reason),
        "renamed",
    )


@corrections.command("undo")
def undo_command(
    correction_id: Annotated[str, typer.Argument()], warehouse: WarehouseOption = None
) -> None:
    """Take a correction back."""

    def work(make: Corrections) -> str:
        make.undo(correction_id)
        return correction_id

    _write(warehouse, work, "undone")


@corrections.command("list")
def list_command(
    lost: Annotated[bool, typer.Option("--lost", help="Only those that lost their place.")] = False,
    warehouse: WarehouseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List corrections, newest first."""
    from flows.commands.query import open_warehouse
    from warehouse.formats import plain
    from warehouse.statements import statement

    with open_warehouse(warehouse) as reader:
        found = reader.sql(statement("corrections_lost" if lost else "corrections"))
    if as_json:
        emit_json(plain(found.dicts()))
    else:
        emit_table(found.columns, found.rows())


def withdraw_command(
    paper_id: Annotated[str, typer.Argument()],
    reason: ReasonOption,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
) -> None:
    """Take a paper out of every answer; it stays out after a new reading."""
    _write(
        warehouse,
        lambda make: make.withdraw(paper_id, by=_who(by), reason=reason),
        f"withdrawn; `clusterlore restore {paper_id}` brings it back",
    )


def restore_command(
    paper_id: Annotated[str, typer.Argument()], warehouse: WarehouseOption = None
) -> None:
    """Bring a withdrawn paper back."""
    _write(warehouse, lambda make: make.restore(paper_id), "restored")
