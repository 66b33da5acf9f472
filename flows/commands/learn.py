"""``train``, ``evaluate`` and ``models``: retraining and the registry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from flows.commands.output import emit_json, emit_table, say

if TYPE_CHECKING:
    from flows.learning import Trained

models_app = typer.Typer(help="List, show, compare, promote and roll back models.")
Real = Annotated[
    Path | None, typer.Option("--real", help="Folder of real coded passages, where at hand.")
]
OwnCodebook = Annotated[
    Path | None, typer.Option(help="Folder of a codebook of your own (dimensions/, entities/).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def add(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("train")(train_command)
    app.command("evaluate")(evaluate_command)
    app.add_typer(models_app, name="models")


def train_command(
    dimensions: Annotated[
        list[str] | None, typer.Argument(help="All, where none is named.")
    ] = None,
    table: Annotated[Path | None, typer.Option("--from", help="A table to train on.")] = None,
    text: Annotated[str, typer.Option(help="Column of texts.")] = "text",
    label: Annotated[list[str] | None, typer.Option(help="Column of labels.")] = None,
    group: Annotated[str | None, typer.Option(help="Column of documents to split by.")] = None,
    codebook: OwnCodebook = None,
    real: Real = None,
    flow: Annotated[bool, typer.Option("--flow", help="Go through Prefect.")] = False,
    candidate: Annotated[bool, typer.Option("--candidate", help="Never promote.")] = False,
    as_json: AsJson = False,
) -> None:
    """Train candidates; each is put in use only if better on the same held-out documents."""
    from flows.settings import Settings

    settings = Settings()
    if table is not None:
        from flows.table_learning import train_from_table
        from pipeline.errors import UsageError

        if not label:
            raise UsageError("--from needs at least one --label COLUMN")
        results = train_from_table(table, text, label, group, settings)
        _print_table_results(results, as_json)
        return
    options: dict[str, Any] = {
        "real_folder": real, "codebook_folder": codebook, "promote_if_better": not candidate,
    }  # fmt: skip
    if flow:
        from flows.prefect_retrain import retrain_through_prefect

        trained = retrain_through_prefect(dimensions or [], settings, **options)
    else:
        from flows.learning import train
        from flows.stored_annotations import stored_annotations

        trained = train(dimensions or [], settings, stored_annotations(settings), **options)
    if as_json:
        emit_json([_trained_json(one) for one in trained])
        return
    emit_table(
        ["dimension", "model", "held out (real)", "in use?", "compared with the model in use"],
        [
            (
                one.dimension,
                one.model_id,
                _headline(one.figures.get("real") or one.figures.get("written") or {}),
                "yes" if one.promoted else "no (candidate)",
                one.note,
            )
            for one in trained
        ],
    )


def _print_table_results(results: list[dict[str, Any]], as_json: bool) -> None:
    if as_json:
        emit_json({"dimensions": results})
        return
    columns = ["dimension", "model_id", "n", "groups", "micro_f1", "macro_f1"]
    emit_table(columns, [[one[name] for name in columns] for one in results])


def _headline(figures: dict[str, Any]) -> str:
    if not figures:
        return "not measured"
    low, high = figures["interval"]
    return f"{figures['measure']} {figures['value']:.3f} [{low:.3f}, {high:.3f}] n={figures['n']}"


def _trained_json(one: Trained) -> dict[str, Any]:
    from flows.learning import comparison_json

    return {
        "dimension": one.dimension,
        "model_id": one.model_id,
        "figures": one.figures,
        "comparison": comparison_json(one.comparison),
        "promoted": one.promoted,
        "note": one.note,
    }


def evaluate_command(
    what: Annotated[
        str, typer.Argument(help="codes, entities, facts, attribution, or a dimension.")
    ] = "codes",
    real: Real = None,
    table: Annotated[Path | None, typer.Option("--from", help="A table to evaluate on.")] = None,
    text: Annotated[str, typer.Option(help="Column of texts.")] = "text",
    label: Annotated[list[str] | None, typer.Option(help="Column of labels.")] = None,
    group: Annotated[str | None, typer.Option(help="Column of documents to split by.")] = None,
    as_json: AsJson = False,
) -> None:
    """Measure on documents kept apart, with intervals over documents and baselines beside."""
    from flows.settings import Settings

    settings = Settings()
    if table is not None:
        from flows.table_learning import train_from_table
        from pipeline.errors import UsageError

        if not label:
            raise UsageError("--from needs at least one --label COLUMN")
        _print_table_results(train_from_table(table, text, label, group, settings), as_json)
        return
    from flows.evaluation import evaluate

    results = evaluate(what, settings, real)
    if as_json:
        emit_json(results)
        return
    for name, rows in results["tables"].items():
        emit_table(rows["columns"], rows["rows"], title=name)
    for line in results.get("notes", []):
        say(line)


@models_app.command("list")
def models_list(as_json: AsJson = False) -> None:
    """One line a model: which is in use, and its held-out figure."""
    import json

    from flows.settings import Settings
    from models.registry import model_rows

    rows = model_rows(Settings().models_path)
    if as_json:
        emit_json([{**row, "card": json.loads(row["card"])} for row in rows])
        return
    shown = []
    for row in rows:
        figures = json.loads(row["card"])["figures"]
        headline = _headline(figures.get("real") or figures.get("written") or {})
        shown.append(
            (row["dimension"], row["model_id"], row["status"], row["trained_at"], headline)
        )
    emit_table(["dimension", "model", "status", "trained", "held out"], shown)


@models_app.command("show")
def models_show(
    model_id: Annotated[str, typer.Argument(help="A model id.")],
    page: Annotated[
        Path | None, typer.Option(help="Write the card here as a page with plots instead.")
    ] = None,
    codebook: OwnCodebook = None,
) -> None:
    """Print a model's card: recipe, training passages, figures, thresholds."""
    import json

    from flows.settings import Settings
    from models.artefacts import open_artefact
    from models.registry import find_model

    name, folder = find_model(Settings().models_path, model_id)
    if page is not None:
        from models.card_pages import write_page
        from models.model import load_model
        from pipeline.codebook import load_codebook

        dimension = (load_codebook(codebook) if codebook else load_codebook()).dimension(name)
        say(f"{model_id}: {write_page(load_model(folder), dimension, page)}")
        return
    artefact = open_artefact(folder)
    emit_json({"model_id": model_id, **json.loads(artefact.read("card.json"))})


