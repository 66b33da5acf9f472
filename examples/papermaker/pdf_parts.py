"""The parts that a PDF page is set from: styles, marked-up text, tables and charts."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Any

from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Flowable, Paragraph, Table

from papermaker.hyphens import pieces
from papermaker.source import Block, spans

BLUE = HexColor("#1f4e79")


class Bars(Flowable):
    """A small bar chart with its labels."""

    def __init__(self, rows: tuple[tuple[str, ...], ...], width: float) -> None:
        super().__init__()
        self.rows, self.width, self.height = rows, min(width, 260), 96

    def draw(self) -> None:
        """Draw the bars from left to right."""
        step, longest = self.width / len(self.rows), max(float(v) for _, v in self.rows)
        for number, (label, value) in enumerate(self.rows):
            height = 70 * float(value) / longest
            self.canv.setFillColor(HexColor("#8a9bb0"))
            self.canv.rect(step * number + step * 0.2, 14, step * 0.6, height, stroke=0, fill=1)
            self.canv.setFillColor(black)
            self.canv.setFont("Helvetica", 6)
            self.canv.drawCentredString(step * (number + 0.5), 5, label)
            self.canv.drawCentredString(step * (number + 0.5), 16 + height, value)


def styles_for(columns: int) -> dict[str, ParagraphStyle]:
    """Paragraph styles by kind of block, for a page of so many columns."""
    size = {1: 10.0, 2: 9.2, 3: 8.8}[columns]
    base = ParagraphStyle(
        "base",
        fontName="Times-Roman",
        fontSize=size,
        leading=size * 1.22,
        alignment=TA_JUSTIFY,
        embeddedHyphenation=1,
        allowWidows=0,
        allowOrphans=0,
    )
    make: Callable[..., ParagraphStyle] = partial(ParagraphStyle, parent=base)
    bold = "Helvetica-Bold" if columns == 3 else "Times-Bold"
    colour = BLUE if columns == 3 else black
    heads: dict[str, Any] = {"fontName": bold, "alignment": TA_LEFT, "textColor": colour}
    middle = TA_CENTER if columns == 1 else TA_LEFT
    return {
        "para": make("para"),
        "indented": make("indented", firstLineIndent=10),
        "item": make("item", leftIndent=10),
        "reference": make(
            "reference",
            leftIndent=10,
            firstLineIndent=-10,
            fontSize=size - 1,
            leading=size * 1.1,
            alignment=TA_LEFT,
        ),
        "heading1": make(
            "heading1", fontSize=size + 1.5, leading=size + 4, spaceBefore=9, spaceAfter=3, **heads
        ),
        "heading2": make(
            "heading2",
            fontSize=size,
            spaceBefore=6,
            spaceAfter=2,
            **(heads | {"fontName": "Times-BoldItalic"}),
        ),
        "title": make(
            "title",
            fontSize=18,
            leading=21,
            spaceAfter=8,
            fontName=bold,
            alignment=middle,
            textColor=colour,
        ),
        "authors": make("authors", fontSize=11.5, leading=14, spaceAfter=4, alignment=middle),
        "imprint": make(
            "imprint",
            fontName="Times-Italic",
            fontSize=8.5,
            leading=10.5,
            spaceAfter=4,
            alignment=middle,
        ),
        "notice": make("notice", fontSize=8.5, leading=10.5, spaceAfter=8, alignment=middle),
        "caption": make(
            "caption",
            fontSize=size - 1.2,
            leading=size,
            spaceBefore=5,
            spaceAfter=3,
            alignment=TA_LEFT,
            fontName="Times-Bold",
        ),
        "table_note": make(
            "table_note", fontSize=size - 2, leading=size - 0.5, spaceBefore=2, spaceAfter=6
        ),
        "cell": make("cell", fontSize=size - 2, leading=size - 1, alignment=TA_LEFT),
        "note": make("note", fontSize=size - 2, leading=size - 0.8),
    }


def markup(text: str, hyphens: bool = True) -> str:
    """Turn Markdown text into ReportLab's tags, with soft hyphens in its words if wanted."""
    out = []
    for span in spans(text):
        if span.style == "note":
            out.append(
                f'<super size="6">{span.text}</super><onDraw name="noteMark" label="{span.text}"/>'
            )
            continue
        words = ("\xad".join(pieces(word)) if hyphens else word for word in span.text.split(" "))
        tag = {"bold": "<b>{}</b>", "italic": "<i>{}</i>", "plain": "{}"}[span.style]
        out.append(tag.format(escape(" ".join(words), quote=False)))
    return "".join(out)


def ruled_table(block: Block, width: float, style: ParagraphStyle) -> Table:
    """A table with rules above, below and under its head, `width` points wide."""
    count = len(block.rows[0])
    longest = max(stringWidth(row[0], style.fontName, style.fontSize) for row in block.rows)
    first = min(longest + 6, width * 0.44)
    cells = [[Paragraph(markup(cell), style) for cell in row] for row in block.rows]
    rules: list[Any] = [
        ("LINEABOVE", (0, 0), (-1, 0), 0.8, black),
        ("LINEBELOW", (0, 0), (-1, 0), 0.4, black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, black),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1.5),
    ]
    return Table(cells, [first, *[(width - first) / (count - 1)] * (count - 1)], style=rules)
