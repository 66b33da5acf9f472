"""A passage with all that was found in it, and its text cut into marked pieces."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from warehouse.show import show
from warehouse.statements import statement

if TYPE_CHECKING:
    from warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text and what covers it: kinds of mentions, ``FACT``, ``HEADING``."""

    text: str
    kinds: tuple[str, ...]
    note: str


def passage_view(reader: Reader, passage_id: str) -> dict[str, Any]:
    """Return what `warehouse.show.show` says of the passage, with its `pieces`, `mentions`,
    `facts`, `codes`, `sentences`, and the ids of the passages before and after it.

    Raises
    ------
    UsageError
        There is no such passage.
    """
    shown = show(reader, passage_id)
    ask = {"id": passage_id}
    found = {
        name: reader.sql(statement(f"passage/{name}"), ask).dicts()
        for name in ("mentions", "facts", "codes", "sentences", "neighbours")
    }
    text = shown["passage"]["text"]
    spans = [
        (one["start"], one["end"], one["kind"], f"{one['kind']}: {one['name']}")
        for one in found["mentions"]
    ] + [
        (one["start"], one["end"], "FACT", f"{one['metric']}: {one['value']:g} {one['unit']}")
        for one in found["facts"]
    ]
    steps = {row["step"]: row["passage_id"] for row in found.pop("neighbours")}
    return {
        **shown,
        **found,
        "pieces": pieces(text, spans),
        "before": steps.get(-1),
        "after": steps.get(1),
    }


def pieces(text: str, spans: Sequence[tuple[int, int, str, str]]) -> list[Piece]:
    """Cut a text at the borders of spans (start, end, kind, note); spans may overlap."""
    borders = {0, len(text)}
    for start, end, _, _ in spans:
        borders |= {max(0, min(start, len(text))), max(0, min(end, len(text)))}
    order = sorted(borders)
    cut = []
    for start, end in pairwise(order):
        over = [span for span in spans if span[0] <= start and span[1] >= end]
        kinds = tuple(sorted({span[2] for span in over}))
        cut.append(Piece(text[start:end], kinds, " · ".join(span[3] for span in over)))
    return cut