@models_app.command("compare")
def models_compare(
    first: Annotated[str, typer.Argument(help="A model id.")],
    second: Annotated[str, typer.Argument(help="Another of the same dimension.")],
    as_json: AsJson = False,
) -> None:
    """Set two models' cards side by side."""
    import json

    from flows.settings import Settings
    from models.artefacts import open_artefact
    from models.registry import find_model
    from pipeline.errors import UsageError

    found = [find_model(Settings().models_path, one) for one in (first, second)]
    if found[0][0] != found[1][0]:
        raise UsageError(
            f"{first} codes {found[0][0]}, {second} codes {found[1][0]}: no comparison"
        )
    cards = [json.loads(open_artefact(folder).read("card.json")) for _, folder in found]
    if as_json:
        emit_json({first: cards[0], second: cards[1]})
        return
    rows = []
    for origin in ("real", "written"):
        for key in ("n", "value", "macro_f1", "calibration_error"):
            values = [card["figures"].get(origin, {}).get(key) for card in cards]
            rows.append((f"{origin} {key}", *values))
    rows.append(("features", *(", ".join(card["head"]["features"]) for card in cards)))
    rows.append(("trained", *(card["trained_at"] for card in cards)))
    emit_table(["", first, second], rows)


@models_app.command("promote")
def models_promote(
    model_id: Annotated[str, typer.Argument(help="The candidate.")],
    reason: Annotated[str, typer.Option(help="Why, where the gate did not let it through.")],
) -> None:
    """Put a model in use by an explicit word; passages are coded again by 'clusterlore recode'."""
    from flows.learning import promote_by_word
    from flows.settings import Settings

    promote_by_word(Settings(), model_id, reason)
    say(f"{model_id} is in use; run 'clusterlore recode' to code stored passages again")


@models_app.command("rollback")
def models_rollback(
    dimension: Annotated[str, typer.Argument(help="The dimension.")],
) -> None:
    """Go back to the model that was in use before the last promotion."""
    from flows.settings import Settings
    from models.registry import rollback

    say(f"{dimension}: {rollback(Settings().models_path, dimension)} is in use again")
