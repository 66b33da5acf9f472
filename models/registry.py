"""Which model is in use for each dimension: shipped ones, or ones trained and promoted here.

A trained model is a folder ``<home>/models/<dimension>/<model_id>/`` with card, state and
manifest; ``<home>/models/in_use.json`` names the promoted ones, with who said so and why.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from models.artefacts import MANIFEST, SHIPPED, Artefact, open_artefact
from models.model import CodingModel, load_model
from pipeline.errors import ModelError, UnknownNameError

IN_USE = "in_use.json"


def shipped_models() -> dict[str, Path]:
    """Return dimension to folder of the models that come with the project."""
    return {
        path.parent.name: path.parent for path in sorted((SHIPPED / "heads").glob(f"*/{MANIFEST}"))
    }


def all_models(models_path: Path) -> dict[str, dict[str, Path]]:
    """Return dimension → model id → folder, shipped and trained."""
    found: dict[str, dict[str, Path]] = {}
    folders = [*shipped_models().values(), *(p.parent for p in models_path.glob(f"*/*/{MANIFEST}"))]
    for folder in folders:
        artefact = open_artefact(folder)
        dimension = folder.name if folder.parent.name == "heads" else folder.parent.name
        found.setdefault(dimension, {})[artefact.model_id] = folder
    return found


def choices(models_path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return dimension → history of promotions, the last one in use."""
    path = models_path / IN_USE
    if not path.exists():
        return {}
    try:
        history: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ModelError(f"{path}: not JSON ({error}); restore it or delete it") from error
    return history


def folders_in_use(models_path: Path) -> dict[str, Path]:
    """Return dimension → folder of the model in use."""
    in_use = dict(shipped_models())
    known = all_models(models_path) if (models_path / IN_USE).exists() else {}
    for dimension, history in choices(models_path).items():
        if history:
            model_id = history[-1]["model_id"]
            if model_id not in known.get(dimension, {}):
                raise ModelError(
                    f"{dimension}: {model_id} is in use but its folder is gone;"
                    f" roll back with 'clusterlore models rollback {dimension}'"
                )
            in_use[dimension] = known[dimension][model_id]
    return in_use


def models_in_use(models_path: Path) -> dict[str, str]:
    """Return dimension (and ``encoder``) → model id, from manifests alone."""
    ids = {name: open_artefact(path).model_id for name, path in folders_in_use(models_path).items()}
    if (SHIPPED / "encoder" / MANIFEST).exists():
        ids["encoder"] = open_artefact(SHIPPED / "encoder").model_id
    return ids


def find_model(models_path: Path, model_id: str) -> tuple[str, Path]:
    """Return dimension and folder of a model id.

    Raises
    ------
    UnknownNameError
        Names the known ids.
    """
    known = {
        mid: (d, f) for d, models in all_models(models_path).items() for mid, f in models.items()
    }
    if model_id not in known:
        raise UnknownNameError("model", model_id, known)
    return known[model_id]


def save_candidate(models_path: Path, model: CodingModel) -> Artefact:
    """Write a trained model as a candidate; nothing uses it until it is promoted."""
    from models.model import save_model

    return save_model(model, models_path / model.card.dimension)


def promote(models_path: Path, model_id: str, reason: str, by: str = "") -> None:
    """Put a model in use; the history keeps what was in use before."""
    dimension, _ = find_model(models_path, model_id)
    history = choices(models_path)
    entry = {"model_id": model_id, "at": datetime.now(UTC).isoformat(), "reason": reason, "by": by}
    history.setdefault(dimension, []).append(entry)
    _write(models_path, history)


def rollback(models_path: Path, dimension: str) -> str:
    """Go back to what was in use before the last promotion; return the model id now in use.

    Raises
    ------
    ModelError
        Where there is nothing to go back from.
    """
    history = choices(models_path)
    if not history.get(dimension):
        raise ModelError(f"{dimension}: no promotion to roll back; the shipped model is in use")
    history[dimension].pop()
    _write(models_path, history)
    return models_in_use(models_path)[dimension]


def _write(models_path: Path, history: dict[str, list[dict[str, Any]]]) -> None:
    models_path.mkdir(parents=True, exist_ok=True)
    fresh = models_path / (IN_USE + ".new")
    fresh.write_text(json.dumps(history, indent=1) + "\n", encoding="utf-8")
    fresh.replace(models_path / IN_USE)


def model_rows(models_path: Path) -> list[dict[str, Any]]:
    """Return one row a model for the warehouse's `models` table."""
    used = set(models_in_use(models_path).values())
    rows = []
    for dimension, models in all_models(models_path).items():
        for model_id, folder in models.items():
            card = json.loads(open_artefact(folder).read("card.json"))
            rows.append(
                {
                    "model_id": model_id,
                    "dimension": dimension,
                    "status": "in_use" if model_id in used else "candidate",
                    "trained_at": card.get("trained_at"),
                    "card": json.dumps(card),
                }
            )
    return rows


def loaded_in_use(models_path: Path) -> dict[str, CodingModel]:
    """Load the models in use, by dimension."""
    return {name: load_model(folder) for name, folder in folders_in_use(models_path).items()}
