"""Retraining on a schedule or through Prefect: a candidate with its comparison, and a report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from flows.learning import Trained, comparison_json, train
from flows.prefect_home import prefect_configured
from flows.prefect_server import prefect_api
from flows.settings import Settings
from flows.stored_annotations import stored_annotations
from pipeline.errors import FlowError

if TYPE_CHECKING:
    from models.annotated import Annotation


@dataclass(frozen=True)
class Retrained:
    """What a retraining left; `run_id` is empty where there was nothing to do, `note` says why."""

    run_id: str = ""
    trained: list[Trained] = field(default_factory=list)
    note: str = ""


def retrain_through_prefect(
    names: Sequence[str],
    settings: Settings,
    *,
    promote_if_better: bool = True,
    real_folder: Path | None = None,
    codebook_folder: Path | None = None,
) -> list[Trained]:
    """Retrain as a Prefect flow run; arguments as of `flows.learning.train`.

    The flow reads the annotations from the warehouse itself, as a scheduled one does: Prefect
    keeps a flow's parameters, and texts of papers don't belong there.
    """
    with prefect_api(settings) as api, prefect_configured(settings, api):
        from flows.prefect_flows import given, retrain_flow

        with given(settings):
            return retrain_flow(
                list(names),
                promote=promote_if_better,
                real_folder=str(real_folder) if real_folder else None,
                codebook_folder=str(codebook_folder) if codebook_folder else None,
            )


def retrain(
    names: Sequence[str],
    settings: Settings,
    *,
    after: int = 0,
    promote_if_better: bool = True,
    real_folder: Path | None = None,
    codebook_folder: Path | None = None,
) -> Retrained:
    """Retrain, once at least `after` annotations are newer than the last retraining.

    Leaves a row in `runs`, the candidates, and their comparisons under ``reports``.

    Raises
    ------
    FlowError
        Another retraining is under way.
    """
    from filelock import FileLock, Timeout

    from warehouse.writer import Writer

    settings.home.mkdir(parents=True, exist_ok=True)
    annotations = stored_annotations(settings)
    n_new = count_new(annotations, settings)
    if n_new < after:
        return Retrained(note=f"{n_new} new annotations; waiting for {after}")
    try:
        with FileLock(settings.home / "retrain.lock", timeout=0):
            # The warehouse is not held while training runs: ingestion goes on beside it.
            with Writer(settings.warehouse_path, wait=600) as writer:
                run_id = writer.start_run("retrain")
            status, trained = "failed", []
            try:
                trained = train(
                    names, settings, annotations, real_folder=real_folder,
                    codebook_folder=codebook_folder, promote_if_better=promote_if_better,
                )  # fmt: skip
                status = "done"
            finally:
                _close(settings, run_id, status, trained, n_new, len(annotations))
    except Timeout as error:
        raise FlowError("another retraining is under way; wait for it to end") from error
    return Retrained(run_id, trained)


def count_new(annotations: Sequence[Annotation], settings: Settings) -> int:
    """Return how many annotations came in since the last retraining that ended well."""
    path = _mark(settings)
    try:
        seen = int(json.loads(path.read_text(encoding="utf-8"))["annotations"])
    except (OSError, ValueError, KeyError, TypeError):
        seen = 0
    return max(0, len(annotations) - seen)


def _mark(settings: Settings) -> Path:
    return settings.home / "retrained.json"


def _close(
    settings: Settings, run_id: str, status: str, trained: list[Trained], n_new: int, n_all: int
) -> None:
    from flows.run_report import write_report
    from models.registry import model_rows
    from warehouse.writer import Writer

    counts = {
        "candidates": len(trained),
        "promoted": sum(one.promoted for one in trained),
        "new_annotations": n_new,
    }
    said = {
        "trained": [
            {
                "dimension": one.dimension,
                "model_id": one.model_id,
                "promoted": one.promoted,
                "note": one.note,
                "comparison": comparison_json(one.comparison),
            }
            for one in trained
        ]
    }
    with Writer(settings.warehouse_path, wait=600) as writer:
        if status == "done":
            writer.sync_models(model_rows(settings.models_path))
            _mark(settings).write_text(json.dumps({"annotations": n_all}), encoding="utf-8")
        writer.finish_run(run_id, status, counts, json.dumps(said, default=str))
        writer.publish()
    write_report(settings, run_id)
