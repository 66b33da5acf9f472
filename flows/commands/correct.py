"""``correct``, ``withdraw`` and ``restore``: what people know better."""

from __future__ import annotations

import getpass
import inspect
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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


@dataclass(frozen=True, slots=True)
class Said:
    """Who corrects, and why."""

    by: str
    reason: str


Plan = tuple["Callable[[Corrections, Said], str]", str]
"""What to do, returning the correction's id, and what to say when it is done."""


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(corrections)
    _command(app, "withdraw")(withdraw_command)
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


def _command(
    add_to: typer.Typer, name: str
) -> Callable[[Callable[..., Plan]], Callable[..., Plan]]:
    """Make a command of a function that returns what to do and what to say when it is done.

    The command has the function's parameters, and those that every correction has: --reason, --by
    and --warehouse.
    """

    def decorate(plan: Callable[..., Plan]) -> Callable[..., Plan]:
        def command(
            *,
            reason: ReasonOption,
            by: ByOption = None,
            warehouse: WarehouseOption = None,
            **given: Any,
        ) -> None:
            work, done = plan(**given)
            _write(warehouse, lambda make: work(make, Said(_who(by), reason)), done)

        own = inspect.signature(plan, eval_str=True).parameters.values()
        shared = list(inspect.signature(command, eval_str=True).parameters.values())[:-1]
        parameters = [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*own, *shared)]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {one.name: one.annotation for one in parameters}
        command.__doc__ = plan.__doc__
        add_to.command(name)(command)
        return plan

    return decorate


@_command(corrections, "fact")
def fact_command(fact_id: Annotated[str, typer.Argument()]) -> Plan:
    """Deny a fact: it leaves the facts and stays out."""
    return (
        lambda make, said: make.deny_fact(fact_id, by=said.by, reason=said.reason),
        "denied; `correct undo` with the id above brings it back",
    )


@_command(corrections, "label")
def label_command(
    passage_id: Annotated[str, typer.Argument()],
    dimension: Annotated[str, typer.Argument()],
    label: Annotated[str, typer.Argument()],
    not_: Annotated[bool, typer.Option("--not", help="The label does not apply.")] = False,
) -> Plan:
    """Set a label of a passage, or take it away with --not."""
    from pipeline.codebook import load_codebook

    dimensions = load_codebook().dimensions
    if dimension not in dimensions:
        raise UnknownNameError("dimension", dimension, dimensions)
    known = [one.name for one in dimensions[dimension].labels]
    if label not in known:
        raise UnknownNameError(f"label of {dimension}", label, known)
    alone = dimensions[dimension].selection == "single"
    return (
        lambda make, said: make.set_label(
            passage_id, dimension, label, selected=not not_, alone=alone, by=said.by,
            reason=said.reason,
        ),
        "set; the model's word is in history",
    )  # fmt: skip


@_command(corrections, "merge")
def merge_command(
    entity_id: Annotated[str, typer.Argument()],
    into: Annotated[str, typer.Argument(help="The entity that stays.")],
) -> Plan:
    """Say that two entities are one."""
    return (
        lambda make, said: make.merge_entities(entity_id, into, by=said.by, reason=said.reason),
        f"merged into {into}",
    )


@_command(corrections, "split")
def split_command(
    entity_id: Annotated[str, typer.Argument()],
    surface: Annotated[str, typer.Argument(help="Mentions written exactly so.")],
    name: Annotated[str, typer.Argument(help="The other entity's canonical name.")],
    country: Annotated[
        str | None,
        typer.Option(help="ISO 3166 alpha-2; by default what linking gives, else it is reviewed."),
    ] = None,
) -> Plan:
    """Say that some mentions of an entity mean another one."""
    from flows.splitting import split

    return (
        lambda make, said: split(
            make, entity_id, surface, name, country, by=said.by, reason=said.reason
        ),
        "split",
    )


@_command(corrections, "rename")
def rename_command(
    entity_id: Annotated[str, typer.Argument()], name: Annotated[str, typer.Argument()]
) -> Plan:
    """Give an entity another name; its id stays."""
    return (
        lambda make, said: make.rename_entity(entity_id, name, by=said.by, reason=said.reason),
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


def withdraw_command(paper_id: Annotated[str, typer.Argument()]) -> Plan:
    """Take a paper out of every answer; it stays out after a new reading."""
    return (
        lambda make, said: make.withdraw(paper_id, by=said.by, reason=said.reason),
        f"withdrawn; `clusterlore restore {paper_id}` brings it back",
    )


def restore_command(
    paper_id: Annotated[str, typer.Argument()], warehouse: WarehouseOption = None
) -> None:
    """Bring a withdrawn paper back."""
    _write(warehouse, lambda make: make.restore(paper_id), "restored")
