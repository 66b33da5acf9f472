"""``show``, ``verify``, ``changes``, ``publish`` and ``doctor``: every row proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands import correct
from flows.commands.output import emit, emit_json, emit_table, say
from flows.commands.query import open_warehouse

if TYPE_CHECKING:
    from warehouse.verify import CheckResult

WarehouseOption = Annotated[Path | None, typer.Option(help="The warehouse file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("show")(show_command)
    app.command("verify")(verify_command)
    app.command("changes")(changes_command)
    app.command("publish")(publish_command)
    app.command("doctor")(doctor_command)
    correct.add(app)


def show_command(
    id_: Annotated[str, typer.Argument(metavar="ID", help="Any id from any table.")],
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Open any row to paper, page, passage and quote, and say how it was derived."""
    from warehouse.formats import plain
    from warehouse.show import show

    with open_warehouse(warehouse) as reader:
        shown = show(reader, id_)
    if as_json:
        emit_json(plain(shown))
        return
    emit(_as_text(shown))


def _as_text(shown: dict[str, Any]) -> str:
    from warehouse.show import marked

    lines = [f"{shown['what']}  {shown['id']}"]
    if "quote" in shown:
        passage, paper = shown["passage"], shown["paper"]
        authors = ", ".join(paper["authors"] or ()) or "no author named"
        lines += [
            "",
            f"paper     {paper['title'] or 'no title'} ({authors}, {paper['year'] or 'no year'})",
            f"source    {paper['source']}",
            f"where     {_where(passage)}",
            "",
            marked(shown, "»", "«"),
        ]
    derived = dict(shown["derived"])
    parts = derived.pop("recipe_parts", {})
    known = {**derived, **{f"by {part}": value for part, value in parts.items()}}
    row = {
        name: value
        for name, value in shown["row"].items()
        if value not in (None, [], "") and name not in known and name != "text"
    }
    for title, values in (("row", row), ("derived", known)):
        if values:
            lines += ["", title, *(f"  {name:<18} {_value(one)}" for name, one in values.items())]
    return "\n".join(lines)


def _where(passage: dict[str, Any]) -> str:
    page, page_to = passage["page"], passage["page_to"]
    pages = "no pages" if page is None else f"page {page}"
    if page is not None and page_to not in (None, page):
        pages = f"pages {page} to {page_to}"
    heading = f", under “{passage['heading']}”" if passage["heading"] else ""
    return f"{pages}{heading} ({passage['role']}), passage {passage['passage_id']}"


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"\n    {item}" for item in value)
    return str(value)


def verify_command(
    sources: Annotated[
        bool, typer.Option("--sources/--no-sources", help="Read the source files again, too.")
    ] = True,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Re-read every quote against the stored text, and that against its source; run all checks."""
    from flows.reread import Rereader
    from flows.settings import Settings
    from warehouse.verify import verify

    found: list[CheckResult] = []
    with open_warehouse(warehouse) as reader, Rereader(Settings()) as rereader:
        for one in verify(reader, rereader if sources else None):
            found.append(one)
            if one.offenders:
                say(f"{one.name}: {one.offenders} offenders, such as {one.sample[0]}")
    if as_json:
        emit_json(
            [
                {"check": one.name, "title": one.title, "offenders": one.offenders,
                 "columns": one.columns, "sample": one.sample, "note": one.note}
                for one in found
            ]
        )  # fmt: skip
    else:
        emit_table(
            ["check", "offenders", "what must hold"],
            [(one.name, one.offenders, _title(one)) for one in found],
        )
    failed = [one.name for one in found if one.offenders]
    if failed:
        say(f"verify: {len(failed)} of {len(found)} checks failed: {', '.join(failed)}")
        raise typer.Exit(1)
    say(f"verify: {len(found)} checks, no offence")


def _title(one: CheckResult) -> str:
    return f"{one.title} ({one.note})" if one.note else one.title


def changes_command(
    since: Annotated[str, typer.Option("--from", help="A time (UTC) or a model's id.")],
    until: Annotated[
        str, typer.Option("--to", help="A time (UTC) or a model's id.")
    ] = "9999-01-01",
    items: Annotated[bool, typer.Option("--items", help="Each item, not counts by cause.")] = False,
    warehouse: WarehouseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say what changed between two states of the warehouse, and by which cause."""
    from warehouse.formats import plain
    from warehouse.statements import statement

    name = "changed_items" if items else "changed_counts"
    with open_warehouse(warehouse) as reader:
        found = reader.sql(statement(name), {"since": since, "until": until})
    if as_json:
        emit_json(plain(found.dicts()))
    else:
        emit_table(found.columns, found.rows())


def publish_command(warehouse: WarehouseOption = None) -> None:
    """Bring the warehouse's schema up to date and give readers a fresh copy."""
    from flows.settings import Settings
    from pipeline.errors import WarehouseMissing
    from warehouse.writer import Writer

    path = warehouse or Settings().warehouse_path
    if not path.is_file():
        raise WarehouseMissing(f"no warehouse at {path}; make one with `clusterlore ingest PATH`")
    with Writer(path) as writer:
        say(f"readers see {writer.publish()}")


def doctor_command(warehouse: WarehouseOption = None, as_json: JsonOption = False) -> None:
    """Say whether this machine is set up: packages, models, room on the disk, the warehouse."""
    from flows.doctor import diagnose
    from flows.settings import Settings

    settings = Settings()
    if warehouse is not None:
        settings = settings.model_copy(update={"warehouse": warehouse})
    found = diagnose(settings)
    if as_json:
        emit_json([{"what": one.what, "state": one.state, "detail": one.detail} for one in found])
    else:
        emit_table(["what", "state", "detail"], [(o.what, o.state, o.detail) for o in found])
    if any(one.state == "bad" for one in found):
        say("doctor: something is missing; see the lines that say bad")
        raise typer.Exit(1)
