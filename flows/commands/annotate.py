"""``annotate``: coding rounds, out to tools and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.output import emit, emit_json, emit_table, say

app = typer.Typer(help="Coding rounds: choose, export, import, agree, adjudicate, audit.")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Dimension = Annotated[
    list[str] | None, typer.Option("--dimension", help="Only this dimension; may be repeated.")
]
Format = Annotated[
    str, typer.Option("--format", help="jsonl, csv, label-studio, doccano, argilla, prodigy.")
]


def add(parent: typer.Typer) -> None:
    """Add the group of commands."""
    parent.add_typer(app, name="annotate")


@app.command("next")
def next_command(
    n: Annotated[int, typer.Option("--n", min=1, help="How many passages.")] = 20,
    by: Annotated[str, typer.Option(help="unsure, varied, random or label.")] = "unsure",
    label: Annotated[str | None, typer.Option(help="DIMENSION:LABEL, with --by label.")] = None,
    seed: Annotated[int, typer.Option(help="For --by random.")] = 1,
    tool: Format = "jsonl",
    out: Annotated[Path | None, typer.Option(help="File to write; else stdout.")] = None,
) -> None:
    """Choose passages nobody annotated yet, ready for a tool."""
    from flows.annotating import dimension_labels, next_passages
    from flows.settings import Settings
    from models.annotation.formats import export_records
    from pipeline.codebook import load_codebook

    codebook = load_codebook()
    wanted = None
    if label:
        dimension, _, name = label.partition(":")
        codebook.check_label(dimension, name)
        wanted = (dimension, name)
    records = next_passages(Settings(), n, by, wanted, seed)
    _write(export_records(records, tool, dimension_labels(codebook, ())), out)
    say(f"{len(records)} passages")


@app.command("export")
def export_command(
    tool: Format = "jsonl",
    dimension: Dimension = None,
    out: Annotated[Path | None, typer.Option(help="File to write; else stdout.")] = None,
    guidelines: Annotated[
        Path | None, typer.Option(help="Write the coding guidelines (Markdown) here, too.")
    ] = None,
    interface: Annotated[
        Path | None, typer.Option(help="Write a Label Studio interface here, too.")
    ] = None,
) -> None:
    """Write the annotations in the warehouse in a tool's format."""
    from flows.annotating import dimension_labels, stored_records
    from flows.settings import Settings
    from models.annotation.formats import export_records
    from models.annotation.guidelines import guidelines as pages
    from models.annotation.guidelines import label_studio_interface
    from pipeline.codebook import load_codebook

    codebook = load_codebook()
    labels = dimension_labels(codebook, dimension or [])
    records = stored_records(Settings(), dimension or [])
    _write(export_records(records, tool, labels), out)
    if guidelines:
        guidelines.write_text(pages(codebook, list(labels)), encoding="utf-8")
    if interface:
        interface.write_text(label_studio_interface(codebook, list(labels)), encoding="utf-8")
    say(f"{len(records)} records")


@app.command("import")
def import_command(
    path: Annotated[Path, typer.Argument(help="A tool's export.")],
    tool: Format = "jsonl",
    coder: Annotated[
        str | None, typer.Option(help="Who coded, where the file does not say.")
    ] = None,
) -> None:
    """Bring a tool's export into the warehouse; unknown labels are refused whole."""
    from flows.annotating import import_file
    from flows.settings import Settings

    n = import_file(path, tool, Settings(), coder=coder)
    say(f"{n} annotation rows stored")


@app.command("agreement")
def agreement_command(dimension: Dimension = None, as_json: AsJson = False) -> None:
    """Krippendorff's alpha by label, kappa and F1 by pair of coders."""
    from dataclasses import asdict

    from flows.annotating import agreement
    from flows.settings import Settings

    found = agreement(Settings(), dimension or [])
    if as_json:
        emit_json({name: [asdict(one) for one in rows] for name, rows in found.items()})
        return
    emit_table(
        ["dimension", "label", "alpha", "passages", "codings with it"],
        [(o.dimension, o.label, o.alpha, o.n, o.positives) for o in found["labels"]],
    )
    emit_table(
        ["dimension", "coder", "coder", "kappa", "F1", "passages"],
        [(o.dimension, o.first, o.second, o.kappa, o.f1, o.n) for o in found["pairs"]],
    )


@app.command("adjudicate")
def adjudicate_command(
    passage: Annotated[str | None, typer.Argument(help="Hash, or its beginning.")] = None,
    dimension: Annotated[str | None, typer.Option(help="The dimension to settle.")] = None,
    label: Annotated[
        list[str] | None, typer.Option(help="A label that applies; none given: none applies.")
    ] = None,
    by: Annotated[str, typer.Option(help="Who decides.")] = "adjudicator",
    as_json: AsJson = False,
) -> None:
    """Without a passage: list what is in dispute. With one: settle it."""
    from flows.annotating import adjudicate, disputes
    from flows.settings import Settings
    from pipeline.errors import UsageError

    if passage is None:
        found = disputes(Settings(), [dimension] if dimension else [])
        if as_json:
            emit_json(found)
            return
        rows = [
            (
                one["passage_sha256"][:12],
                one["dimension"],
                "; ".join(f"{c}: {', '.join(v) or '-'}" for c, v in one["coders"].items()),
                one["text"][:80],
            )
            for one in found
        ]
        emit_table(["passage", "dimension", "coders", "text"], rows)
        return
    if dimension is None:
        raise UsageError("settling a passage needs --dimension")
    say(f"settled {adjudicate(Settings(), passage, dimension, label or [], by)[:12]}")


@app.command("audit")
def audit_command(
    dimension: Dimension = None,
    real: Annotated[Path | None, typer.Option(help="Folder of real coded passages.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many to list.")] = 40,
    as_json: AsJson = False,
) -> None:
    """List labels that are likely wrong, by models that never saw the document."""
    from flows.annotating import audit
    from flows.settings import Settings

    found = audit(Settings(), real, dimension or [])
    if as_json:
        emit_json(found[:limit])
        return
    emit_table(
        ["dimension", "label", "coders say", "model", "passage", "text"],
        [
            (o["dimension"], o["label"], "yes" if o["given"] else "no", o["probability"],
             o["passage"], o["text"][:70])
            for o in found[:limit]
        ],
    )  # fmt: skip


@app.command("status")
def status_command(as_json: AsJson = False) -> None:
    """How much is annotated, by dimension and coder."""
    from collections import Counter

    from flows.settings import Settings
    from flows.stored_annotations import stored_annotations

    rows = {(r.dimension, r.coder, r.passage_sha256) for r in stored_annotations(Settings())}
    counts = Counter((dimension, coder) for dimension, coder, _ in rows)
    table = [(dimension, coder, n) for (dimension, coder), n in sorted(counts.items())]
    if as_json:
        emit_json(
            [dict(zip(("dimension", "coder", "passages"), row, strict=True)) for row in table]
        )
        return
    emit_table(["dimension", "coder", "passages"], table)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        emit(text)
    else:
        out.write_text(text, encoding="utf-8", newline="\n")
