"""Codes by grouped cross-validation: every figure with n and interval, baselines beside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from flows.learning import material_of, passages_at_hand
from flows.settings import Settings
from flows.stored_annotations import stored_annotations
from models.baselines import baseline_figures
from models.crossval import figures, held_out
from models.registry import loaded_in_use
from models.training import LEAST_PASSAGES, training_set
from pipeline.codebook import load_codebook


def run(settings: Settings, real: Path | None, names: Sequence[str] = ()) -> dict[str, Any]:
    """Cross-validate the models in use: each with its own card, refitted without the document.

    Encoder scores of training passages come from encoders that never saw their document.
    """
    codebook = load_codebook()
    passages = passages_at_hand(stored_annotations(settings), real)
    material, encoder = material_of(passages, settings)
    models = loaded_in_use(settings.models_path)
    results: dict[str, Any] = {"dimensions": {}}
    rows: list[tuple[object, ...]] = []
    for name, model in models.items():
        if (names and name not in names) or name not in codebook.dimensions:
            continue
        dimension = codebook.dimensions[name]
        data = training_set(material, dimension)
        own = encoder.scheme.columns(name)
        probability = held_out(model.card, data, own)
        found: dict[str, Any] = {}
        for origin, use in (("real", data.real), ("written", data.written)):
            if use.sum() < LEAST_PASSAGES:
                continue
            measured = figures(data, probability, model.card, use)
            measured["baselines"] = baseline_figures(dimension, data, use)
            found[origin] = measured
            rows.append(_row(name, origin, measured))
        results["dimensions"][name] = found
    columns = ["dimension", "passages", "measure", "value", "95 %", "macro F1", "calibration",
               "majority", "keywords", "words", "n", "documents"]  # fmt: skip
    results["tables"] = {"held out, documents kept apart": {"columns": columns, "rows": rows}}
    results["notes"] = [] if real else ["real passages are not at hand (--real): written ones only"]
    return results


def _row(name: str, origin: str, measured: dict[str, Any]) -> tuple[object, ...]:
    low, high = measured["interval"]
    beside = measured["baselines"]
    return (
        name,
        origin,
        measured["measure"],
        round(measured["value"], 3),
        f"{low:.3f} to {high:.3f}",
        round(measured["macro_f1"], 3),
        round(measured["calibration_error"], 3),
        *(round(beside[one]["value"], 3) for one in ("majority", "keywords", "words")),
        measured["n"],
        measured["documents"],
    )
