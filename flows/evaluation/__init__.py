"""What ``evaluate`` measures; one module each, with `run(settings, real) -> results`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from flows.settings import Settings
from pipeline.errors import UnknownNameError

KINDS = ("codes", "entities", "facts", "relations", "attribution")


def evaluate(what: str, settings: Settings, real: Path | None) -> dict[str, Any]:
    """Measure one part on documents kept apart.

    Returns ``tables`` (name → columns and rows), ``notes`` and the figures under their names.

    Raises
    ------
    UnknownNameError
        `what` is neither a part nor a dimension.
    """
    from pipeline.codebook import load_codebook

    dimensions = load_codebook().dimensions
    if what in dimensions:
        from flows.evaluation.codes import run

        return run(settings, real, [what])
    if what not in KINDS:
        raise UnknownNameError("part to evaluate", what, [*KINDS, *dimensions])
    results: dict[str, Any] = import_module(f"flows.evaluation.{what}").run(settings, real)
    return results
