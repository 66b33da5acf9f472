"""Sources: Markdown of a fixed shape becomes a `Paper`, and a `Paper` its truth text.

A source is a title (`#`), authors in bold, a line in italics on where it appeared, the
notice that it is made up, then headings, paragraphs, lists, pipe tables (caption before,
`*Source:` or `*Note:` after), `~~~bars` figures (caption after) and footnotes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Kind = Literal[
    "title",
    "authors",
    "imprint",
    "notice",
    "heading",
    "para",
    "item",
    "reference",
    "caption",
    "table",
    "table_note",
    "bars",
]
FRONT: tuple[Kind, ...] = ("title", "authors", "imprint", "notice")
NOT_READ: tuple[Kind, ...] = ("caption", "table", "table_note", "bars")
REFERENCE_HEADINGS = ("References", "REFERENCES", "Sources", "Works I used")
NOTICE = "A made-up paper, written for the Clusterlore examples"

_SPAN = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|\[\^(?P<note>\w+)\]")
_NOTE = re.compile(r"\[\^(\w+)\]: (.*)", re.DOTALL)


@dataclass(frozen=True)
class Span:
    """A run of text in one style; for `note` the text is the footnote's mark."""

    style: Literal["plain", "bold", "italic", "note"]
    text: str


@dataclass(frozen=True)
class Block:
    """One piece of a paper; `rows` holds the cells of a table or the bars of a figure."""

    kind: Kind
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Paper:
    """A source, read: blocks in reading order and footnotes by mark."""

    name: str
    blocks: tuple[Block, ...]
    notes: dict[str, str] = field(default_factory=dict)

    def first(self, kind: Kind) -> str:
        """The plain text of the first block of a kind."""
        return plain(next(block.text for block in self.blocks if block.kind == kind))


class SourceError(ValueError):
    """A source does not have the shape that the writers rely on."""


def spans(text: str) -> Iterator[Span]:
    """Cut Markdown text into runs of one style."""
    end = 0
    for match in _SPAN.finditer(text):
        if match.start() > end:
            yield Span("plain", text[end : match.start()])
        style = match.lastgroup
        assert style in ("bold", "italic", "note")
        yield Span(style, match[style])  # type: ignore[arg-type]
        end = match.end()
    if end < len(text):
        yield Span("plain", text[end:])


def plain(text: str) -> str:
    """Markdown text without its marks and without footnote marks."""
    return "".join(span.text for span in spans(text) if span.style != "note")


def _blocks(chunks: list[str]) -> Iterator[Block]:
    """Give each chunk of text (between blank lines) its kind."""
    in_references = after_table = False
    for chunk in chunks:
        was_after_table, after_table = after_table, False
        if match := re.match(r"(##+) (.*)", chunk):
            in_references = match[2] in REFERENCE_HEADINGS
            yield Block("heading", match[2], level=len(match[1]) - 1)
        elif chunk.startswith("| "):
            lines = [line.strip().strip("|") for line in chunk.splitlines()]
            rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines]
            if len({len(row) for row in rows}) != 1:
                raise SourceError(f"a table's rows differ in length: {chunk[:60]!r}")
            yield Block("table", rows=(rows[0], *rows[2:]))
            after_table = True
        elif chunk.startswith("~~~bars"):
            pairs = (line.rsplit(" ", 1) for line in chunk.splitlines()[1:-1])
            yield Block("bars", rows=tuple((label, value) for label, value in pairs))
        elif re.match(r"(Table|Figure) \w+\. ", chunk):
            yield Block("caption", chunk)
        elif was_after_table and chunk.startswith(("*Source:", "*Note:")):
            yield Block("table_note", chunk)
        elif chunk.startswith("- "):
            for line in chunk.splitlines():
                yield Block("reference" if in_references else "item", line.removeprefix("- "))
        else:
            yield Block("reference" if in_references else "para", chunk)


def read_paper(path: Path) -> Paper:
    """Read a source.

    Raises
    ------
    SourceError
        If the four front lines, a footnote or a table is not as the writers expect.
    """
    chunks = [c.strip() for c in re.split(r"\n\s*\n", path.read_text("utf-8")) if c.strip()]
    if not (chunks[0].startswith("# ") and chunks[3].startswith(NOTICE)):
        raise SourceError(f"{path.name}: expected title, authors, imprint and notice first")
    front = [chunks[0].removeprefix("# "), chunks[1].strip("*"), chunks[2].strip("*"), chunks[3]]
    notes = {m[1]: m[2] for c in chunks[4:] if (m := _NOTE.fullmatch(c))}
    rest = [c for c in chunks[4:] if not _NOTE.fullmatch(c)]
    blocks = [Block(kind, text) for kind, text in zip(FRONT, front, strict=True)]
    blocks += _blocks(rest)
    marks = [s.text for b in blocks for s in spans(b.text) if s.style == "note"]
    if marks != list(notes):
        raise SourceError(f"{path.name}: footnotes {list(notes)}, but marks {marks}")
    return Paper(path.stem, tuple(blocks), notes)


def truth(paper: Paper) -> str:
    """What a perfect reader yields: no running heads, notes, tables, figures or captions."""
    return "\n\n".join(plain(b.text) for b in paper.blocks if b.kind not in NOT_READ) + "\n"
