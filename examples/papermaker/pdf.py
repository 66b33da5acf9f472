"""PDF papers: one to three columns, running heads, page numbers, footnotes at the column's foot.

ReportLab knows no footnotes. The paper is therefore set several times: each pass notes in
which column a footnote is called, and the next pass keeps room for it there.
"""

import io
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

from reportlab.lib.colors import black
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    FrameBreak,
    HRFlowable,
    KeepTogether,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus.doctemplate import LayoutError

from papermaker.pdf_parts import Bars, markup, ruled_table, styles_for
from papermaker.source import FRONT, Block, Paper

PAGE_SIZES = {1: (439.0, 666.0), 2: (547.0, 737.0), 3: (547.0, 737.0)}  # points, by columns
LEFT, TOP, BOTTOM, GUTTER = 46.0, 60.0, 54.0, 16.0
Places = dict[tuple[int, int], list[str]]  # by page and column, the marks of its notes
HELD = (("caption", "table"), ("bars", "caption"), ("table", "table_note"))


@dataclass(frozen=True)
class Layout:
    """What earlier passes found: where notes are called, room kept for them, the last page."""

    kept: Places = field(default_factory=dict)
    room: Places = field(default_factory=dict)
    last_page: int = 0
    last_height: float = 0.0


class Journal(BaseDocTemplate):
    """One pass of setting a paper, with room kept for the footnotes of the pass before."""

    def __init__(
        self, out: io.BytesIO, paper: Paper, edition: dict[str, Any], layout: Layout
    ) -> None:
        self.wide, self.high = PAGE_SIZES[edition["columns"]]
        super().__init__(
            out,
            pagesize=(self.wide, self.high),
            invariant=1,
            title=paper.first("title"),
            author=paper.first("authors"),
        )
        self.paper, self.edition, self.layout = paper, edition, layout
        self.columns: int = edition["columns"]
        self.styles = styles_for(self.columns)
        self.column_width = (self.wide - 2 * LEFT - GUTTER * (self.columns - 1)) / self.columns
        self.found: Places = defaultdict(list)
        self.front_height = 0.0
        self.template = PageTemplate(
            "page",
            [Frame(LEFT, BOTTOM, 100, 100)],
            onPage=lambda canvas, _: self._open(canvas),
            onPageEnd=lambda canvas, _: self._close(canvas),
        )
        self.addPageTemplates([self.template])

    def _notes(self, places: Places, column: int) -> list[Paragraph]:
        marks = places.get((self.page, column), [])
        texts = (f'<super size="5">{m}</super> {markup(self.paper.notes[m])}' for m in marks)
        return [Paragraph(text, self.styles["note"]) for text in texts]

    def _note_height(self, places: Places, column: int) -> float:
        heights = [
            note.wrap(self.column_width, self.high)[1] for note in self._notes(places, column)
        ]
        return sum(heights) + 12 if heights else 0.0

    def _open(self, canvas: Canvas) -> None:
        """Lay out this page's frames and draw its running head."""
        canvas.setNamedCB("noteMark", lambda canv, kind, mark: self._call(mark))
        front = self.front_height if self.page == 1 else 0.0
        pad = {"leftPadding": 0, "rightPadding": 0, "topPadding": 0, "bottomPadding": 0}
        frames = []
        if front:
            frames.append(
                Frame(LEFT, self.high - TOP - front, self.wide - 2 * LEFT, front, id="front", **pad)
            )
        for column in range(self.columns):
            foot = BOTTOM + self._note_height(self.layout.room, column)
            x = LEFT + column * (self.column_width + GUTTER)
            tall = self.high - TOP - front - foot
            if self.page == self.layout.last_page:
                tall = min(tall, self.layout.last_height)
            frames.append(
                Frame(
                    x,
                    self.high - TOP - front - tall,
                    self.column_width,
                    tall,
                    id=str(column),
                    **pad,
                )
            )
        self.template.frames = frames
        number = self.page + self.edition["first_page"] - 1
        canvas.setFont("Times-Roman", 9)
        if self.page == 1:
            canvas.drawCentredString(self.wide / 2, 36, str(number))
            return
        head = self.edition["running_head"][number % 2]
        if number % 2:
            canvas.drawRightString(self.wide - LEFT - 30, self.high - 44, head)
            canvas.drawRightString(self.wide - LEFT, self.high - 44, str(number))
        else:
            canvas.drawString(LEFT + 30, self.high - 44, head)
            canvas.drawString(LEFT, self.high - 44, str(number))
        canvas.setLineWidth(0.4)
        canvas.line(LEFT, self.high - 50, self.wide - LEFT, self.high - 50)

    def _call(self, mark: str) -> None:
        self.found[self.page, int(self.frame.id or 0)].append(mark)

    def _close(self, canvas: Canvas) -> None:
        """Draw the footnotes of each column under a short rule."""
        for column in range(self.columns):
            x = LEFT + column * (self.column_width + GUTTER)
            y = BOTTOM + self._note_height(self.layout.kept, column) - 9
            for number, note in enumerate(self._notes(self.layout.kept, column)):
                if number == 0:
                    canvas.setLineWidth(0.4)
                    canvas.line(x, y + 4, x + 60, y + 4)
                y -= note.wrap(self.column_width, self.high)[1]
                note.drawOn(canvas, x, y)

    def _flowables(self, block: Block, before: Block | None, after: Block | None) -> list[Flowable]:
        if block.kind == "table":
            return [ruled_table(block, self.column_width, self.styles["cell"]), Spacer(1, 4)]
        if block.kind == "bars":
            return [Spacer(1, 6), Bars(block.rows, self.column_width)]
        name: str = block.kind
        if name == "heading":
            heading = Paragraph(
                markup(block.text, hyphens=False), self.styles[f"heading{block.level}"]
            )
            return [CondPageBreak(84 if after and after.kind == "heading" else 56), heading]
        if name == "para" and before and before.kind == "para":
            name = "indented"
        return [
            Paragraph(
                markup(block.text, hyphens=name not in (*FRONT, "reference")), self.styles[name]
            )
        ]

    def story(self) -> list[Flowable]:
        """The whole paper: the front across the page, the rest in columns."""
        blocks = list(self.paper.blocks)
        start = next(
            n
            for n, b in enumerate(blocks)
            if b.kind == "heading" and b.text not in ("Abstract", "In brief")
        )
        front: list[Flowable] = []
        for number, block in enumerate(blocks[:start]):
            front += self._flowables(block, None, None)
            if block.kind == "notice":
                front += [HRFlowable(width="100%", thickness=0.6, color=black), Spacer(1, 4)]
            if number == start - 1:
                front += [
                    Spacer(1, 6),
                    HRFlowable(width="100%", thickness=0.6, color=black),
                    Spacer(1, 8),
                ]
        body: list[Flowable] = []
        held: list[Flowable] = []  # a caption with its table, a chart with its caption
        for number, block in enumerate(blocks[start:], start):
            after = blocks[number + 1] if number + 1 < len(blocks) else None
            new = self._flowables(block, blocks[number - 1], after)
            if after and (block.kind, after.kind) in HELD:
                held += new
            else:
                body += [KeepTogether([*held, *new])] if held else new
                held = []
        if self.columns == 1:
            return front + body
        room = self.wide - 2 * LEFT
        self.front_height = (
            sum(f.wrap(room, self.high)[1] + f.getSpaceAfter() + f.getSpaceBefore() for f in front)
            + 4
        )
        return [*front, FrameBreak(), *body]


def _settle(paper: Paper, edition: dict[str, Any], layout: Layout) -> tuple[bytes, int]:
    """Set the paper until each footnote stands where it is called; return the file and its pages.

    Room once kept in a column stays kept, since a footnote could else swing to and fro.
    """
    for _ in range(8):
        out = io.BytesIO()
        journal = Journal(out, paper, edition, layout)
        journal.build(journal.story())
        found, room = dict(journal.found), layout.room
        if found == layout.kept:
            return out.getvalue(), journal.page
        both = {at: sorted({*room.get(at, []), *found.get(at, [])}) for at in room | found}
        layout = replace(layout, kept=found, room=both)
    raise ValueError(f"{paper.name}: footnotes found no resting place; change the text a little")


def write(paper: Paper, edition: dict[str, Any]) -> bytes:
    """Set a paper as PDF, the columns of its last page of about one length."""
    data, pages = _settle(paper, edition, Layout())
    if edition["columns"] == 1:
        return data
    for tall in range(160, 700, 12):
        try:
            layout = Layout(last_page=pages, last_height=float(tall))
            balanced, count = _settle(paper, edition, layout)
        except (LayoutError, ValueError):  # a table taller than the column, or no resting place
            continue
        if count == pages:
            return balanced
    return data
