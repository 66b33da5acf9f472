"""Which pages and boxes of its blocks a passage covers."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document import Block, Box
from pipeline.structure.passages import Piece

__all__ = ["boxes_of"]


def boxes_of(
    blocks: Sequence[Block], pieces: Sequence[Piece]
) -> tuple[int | None, int | None, list[Box]]:
    """Return the first and last page and the boxes of a passage.

    A block's boxes hold its text in order; a part of the text is taken to lie in the boxes that
    the same part of their common area lies in.
    """
    covered: list[Box] = []
    pages: list[int] = []
    for piece in pieces:
        block = blocks[piece.block]
        found = _part(block, piece)
        covered += found
        if found:
            pages += [box.page for box in found]
        elif block.page is not None:
            pages += [block.page, block.page_to or block.page]
    return min(pages, default=None), max(pages, default=None), covered


def _part(block: Block, piece: Piece) -> list[Box]:
    if (piece.start == 0 and piece.end >= len(block.text)) or len(block.boxes) < 2:
        return list(block.boxes)
    areas = [max(1.0, abs((b.right - b.left) * (b.bottom - b.top))) for b in block.boxes]
    unit = sum(areas) / len(block.text)
    start, end = piece.start * unit, piece.end * unit
    found, at = [], 0.0
    for box, area in zip(block.boxes, areas, strict=True):
        if at < end and at + area > start:
            found.append(box)
        at += area
    return found
