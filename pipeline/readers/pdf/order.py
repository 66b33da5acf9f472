"""Lines in the order in which people read them: columns left to right, bands top to bottom."""

from __future__ import annotations

from collections import defaultdict
from statistics import median

from pipeline.readers.assemble import is_caption
from pipeline.readers.pdf.lines import Line

Column = list[Line]
_DEPTH = 12


def columns(lines: list[Line]) -> list[Column]:
    """Return the columns of a page in reading order, each from top to bottom.

    Cuts where a gutter runs through all lines; else finds the gutter with most lines on both
    sides, and lets the lines that run across it (titles, wide figures) part the page into bands.
    """
    return [_down(column) for column in _cut(lines, 0) if column]


def _down(lines: list[Line]) -> Column:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda item: item.base):
        if rows and abs(rows[-1][0].base - line.base) < 0.35 * max(rows[-1][0].size, line.size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda item: item.x0)]


def _cut(lines: list[Line], depth: int) -> list[Column]:
    if len(lines) < 6 or depth > _DEPTH:
        return [lines]
    gutter = _gutter(lines)
    if gutter is None:
        return [lines]
    left, right, across = _sides(lines, gutter)
    if not across:
        return _cut(left, depth + 1) + _cut(right, depth + 1)
    return _bands(lines, across, gutter, depth)


def _bands(lines: list[Line], across: list[Line], gutter: float, depth: int) -> list[Column]:
    crossing = {id(line) for line in across}
    done: list[Column] = []
    band: list[Line] = []
    wide: list[Line] = []
    for line in sorted(lines, key=lambda item: (item.top + item.bottom) / 2):
        if id(line) in crossing or (wide and _ends(wide, line, lines)):
            if band:
                done.extend(_sided(band, gutter, depth))
                band = []
            wide.append(line)
        else:
            if wide:
                done.extend(_cut(wide, depth + 1))
                wide = []
            band.append(line)
    if band:
        done.extend(_sided(band, gutter, depth))
    if wide:
        done.extend(_cut(wide, depth + 1))
    return _join_wide(done)


def _ends(wide: list[Line], line: Line, lines: list[Line]) -> bool:
    """Say whether a short line is the end of the wide note or caption above it."""
    above = wide[-1]
    return (
        abs(above.x0 - line.x0) < 1.5 * line.size
        and abs(above.size - line.size) < 0.3
        and 0 < line.base - above.base < 1.4 * line.size
        and (is_caption(wide[0].text) or any(item.raised for item in wide))
        and not any(
            abs(other.base - line.base) < 0.5 * line.size and other is not line for other in lines
        )
    )


def _sided(band: list[Line], gutter: float, depth: int) -> list[Column]:
    left, right, _ = _sides(band, gutter)
    if not left or not right:
        return _cut(band, depth + 1)
    # One line on each side is a row of a wide block, not a pair of columns.
    if len(left) < 2 and len(right) < 2:
        return [band]
    return _cut(left, depth + 1) + _cut(right, depth + 1)


def _join_wide(done: list[Column]) -> list[Column]:
    return [column for column in done if column]


def _sides(lines: list[Line], gutter: float) -> tuple[list[Line], list[Line], list[Line]]:
    left: list[Line] = []
    right: list[Line] = []
    across: list[Line] = []
    for line in lines:
        if line.x1 <= gutter + 2:
            left.append(line)
        elif line.x0 >= gutter - 2:
            right.append(line)
        else:
            over, width = min(line.x1 - gutter, gutter - line.x0), line.x1 - line.x0
            if over < 0.12 * width and over < 1.5 * line.size:
                (left if line.x1 - gutter < gutter - line.x0 else right).append(line)
            else:
                across.append(line)
    return left, right, across


def _gutter(lines: list[Line]) -> float | None:
    """Return the x of the gutter with the most text on both sides, or None."""
    starts: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        starts[round(line.x0 / 3)].append(line)
    page_left, page_right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    best: tuple[float, float] | None = None
    for key, own in list(starts.items()):
        group = own + starts.get(key + 1, []) + starts.get(key - 1, [])
        if len(group) < 3:
            continue
        gutter = min(line.x0 for line in own) - 2.5
        if gutter < page_left + 30 or gutter > page_right - 30:
            continue
        score = _score(lines, gutter)
        if score is not None and (best is None or score > best[0]):
            best = (score, gutter)
    return best[1] if best is not None else None


def _score(lines: list[Line], gutter: float) -> float | None:
    left, right, across = _sides(lines, gutter)
    if len(left) < 3 or len(right) < 3:
        return None
    if not _prose(left) or not _prose(right):
        return None
    low = max(min(line.top for line in left), min(line.top for line in right))
    high = min(max(line.bottom for line in left), max(line.bottom for line in right))
    beside = high - low
    leading = median(line.size for line in lines) * 1.2
    if beside < 2.0 * leading:
        return None
    # Lines that run across inside the shared height speak against a gutter.
    inside = sum(low < (line.top + line.bottom) / 2 < high for line in across)
    sides = (
        sum(low <= (line.top + line.bottom) / 2 <= high for line in left),
        sum(low <= (line.top + line.bottom) / 2 <= high for line in right),
    )
    if inside > 0.8 * min(sides):
        return None
    # Of two gutters the one is right that no line reaches into.
    reaching = sum(line.x0 < gutter - 2 and line.x1 > gutter + 2 for line in (*left, *right))
    return min(sides) - 1.5 * inside - 0.3 * reaching


def _prose(lines: list[Line]) -> bool:
    """Say whether lines are long enough for a column of text (a table's column is not)."""
    lengths = sorted(len(line.text) for line in lines)
    return lengths[int(len(lengths) * 0.7)] >= 18
