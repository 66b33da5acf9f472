# ruff: noqa: E501 - files and designs as data
"""Self-made PDFs of many designs with known words, for testing the layout of any paper.

Text is made of a small vocabulary, so that no two paragraphs are alike and the truth is known.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from tests.pipeline.readers.design_words import BREAKS, VOCABULARY, paragraph, sentence


@dataclass(frozen=True)
class Design:
    """How a paper is set; lengths in points."""

    name: str
    columns: int = 1
    size: float = 10.0
    leading: float = 12.0
    gutter: float = 18.0
    font: str = "Times-Roman"
    bold: str = "Times-Bold"
    page: tuple[float, float] = (595.0, 842.0)
    margin: float = 56.0
    indent: float = 12.0
    gap: float = 0.0
    justify: bool = True
    hyphenate: bool = True
    notes: bool = True
    head: str = "both"
    number: str = "foot"
    table: bool = True
    line_numbers: bool = False
    watermark: bool = False
    numbered: bool = True
    heading_size: float = 12.0
    stroke: str = "line"
    order: str = "columns"
    sections: int = 6
    double: bool = False


@dataclass
class Made:
    """A PDF with what it says."""

    data: bytes
    body: list[str]
    headings: list[str]
    notes: list[str]
    title: str
    n_pages: int = 0
    furniture: list[str] = field(default_factory=list)


class Setter:
    """Sets lines into the columns of pages."""

    def __init__(self, design: Design, rng: random.Random) -> None:
        self.d, self.rng = design, rng
        self.stream = io.BytesIO()
        self.canvas = canvas.Canvas(self.stream, pagesize=design.page, invariant=1)
        self.made = Made(b"", [], [], [], "")
        self.width = (
            design.page[0] - 2 * design.margin - design.gutter * (design.columns - 1)
        ) / design.columns
        self.page = 0
        self.ops: list[tuple[int, float, Any]] = []
        self.column = 0
        self.top = design.page[1] - design.margin
        self.y = self.top
        self.foot = design.margin + 14
        self.note_number = 0
        self.pending: list[str] = []
        self._furniture()

    def x(self) -> float:
        return self.d.margin + self.column * (self.width + self.d.gutter)

    def _furniture(self) -> None:
        self.page += 1
        d = self.d
        w, h = d.page
        said = (
            f"Running Head of the Journal {d.name}" if self.page % 2 else "Author and Otherauthor"
        )
        if d.head == "both" and self.page > 1:
            self.text(d.margin, h - d.margin + 22, said, d.font, d.size - 1)
        if d.number == "foot":
            self.text(w / 2 - 5, d.margin - 24, str(self.page), d.font, d.size - 1)
        elif d.number == "head" and self.page > 1:
            self.text(
                w - d.margin - 15, h - d.margin + 22, str(100 + self.page), d.font, d.size - 1
            )
        if d.watermark:
            self.canvas.saveState()
            self.canvas.translate(w / 2, h / 2)
            self.canvas.rotate(45)
            self.canvas.setFillGray(0.85)
            self.canvas.setFont("Helvetica-Bold", 60)
            self.canvas.drawCentredString(0, 0, "DRAFT COPY")
            self.canvas.restoreState()

    def text(
        self, x: float, y: float, text: str, font: str, size: float, space: float = 0.0
    ) -> None:
        """Draw a line, in one piece, by words or by characters as the design says."""
        c = self.canvas
        for shift in (0.0, 0.15) if self.d.double else (0.0,):
            c.setFont(font, size)
            if self.d.stroke == "line":
                c.drawString(x + shift, y, text, wordSpace=space)
                continue
            at = x + shift
            parts = text.split(" ") if self.d.stroke == "words" else list(text)
            for part in parts:
                if part.strip():
                    c.drawString(at, y, part)
                at += stringWidth(part, font, size)
                if self.d.stroke == "words" or part == " ":
                    at += space + (stringWidth(" ", font, size) if self.d.stroke == "words" else 0)

    def room(self, height: float) -> None:
        """Go to the next column or page where the height does not fit."""
        if self.y - height >= self.foot:
            return
        self.flush()
        self.column += 1
        if self.column >= self.d.columns:
            self.new_page()
        self.y = self.top
        self.foot = self.d.margin + 14

    def flush(self) -> None:
        """Draw the notes waiting at this column's foot."""
        y = self.foot - 4
        for note in self.pending:
            for i, (line, _) in enumerate(
                self.broken(note, self.width, self.d.size - 2, self.d.font)
            ):
                y -= self.d.size
                x = self.x()
                if i == 0:
                    number, rest = line.split(" ", 1)
                    self.text(x, y + 2.5, number, self.d.font, self.d.size - 4.5)
                    self.text(x + 6, y, rest, self.d.font, self.d.size - 2)
                else:
                    self.text(x, y, line, self.d.font, self.d.size - 2)
        self.pending.clear()

    def new_page(self) -> None:
        if self.d.order == "rows":
            for _, _, op in sorted(self.ops, key=lambda o: (-round(o[1]), o[0])):
                op()
        self.ops.clear()
        self.canvas.showPage()
        self.column = 0
        self.top = self.d.page[1] - self.d.margin
        self._furniture()

    def broken(
        self, text: str, width: float, size: float, font: str, indent: float = 0.0
    ) -> list[tuple[str, bool]]:
        """Break text into lines; the flag says that the paragraph ends."""
        lines: list[str] = []
        line, room = "", width - indent
        for word in text.split(" "):
            trial = f"{line} {word}".strip()
            if stringWidth(trial, font, size) <= room:
                line = trial
                continue
            if self.d.hyphenate and word in BREAKS:
                left, right = BREAKS[word].split("-")
                if stringWidth(f"{line} {left}-", font, size) <= room:
                    lines.append(f"{line} {left}-".strip())
                    line, room = right, width
                    continue
            if line:
                lines.append(line)
            line, room = word, width
        lines.append(line)
        return [(item, i == len(lines) - 1) for i, item in enumerate(lines)]

    def flow(self, text: str, indent: float = 0.0, font: str | None = None) -> None:
        """Set a paragraph."""
        d = self.d
        font = font or d.font
        for i, (line, last) in enumerate(self.broken(text, self.width, d.size, font, indent)):
            self.room(d.leading)
            self.y -= d.leading
            x = self.x() + (indent if i == 0 else 0)
            room = self.width - (indent if i == 0 else 0)
            spaces = line.count(" ")
            slack = (
                (room - stringWidth(line, font, d.size)) / spaces
                if spaces and d.justify and not last
                else 0
            )
            if d.line_numbers and self.column == 0:
                self.text(
                    d.margin - 26,
                    self.y,
                    str(1 + round((self.top - self.y) / d.leading)),
                    d.font,
                    7,
                )
            y = self.y
            if d.order == "rows":
                self.ops.append(
                    (
                        self.column,
                        y,
                        lambda x=x, y=y, line=line, font=font, slack=slack: self.text(
                            x, y, line, font, d.size, slack
                        ),
                    )
                )
            else:
                self.text(x, y, line, font, d.size, slack)
        self.y -= d.gap

    def note(self, text: str) -> None:
        """Keep room for a footnote at this column's foot, if there is some."""
        lines = len(self.broken(text, self.width, self.d.size - 2, self.d.font))
        if self.y - lines * self.d.size - 40 < self.foot:
            return
        self.pending = [*self.pending, text]
        self.foot += lines * self.d.size
        self.made.notes.append(text.split(" ", 1)[1])

    def heading(self, text: str) -> None:
        """Set a heading with three lines' room below it."""
        d = self.d
        self.room(d.heading_size + 3.2 * d.leading)
        self.y -= d.heading_size + 0.9 * d.leading
        self.text(self.x(), self.y, text, d.bold, d.heading_size)
        self.y -= 0.3 * d.leading
        self.made.headings.append(text)
        self.made.body.append(text)

    def grid(self, number: int) -> None:
        """Set a small table with its caption above."""
        d = self.d
        self.room(7.5 * d.leading)
        self.y -= 1.5 * d.leading
        self.text(
            self.x(), self.y, f"Table {number}. Firms and workers by year", d.bold, d.size - 1
        )
        self.y -= 4
        for row in (
            ("Year", "Firms", "Workers"),
            ("2005", "120", "4,300"),
            ("2010", "180", "6,100"),
            ("2015", "95", "2,900"),
        ):
            self.y -= d.leading
            for k, cell in enumerate(row):
                self.text(self.x() + k * self.width / 3.2, self.y, cell, d.font, d.size - 1.5)
        self.y -= 1.4 * d.leading


