"""A paper's clusters as a table, matched with the coders' table of the same paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.extract.tokens import plain
from pipeline.records import Entity, Mention


def gold_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the clusters of each coded paper, by the paper's number (``000``)."""
    return {
        path.stem.removeprefix("table_"): json.loads(path.read_text(encoding="utf-8"))["clusters"]
        for path in sorted(folder.glob("table_*.json"))
    }


def match(
    gold: Sequence[Mapping[str, Any]], entities: Iterable[Entity], mentions: Iterable[Mention]
) -> dict[str, Any]:
    """Match clusters by country and one shared surface form; each at most once.

    Returns
    -------
    dict
        ``precision``, ``recall``, counts, and the names that were missed or are too many.
    """
    forms: dict[str, set[str]] = {}
    for mention in mentions:
        forms.setdefault(mention.entity_id, set()).add(plain(mention.surface))
    found = [e for e in entities if e.kind == "CLUSTER"]
    free = list(range(len(gold)))
    too_many = []
    for entity in found:
        said = forms.get(entity.entity_id, set()) | {plain(entity.name)}
        fits = [
            i for i in free
            if gold[i]["country"] == entity.country and said & _surfaces(gold[i])
        ]  # fmt: skip
        best = max(fits, key=lambda i: len(said & _surfaces(gold[i])), default=None)
        if best is None:
            too_many.append(f"{entity.name} ({entity.country})")
        else:
            free.remove(best)
    right = len(gold) - len(free)
    return {
        "gold": len(gold),
        "found": len(found),
        "right": right,
        "precision": round(right / max(1, len(found)), 4),
        "recall": round(right / max(1, len(gold)), 4),
        "missed": [gold[i]["name"] for i in free],
        "too_many": too_many,
    }


def _surfaces(row: Mapping[str, Any]) -> set[str]:
    return {plain(form) for form in (row["name"], *row.get("surfaces", ()))}
