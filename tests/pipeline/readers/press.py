"""A small press: lines set into columns of PDF pages, with the words that were set."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import NamedTuple

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen import canvas

from tests.pipeline.readers.design_words import VOCABULARY, paragraph

FONT, BOLD = "Times-Roman", "Times-Bold"
WIDTH, HEIGHT = 595.0, 842.0


class Special(NamedTuple):
    """A PDF, its running text in order, and what must be found apart from it."""

    data: bytes
    body: list[str]
    notes: list[str]
    aside: list[str]


class Column(NamedTuple):
    """Where lines may go: a page's column from `top` down to `foot`."""

    page: int
    x: float
    width: float
    top: float
    foot: float


class Line(NamedTuple):
    """A line to set."""

    text: str
    size: float
    font: str
    shift: float
    last: bool
    gap: float


class Press:
    """Draws on pages in any order, then binds them."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.ops: dict[int, list[Callable[[canvas.Canvas], None]]] = {}
        self.body: list[str] = []
        self.notes: list[str] = []
        self.aside: list[str] = []
        self.sizes: dict[int, tuple[float, float]] = {}

    def on(self, page: int, op: Callable[[canvas.Canvas], None]) -> None:
        self.ops.setdefault(page, []).append(op)

    def text(
        self, page: int, x: float, y: float, text: str, size: float = 10, font: str = FONT,
        space: float = 0.0, grey: float = 0.0,
    ) -> None:  # fmt: skip
        def op(c: canvas.Canvas) -> None:
            c.setFillGray(grey)
            c.setFont(font, size)
            c.drawString(x, y, text, wordSpace=space)

        self.on(page, op)

    def lines(
        self, text: str, width: float, size: float = 10, font: str = FONT, indent: float = 0.0,
        gap: float = 0.0,
    ) -> list[Line]:  # fmt: skip
        """Break a paragraph; `gap` stands above it."""
        done: list[Line] = []
        line, room = "", width - indent
        for word in text.split(" "):
            trial = f"{line} {word}".strip()
            if line and stringWidth(trial, font, size) > room:
                done.append(Line(line, size, font, indent if not done else 0, False, 0))
                line, room = word, width
            else:
                line = trial
        done.append(Line(line, size, font, indent if not done else 0, True, 0))
        done[0] = done[0]._replace(gap=gap)
        return done

    def set(self, lines: list[Line], columns: list[Column], leading: float = 1.2) -> list[float]:
        """Set lines down the columns; return where each used column ended."""
        at, y = 0, columns[0].top
        ends = []
        for line in lines:
            step = leading * line.size + line.gap
            if y - step < columns[at].foot:
                ends.append(y)
                at += 1
                y = columns[at].top
            y -= step
            c = columns[at]
            spaces = line.text.count(" ")
            slack = c.width - line.shift - stringWidth(line.text, line.font, line.size)
            space = slack / spaces if spaces and not line.last else 0.0
            self.text(c.page, c.x + line.shift, y, line.text, line.size, line.font, space)
        return [*ends, y]

    def write(self, n: int, width: float, size: float = 10, *, head: bool = True) -> list[Line]:
        """Return `n` paragraphs under a heading, and take them down as running text."""
        done: list[Line] = []
        if head:
            title = f"Findings on {VOCABULARY[len(self.body) % len(VOCABULARY)]}"
            self.body.append(title)
            done += self.lines(title, width, size + 2, BOLD, gap=8)
        for k in range(n):
            text = paragraph(self.rng)
            self.body.append(text)
            done += self.lines(text, width, size, indent=0 if k == 0 else 12, gap=4 * (k == 0))
        return done

    def done(self) -> Special:
        out = io.BytesIO()
        c = canvas.Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
        for page in range(1, max(self.ops) + 1):
            c.setPageSize(self.sizes.get(page, (WIDTH, HEIGHT)))
            for op in self.ops.get(page, []):
                op(c)
            c.showPage()
        c.save()
        return Special(out.getvalue(), self.body, self.notes, self.aside)


def two(page: int, top: float = 780, foot: float = 70, gutter: float = 18) -> list[Column]:
    """Return two columns of a page."""
    width = (WIDTH - 112 - gutter) / 2
    return [Column(page, 56 + k * (width + gutter), width, top, foot) for k in (0, 1)]
