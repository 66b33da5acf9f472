"""``search``, ``export`` and ``explore``: finding passages, files out, the local page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.output import emit, emit_json, say
from flows.commands.query import _pairs, open_warehouse
from pipeline.errors import UsageError

if TYPE_CHECKING:
    from warehouse.search import Hit

WarehouseOption = Annotated[Path | None, typer.Option(help="The warehouse file.")]
LOOPBACK = "127.0.0.1"


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("search")(search_command)
    app.command("export")(export_command)
    app.command("explore")(explore_command)


def search_command(
    words: Annotated[list[str], typer.Argument(help='Words; "a phrase" in quotes; -word.')],
    filter_: Annotated[
        list[str] | None,
        typer.Option(
            "--filter", "-F",
            help="name=value: country, label, dimension, paper, author, entity, year_from,"
            " year_to, language, role, claim, since.",
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="fused, words or meaning.")] = "fused",
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 10,
    warehouse: WarehouseOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:  # fmt: skip
    """Find passages by words and by meaning; each hit in its context."""
    from flows.explore.encoding import query_encoder
    from flows.settings import Settings
    from warehouse.search import Searcher

    encoder = None if by == "words" else query_encoder()
    if encoder is None and by == "fused":
        say("no encoder is installed: searching by words alone")
    filters = _pairs(filter_ or [])
    with Searcher(warehouse or Settings().warehouse_path, encoder) as searcher:
        hits = searcher.search(" ".join(words), filters=filters, limit=limit, way=by)
    if as_json:
        emit_json([_as_json(hit) for hit in hits])
        return
    for rank, hit in enumerate(hits, start=1):
        emit(_as_text(rank, hit))
    if not hits:
        say("nothing found")


def _as_json(hit: Hit) -> dict[str, Any]:
    row = asdict(hit)
    row["snippet"] = "".join(text for text, _ in hit.snippet)
    row["marks"] = [text for text, marked in hit.snippet if marked]
    return row


def _as_text(rank: int, hit: Hit) -> str:
    where = [hit.title or hit.source, str(hit.year or "")]
    where += [f"p. {hit.page}"] if hit.page else []
    where += [hit.heading] if hit.heading else []
    text = "".join(f"[{text}]" if marked else text for text, marked in hit.snippet)
    found = [f"words #{hit.by_words}"] if hit.by_words else []
    found += [f"meaning #{hit.by_meaning}"] if hit.by_meaning else []
    return (
        f"{rank}. {' · '.join(part for part in where if part)}  ({', '.join(found)})\n"
        f"   {' '.join(text.split())}\n   {hit.passage_id}\n"
    )


def export_command(
    what: Annotated[
        str,
        typer.Argument(
            help="A table, view or named query; papers or works as references;"
            " entities as a graph; report."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", "-f",
            help="csv, json, parquet, xlsx, ris, bib, graphml or html; else the file's ending.",
        ),
    ] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", "-p", help="name=value, for a named query.")
    ] = None,
    warehouse: WarehouseOption = None,
) -> None:  # fmt: skip
    """Write tables, references, the graph of entities or a report to a file."""
    from warehouse.export import export

    if not out.parent.is_dir():
        raise UsageError(f"no folder {out.parent}; make it first")
    with open_warehouse(warehouse) as reader:
        n = export(reader, what, out, format=format_, params=_pairs(param or []))
    say(f"{out}: {n:,} written")


def explore_command(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any that is free.")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    warehouse: WarehouseOption = None,
) -> None:
    """Open the local page; it is reachable from this machine alone."""
    import socket
    import webbrowser

    import uvicorn

    from flows.explore.app import make_app
    from flows.explore.encoding import query_encoder
    from flows.settings import Settings

    path = warehouse or Settings().warehouse_path
    with open_warehouse(path):
        pass  # says at once, and in one line, what is wrong with the warehouse
    held = socket.socket()
    try:
        held.bind((LOOPBACK, port))
    except OSError as error:
        raise UsageError(f"port {port} is taken ({error.strerror}); give --port 0") from error
    address = f"http://{LOOPBACK}:{held.getsockname()[1]}/"
    say(f"{address}  (Ctrl-C ends it)")
    if browser:
        webbrowser.open(address)
    server = uvicorn.Server(uvicorn.Config(make_app(path, query_encoder()), log_level="warning"))
    server.run(sockets=[held])
