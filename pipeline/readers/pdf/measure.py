"""Measures of a page's text: the body's size and leading, margins, justification, boxes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from pipeline.document import Box
from pipeline.readers.pdf.furniture import Sheet
from pipeline.readers.pdf.lines import Line


@dataclass(slots=True)
class Body:
    """What the running text looks like: font size, leading, and the styles of headings."""

    size: float
    leading: float
    font: str = ""
    bold: bool = False


def measure(sheets: list[Sheet]) -> Body:
    """Return the size and leading that most letters of the document have."""
    weights: dict[tuple[float, str, bool], int] = {}
    steps: list[float] = []
    for sheet in sheets:
        for line in sheet.lines:
            key = (round(line.size * 2) / 2, line.font, line.bold)
            weights[key] = weights.get(key, 0) + len(line.text)
    if not weights:
        return Body(10.0, 12.0)
    sizes: dict[float, int] = {}
    for (size, _, _), n in weights.items():
        sizes[size] = sizes.get(size, 0) + n
    size = max(sizes, key=lambda s: sizes[s])
    _, font, bold = max((k for k in weights if k[0] == size), key=lambda k: weights[k])
    for sheet in sheets[:40]:
        lines = [line for line in sheet.lines if abs(line.size - size) < 0.6]
        lines.sort(key=lambda line: (round(line.x0 / 40), line.base))
        steps += [
            b.base - a.base for a, b in pairwise(lines)
            if 0.8 * size < b.base - a.base < 3 * size
        ]  # fmt: skip
    return Body(size, median(steps) if steps else 1.2 * size, font, bold)


def margins(lines: list[Line]) -> tuple[float, float]:
    """Return where a column's text begins and ends; a few odd lines don't count."""
    starts = sorted(line.x0 for line in lines)
    ends = sorted(line.x1 for line in lines)
    return starts[len(starts) // 10], ends[min(len(ends) - 1, int(len(ends) * 0.9))]


def justified_lines(lines: list[Line], right: float) -> bool:
    """Say whether most lines end at the right margin."""
    return sum(abs(line.x1 - right) < 2.5 for line in lines) > 0.5 * len(lines)


def full(line: Line, right: float) -> bool:
    """Say whether a line reaches the right margin."""
    return line.x1 > right - 1.5 * line.size


def centred(group: list[Line], line: Line, left: float, right: float) -> bool:
    """Say whether the lines are centred, so that their indents say nothing."""
    middle = (left + right) / 2
    return all(abs((item.x0 + item.x1) / 2 - middle) < 6 for item in (*group, line)) and any(
        item.x0 > left + 20 for item in group
    )


def box_of(lines: list[Line], sheet: Sheet) -> Box:
    """Return the rectangle around lines, as the page is shown (turned by its `/Rotate`)."""
    x0, x1 = min(line.x0 for line in lines), max(line.x1 for line in lines)
    top, bottom = min(line.top for line in lines), max(line.bottom for line in lines)
    w, h = sheet.width, sheet.height
    if sheet.turn == 1:
        x0, top, x1, bottom = h - bottom, x0, h - top, x1
    elif sheet.turn == 2:
        x0, top, x1, bottom = w - x1, h - bottom, w - x0, h - top
    elif sheet.turn == 3:
        x0, top, x1, bottom = top, w - x1, bottom, w - x0
    return Box(sheet.number, round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1))