def make(design: Design, seed: int = 1) -> Made:
    """Set a paper of the design."""
    rng = random.Random(seed)
    s = Setter(design, rng)
    s.pending = []
    d = design
    title = "Clusters and Their Workers in the Made Valley"
    s.y -= 20
    s.text(d.margin, s.y, title, d.bold, 17)
    s.y -= 22
    s.text(d.margin, s.y, "Anna Example and Bert Sample", d.font, 11)
    s.y -= 20
    s.made.title = title
    s.made.body += [title, "Anna Example and Bert Sample"]
    s.text(d.margin, s.y, "Abstract", d.bold, d.heading_size)
    s.made.body.append("Abstract")
    abstract = paragraph(rng, 4, 6)
    s.made.body.append(abstract)
    full = d.page[0] - 2 * d.margin
    for line, _ in s.broken(abstract, full, d.size, d.font):
        s.y -= d.leading
        s.text(d.margin, s.y, line, d.font, d.size)
    s.y -= 1.6 * d.leading
    s.top = s.y
    for k in range(1, d.sections + 1):
        s.heading(
            f"{k} Findings on {rng.choice(VOCABULARY)}"
            if d.numbered
            else f"Findings on {rng.choice(VOCABULARY)}"
        )
        for j in range(rng.randint(2, 4)):
            text = paragraph(rng)
            s.flow(text, 0.0 if j == 0 else d.indent)
            s.made.body.append(text)
            if d.notes and rng.random() < 0.4:
                s.note_number += 1
                s.note(f"{s.note_number} {sentence(rng)}")
        if d.table and k == 3:
            s.grid(1)
    s.flush()
    if d.order == "rows":
        for _, _, op in sorted(s.ops, key=lambda o: (-round(o[1]), o[0])):
            op()
    s.canvas.save()
    s.made.data = s.stream.getvalue()
    s.made.n_pages = s.page
    return s.made


