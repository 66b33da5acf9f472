"""``ingest`` and ``predict``: papers and loose passages in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.output import emit_json, emit_table, say


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("ingest")(ingest_command)
    app.command("predict")(predict_command)


def ingest_command(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, globs, ZIP archives.")],
    workers: Annotated[int | None, typer.Option(min=1, help="Worker processes.")] = None,
    flow: Annotated[bool, typer.Option("--flow", help="Go through Prefect.")] = False,
    on: Annotated[
        str | None, typer.Option("--on", help="Engine: 'dask' or dask://HOST:PORT.")
    ] = None,
    password: Annotated[
        list[str] | None, typer.Option("--password", help="To try on locked files.")
    ] = None,
    warehouse: Annotated[Path | None, typer.Option(help="The warehouse file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Read papers into the warehouse; every file ends loaded, unchanged, replaced or rejected."""
    from flows.progress import shown_progress
    from flows.settings import Settings

    settings = Settings()
    if warehouse is not None:
        settings = settings.model_copy(update={"warehouse": warehouse})
    if password:
        settings = settings.model_copy(update={"passwords": tuple(password)})
    if flow or on:
        from flows.prefect_ingest import ingest_through_prefect

        report = ingest_through_prefect(paths, settings, workers=workers, on=on)
    else:
        from flows.ingest import ingest

        with shown_progress("reading") as progress:
            report = ingest(paths, settings, workers=workers, progress=progress)
    rejected = [
        {"source": source, "reason": reason, "detail": detail}
        for source, reason, detail in report.rejected
    ]
    if as_json:
        emit_json({"run_id": report.run_id, **report.actions, "rejects": rejected})
    else:
        actions = dict(report.actions)
        actions["same paper, one more source"] = actions.pop("added_source", 0)
        shown = {name: n for name, n in sorted(actions.items()) if n}
        emit_table(["papers", "sources"], list(shown.items()))
        for one in rejected:
            say(f"rejected {one['source']}: {one['reason']}: {one['detail']}")
    if not report.readable:
        raise typer.Exit(1)


def predict_command(
    source: Annotated[Path, typer.Option("--in", help="JSON lines with id and text.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the JSON lines.")],
    point: Annotated[str, typer.Option(help="balanced, precise or sensitive.")] = "balanced",
) -> None:
    """Code loose passages without a warehouse."""
    from flows.predict import predict_file
    from flows.settings import Settings

    n = predict_file(source, out, Settings().models_path, point)
    say(f"{n} passages written to {out}")
