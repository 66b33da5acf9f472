"""A block in the making: what the format modules build and the shared steps still change."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document import Block, BlockKind, Box
from pipeline.readers.clean import clean


@dataclass(slots=True)
class Draft:
    """A mutable block.

    `loose` says that the block stands at a place where a page or column may have cut a
    paragraph (a page's end, a footnote, a figure): only such neighbours are joined again.
    `fixed` says that the format itself named the kind, so that no guess may change it.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    page_to: int | None = None
    boxes: list[Box] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    marker: str | None = None
    loose: bool = False
    fixed: bool = False
    size: float = 0.0

    def block(self) -> Block | None:
        """Return the finished block, or None where nothing visible is left."""
        cells = tuple(tuple(clean(cell) for cell in row) for row in self.cells)
        if self.kind == "table" and cells:
            text = "\n".join(" | ".join(row) for row in cells)
            if not any(any(row) for row in cells):
                return None
        else:
            text = clean(self.text)
        if not text.strip():
            return None
        return Block(
            self.kind,
            text,
            level=self.level,
            page=self.page,
            page_to=self.page_to if self.page_to is not None else self.page,
            boxes=tuple(self.boxes),
            cells=cells,
            marker=self.marker,
        )


def finish(drafts: list[Draft]) -> tuple[Block, ...]:
    """Turn drafts into blocks, dropping those without visible text."""
    return tuple(block for draft in drafts if (block := draft.block()) is not None)
