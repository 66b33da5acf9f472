"""What belongs to the paper it is printed on and not to the text: running heads, page numbers,
line numbers, watermarks and stamps."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.readers.assemble import is_caption
from pipeline.readers.pdf.lines import Line
from pipeline.readers.pdf.words import Words

_NUMBER = re.compile(
    r"^(?:[-–—|]\s*)?(?:p(?:age|\.)?\s*)?(\d{1,5}|[ivxlc]{1,7})(?:\s*(?:of|/|\|)\s*\d{1,5})?(?:\s*[-–—|])?$",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.13
_ROWS = 3


@dataclass(slots=True)
class Sheet:
    """A page on its way: its lines and its measures in points."""

    number: int
    width: float
    height: float
    lines: list[Line]
    turn: int = 0


def without_line_numbers(words: Words) -> Words:
    """Drop a column of counting numbers in the margin, as manuscripts for review have it."""
    if len(words) < 60:
        return words
    left, right = words.box[:, 0], words.box[:, 2]
    columns: dict[int, list[int]] = defaultdict(list)
    for k, text in enumerate(words.texts):
        if len(text) <= 4 and text.isdigit():
            columns[round(float(right[k]) / 4)].append(k)
    drop: set[int] = set()
    for key, group in columns.items():
        column = group + columns.get(key + 1, [])
        if len(column) < 4:
            continue
        column.sort(key=lambda k: words.base[k])
        values = [int(words.texts[k]) for k in column]
        steps = Counter(b - a for a, b in pairwise(values))
        step, often = steps.most_common(1)[0]
        if step not in (1, 2, 5, 10) or often < 0.85 * (len(values) - 1):
            continue
        # Few numbers must count the lines by fives or tens to be believed.
        few = len(column) < 8
        if few and (step < 5 or often < len(values) - 1 or any(value % step for value in values)):
            continue
        rest = np.ones(len(words), dtype=np.bool_)
        rest[column] = False
        beyond = (
            int((left[rest] < right[column].max()).sum()),
            int((right[rest] > left[column].min()).sum()),
        )
        if min(beyond) <= (0.0 if few else 0.02) * int(rest.sum()):
            drop.update(column)
    if not drop:
        return words
    return words.take(np.array([k for k in range(len(words)) if k not in drop]))


def drop_furniture(sheets: list[Sheet], body: float) -> int:
    """Take running heads, page numbers and repeated stamps off the pages; return how many lines."""
    marks: dict[tuple[str, int], list[tuple[Sheet, Line]]] = defaultdict(list)
    everywhere: dict[tuple[str, int, int], list[tuple[Sheet, Line]]] = defaultdict(list)
    edges: dict[int, list[Line]] = {}
    for sheet in sheets:
        edge = _edge_lines(sheet)
        edges[sheet.number] = edge
        for line in edge:
            marks[_masked(line.text), round(line.base / 8)].append((sheet, line))
        for line in sheet.lines:
            if len(line.text) < 120:
                everywhere[line.text, round(line.base / 6), round(line.x0 / 6)].append(
                    (sheet, line)
                )
    drop: dict[int, set[int]] = defaultdict(set)
    n = len(sheets)
    for (text, row), found in list(marks.items()):
        near = found + marks.get((text, row + 1), [])
        if _repeats(text, near, n):
            for sheet, line in near:
                drop[sheet.number].add(id(line))
    for (text, _, _), found in everywhere.items():
        pages = {sheet.number for sheet, _ in found}
        if len(pages) >= max(3, 0.5 * n) and not _is_word_of_text(text, found):
            for sheet, line in found:
                drop[sheet.number].add(id(line))
    _page_numbers(sheets, edges, drop, body)
    if _too_much(sheets, drop):
        return 0
    dropped = 0
    for sheet in sheets:
        kept = [line for line in sheet.lines if id(line) not in drop[sheet.number]]
        dropped += len(sheet.lines) - len(kept)
        sheet.lines = kept
    return dropped


def _too_much(sheets: list[Sheet], drop: dict[int, set[int]]) -> bool:
    """Say whether little would be left: pages that are all alike are no furniture."""
    total = gone = 0
    for sheet in sheets:
        for line in sheet.lines:
            total += len(line.text)
            gone += len(line.text) if id(line) in drop[sheet.number] else 0
    return gone > 0.65 * total


def _is_word_of_text(text: str, found: list[tuple[Sheet, Line]]) -> bool:
    """Bullets and short cells may stand at the same place on many pages."""
    return len(text) < 4 or (
        all(0.2 < line.base / sheet.height < 0.8 for sheet, line in found) and len(text) < 12
    )


def _masked(text: str) -> str:
    return _DIGITS.sub("#", text.casefold()).strip()


def _edge_lines(sheet: Sheet) -> list[Line]:
    """Return the lines of the outermost rows, top and bottom, that stand near the paper's edge."""
    rows: list[list[Line]] = []
    for line in sorted(sheet.lines, key=lambda item: item.base):
        if rows and abs(rows[-1][0].base - line.base) < 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    top = [r for r in rows[:_ROWS] if r[0].base < _EDGE * sheet.height]
    bottom = [r for r in rows[-_ROWS:] if r[0].base > (1 - _EDGE) * sheet.height]
    if rows and not top:
        top = rows[:1]
    if rows and not bottom:
        bottom = rows[-1:]
    return [line for row in (*top, *bottom) for line in row]