DESIGNS = (
    Design("one column, indents"),
    Design("one column, gaps, ragged", indent=0, gap=7, justify=False, hyphenate=False, size=11, leading=14.5, font="Helvetica", bold="Helvetica-Bold", heading_size=14),
    Design("one column, double spaced, line numbers", size=12, leading=24, line_numbers=True, notes=False, heading_size=12),
    Design("two columns, narrow gutter", columns=2, size=9, leading=10.8, gutter=12, heading_size=10.5),
    Design("two columns, ragged", columns=2, justify=False, size=9.5, leading=11.6, gutter=20),
    Design("two columns, words", columns=2, stroke="words", size=10, leading=12, number="head"),
    Design("two columns, characters", columns=2, stroke="characters", size=9.5, leading=11.5),
    Design("two columns, row by row", columns=2, order="rows", size=10, leading=12.2),
    Design("two columns, helvetica", columns=2, font="Helvetica", bold="Helvetica-Bold", size=8.5, leading=10.6, gap=5, indent=0, page=(612, 792)),
    Design("three columns", columns=3, size=8.5, leading=10.2, gutter=14, heading_size=9.5, margin=42),
    Design("three columns, ragged, watermark", columns=3, size=8, leading=10, gutter=16, margin=40, justify=False, watermark=True),
    Design("one column, watermark, no heads", watermark=True, head="none", number="none"),
    Design("one column, drawn twice", double=True, numbered=False),
    Design("two columns, unnumbered, bold heads of body size", columns=2, numbered=False, heading_size=9, size=9, leading=11),
    Design("small page", page=(420, 595), margin=40, size=9, leading=11, sections=8),
)  # fmt: skip
