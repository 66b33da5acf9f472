"""What a reader hands on: blocks in reading order, as a person would see them on the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.errors import IllegalRecord

BlockKind = Literal[
    "title", "authors", "abstract", "keywords", "front", "heading", "paragraph",
    "list_item", "caption", "table", "note", "reference",
]  # fmt: skip
BLOCK_KINDS: tuple[str, ...] = BlockKind.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the page's top left, for highlighting."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Block:
    """One visible run of text with its kind.

    Running heads, page numbers, scripts and hidden text never become blocks.
    `text` is clean: hyphenation mended, ligatures expanded, single spaces, no newlines.
    A paragraph broken by a page is one block with ``page < page_to``. A `table` block has
    `cells` (rows of strings); its `text` is the rows, cells joined by " | ", rows by newline.
    A `note` block is a footnote or endnote, `marker` its number.
    """

    kind: BlockKind
    text: str
    level: int = 0
    page: int | None = None
    page_to: int | None = None
    boxes: tuple[Box, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    marker: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in BLOCK_KINDS:
            raise IllegalRecord(f"block kind {self.kind!r}; expected one of {BLOCK_KINDS}")
        if not self.text.strip():
            raise IllegalRecord(f"an empty {self.kind} block; expected visible text")


@dataclass(frozen=True, slots=True)
class MetaValue:
    """One piece of metadata as found, with where it came from (such as ``pdf:info``)."""

    field: Literal["title", "authors", "year", "doi", "language", "abstract", "keywords"]
    value: str
    origin: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something a reader met and went on after; becomes a row of `issues`."""

    problem: str
    detail: str


@dataclass(frozen=True, slots=True)
class Document:
    """One source as read: the input of `pipeline.structure`."""

    media_type: str
    blocks: tuple[Block, ...]
    n_pages: int | None = None
    metadata: tuple[MetaValue, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    reader: str = ""
    extra: dict[str, str] = field(default_factory=dict)