def _repeats(text: str, near: list[tuple[Sheet, Line]], n_pages: int) -> bool:
    pages = sorted({sheet.number for sheet, _ in near})
    if len(pages) < 2 or len(text) > 160:
        return False
    if not text.strip("# .,-–—|"):
        return True
    if n_pages <= 3:
        return True
    if len(pages) >= 3:
        return True
    # Twice only: a running head of a short chapter stands on every second page or on neighbours.
    return pages[1] - pages[0] <= 2 and any(
        line.base < _EDGE * sheet.height * 0.75 or line.base > (1 - _EDGE * 0.6) * sheet.height
        for sheet, line in near
    )


_HEADED = re.compile(r"^(\d{1,5})\b\D.{2,110}$|^.{2,110}\D\b(\d{1,5})$")


def _page_numbers(
    sheets: list[Sheet], edges: dict[int, list[Line]], drop: dict[int, set[int]], body: float
) -> None:
    """Drop numbers at the edge that count with the pages, with the running head beside them."""
    offsets: Counter[int] = Counter()
    alone: list[tuple[Sheet, Line, int | None]] = []
    headed: list[tuple[Sheet, list[Line], set[int]]] = []
    for sheet in sheets:
        for row in _edge_rows(edges[sheet.number]):
            values: set[int] = set()
            for line in row:
                text = line.text.strip()
                match = _NUMBER.match(text)
                if match is not None:
                    value = int(match.group(1)) if match.group(1).isdigit() else None
                    alone.append((sheet, line, value))
                    if value is not None:
                        values.add(value - sheet.number)
                elif found := _HEADED.match(text):
                    values.add(int(found.group(1) or found.group(2)) - sheet.number)
            offsets.update(values)
            if sum(len(line.text) for line in row) < 140:
                headed.append((sheet, row, values))
    for sheet, line, value in alone:
        outer = line.base < 0.09 * sheet.height or line.base > 0.89 * sheet.height
        if (value is not None and offsets[value - sheet.number] >= 2) or outer:
            drop[sheet.number].add(id(line))
    for sheet, row, values in headed:
        size, base = max(line.size for line in row), row[0].base
        outermost = base < 0.07 * sheet.height or base > 0.95 * sheet.height
        sure = any(offsets[value] >= 2 for value in values)
        likely = (
            bool(values) and (size < body - 0.4 or outermost) and (sheet.number > 1 or outermost)
        )
        if (sure or likely) and _set_apart(sheet, row):
            drop[sheet.number].update(id(line) for line in row)
    _lone_heads(sheets, edges, drop, body)
    _titles(sheets, edges, drop)


def _lone_heads(
    sheets: list[Sheet], edges: dict[int, list[Line]], drop: dict[int, set[int]], body: float
) -> None:
    """Drop one short row high above the text of a later page, though it comes but once."""
    for sheet in sheets[1:]:
        rows = _edge_rows(edges[sheet.number])
        if not rows or len(sheet.lines) < 5:
            continue
        row = rows[0]
        text = " ".join(line.text for line in row)
        below = [line.base for line in sheet.lines if line.base - row[0].base >= 4]
        size = max(line.size for line in row)
        if not below or len(text) > 100 or row[0].base > 0.085 * sheet.height or is_caption(text):
            continue
        gap = min(below) - row[0].base
        smaller = size < body - 0.4 or all(line.italic for line in row)
        if gap > (1.6 if smaller else 2.3) * body and size < body + 0.5:
            drop[sheet.number].update(id(line) for line in row)


def _edge_rows(edge: list[Line]) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sorted(edge, key=lambda item: item.base):
        if rows and abs(rows[-1][0].base - line.base) < 4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _set_apart(sheet: Sheet, row: list[Line]) -> bool:
    """Say whether a row at the edge stands apart from the text by more than a line space."""
    base = row[0].base
    size = max(line.size for line in row)
    others = [line.base for line in sheet.lines if abs(line.base - base) >= 4]
    if not others:
        return False
    if base < 0.5 * sheet.height:
        return min(others) > base and min(others) - base > 1.45 * size
    return max(others) < base and base - max(others) > 1.45 * size


def _titles(sheets: list[Sheet], edges: dict[int, list[Line]], drop: dict[int, set[int]]) -> None:
    """Drop a head that repeats words of the paper's own title or authors."""
    if not sheets:
        return
    opening = _letters(
        " ".join(line.text for line in sorted(sheets[0].lines, key=lambda item: item.base)[:14])
    )
    for sheet in sheets[1:]:
        rows = _edge_rows(edges[sheet.number])
        for row in (rows[:1] + rows[-1:]) if rows else []:
            letters = _letters(" ".join(line.text for line in row))
            if 7 < len(letters) < 120 and letters in opening and _set_apart(sheet, row):
                drop[sheet.number].update(id(line) for line in row)


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()
