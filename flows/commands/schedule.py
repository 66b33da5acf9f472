"""``schedule``, ``watch``, ``serve``, ``fetch`` and ``recode``: papers by themselves."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.output import emit, emit_json, emit_table, say
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from flows.ingest import IngestReport
    from flows.settings import Settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
WarehouseOption = Annotated[Path | None, typer.Option(help="The warehouse file.")]

schedules_app = typer.Typer(
    name="schedule",
    help="Ingest, retrain, verify, report by the clock; `serve` carries it out.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(schedules_app)
    app.command("watch")(watch_command)
    app.command("serve")(serve_command)
    app.command("fetch")(fetch_command)
    app.command("recode")(recode_command)


def _settings(warehouse: Path | None = None) -> Settings:
    from flows.settings import Settings

    settings = Settings()
    return settings.model_copy(update={"warehouse": warehouse}) if warehouse else settings


@schedules_app.command("add")
def add_command(
    flow: Annotated[str, typer.Argument(help="ingest, publish, recode, report, retrain, verify")],
    targets: Annotated[
        list[str] | None,
        typer.Argument(help="For ingest: folders, feeds. For retrain, recode: dimensions."),
    ] = None,
    cron: Annotated[str | None, typer.Option(help="Such as '0 6 * * 1-5'.")] = None,
    every: Annotated[str | None, typer.Option(help="Such as 90s, 15m, 6h, 1d.")] = None,
    tz: Annotated[str, typer.Option(help="Time zone, such as Europe/Rome.")] = "UTC",
    name: Annotated[str | None, typer.Option(help="By default, the flow's name.")] = None,
    after: Annotated[
        int, typer.Option(min=0, help="retrain: only once so many annotations are new.")
    ] = 0,
    workers: Annotated[int | None, typer.Option(min=1, help="ingest: worker processes.")] = None,
) -> None:
    """Add a schedule; a running `serve` takes it up within seconds."""
    from flows.schedules import add_schedule, new_schedule

    entry = new_schedule(
        flow, targets or [], name=name, cron=cron, every=every, tz=tz, after=after, workers=workers
    )
    add_schedule(_settings(), entry)
    say(f"{entry.name}: {entry.flow}, {entry.when} ({entry.tz}); `clusterlore serve` runs it")


@schedules_app.command("list")
def list_command(as_json: AsJson = False) -> None:
    """List the schedules."""
    from dataclasses import asdict

    from flows.schedules import load_schedules

    found = load_schedules(_settings()).values()
    if as_json:
        emit_json([asdict(one) for one in found])
        return
    emit_table(
        ["name", "flow", "when", "time zone", "parameters", "paused"],
        [
            (one.name, one.flow, one.when, one.tz, one.parameters, "yes" if one.paused else "no")
            for one in found
        ],
    )


@schedules_app.command("remove")
def remove_command(name: Annotated[str, typer.Argument()]) -> None:
    """Remove a schedule."""
    from flows.schedules import remove_schedule

    remove_schedule(_settings(), name)
    say(f"{name}: removed")


@schedules_app.command("pause")
def pause_command(
    name: Annotated[str, typer.Argument()],
    resume: Annotated[bool, typer.Option("--resume", help="Let it go on.")] = False,
) -> None:
    """Pause a schedule, or let it go on with --resume."""
    from flows.schedules import pause_schedule

    pause_schedule(_settings(), name, paused=not resume)
    say(f"{name}: {'goes on' if resume else 'paused'}")


def serve_command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Of Prefect's page.")] = 4200,
) -> None:
    """Start the Prefect server, its page and the schedules, on this machine only."""
    from flows.serving import serve

    serve(_settings(), port, say)


def watch_command(
    folder: Annotated[Path, typer.Argument(help="Folder that papers land in.")],
    settle: Annotated[float, typer.Option(min=0.1, help="Seconds a file must rest.")] = 1.0,
    plain: Annotated[
        bool, typer.Option("--plain", help="Without Prefect: no server, no page.")
    ] = False,
    warehouse: WarehouseOption = None,
) -> None:
    """Read papers as they land in a folder, until Ctrl-C."""
    from contextlib import nullcontext

    from flows.watching import plainly, through_prefect, watch

    settings = _settings(warehouse)

    def heard(report: IngestReport) -> None:
        words = ", ".join(f"{n} {what}" for what, n in sorted(report.actions.items()) if n)
        emit(f"{report.run_id}: {words}")
        sys.stdout.flush()  # whoever reads this through a pipe is waiting for it
        for source, reason, detail in report.rejected:
            say(f"rejected {source}: {reason}: {detail}")

    if not folder.is_dir():
        raise UsageError(f"No such folder: {str(folder)!r}")
    ways = nullcontext(plainly) if plain else through_prefect(settings, say)
    with ways as reads:
        say(f"watching {folder} (Ctrl-C stops)")
        watch(folder, settings, heard=heard, settle=settle, reads=reads)


def fetch_command(
    addresses: Annotated[
        list[str], typer.Argument(help="URLs of papers or feeds, or files that list URLs.")
    ],
    into: Annotated[Path | None, typer.Option(help="Folder; by default the inbox.")] = None,
    most: Annotated[int, typer.Option(min=1, help="At most so many papers.")] = 100,
    max_mb: Annotated[int, typer.Option(min=1, help="At most so large, each.")] = 100,
    delay: Annotated[float, typer.Option(min=0, help="Seconds between requests.")] = 1.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Private and loopback addresses, too.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Download new papers from feeds or lists; `ingest` reads the folder then."""
    from flows.fetching import fetch
    from flows.fetching_guard import FetchLimits

    settings = _settings()
    allowed = allow_private or settings.allow_private
    limits = FetchLimits(max_bytes=max_mb << 20, delay=delay, allow_private=allowed)
    report = fetch(addresses, settings, limits=limits, into=into, most=most)
    if as_json:
        emit_json({**report.counts, "files": report.files, "failures": report.failed})
    else:
        for path in report.files:
            emit(str(path))
        for _, why in report.failed:
            say(f"failed: {why}")
    if report.failed and not report.files and not report.counts["unchanged"]:
        raise typer.Exit(1)


def recode_command(
    dimensions: Annotated[
        list[str] | None, typer.Argument(help="All that changed, where none is named.")
    ] = None,
    warehouse: WarehouseOption = None,
    as_json: AsJson = False,
) -> None:
    """Code stored passages again by the models in use, without reading papers."""
    from flows.recoding import recode

    report = recode(_settings(warehouse), dimensions or [])
    if as_json:
        emit_json({"run_id": report.run_id, "papers": dict(report.recoded)})
    else:
        emit_table(["dimension", "papers coded again"], sorted(report.recoded.items()))
        if not report.recoded:
            say("nothing to do: all codes are of the models in use")
