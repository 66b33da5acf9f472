"""Annotations as the warehouse keeps them, for training and agreement."""

from __future__ import annotations

from datetime import UTC

from flows.settings import Settings
from models.annotated import Annotation


def stored_annotations(settings: Settings) -> list[Annotation]:
    """Return all annotations; none where there is no warehouse yet."""
    if not settings.warehouse_path.exists():
        return []
    import warehouse
    from pipeline.errors import WarehouseMissing

    try:
        with warehouse.open(settings.warehouse_path) as reader:
            rows = reader.named("annotations_for_training").rows()
    except WarehouseMissing:
        return []
    return [
        Annotation(sha, text, group, dimension, label, coder, at.replace(tzinfo=UTC), origin)
        for sha, text, group, dimension, label, coder, at, origin in rows
    ]
