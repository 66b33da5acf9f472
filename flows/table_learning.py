"""Train and evaluate on any table of texts, groups and labels, without a codebook file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from flows.settings import Settings
from models.crossval import TrainingSet, figures, held_out
from models.encoder import Encoder
from models.feature_cache import CachedEncoder
from models.heads import Head, HeadCard
from models.model import CodingModel, save_model
from models.splits import grouped_folds
from models.working_points import choose_points
from pipeline.codebook import Dimension, Label
from pipeline.errors import UnknownNameError, UsageError

N_FOLDS = 5
_TRUE = {"1", "1.0", "true", "yes", "y", "x"}
_FALSE = {"0", "0.0", "false", "no", "n", ""}


@dataclass(frozen=True)
class TableDimension:
    """A dimension as a table holds it: truth (rows, labels) of the rows that are coded."""

    dimension: Dimension
    truth: np.ndarray[Any, np.dtype[np.bool_]]
    coded: np.ndarray[Any, np.dtype[np.bool_]]


def read_table(path: Path) -> dict[str, list[str]]:
    """Read a CSV, TSV or JSON-lines table as columns of strings; missing cells are empty.

    Raises
    ------
    UsageError
        No such file, or one that is no table.
    """
    import pandas as pd

    if not path.is_file():
        raise UsageError(f"{path}: no such file; expected a table (CSV, TSV or JSON lines)")
    try:
        if path.suffix == ".jsonl":
            frame = pd.read_json(path, lines=True, dtype=False)
            frame = frame.map(lambda v: ";".join(v) if isinstance(v, list) else v)
        else:
            separator = "\t" if path.suffix == ".tsv" else ","
            frame = pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False)
    except ValueError as error:
        raise UsageError(f"{path}: not a table: {error}") from error
    frame = frame.fillna("")
    return {str(name): [str(cell) for cell in frame[name]] for name in frame.columns}


def column(table: dict[str, list[str]], name: str) -> list[str]:
    """Return a column, or raise `UnknownNameError` naming those there are."""
    if name not in table:
        raise UnknownNameError("column", name, table)
    return table[name]


def table_dimensions(table: dict[str, list[str]], names: Sequence[str]) -> list[TableDimension]:
    """Make dimensions of label columns.

    Columns of yes and no (1/0, true/false) together are one dimension ``labels``, a label each.
    Any other column is a dimension of its own: cells hold one label, or several parted by ``;``
    or ``|``; where every cell holds exactly one, one label is predicted.
    """
    yes_no = [n for n in names if {c.strip().lower() for c in column(table, n)} <= _TRUE | _FALSE]
    out = []
    if yes_no:
        truth = np.array([[c.strip().lower() in _TRUE for c in table[n]] for n in yes_no]).T
        out.append(_dimension("labels", [_slug(n) for n in yes_no], truth, single=False))
    for name in names:
        if name not in yes_no:
            cells = [_labels(cell) for cell in table[name]]
            labels = sorted({label for cell in cells for label in cell})
            truth = np.array([[label in cell for label in labels] for cell in cells])
            single = all(len(cell) == 1 for cell in cells)
            out.append(_dimension(_slug(name), labels, truth, single=single))
    return out


def _labels(cell: str) -> set[str]:
    return {_slug(part) for part in re.split(r"[;|]", cell) if part.strip()}


def _slug(name: str) -> str:
    slug = re.sub(r"\W+", "_", name.strip().lower()).strip("_")
    return slug if slug[:1].isalpha() else f"l_{slug}"


def _dimension(
    name: str, labels: Sequence[str], truth: np.ndarray[Any, np.dtype[np.bool_]], *, single: bool
) -> TableDimension:
    if not labels:
        raise UsageError(f"{name}: the column holds no label; expected at least one")
    made = Dimension(
        name=name,
        version="table",
        title=name,
        source="a table given by the user",
        question="",
        selection="single" if single else "multiple",
        status="trained",
        labels=tuple(Label(name=label, definition=label) for label in labels),
    )
    return TableDimension(made, truth, np.ones(len(truth), dtype=bool))


def train_from_table(
    path: Path, text: str, labels: Sequence[str], group: str | None, settings: Settings
) -> list[dict[str, Any]]:
    """Train a candidate per dimension of the table and evaluate it by grouped five-fold
    cross-validation (fewer folds where there are fewer groups).

    Raises
    ------
    UsageError
        Unknown columns, an empty table, fewer than two groups.
    """
    table = read_table(path)
    texts = column(table, text)
    groups = column(table, group) if group else [str(i) for i in range(len(texts))]
    if len(set(groups)) < 2:
        raise UsageError(f"{path}: {len(set(groups))} group; expected at least two to split by")
    encoder = Encoder(threads=settings.worker_count)
    rows = CachedEncoder(encoder, settings.models_path / "cache")(texts)
    folds = np.array(grouped_folds(groups, min(N_FOLDS, len(set(groups)))))
    out = []
    for one in table_dimensions(table, labels):
        data = TrainingSet(rows, one.truth, groups, ["annotated"] * len(rows), folds)
        card, probability = _best(one.dimension, data)
        measured = figures(data, probability, card, np.ones(len(rows), dtype=bool))
        model = CodingModel(
            card=card,
            head=Head(card).fit(rows, one.truth, data.weights(card)),
            points=tuple(choose_points(one.truth, probability)),
            encoder_id=encoder.model_id,
            codebook_version="table",
            training={"passages": {"annotated": len(rows)}, "source": path.name},
            figures={"real": measured},
        )
        artefact = save_model(model, settings.models_path / one.dimension.name)
        out.append(
            {
                "dimension": one.dimension.name,
                "model_id": artefact.model_id,
                "n": len(rows),
                "groups": len(set(groups)),
                "folds": len(set(folds.tolist())),
                "micro_f1": measured["value"],
                "macro_f1": measured["macro_f1"],
                **{key: measured[key] for key in ("measure", "interval", "labels")},
            }
        )
    return out


def _best(dimension: Dimension, data: TrainingSet) -> tuple[HeadCard, Any]:
    """Return the card with the least held-out log-loss among a few, and its probabilities."""
    base = HeadCard(dimension=dimension.name, labels=dimension.label_names, single=dimension.single)
    tried = []
    for features, c in (
        (("all_logits", "encoder"), 0.01),
        (("all_logits", "encoder"), 0.1),
        (("all_logits", "encoder", "words"), 0.1),
        (("words",), 10.0),
    ):
        card = base.model_copy(update={"features": features, "c": c})
        probability = held_out(card, data, ())
        p = np.clip(probability, 1e-6, 1 - 1e-6)
        loss = -(data.truth * np.log(p) + (~data.truth) * np.log(1 - p)).mean()
        tried.append((float(loss), card, probability))
    _, card, probability = min(tried, key=lambda item: item[0])
    return card, probability
